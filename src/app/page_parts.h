/* app/page_parts.h: what the plain pages (page_text.h) are put together from. Internal to them. */
#pragma once
#include "app/words.h"
#include "atlas/atlas.h"

/* Where one writes, what is read, in which language. */
typedef struct Pen {
    Buf *buf;
    Arena *arena;
    const Atlas *atlas;
    Lang lang;
} Pen;

void pen_label(const Pen *pen, Label label);
void pen_open_link(const Pen *pen, Kind kind, Str id); /* <a …> to the page of one; of the list for "" */

/* A thing's name (in this language, else in the other, else its key), kept apart from what stands beside it:
 * a name may hold characters that turn the direction of writing. */
void pen_name(const Pen *pen, Kind kind, RowRef at);
Str pen_name_of(const Pen *pen, Kind kind, RowRef at);
void pen_ref(const Pen *pen, Kind kind, Str key); /* linked, if this audience may see it */

/* In words; references linked. `unit`: as in words_value. */
void pen_value(const Pen *pen, const Field *field, const Value *value, const char *unit);

/* The unit of an observation's value or target: its indicator's. NULL: the field's own. */
const char *pen_unit(const Pen *pen, Kind kind, const Field *field, Str indicator);
const char *pen_unit_in_row(const Pen *pen, Kind kind, const Field *field, RowRef at);

void pen_how(const Pen *pen, Str how); /* a code of the field `how` */

/* Behind a value that is sample data in a row that is not. */
void pen_mark(const Pen *pen, Str sample, const Field *field);

void pen_day(const Pen *pen, DateSpan as_of); /* "as of 2022-11-30" */
