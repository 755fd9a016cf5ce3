/* app/entity_json.h: one row as docs/api.md shows it. Same rows, same bytes. */
#pragma once
#include "atlas/atlas.h"
#include "base/json.h"

typedef struct EntityJson {
    bool maybe;    /* a filter may be true of it */
    bool geometry; /* with its whole shape */
} EntityJson;

/* {"id", "kind", "fields", "states", "sample", "refs", "anchor", "box", "as_of"}, in this order, and what
 * `options` adds. "sample" is left out where no value is. */
void out_entity(JsonOut *out, Arena *arena, const Atlas *atlas, Kind kind, RowRef at, EntityJson options);

void out_value(JsonOut *out, const Field *field, const Value *value); /* a known one */
void out_span(JsonOut *out, DateSpan span);                           /* "2023-06" */
void out_day(JsonOut *out, int32_t day);                              /* INT32_MIN: null */
void out_optional(JsonOut *out, const char *name, Str text);          /* a member; nothing for "" */
void out_box(JsonOut *out, Box box);                                  /* [w,s,e,n], or null */
void out_label(JsonOut *out, Label label);                            /* {"zh", "en"} */

/* Does a row's FIELD_SAMPLE name this field? */
bool sample_names(Str sample, const char *field);

/* The texts of a row's field; "" where it is not known. */
Str row_text(Arena *arena, const Atlas *atlas, Kind kind, RowRef at, uint32_t field);
