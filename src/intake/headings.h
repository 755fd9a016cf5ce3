/* intake/headings.h: what a column of a file or a property of a feature is called → what it fills. */
#pragma once
#include "model/model.h"

typedef enum TargetKind { TARGET_FIELD, TARGET_ID, TARGET_GEOMETRY, TARGET_AS_OF, TARGET_LOCATOR } TargetKind;

typedef struct Target {
    TargetKind what;
    uint32_t field; /* TARGET_FIELD: its place in the kind's table */
} Target;

/* By the field's name, its labels, or one of the headings the model lists for it, however the letters are
 * written. ERR_FIELD_UNKNOWN with the nearest name; ERR_FIELD_DERIVED for what is computed and cannot be
 * given. */
MUST_USE Err heading_target(Kind kind, Str heading, Target *ret);

/* Of a target as it is written in files: "id", "area_m2". */
const char *target_name(Kind kind, Target target);
