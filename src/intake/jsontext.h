/* intake/jsontext.h: JSON text looked at where it lies: slices of values, without a tree. Strict (RFC 8259),
 * nesting bounded. Pure functions over one text. */
#pragma once
#include "base/json.h"
#include "base/str.h"

typedef struct JsonText {
    const char *at, *end;
} JsonText;

void jsontext_space(JsonText *text); /* passes over white space */

/* Passes over white space and one value; its slice has no white space around. False if there is no whole
 * value. */
bool jsontext_value(JsonText *text, Str *ret_slice);

/* Steps through an object's or array's members: begin at its slice, then step until *ret_more is false.
 * False: not JSON, or it does not begin with that bracket. Names are raw: with their quotation marks. */
bool jsontext_begin(Str slice, char bracket, JsonText *ret);
bool jsontext_member(JsonText *text, Str *ret_name, Str *ret_value, bool *ret_more);
bool jsontext_item(JsonText *text, Str *ret_value, bool *ret_more);

/* The text of a string's slice. False for a surrogate without its partner. */
bool jsontext_string(Arena *arena, Str slice, Str *ret);

/* A number's slice without exponent: 1.5e3 → 1500. The slice itself where that would take more than 60
 * characters. */
Str jsontext_number(Arena *arena, Str slice);
