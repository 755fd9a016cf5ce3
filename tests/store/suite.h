/* tests/store/suite.h: what the files of the one suite share. Each test asks for a fresh place for a ledger:
 * a path, or with LIANPU_TEST_PG set a schema of its own in that PostgreSQL database. */
#pragma once
#include "store/store.h"
#include "test.h"

const char *fresh_url(void);  /* nothing is there yet; valid until the next test */
const char *second_url(void); /* another one */
bool on_postgres(void);

/* A fresh ledger, open to write. */
Store *fresh_ledger(void);

int64_t begin(Store *store);  /* with no key; CHECKs */
int64_t commit(Store *store); /* returns its number */
int64_t add_batch(Store *store, Kind kind);

typedef struct Added {
    int64_t entity;
    RecordFate fate;
    bool alone;
} Added;

/* One record of the built-in source, with an area and a small square. */
Added add_parcel(Store *store, int64_t batch, const char *key, int64_t area_m2);
RecordIn parcel_record(int64_t batch, const char *key,
                       int64_t area_m2); /* its texts live until the test ends */

int64_t deployment(void); /* the built-in source's entity */

int count_entities(Store *store, Kind kind, int64_t since);
