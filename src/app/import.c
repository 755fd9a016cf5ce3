#include "app/import.h"
#include "app/importing.h"
#include "app/pipe.h"
#include "app/renew.h"
#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

void import_report_done(ImportReport *report)
{
    free(report->issues.list);
    report->issues = (Issues){0};
}

/* ---- the source ---- */

static Err source_key(const ImportOptions *options, Str *ret)
{
    *ret = options->source;
    if (ret->len > 0)
        return OK;
    if (options->kind != KIND_SOURCE)
        return fail(ERR_USAGE, "detail", "--source is missing", "command", "import", NULL);
    *ret = STR(SOURCE_DEPLOYMENT);
    return OK;
}

static Err find_source(Import *import, RowOptions *rows)
{
    EntityRow entity;
    Str key;
    TRY(source_key(import->options, &key));
    Err err = store_entity(import->store, import->arena, KIND_SOURCE, key, &entity);
    if (err == ERR_ID_UNKNOWN || (err == OK && entity.record_count == 0))
        return fail(ERR_SOURCE_UNKNOWN, "source", str_c(key), NULL);
    TRY(err);
    const SourceRule *rule = source_rule(&import->rules, entity.id);
    import->source = entity.id;
    rows->visibility = rule ? rule->rows : AUDIENCE_RESTRICTED;
    if (rows->has_as_of)
        return OK;
    Value values[FIELDS_MAX];
    Str shape;
    DateSpan as_of;
    bool visible;
    TRY(entity_believed(import->arena, &entity, &import->rules, AUDIENCE_RESTRICTED, values, &shape, &as_of,
                        &visible));
    const Value *published = &values[field_index(KIND_SOURCE, STR("published"))];
    rows->has_as_of = visible && published->state == VALUE_KNOWN;
    if (rows->has_as_of)
        rows->as_of = published->date;
    return OK;
}

/* ---- rows ---- */

Err import_row(Import *import, Kind kind, const Row *row)
{
    RecordIn record = {
        .kind = kind,
        .key = row->key,
        .batch = import->batch,
        .source = import->source,
        .as_of = row->as_of,
        .visibility = row->visibility,
        .locator = row->locator,
        .payload = row->payload,
        .shape = row->shape,
    };
    int64_t entity;
    RecordFate fate;
    bool alone;
    BatchCounts *counts = &import->report->counts;
    TRY(store_record_add(import->store, &record, &entity, &fate, &alone));
    counts->added += fate == RECORD_ADDED;
    counts->changed += fate == RECORD_CHANGED;
    counts->same += fate == RECORD_SAME;
    if (alone || fate == RECORD_SAME)
        return OK;
    arena_reset(import->scratch);
    return winners_renew(import->store, import->scratch, entity, &import->rules);
}

static Err add_chunk(Import *import, const Chunk *chunk)
{
    if (chunk->err != OK) {
        fault_set(&chunk->fault);
        return chunk->err;
    }
    for (uint32_t i = 0; i < chunk->count; i++)
        TRY(import_row(import, import->options->kind, &chunk->rows[i]));
    BatchCounts *counts = &import->report->counts;
    counts->read = chunk->good + chunk->bad;
    counts->rejected = chunk->bad;
    import->report->left_out = chunk->left_out;
    if (import->options->progress)
        import->options->progress(chunk->done, chunk->size, counts->read, import->options->user);
    return OK;
}

static Err add_chunks(Import *import, RowPipe *pipe)
{
    for (bool last = false; !last;) {
        Chunk *chunk = pipe_take(pipe);
        Err err = add_chunk(import, chunk);
        last = chunk->last;
        pipe_release(pipe, chunk);
        TRY(err);
    }
    return OK;
}

void import_keep_issues(ImportReport *report, const Issues *issues)
{
    report->issues = *issues;
    report->issues.list = heap_alloc(issues->count * sizeof *issues->list);
    if (issues->count > 0)
        memcpy(report->issues.list, issues->list, issues->count * sizeof *issues->list);
}

Err import_judge(const Import *import, bool reject_rows)
{
    const ImportReport *report = import->report;
    bool none = report->counts.read == report->counts.rejected;
    if (report->counts.rejected == 0 || (reject_rows && !none))
        return OK;
    Buf first;
    buf_init(&first, FAULT_TEXT_MAX * 8);
    sentence_write(&first, import->options->lang, &report->issues.list[0].fault);
    Err err = fail(ERR_ROWS_REJECTED, "rows", num_c(report->counts.rejected), "first",
                   str_c(buf_view(&first)), NULL);
    buf_done(&first);
    return err;
}

