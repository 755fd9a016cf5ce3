/* atlas/filter_like.h: LIKE patterns: % is any characters, _ is one, \ before a character is that character.
 * Matching goes through the text once for each part between two %, never back: no pattern is slow. Only the
 * filter_*.c files include it. */
#pragma once
#include "base/str.h"

enum { FILTER_PATTERN_MAX = 256 }; /* bytes */

typedef struct Like Like;

bool like_sound(Str pattern); /* false: a \ at the end has nothing to stand before */

/* Lives in the arena. Folded: the pattern's characters as text_search_form has them, for folded texts. */
const Like *like_compile(Arena *arena, Str pattern, bool folded);
bool like_matches(const Like *like, Str text);

/* What every text that matches begins with; may be empty. */
Str like_prefix(const Like *like);

uint32_t like_parts(const Like *like); /* between its % */

/* How many bytes are looked at for each of a text, at most. */
uint32_t like_cost(const Like *like);
