/* app/export_row.h: one believed entity as a line of CSV or a GeoJSON feature. Used by export.c alone. */
#pragma once
#include "app/export.h"

typedef struct ExportRow {
    Str key, locator, shape; /* EWKB or "" */
    Value values[FIELDS_MAX];
    DateSpan as_of;
} ExportRow;

/* Is this field written for this audience? */
bool export_field(const Field *field, Audience audience);

void export_csv_headings(Buf *buf, Kind kind, Audience audience);
MUST_USE Err export_csv_row(Buf *buf, Arena *scratch, Kind kind, Audience audience, const ExportRow *row);
MUST_USE Err export_feature(Buf *buf, Arena *scratch, Kind kind, Audience audience, const ExportRow *row);
