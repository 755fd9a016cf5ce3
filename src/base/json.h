/* base/json.h: JSON in (jansson, strict: no duplicate keys, nesting bounded) and JSON out (written by hand,
 * so that the same values give the same bytes). The reader's types do not leave this header's opaque Json. */
#pragma once
#include "base/str.h"

typedef struct Json Json; /* a value; belongs to the document it came from */

enum { JSON_DEPTH_MAX = 160, JSON_BYTES_MAX = 64 * 1024 * 1024 };

typedef enum JsonKind {
    JSON_IS_NULL,
    JSON_IS_BOOL,
    JSON_IS_NUMBER,
    JSON_IS_STRING,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT
} JsonKind;

/* The whole text must be one value. ERR_JSON says line, column and what was wrong. Free with json_free. */
MUST_USE Err json_parse(Str text, Json **ret);
void json_free(Json *document); /* NULL is fine */

JsonKind json_kind(const Json *value);                     /* NULL (a missing member) is JSON_IS_NULL */
bool json_bool(const Json *value);                         /* true only of the literal true */
Str json_text(const Json *value);                          /* of a string; "" otherwise */
Str json_number_text(const Json *value, char scratch[32]); /* plain decimal form of a number, for str_fixed */
bool json_int(const Json *value, int64_t *ret);
int json_sign(const Json *value);     /* of a number: -1, 0 or 1 */
uint32_t json_len(const Json *value); /* of an array or an object; 0 otherwise */
const Json *json_at(const Json *array, uint32_t i);
const Json *json_get(const Json *object, const char *name); /* NULL if there is none */
/* Members in the order of the text. */
bool json_member(const Json *object, uint32_t i, Str *ret_name, const Json **ret_value);

/* Writing. The writer puts commas by itself; begin/end must pair up. Invalid UTF-8 is a programmer's error.
 */
typedef struct JsonOut {
    Buf *buf;
    bool comma;
} JsonOut;

JsonOut json_out(Buf *buf);
void out_object(JsonOut *out);
void out_object_end(JsonOut *out);
void out_array(JsonOut *out);
void out_array_end(JsonOut *out);
void out_name(JsonOut *out, const char *name);
void out_name_str(JsonOut *out, Str name);
void out_str(JsonOut *out, Str text);
void out_c(JsonOut *out, const char *text);
void out_int(JsonOut *out, int64_t n);
void out_fixed(JsonOut *out, int64_t n, int decimals);
void out_bool(JsonOut *out, bool b);
void out_null(JsonOut *out);
void out_raw(JsonOut *out, Str json); /* already JSON */
