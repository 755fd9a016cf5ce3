/* model/value.h: one field's value, its text form in files, and its packed form in the ledger.
 * Unknown, not applicable and withheld are three different things. */
#pragma once
#include "model/model.h"

typedef enum ValueState { VALUE_UNKNOWN, VALUE_KNOWN, VALUE_NOT_APPLICABLE, VALUE_WITHHELD } ValueState;

typedef struct Value {
    ValueState state;
    union {
        int64_t num;   /* FIELD_NUM, FIELD_BOOL */
        DateSpan date; /* FIELD_DATE */
        Str text;      /* FIELD_TEXT, FIELD_CODE, FIELD_REF */
        struct {
            const Str *items; /* in the order given; no duplicates */
            uint32_t count;
        } list; /* FIELD_CODES, FIELD_REFS */
    };
} Value;

bool value_eq(const Field *field, const Value *a, const Value *b);

/* Text of a CSV cell or a query → value. "" is unknown; "n/a" and "不适用", "withheld" and "不公开" are those
 * states. Lists are separated by ; (or ；). Codes may be written by code or label. A number may carry the
 * field's own unit behind it ("3000 m2"); another unit is ERR_UNIT. ERR_VALUE else, each with
 * field, want and example. Texts in the result point into `text` or `arena`. */
MUST_USE Err value_parse(Arena *arena, const Field *field, Str text, Value *ret);

/* The reverse: what value_parse reads back to the same value. */
void value_text(Buf *buf, const Field *field, const Value *value);

/* ERR_RANGE: min is above max. */
MUST_USE Err value_fail_range(const Field *field, const Value *min, const Value *max);

/* All values of one record, in a form that outlives changes of the model: tag, wire type, bytes. values[i]
 * belongs to field i of the kind; unknown ones are left out, derived ones must be unknown. */
void pack_values(Buf *buf, Kind kind, const Value *values);

/* Fills values[0 … field_count) (unknown where the record says nothing). Tags this model does not know are
 * passed over. Texts point into `packed`, lists into `arena`. ERR_DB_CORRUPT if the bytes are not what
 * pack_values writes. */
MUST_USE Err unpack_values(Arena *arena, Kind kind, Str packed, Value *ret_values);
