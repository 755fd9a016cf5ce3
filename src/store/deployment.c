/* The built-in source "deployment": whoever runs this ledger. Rows of kind source come from it. */
#include "model/value.h"
#include "store/ledger.h"

enum { PAYLOAD_MAX = 4096 };

static void set_text(Value *values, const char *field, const char *text)
{
    values[field_index(KIND_SOURCE, str_of(field))] = (Value){.state = VALUE_KNOWN, .text = str_of(text)};
}

static void pack_deployment(Buf *buf)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    set_text(values, "name_zh", "本平台管理单位");
    set_text(values, "name_en", "Operator of this deployment");
    set_text(values, "how", "reported");
    set_text(values, "visibility", "public");
    set_text(values, "rows_visibility", "public");
    values[field_index(KIND_SOURCE, STR("authority"))] = (Value){.state = VALUE_KNOWN, .num = 100};
    pack_values(buf, KIND_SOURCE, values);
}

Err deployment_add(Db *db)
{
    Buf at, payload;
    buf_init(&at, PAYLOAD_MAX);
    buf_init(&payload, PAYLOAD_MAX);
    buf_time_now(&at);
    pack_deployment(&payload);
    int64_t entity = entity_id_floor(KIND_SOURCE) + 1;
    int32_t today = date_today();
    Err err;
    TRY_GOTO(db_run(db, Q_COMMIT_ADD,
                    (Bind[]){B_INT(1), B_TEXT(buf_view(&at)), B_TEXT(STR("lianpu")), B_TEXT(STR("create")),
                             B_NULL, B_TEXT(STR(""))}));
    TRY_GOTO(db_run(
        db, Q_ENTITY_ADD,
        (Bind[]){B_INT(entity), B_INT(kind_stored(KIND_SOURCE)), B_TEXT(STR("deployment")), B_INT(1)}));
    TRY_GOTO(db_run(db, Q_RECORD_ADD,
                    (Bind[]){B_INT(1), B_INT(entity), B_NULL, B_INT(entity), B_INT(today), B_INT(today),
                             B_INT(AUDIENCE_PUBLIC), B_TEXT(STR("")), B_BYTES(buf_view(&payload)), B_NULL}));
done:
    buf_done(&at);
    buf_done(&payload);
    return err;
}
