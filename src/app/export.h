/* app/export.h: a kind of the ledger, as one audience believes it → CSV or GeoJSON in the model's own
 * headings, which import reads back: importing what was exported into an empty ledger and exporting it again
 * gives the same bytes.
 *
 * One row an entity, by key (in byte order): id, the fields this audience may see in the model's order,
 * as_of, locator, geometry (where the kind has one). Derived fields are left out. `visibility` is that of the
 * most secret record the row draws from, so that an import makes nothing more public than it was. `locator`
 * is told of entities that one record alone speaks of. */
#pragma once
#include "link/winners.h"

typedef enum ExportFormat { EXPORT_CSV, EXPORT_GEOJSON } ExportFormat;

typedef struct ExportOptions {
    Kind kind;
    Audience audience;
    ExportFormat format;
    void (*progress)(int64_t done, int64_t total, void *user); /* or NULL */
    void *user;
} ExportOptions;

/* To a file descriptor, which stays open; it may be a pipe. */
MUST_USE Err app_export(Store *store, const ExportOptions *options, int fd, int64_t *ret_rows);

/* To a file that must not be there yet, whole or not at all. ERR_FILE_EXISTS, ERR_FILE_WRITE, ERR_DISK_FULL.
 */
MUST_USE Err app_export_file(Store *store, const ExportOptions *options, const char *path, int64_t *ret_rows);

/* By the name's ending: .csv, or .geojson and .json. ERR_PARAM for another. */
MUST_USE Err export_format_of(const char *path, ExportFormat *ret);