static Err read_rows(Import *import, Input *input, const RowOptions *rows)
{
    RowPipe *pipe;
    TRY(pipe_open(input, rows, !import->options->reject_rows, &pipe));
    Err err = add_chunks(import, pipe);
    if (err == OK) {
        import_keep_issues(import->report, pipe_issues(pipe));
        err = import_judge(import, import->options->reject_rows);
    }
    pipe_close(pipe);
    return err;
}

/* ---- a batch, inside a transaction ---- */

static Str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

Err import_batch(Import *import, Kind kind, const Input *input)
{
    BatchInfo info = {
        .kind = kind,
        .source = import->source,
        .file_name = base_name(input_name(input)),
        .file_digest = STR(""), /* not known yet */
    };
    return store_batch_add(import->store, &info, &import->batch);
}

Err import_batch_done(Import *import)
{
    const char *digest;
    TRY(file_digest_wait(import->digest, &digest));
    return store_batch_done(import->store, import->batch, str_of(digest), &import->report->counts);
}

static Err add_batch(Import *import, Input *input)
{
    const ImportOptions *options = import->options;
    RowOptions rows = {
        .kind = options->kind,
        .has_as_of = options->has_as_of,
        .as_of = options->as_of,
        .no_illustrative = options->no_illustrative,
    };
    TRY(source_rules_load(import->store, import->arena, &import->rules));
    TRY(find_source(import, &rows));
    if (options->kind == KIND_CHAIN && chain_file_named(input_name(input)))
        return import_chain(import, input, &rows);
    TRY(import_batch(import, options->kind, input));
    TRY(read_rows(import, input, &rows));
    TRY(import_batch_done(import));
    import->report->batch = import->report->last_batch = import->batch;
    if (options->kind != KIND_SOURCE)
        return OK;
    SourceRules now;
    return renew_sources(import->store, import->arena, &import->rules, &now);
}

static Err import_input(Store *store, Input *input, FileDigest *digest, const ImportOptions *options,
                        ImportReport *report)
{
    Import import = {
        .store = store,
        .options = options,
        .report = report,
        .digest = digest,
        .arena = arena_new(),
        .scratch = arena_new(),
    };
    Err err = add_batch(&import, input);
    arena_free(import.arena);
    arena_free(import.scratch);
    return err;
}

Err import_bytes(Store *store, Str bytes, const ImportOptions *options, ImportReport *report)
{
    *report = (ImportReport){0};
    FileDigest *digest = file_digest_of(bytes.ptr, bytes.len);
    Input *input = input_of(bytes, options->path);
    Err err = import_input(store, input, digest, options, report);
    input_close(input);
    file_digest_free(digest);
    return err;
}

/* ---- a file, in a transaction of its own ---- */

/* What is asked under the key: the file's bytes and everything that decides what becomes of them. Nothing if
 * there is no key. */
static Err digest_of(const ImportOptions *options, FileDigest *digest, char ret[65])
{
    const char *of_file;
    ret[0] = '\0';
    if (options->idempotency_key.len == 0)
        return OK;
    TRY(file_digest_wait(digest, &of_file));
    Buf asked;
    buf_init(&asked, 4096);
    buf_fmt(&asked, "%s %s %d %d ", of_file, kind_info(options->kind)->name, options->reject_rows,
            options->no_illustrative);
    if (options->has_as_of)
        buf_date(&asked, options->as_of);
    buf_byte(&asked, ' ');
    buf_str(&asked, options->source);
    digest_hex(asked.ptr, asked.len, ret);
    buf_done(&asked);
    return OK;
}

static Err import_file(Store *store, Input *input, FileDigest *digest, const ImportOptions *options,
                       ImportReport *report)
{
    char asked[65];
    int64_t done;
    TRY(digest_of(options, digest, asked));
    CommitInfo info = {
        .actor = STR("cli"),
        .action = STR("import"),
        .idempotency_key = options->idempotency_key,
        .digest = str_of(asked),
    };
    TRY(store_begin(store, &info, &done));
    if (done) {
        report->commit = done;
        report->again = true;
        return OK;
    }
    Err err = import_input(store, input, digest, options, report);
    if (err == OK)
        return store_commit(store, &report->commit);
    store_rollback(store);
    return err;
}

Err app_import(Store *store, const ImportOptions *options, ImportReport *report)
{
    Input *input;
    *report = (ImportReport){0};
    TRY(input_open(options->path, &input));
    FileDigest *digest = file_digest_start(options->path);
    Err err = import_file(store, input, digest, options, report);
    file_digest_free(digest);
    input_close(input);
    return err;
}
