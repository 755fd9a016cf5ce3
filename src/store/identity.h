/* store/identity.h: the numbers under which kinds and entities are stored. */
#pragma once
#include "model/model.h"

/* The stored number of a kind never changes, whatever the order of the model's enum. */
int64_t kind_stored(Kind kind);
MUST_USE Err kind_of_stored(int64_t stored, Kind *ret); /* ERR_DB_CORRUPT */

/* An entity's id is its kind's stored number times 2^32 plus a number counted up from 1: a kind's entities
 * lie together. Ids of a kind are above its floor and up to its ceiling. */
int64_t entity_id_floor(Kind kind);
int64_t entity_id_ceiling(Kind kind);
MUST_USE Err entity_id_kind(int64_t entity, Kind *ret);
