/* tile/props.h: the properties of features: which fields of a kind they are, and their values for some rows
 * at a time. Used within tile only. */
#pragma once
#include "tile/rows.h"

enum { PROPS_MAX = LAYER_KEYS_MAX - 2, PROPS_ROWS = 64, NO_VALUE = UINT32_MAX };

/* A property with what is the same for all rows. */
typedef struct Prop {
    int form; /* PropertyForm of props.c */
    uint32_t key;
    const Field *field;
    const Column *columns[SEGMENTS_MAX]; /* NULL: none here */
    bool all_known[SEGMENTS_MAX];
    bool none;                       /* known of no row at all */
    bool once;                       /* of texts: no two rows have the same */
    uint32_t *numbers[SEGMENTS_MAX]; /* of codes: each one's value + 1, once it is written */
    /* Of the rows in hand: the value's number, NO_VALUE where it is not known; the tag's bytes as one number,
     * and how many they are, 0 where there is none. */
    uint32_t values[PROPS_ROWS], tags[PROPS_ROWS], tag_sizes[PROPS_ROWS];
} Prop;

typedef struct Props {
    Layer *layer;
    const TileRows *rows;
    Prop list[PROPS_MAX];
    uint32_t count;
    uint32_t sizes[PROPS_ROWS]; /* of the rows in hand: the bytes of their tags */
} Props;

/* Those of the kind that the audience may see; gives the layer their keys. Keeps layer and rows. */
void props_bind(Props *props, Layer *layer, const TileRows *rows, Kind kind);

/* Asks memory ahead: first what rows lead to, then what that leads to. Up to PROPS_ROWS rows. */
void props_fetch(const Props *props, const TileRow *rows, uint32_t count);
void props_fetch_texts(const Props *props, const TileRow *rows, uint32_t count, bool ends);

/* Fills values, tags and sizes. */
void props_read(Props *props, const TileRow *rows, uint32_t count);
