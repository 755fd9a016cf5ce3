#include "suite.h"
#include "model/value.h"
#include "store/identity.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 8 };

static char urls[PLACES][600];
static int turn;

bool on_postgres(void)
{
    const char *url = getenv("LIANPU_TEST_PG");
    return url && url[0];
}

static void pg_command(const char *sql)
{
    PGconn *conn = PQconnectdb(getenv("LIANPU_TEST_PG"));
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
}

static const char *next_url(const char *name)
{
    char *url = urls[turn++ % PLACES];
    if (!on_postgres()) {
        snprintf(url, sizeof urls[0], "%s/%d-%s", test_folder(), turn, name);
        return url;
    }
    char schema[60], sql[120];
    snprintf(schema, sizeof schema, "t_%d_%d", (int)getpid(), turn);
    snprintf(sql, sizeof sql, "CREATE SCHEMA %s", schema);
    pg_command(sql);
    const char *base = getenv("LIANPU_TEST_PG");
    snprintf(url, sizeof urls[0], "%s%coptions=-csearch_path%%3D%s,public", base,
             strchr(base, '?') ? '&' : '?', schema);
    return url;
}

const char *fresh_url(void)
{
    return next_url("first.db");
}

const char *second_url(void)
{
    return next_url("second.db");
}

Store *fresh_ledger(void)
{
    const char *url = fresh_url();
    Store *store;
    CHECK_OK(store_create(url));
    CHECK_OK(store_open(url, STORE_WRITE, &store));
    return store;
}

int64_t begin(Store *store)
{
    int64_t done;
    CHECK_OK(store_begin(store, &(CommitInfo){STR("test"), STR("test"), STR(""), STR("")}, &done));
    CHECK_EQ(done, 0);
    return done;
}

int64_t commit(Store *store)
{
    int64_t number;
    CHECK_OK(store_commit(store, &number));
    return number;
}

int64_t deployment(void)
{
    return entity_id_floor(KIND_SOURCE) + 1;
}

int64_t add_batch(Store *store, Kind kind)
{
    int64_t batch;
    BatchInfo info = {
        .kind = kind, .source = deployment(), .file_name = STR("parcels.csv"), .file_digest = STR("d1")};
    CHECK_OK(store_batch_add(store, &info, &batch));
    return batch;
}

/* A square of 0.001 degrees, little-endian EWKB with SRID 4326, as geometry_ewkb writes it. */
static size_t square(char *to, double lon, double lat)
{
    static const unsigned char head[] = {1, 3, 0, 0, 0x20, 0xE6, 0x10, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    static const double corner[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    memcpy(to, head, sizeof head);
    char *at = to + sizeof head;
    for (int i = 0; i < 5; i++, at += 16) {
        double xy[2] = {lon + corner[i][0] * 0.001, lat + corner[i][1] * 0.001};
        memcpy(at, xy, sizeof xy);
    }
    return (size_t)(at - to);
}

RecordIn parcel_record(int64_t batch, const char *key, int64_t area_m2)
{
    static char shapes[16][128];
    static Buf payloads[16];
    static unsigned n;
    unsigned i = n++ % 16;
    size_t shape_len = square(shapes[i], 113.0 + (double)(area_m2 % 100) * 0.01, 22.5);
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    values[field_index(KIND_PARCEL, STR("area_m2"))] = (Value){.state = VALUE_KNOWN, .num = area_m2};
    if (!payloads[i].limit)
        buf_init(&payloads[i], 1000);
    buf_clear(&payloads[i]);
    pack_values(&payloads[i], KIND_PARCEL, values);
    return (RecordIn){
        .kind = KIND_PARCEL,
        .key = str_of(key),
        .batch = batch,
        .source = deployment(),
        .as_of = {19326, 19326},
        .visibility = AUDIENCE_PUBLIC,
        .locator = STR("第2行"),
        .payload = buf_view(&payloads[i]),
        .shape = {shapes[i], shape_len},
    };
}

Added add_parcel(Store *store, int64_t batch, const char *key, int64_t area_m2)
{
    RecordIn record = parcel_record(batch, key, area_m2);
    Added added;
    CHECK_OK(store_record_add(store, &record, &added.entity, &added.fate, &added.alone));
    return added;
}

static Err count_one(const EntityRow *entity, void *user)
{
    (void)entity;
    ++*(int *)user;
    return OK;
}

int count_entities(Store *store, Kind kind, int64_t since)
{
    int count = 0;
    CHECK_OK(store_entities(store, kind, since, count_one, &count));
    return count;
}
