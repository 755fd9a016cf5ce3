#include "app/sample.h"
#include "app/app.h"
#include "app/import.h"
#include "base/embed.h"
#include "base/json.h"
#include "sample_data.h"
#include "store/publish.h"
#include <stdlib.h>
#include <string.h>

#define SAMPLE   "jiangmen"
#define MANIFEST "manifest.json"

static Err sample_file(Str name, Str *ret)
{
    const Embedded *file = embedded_find(sample_data, sample_data_count, name);
    if (!file)
        return fail(ERR_NOT_FOUND, "what", str_c(name), NULL);
    *ret = file->plain;
    return OK;
}

/* {"file", "kind", "source", "as_of"}: one line of the manifest. A row of kind source comes from whoever runs
 * the ledger: the source it names may be one of the file's own. */
static Err import_entry(Store *store, const Json *entry, bool no_illustrative, int64_t *rows)
{
    Str name = json_text(json_get(entry, "file")), bytes;
    ImportReport report;
    ImportOptions options = {
        .path = name.ptr, /* NUL-terminated, as the reader of JSON gives it */
        .source = json_text(json_get(entry, "source")),
        .no_illustrative = no_illustrative,
    };
    TRY(sample_file(name, &bytes));
    TRY(kind_named(json_text(json_get(entry, "kind")), &options.kind));
    options.has_as_of = date_parse(json_text(json_get(entry, "as_of")), &options.as_of);
    if (options.kind == KIND_SOURCE)
        options.source = STR(SOURCE_DEPLOYMENT);
    Err err = import_bytes(store, bytes, &options, &report);
    *rows += report.counts.read;
    import_report_done(&report);
    if (err == ERR_SOURCE_UNKNOWN && no_illustrative)
        return OK; /* the source is illustrative itself and was left out, and with it all that it says */
    return err;
}

static Err import_all(Store *store, bool no_illustrative, int64_t *rows)
{
    Str text;
    Json *manifest;
    TRY(sample_file(STR(MANIFEST), &text));
    TRY(json_parse(text, &manifest));
    const Json *files = json_get(manifest, "files");
    Err err = store_meta_set(store, META_NAME_ZH, json_text(json_get(manifest, META_NAME_ZH)));
    if (err == OK)
        err = store_meta_set(store, META_NAME_EN, json_text(json_get(manifest, META_NAME_EN)));
    for (uint32_t i = 0; i < json_len(files) && err == OK; i++)
        err = import_entry(store, json_at(files, i), no_illustrative, rows);
    json_free(manifest);
    return err;
}

static Err fill(const char *url, bool no_illustrative, int64_t *rows)
{
    Store *store;
    CommitInfo info = {
        .actor = STR("cli"), .action = STR("init"), .idempotency_key = STR(""), .digest = STR("")};
    int64_t done, commit;
    TRY(store_open(url, STORE_WRITE, &store));
    Err err = store_begin(store, &info, &done);
    if (err == OK)
        err = import_all(store, no_illustrative, rows);
    if (err == OK)
        err = store_commit(store, &commit);
    store_close(store); /* rolls back what was not committed; an SQLite file is whole after it */
    return err;
}

static Err init_file(const char *path, bool no_illustrative, int64_t *rows)
{
    char *temp;
    TRY(publish_begin(path, &temp));
    Err err = store_create(temp);
    if (err == OK)
        err = fill(temp, no_illustrative, rows);
    if (err == OK)
        err = publish_end(temp, path);
    if (err != OK) {
        publish_drop(temp);
        /* The person knows the path, not the name it had until it was done. */
        if (strcmp(fault_arg(fault_last(), "path"), temp) == 0)
            err = fail(err, "path", path, "detail", fault_arg(fault_last(), "detail"), NULL);
    }
    free(temp);
    return err;
}

Err app_init(const char *url, Str sample, bool no_illustrative, int64_t *ret_rows)
{
    int64_t rows = 0;
    if (sample.len > 0 && !str_is(sample, SAMPLE))
        return fail(ERR_PARAM, "param", "--sample", "value", str_c(sample), "want", SAMPLE, "example", SAMPLE,
                    NULL);
    if (sample.len == 0) {
        TRY(store_create(url));
    } else if (store_is_postgres(url)) {
        TRY(store_create(url));
        TRY(fill(url, no_illustrative,
                 &rows)); /* in one transaction: on failure the ledger is there, empty */
    } else {
        TRY(init_file(url, no_illustrative, &rows));
    }
    *ret_rows = rows;
    return OK;
}
