#include "app/app.h"
#include "app/facts.h"
#include "app/lists.h"
#include "app/refresh.h"
#include "base/hash.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct App {
    Arena *arena; /* config's texts */
    AppConfig config;
    Refresher *refresher;
};

const char *atlas_dir_of(Arena *arena, const char *url)
{
    size_t size = strlen(url) + 64;
    char *dir = arena_alloc(arena, size);
    if (store_is_postgres(url)) {
        char digest[65];
        digest_hex(url, strlen(url), digest);
        snprintf(dir, size, "lianpu-%.16s.atlas", digest);
    } else {
        snprintf(dir, size, "%s.atlas", url);
    }
    return dir;
}

static const char *kept(Arena *arena, const char *text)
{
    return text ? str_copy(arena, str_of(text)).ptr : NULL;
}

/* The ledger's own code lists, and what the atlas is called where the one who starts it does not say. */
static Err read_ledger(App *app)
{
    Store *store;
    Str zh, en;
    TRY(app_store(app, &store));
    Err err = app_lists_apply(store);
    if (err == OK)
        err = store_meta_get(store, app->arena, META_NAME_ZH, &zh);
    if (err == OK)
        err = store_meta_get(store, app->arena, META_NAME_EN, &en);
    store_close(store);
    if (err == OK && !app->config.name.zh && zh.len > 0)
        app->config.name.zh = zh.ptr;
    if (err == OK && !app->config.name.en && en.len > 0)
        app->config.name.en = en.ptr;
    return err;
}

static Err start(App *app)
{
    struct stat st;
    if (mkdir(app->config.atlas_dir, 0755) != 0 && errno != EEXIST)
        return fail_write(app->config.atlas_dir, errno);
    if (stat(app->config.atlas_dir, &st) != 0 || !S_ISDIR(st.st_mode))
        return fail_write(app->config.atlas_dir, ENOTDIR);
    if (app->config.follow)
        return refresher_start(app->refresher);
    return refresher_once(app->refresher, AUDIENCE_PUBLIC);
}

Err app_open(const AppConfig *config, App **ret)
{
    App *app = heap_zalloc(sizeof *app);
    app->arena = arena_new();
    app->config = *config;
    app->config.url = kept(app->arena, config->url);
    app->config.name = (Label){kept(app->arena, config->name.zh), kept(app->arena, config->name.en)};
    app->config.map_approval = kept(app->arena, config->map_approval);
    app->config.atlas_dir =
        config->atlas_dir ? kept(app->arena, config->atlas_dir) : atlas_dir_of(app->arena, config->url);
    Err err = refresher_new(&app->config, &app->refresher);
    if (err == OK)
        err = read_ledger(app);
    if (err == OK)
        err = start(app);
    if (err != OK) {
        app_close(app);
        return err;
    }
    *ret = app;
    return OK;
}

void app_close(App *app)
{
    if (!app)
        return;
    refresher_free(app->refresher);
    facts_forget();
    arena_free(app->arena);
    free(app);
}

const AppConfig *app_config(const App *app)
{
    return &app->config;
}

Err app_view(App *app, Audience audience, Atlas **ret)
{
    Atlas *atlas = refresher_view(app->refresher, audience);
    if (!atlas && !app->config.follow) {
        TRY(refresher_once(app->refresher, audience));
        atlas = refresher_view(app->refresher, audience);
    }
    if (!atlas)
        return fail(ERR_NOT_READY, "what", "the atlas", NULL);
    *ret = atlas;
    return OK;
}

Err app_store(const App *app, Store **ret)
{
    return store_open(app->config.url, STORE_READ, ret);
}

void app_stats(App *app, AppStats *ret)
{
    refresher_stats(app->refresher, ret);
}
