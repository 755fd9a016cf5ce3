/* atlas/manifest.h: the small file that says which segments are one audience's atlas: DIR/AUDIENCE.manifest.
 * Text, with its own checksum; replaced by a rename, so that it is the old one or the new one. Internal to
 * atlas. */
#pragma once
#include "atlas/segment.h"

typedef struct Manifest {
    int64_t commit;
    char base[SEGMENT_NAME_MAX];
    char delta[SEGMENT_NAME_MAX]; /* "" for none */
} Manifest;

/* ERR_NOT_FOUND: there is none; ERR_SEGMENT: it is none of ours, or damaged. */
MUST_USE Err manifest_read(const char *dir, Audience audience, Manifest *ret);

/* Down to the disk, the folder too. ERR_DISK_FULL, ERR_FILE_WRITE: the old one stands. */
MUST_USE Err manifest_write(const char *dir, Audience audience, const Manifest *manifest);

/* A name no other segment has: AUDIENCE-base-COMMIT-RANDOM.seg or …-delta-…. */
void segment_name(Audience audience, bool delta, int64_t commit, char ret[SEGMENT_NAME_MAX]);

/* fsync of the folder: what was renamed in it stays renamed. */
MUST_USE Err folder_sync(const char *dir);
