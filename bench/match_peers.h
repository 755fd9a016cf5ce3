/* match_peers.h: the same parcels and the same questions for other engines, in files whose names begin alike:
 *
 *   .plots.csv  a row a parcel, in the atlas's order: id, then every field that a condition or a term is
 * about, derived distances too: numbers as they are stored, dates as days since 1970 (first, and FIELD_last),
 * codes as text; blank is unknown; FIELD_na is 1 where it does not apply (only of fields that have such rows)
 *   .plots.sql  CREATE TABLE plots for it; the types and NOT NULL are what the data is
 *   .jsonl      the body of POST /api/match, one brief a line
 *   .sql        the same questions, one a line: ids of the best that fit, best first
 *   .answers    our ids, one brief a line, blanks between them
 *
 * SQL: every number is a whole one and / cuts (SQLite, PostgreSQL; DuckDB with integer_division). Who may fit
 * sets the scale as who fits does, but is not listed. */
#pragma once
#include "match/match.h"

/* All but .jsonl. The base segment alone; briefs without near, place, via and filter. */
void peers_write(const char *prefix, const Atlas *atlas, Brief *const *briefs, uint32_t count);

/* `prefix`.jsonl. */
void peers_write_bodies(const char *prefix, Brief *const *briefs, uint32_t count);
