/* app/query.h: what is asked of an atlas, answered as the JSON of docs/api.md. Every answer is a function of
 * the atlas and the question: the same bytes on every machine, however the atlas is cut into segments; and
 * since an audience's atlas holds nothing that it may not see, no answer can. */
#pragma once
#include "app/app.h"
#include "atlas/filter.h"
#include "base/json.h"

/* What this atlas is called: what was configured, else Lianpu's own name. */
Label app_name(const AppConfig *config);

/* Name, map approval number, today, latest as-of, extent, and of each kind how many rows. */
void query_meta(const AppConfig *config, Atlas *atlas, JsonOut *out);

/* Kinds, fields and code lists, without the fields this audience may not see. */
void query_model(Audience audience, JsonOut *out);

enum {
    LIST_LIMIT_MAX = 200,
    LIST_LIMIT_DEFAULT = 50,
    LIST_OFFSET_MAX = 10000,
};

typedef struct ListQuery {
    Kind kind;
    Str filter, filter_lang; /* query_filter */
    Str bbox;                /* "west,south,east,north" in degrees, or "" */
    Str sort;                /* "field", "-field", or "" for by key */
    Str facets;              /* names separated by commas */
    Str sum;                 /* likewise: numbers to add up */
    Str range;               /* likewise: numbers whose least and greatest are wanted */
    uint32_t limit, offset;
} ListQuery;

/* A filter as a request gives it, whatever asks for it: `lang` is "cql2-text" (or ""), or "cql2-json".
 * Refused if it would take too long on this atlas. ERR_PARAM, the filter's errors, those of
 * filter_affordable. */
MUST_USE Err query_filter(Arena *arena, const Atlas *atlas, Kind kind, Str filter, Str lang,
                          const Filter **ret);

/* The query's filter and box as one; *ret_view: the box alone, NULL if there is none. ERR_PARAM, the filter's
 * errors. */
MUST_USE Err list_filter(Arena *arena, const Atlas *atlas, const ListQuery *query, const Filter **ret,
                         const Filter **ret_view);

/* Those the filter is true of, then those it may be true of; each by the sort field (unknown last), then by
 * key. ERR_PARAM, the filter's errors, ERR_FIELD_UNKNOWN, ERR_FIELD_NOT_FILTERABLE. */
MUST_USE Err query_list(Arena *arena, const Atlas *atlas, const ListQuery *query, JsonOut *out);

/* One entity with its geometry. ERR_ID_UNKNOWN also when this audience may not know that it exists. */
MUST_USE Err query_entity(Arena *arena, const Atlas *atlas, Kind kind, Str id, JsonOut *out);

/* The rows of every kind that refer to this one, at most `limit` of each. ERR_ID_UNKNOWN. */
MUST_USE Err query_links(Arena *arena, const Atlas *atlas, Kind kind, Str id, uint32_t limit, JsonOut *out);

/* Who said each value (of one field, or "" for all), and why it is believed. Reads the ledger as the atlas's
 * audience may. ERR_ID_UNKNOWN, ERR_FIELD_UNKNOWN. */
MUST_USE Err query_why(Arena *arena, Store *store, const Atlas *atlas, Kind kind, Str id, Str field,
                       JsonOut *out);

/* The ranking of a brief (match/match.h). */
MUST_USE Err query_match(Arena *arena, Atlas *atlas, Str brief, JsonOut *out);

/* "west,south,east,north" in degrees → a box. ERR_PARAM. */
MUST_USE Err bbox_parse(Str text, Box *ret);
