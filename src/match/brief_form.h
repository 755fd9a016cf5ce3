/* match/brief_form.h: what the brief's reader shares with brief_ground.c, which reads where conditions and
 * terms lie on the ground, and brief_assemble.c. */
#pragma once
#include "base/json.h"
#include "match/match.h"

/* ERR_BRIEF: detail, with `what` behind it. */
MUST_USE Err brief_wrong(const char *detail, Str what, const char *example);

/* ERR_VALUE: `field` stands with this value, `want` was expected. */
MUST_USE Err brief_wrong_value(const char *field, const Json *value, const char *want, const char *example);

/* The member "assemble" of a brief whose conditions have been read; nothing where there is none. */
MUST_USE Err brief_assemble(Arena *arena, const Json *root, Brief *ret);

/* All members must be among `known`, which ends with NULL. */
MUST_USE Err brief_members(const Json *object, const char *const *known, const char *example);

/* The value of a "near" member. */
MUST_USE Err brief_near(Arena *arena, const Json *value, const Nearness **ret);

/* The value of an "inside" or "outside" member: a valid polygon. ERR_GEOMETRY, ERR_LIMIT. */
MUST_USE Err brief_place(Arena *arena, const Json *value, const Geometry **ret);
