/* atlas/filter_parser.h: the parser of CQL2 text, as filter_parse.c (its grammar) and filter_words.c (words,
 * literals, places and times) share it. */
#pragma once
#include "atlas/filter_build.h"
#include "atlas/filter_token.h"

typedef struct Parser {
    Compiler compiler;
    Str text;
    size_t at;   /* behind `token` */
    Token token; /* the one that is looked at */
    uint32_t depth;
} Parser;

MUST_USE Err parser_wrong(const Parser *parser, const char *want); /* ERR_FILTER_SYNTAX at the token */
void parser_advance(Parser *parser);
bool parser_accept(Parser *parser, const char *word); /* passes over the word if it stands there */
MUST_USE Err parser_expect(Parser *parser, const char *word);
bool parser_at_call(const Parser *parser); /* a name with a bracket behind it */

/* The literal at the token, fit to stand beside the field or refused as no literal at all; passes over it.
 * ERR_FILTER_SYNTAX. What it is worth says literal_of. `ret_folded`: it stood in CASEI. */
MUST_USE Err parser_literal(Parser *parser, const Field *field, Raw *ret, bool *ret_folded);

/* The two arguments of a spatial or a temporal function, from its bracket on. */
MUST_USE Err parser_place(Parser *parser, PlaceOp op, const Filter **ret);
MUST_USE Err parser_time(Parser *parser, TimeOp op, const Filter **ret);
