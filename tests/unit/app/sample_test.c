/* The data that ships: a ledger made of it is whole, sound, and says what is invented. */
#include "app/sample.h"
#include "ledger.h"
#include <stdio.h>
#include <sys/stat.h>

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    return path;
}

static Err count_one(const EntityRow *entity, void *user)
{
    (void)entity;
    ++*(int *)user;
    return OK;
}

static int count(Store *store, Kind kind)
{
    int n = 0;
    CHECK_OK(store_entities(store, kind, 0, count_one, &n));
    return n;
}

static Store *opened(const char *path)
{
    Store *store;
    CHECK_OK(store_open(path, STORE_READ, &store));
    CHECK_OK(store_check(store, NULL, NULL));
    return store;
}

TEST(the_sample_of_jiangmen_fills_every_kind)
{
    int64_t rows;
    CHECK_OK(app_init(path_of("j.lianpu"), STR("jiangmen"), false, STR(""), &rows));
    Store *store = opened(path_of("j.lianpu"));
    CHECK_EQ(count(store, KIND_REGION) >= 7, 1);
    CHECK(count(store, KIND_PARK) >= 10);
    CHECK(count(store, KIND_FACILITY) >= 10);
    CHECK(count(store, KIND_PARCEL) >= 300);
    CHECK(count(store, KIND_SOURCE) >= 4);
    CHECK(rows > 400);
    store_close(store);
}

TEST(what_is_illustrative_can_be_left_out)
{
    int64_t rows;
    CHECK_OK(app_init(path_of("j.lianpu"), STR("jiangmen"), true, STR(""), &rows));
    Store *store = opened(path_of("j.lianpu"));
    CHECK_EQ(count(store, KIND_PARCEL), 0);
    CHECK(count(store, KIND_PARK) >= 10);
    store_close(store);
}

TEST(a_ledger_that_is_there_is_left_alone)
{
    int64_t rows;
    file_with("mine", "keep me");
    CHECK_ERR(app_init(path_of("mine"), STR("jiangmen"), false, STR(""), &rows), ERR_FILE_EXISTS);
    CHECK_ERR(app_init(path_of("mine"), STR(""), false, STR(""), &rows), ERR_FILE_EXISTS);
    Arena *arena = arena_new();
    CHECK_STR(file_text(arena, path_of("mine")), "keep me");
    arena_free(arena);
}

TEST(an_unknown_sample_makes_nothing)
{
    int64_t rows;
    struct stat st;
    CHECK_ERR(app_init(path_of("x.lianpu"), STR("atlantis"), false, STR(""), &rows), ERR_PARAM);
    CHECK(stat(path_of("x.lianpu"), &st) != 0);
}
