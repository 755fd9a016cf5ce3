/* intake/chain_file.h: one chain written by hand as YAML → the rows of the chain, its segments and its flows.
 * data/README.md tells the form to who writes one. Strict: a name that nobody knows, a name or an id given
 * twice, or an anchor refuses the file; every issue tells its line as `row`. */
#pragma once
#include "intake/rows.h"

enum {
    CHAIN_FILE_SEGMENTS_MAX = 400,
    CHAIN_FILE_FLOWS_MAX = 2000,
    CHAIN_FILE_MAX_BYTES = 256 * 1024,
};

typedef enum ChainPart { PART_CHAIN, PART_SEGMENTS, PART_FLOWS, CHAIN_PARTS } ChainPart;

typedef struct ChainRows {
    Kind kind;
    Row *rows;
    bool *left_out; /* illustrative, where such rows are not wanted; so are the flows of such segments */
    uint32_t count;
} ChainRows;

typedef struct ChainFile {
    ChainRows parts[CHAIN_PARTS]; /* all rows, also when some others are bad */
    Issues issues;                /* chain_file_done frees the list */
    int64_t bad;                  /* rows with an issue */
} ChainFile;

/* Is a file of this name read as a chain, not as a table? .yaml or .yml. */
bool chain_file_named(const char *name);

/* Reads the whole input; options->kind is passed over. Rows lie in `arena`. A cell that is wrong is an issue;
 * what cannot be read at all is ERR_YAML (line, column), ERR_ENCODING or ERR_LIMIT. Fills `ret` whatever
 * comes; chain_file_done it. */
MUST_USE Err chain_file_read(Arena *arena, Input *input, const RowOptions *options, ChainFile *ret);
void chain_file_done(ChainFile *file);

/* Adds the calling thread's fault as an issue of the row with this key: what only the chain as a whole shows.
 */
void chain_file_reject(ChainFile *file, Str key);
