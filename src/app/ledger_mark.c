#include "app/ledger_mark.h"
#include "base/hash.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MARK_MAX = 128, MARK_PATH_MAX = 4096, BATCHES_FIRST = 32, BATCHES_MOST = 1 << 20 };

/* The newest import that was committed up to then; NULL in *ret if there was none. */
static Err newest_batch(Store *store, Arena *arena, int64_t commit, const BatchInfo **ret)
{
    *ret = NULL;
    for (uint32_t limit = BATCHES_FIRST; limit <= BATCHES_MOST; limit *= 8) {
        BatchInfo *batches;
        uint32_t count;
        TRY(store_batches(store, arena, limit, &batches, &count));
        for (uint32_t i = 0; i < count; i++) {
            if (batches[i].commit > commit)
                continue;
            *ret = &batches[i];
            return OK;
        }
        if (count < limit)
            return OK;
    }
    return OK;
}

/* "COMMIT DIGEST\n" */
static Err mark_of(Store *store, int64_t commit, char ret[MARK_MAX])
{
    Arena *arena = arena_new();
    const BatchInfo *batch;
    Err err = newest_batch(store, arena, commit, &batch);
    Buf text;
    buf_init(&text, 64 * 1024);
    if (err == OK && batch) {
        buf_fmt(&text, "%lld %d %lld %lld " STR_FMT " " STR_FMT " ", (long long)batch->id, (int)batch->kind,
                (long long)batch->source, (long long)batch->commit, STR_ARG(batch->file_digest),
                STR_ARG(batch->at));
        buf_fmt(&text, "%lld %lld %lld", (long long)batch->counts.read, (long long)batch->counts.added,
                (long long)batch->counts.changed);
    }
    char digest[65];
    digest_hex(text.ptr ? text.ptr : "", text.len, digest);
    snprintf(ret, MARK_MAX, "%lld %s\n", (long long)commit, digest);
    buf_done(&text);
    arena_free(arena);
    return err;
}

static void mark_path(const char *dir, Audience audience, const char *ending, char ret[MARK_PATH_MAX])
{
    snprintf(ret, MARK_PATH_MAX, "%s/%s.ledger%s", dir, audience_name(audience), ending);
}

void ledger_mark_write(Store *store, const char *dir, Audience audience, int64_t commit)
{
    char mark[MARK_MAX], path[MARK_PATH_MAX], beside[MARK_PATH_MAX];
    mark_path(dir, audience, "", path);
    mark_path(dir, audience, ".new", beside);
    if (mark_of(store, commit, mark) != OK) {
        unlink(path);
        return;
    }
    FILE *file = fopen(beside, "we");
    bool written = file && fputs(mark, file) >= 0;
    written = file && fclose(file) == 0 && written;
    if (!written || rename(beside, path) != 0)
        unlink(path);
}

bool ledger_mark_fits(Store *store, const char *dir, Audience audience, int64_t commit)
{
    char want[MARK_MAX], have[MARK_MAX] = "", path[MARK_PATH_MAX];
    mark_path(dir, audience, "", path);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    size_t len = fread(have, 1, sizeof have - 1, file);
    fclose(file);
    have[len] = '\0';
    return mark_of(store, commit, want) == OK && strcmp(have, want) == 0;
}
