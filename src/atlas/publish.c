/* From a finished build to what readers open: the segment's file, then the manifest. */
#include "atlas/build.h"
#include "atlas/manifest.h"
#include "atlas/picture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many all tables have; copies them to `ret` if that is not NULL. */
static uint32_t gather_sections(const AtlasBuild *build, Section *ret)
{
    uint32_t count = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const TableBuild *table = &build->tables[kind];
        for (uint32_t l = 0; l < table->list_count; l++) {
            const SectionList *list = &table->lists[l];
            if (ret && list->count)
                memcpy(ret + count, list->at, list->count * sizeof *ret);
            count += list->count;
        }
    }
    return count;
}

static Err write_frozen(const AtlasBuild *build, const char *path)
{
    Section *sections = heap_alloc(gather_sections(build, NULL) * sizeof *sections);
    uint32_t count = gather_sections(build, sections);
    SegmentHeader header = {.audience = (uint32_t)build->audience,
                            .base = build->base ? build->base->segments[0]->header.id : 0,
                            .commit = build->commit};
    Err err = segment_write(path, &header, sections, count);
    free(sections);
    return err;
}

/* Written beside its name and renamed: a file that bears a segment's name is whole. */
static Err write_segment(AtlasBuild *build, char ret_name[SEGMENT_NAME_MAX])
{
    char path[PATH_MAX_BYTES], temporary[PATH_MAX_BYTES];
    TRY(build_freeze(build));
    segment_name(build->audience, build->base != NULL, build->commit, ret_name);
    snprintf(path, sizeof path, "%s/%s", build->dir, ret_name);
    snprintf(temporary, sizeof temporary, "%s/%s.tmp", build->dir, ret_name);
    Err err = write_frozen(build, temporary);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        build_drop_sections(&build->tables[kind]);
    if (err == OK && rename(temporary, path) != 0) {
        err = fail_write(path, errno);
        unlink(temporary);
    }
    return err;
}

/* Opens what was written before anybody is told of it. A delta shares the base's mapping. */
static Err open_written(const AtlasBuild *build, const char *name, Atlas **ret)
{
    Segment *written;
    TRY(segment_open(build->dir, name, build->audience, &written));
    if (!build->base)
        return atlas_assemble(build->dir, written, NULL, ret);
    return atlas_assemble(build->dir, segment_ref(build->base->segments[0]), written, ret);
}

static Err publish(const char *dir, const Atlas *atlas)
{
    Manifest manifest = {.commit = atlas_commit(atlas)};
    memcpy(manifest.base, atlas->segments[0]->name, sizeof manifest.base);
    if (atlas->segment_count > 1)
        memcpy(manifest.delta, atlas->segments[1]->name, sizeof manifest.delta);
    return manifest_write(dir, atlas->audience, &manifest);
}

/* A segment that came to nothing goes at once, unless the manifest names it all the same: a folder's fsync
 * may fail after the rename. */
void atlas_discard(const char *dir, Audience audience, const char *name)
{
    char path[PATH_MAX_BYTES];
    Manifest manifest;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    const Fault fault = *fault_last();
    Err err = manifest_read(dir, audience, &manifest);
    bool named = err == OK && (strcmp(manifest.base, name) == 0 || strcmp(manifest.delta, name) == 0);
    if (!named && (err == OK || err == ERR_NOT_FOUND))
        unlink(path);
    fault_set(&fault);
}

Err atlas_build_finish(AtlasBuild *build, Atlas **ret)
{
    char name[SEGMENT_NAME_MAX];
    Atlas *atlas = NULL;
    Err err = write_segment(build, name);
    if (err == OK) {
        err = open_written(build, name, &atlas);
        if (err == OK)
            err = publish(build->dir, atlas);
        if (err != OK)
            atlas_discard(build->dir, build->audience, name);
    }
    if (err == OK)
        *ret = atlas;
    else
        atlas_unref(atlas);
    atlas_build_abandon(build);
    return err;
}

Err atlas_build_write(AtlasBuild *build, char ret_name[ATLAS_NAME_MAX])
{
    char name[SEGMENT_NAME_MAX];
    Err err = build->base ? fail(ERR_BUILD, "detail", "a delta is not written apart", NULL) : OK;
    if (err == OK)
        err = write_segment(build, name);
    if (err == OK)
        err = folder_sync(build->dir);
    if (err == OK)
        memcpy(ret_name, name, sizeof name);
    atlas_build_abandon(build);
    return err;
}

Err atlas_adopt(const char *dir, const Atlas *base)
{
    Manifest manifest;
    if (manifest_read(dir, base->audience, &manifest) == OK && manifest.commit > atlas_commit(base))
        return fail(ERR_BUILD, "detail", "the base is older than what is shown", NULL);
    return publish(dir, base);
}
