/* match/brief_form.h: what the brief's reader shares with brief_ground.c, which reads where conditions and
 * terms lie on the ground. */
#pragma once
#include "base/json.h"
#include "match/match.h"

/* ERR_BRIEF: detail, with `what` behind it. */
MUST_USE Err brief_wrong(const char *detail, Str what, const char *example);

/* All members must be among `known`, which ends with NULL. */
MUST_USE Err brief_members(const Json *object, const char *const *known, const char *example);

/* The value of a "near" member. */
MUST_USE Err brief_near(Arena *arena, const Json *value, const Nearness **ret);

/* The value of an "inside" or "outside" member: a valid polygon. ERR_GEOMETRY, ERR_LIMIT. */
MUST_USE Err brief_place(Arena *arena, const Json *value, const Geometry **ret);
