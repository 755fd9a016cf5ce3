#include "app/sample.h"
#include "app/app.h"
#include "app/import.h"
#include "app/lists.h"
#include "base/embed.h"
#include "base/json.h"
#include "sample_data.h"

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

typedef struct Filling {
    Str lists;
    bool sample, no_illustrative;
    int64_t rows;
} Filling;

static Err fill_sample(Store *store, Filling *filling)
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
        err = import_entry(store, json_at(files, i), filling->no_illustrative, &filling->rows);
    json_free(manifest);
    return err;
}

/* The lists first: the sample's rows are read by them. */
static Err fill(Store *store, void *user)
{
    Filling *filling = user;
    uint32_t own;
    if (filling->lists.len)
        TRY(app_lists_put(store, filling->lists, &own));
    return filling->sample ? fill_sample(store, filling) : OK;
}

Err app_init(const char *url, Str sample, bool no_illustrative, Str lists, int64_t *ret_rows)
{
    if (sample.len > 0 && !str_is(sample, SAMPLE))
        return fail(ERR_PARAM, "param", "--sample", "value", str_c(sample), "want", SAMPLE, "example", SAMPLE,
                    NULL);
    Filling filling = {.lists = lists, .sample = sample.len > 0, .no_illustrative = no_illustrative};
    CommitInfo info = {.actor = STR("cli"), .action = STR("init"), .digest = STR("")};
    TRY(store_create_with(url, &info, filling.sample || lists.len ? fill : NULL, &filling));
    *ret_rows = filling.rows;
    return OK;
}
