/* atlas/filter_parser.h: the parser of CQL2 text, as filter_parse.c (its grammar) and filter_literal.c (words
 * and literals) share it. */
#pragma once
#include "atlas/filter_node.h"
#include "atlas/filter_token.h"

typedef struct Parser {
    Arena *arena;
    Kind kind;
    Audience audience;
    Str text;
    size_t at;   /* behind `token` */
    Token token; /* the one that is looked at */
    uint32_t depth, nodes;
} Parser;

const char *token_near(const Token *token); /* the first bytes of what stands there */

MUST_USE Err parser_wrong(const Parser *parser, const char *want); /* ERR_FILTER_SYNTAX at the token */
void parser_advance(Parser *parser);
bool parser_accept(Parser *parser, const char *word); /* passes over the word if it stands there */
MUST_USE Err parser_expect(Parser *parser, const char *word);

/* One literal: a text, or the values it stands for. A number between two values has `between`, and floor in
 * least. */
typedef struct Literal {
    Span span;
    bool between;
    Str text;
    Token token;
} Literal;

/* The literal at the token, as one of the field's; passes over it. ERR_FILTER_SYNTAX, ERR_FILTER_TYPE. */
MUST_USE Err literal_parse(Parser *parser, const Field *field, Literal *ret);
bool literal_is_text(const Field *field); /* else its literals are spans */

/* The values that `op` is true of with this literal on its right; of <> those that = is true of. */
Span literal_span(Literal literal, FilterOp op);
