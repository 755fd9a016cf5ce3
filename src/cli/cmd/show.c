/* show KIND ID: what is believed of one thing, and with --why who said it. */
#include "app/lists.h"
#include "app/why.h"
#include "cli/cmd/cmd.h"
#include "geo/geometry.h"
#include <stdio.h>

static const Label rules[] = {
    [WHY_ONLY] = {"只有这一处说到", "nobody else speaks of it"},
    [WHY_AUTHORITY] = {"来源的权威度", "the source's authority"},
    [WHY_AS_OF] = {"日期较新", "the later day"},
    [WHY_ORDER] = {"登记在后", "recorded later"},
};

static const char *code_label(const Field *field, Str code)
{
    int at = code_index(field->codes, code);
    return at < 0 ? "" : talk(field->codes->codes[at].label);
}

/* A point whole; of a polygon, how many points it has. */
static void put_shape(Buf *buf, Str ewkb)
{
    Geometry shape;
    Arena *arena = arena_new();
    if (geometry_from_ewkb(arena, ewkb, &shape) != OK)
        buf_c(buf, "?");
    else if (shape.type == GEOM_POINT)
        geometry_wkt(buf, &shape);
    else
        buf_fmt(buf, talk((Label){"面，%u 个点", "a polygon of %u points"}), shape.point_count);
    arena_free(arena);
}

static void put_value(Buf *buf, const Field *field, const Said *said)
{
    const Value *value = &said->value;
    if (!field) {
        put_shape(buf, said->shape);
    } else if (value->state == VALUE_NOT_APPLICABLE || value->state == VALUE_WITHHELD) {
        buf_c(buf, value->state == VALUE_WITHHELD ? talk((Label){"不公开", "withheld"})
                                                  : talk((Label){"不适用", "not applicable"}));
    } else {
        value_text(buf, field, value);
        if (field->unit && field->type == FIELD_NUM)
            buf_fmt(buf, " %s", field->unit);
        if (field->type == FIELD_CODE)
            buf_fmt(buf, " (%s)", code_label(field, value->text));
    }
}

static void put_source(Buf *buf, const Said *said)
{
    Str name = talk_lang() == LANG_EN && said->source->name_en.len > 0 ? said->source->name_en
                                                                       : said->source->name_zh;
    buf_str(buf, name.len > 0 ? name : said->source->key);
    buf_c(buf, ", ");
    buf_date(buf, said->as_of);
    if (said->locator.len > 0) {
        buf_c(buf, ", ");
        buf_str(buf, said->locator);
    }
}

static void put_field(Buf *buf, Kind kind, const WhyField *why, bool reasons)
{
    const Field *field = why->field == WINNER_GEOMETRY ? NULL : &kind_info(kind)->fields[why->field];
    buf_fmt(buf, "%s (%s): ", field ? talk(field->label) : talk((Label){"图形", "Geometry"}),
            field ? field->name : "geometry");
    put_value(buf, field, &why->won);
    buf_byte(buf, '\n');
    if (!reasons)
        return;
    buf_c(buf, "    ");
    put_source(buf, &why->won);
    buf_fmt(buf, " — %s\n", talk(rules[why->won.lost]));
    for (uint32_t i = 0; i < why->other_count; i++) {
        buf_c(buf, "    ✗ ");
        put_value(buf, field, &why->others[i]);
        buf_c(buf, " — ");
        put_source(buf, &why->others[i]);
        buf_fmt(buf, " — %s\n", talk(rules[why->others[i].lost]));
    }
}

static Err run(const char *db, Audience audience, Kind kind, const char *id, bool reasons)
{
    enum { TEXT_LIMIT = 64 * 1024 * 1024 };
    Store *store;
    Why why;
    Buf text;
    TRY(app_lists_open(db, STORE_READ, &store));
    Arena *arena = arena_new();
    buf_init(&text, TEXT_LIMIT);
    Err err = app_why(store, arena, audience, kind, str_of(id), STR(""), &why);
    if (err == OK) {
        buf_fmt(&text, "%s " STR_FMT "\n", talk(kind_info(kind)->label), STR_ARG(why.key));
        for (uint32_t i = 0; i < why.count; i++)
            put_field(&text, kind, &why.fields[i], reasons);
        err = buf_check(&text, "text");
    }
    if (err == OK)
        fwrite(text.ptr, 1, text.len, stdout);
    buf_done(&text);
    arena_free(arena);
    store_close(store);
    return err;
}

Err cmd_show(int argc, char **argv)
{
    const char *db = NULL, *audience = "public", *operands[2];
    bool reasons = false, help;
    const Option options[] = {
        OPTION_DB(db),
        {.name = "why",
         .help = {"每项是谁说的、截至何时、为何采信，别的说法又是什么",
                  "who said each value, as of when, why it is believed, and what else was said"},
         .flag = &reasons},
        {.name = "audience",
         .value = "WHO",
         .help = {"以谁的身份看：public（不写即此）、investor、staff、restricted",
                  "as seen by: public (unless said), investor, staff, restricted"},
         .text = &audience},
    };
    const Command command = {
        .name = "show",
        .operands = "KIND ID",
        .about = {"显示一项", "show one thing"},
        .more = {"例：lianpu show park jm-fengshanhu --db jiangmen.db --why",
                 "Example: lianpu show park jm-fengshanhu --db jiangmen.db --why"},
        .options = options,
        .option_count = OPTION_COUNT(options),
        .operand_count = 2,
    };
    Kind kind;
    Audience as;
    TRY(options_parse(&command, argc, argv, operands, &help));
    if (help)
        return OK;
    TRY(option_required(&command, "db", db));
    TRY(kind_named(str_of(operands[0]), &kind));
    TRY(audience_named(str_of(audience), &as));
    return run(db, as, kind, operands[1], reasons);
}
