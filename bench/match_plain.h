/* match_plain.h: the parcels of an atlas's base segment with every value read once through table_value into
 * arrays, and briefs worked out over them the plain way: every condition of every row, every score, a list of
 * the best that is kept in order. Nothing of src/match, of columns or of indexes is used. One thread. */
#pragma once
#include "match/match.h"

typedef struct Plain Plain;

/* Keeps the atlas. Values are read when a brief first asks for them. */
Plain *plain_new(const Atlas *atlas);
void plain_free(Plain *plain);

/* Runs the brief as a ranking and explained and compares all of both: numbers, scale, sites and unknowns with
 * scores, parts and what they wait for; counts by condition, near misses, relaxations, and where nothing fits
 * what to look at; with `trials` what every weight changed by a fifth does to first place. False: they
 * differ, and it prints in what. Briefs without via, filter and assemble, on numbers, dates and codes. Whom
 * to ask is not compared. */
bool plain_agrees(Plain *plain, const Brief *brief, bool trials);
