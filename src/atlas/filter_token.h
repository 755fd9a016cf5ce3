/* atlas/filter_token.h: the words of a CQL2 text, one at a time. Only filter_parser.h and filter_token.c
 * include it. */
#pragma once
#include "base/str.h"

typedef enum TokenType {
    TOKEN_END,
    TOKEN_NAME,   /* a name or a keyword */
    TOKEN_QUOTED, /* "name" */
    TOKEN_TEXT,   /* 'text' */
    TOKEN_NUMBER,
    TOKEN_SIGN, /* = <> < <= > >= ( ) , */
    TOKEN_WRONG,
} TokenType;

typedef struct Token {
    TokenType type;
    size_t at;        /* byte where it begins */
    Str raw;          /* as it stands in the text */
    Str value;        /* of TEXT and QUOTED: without the quotes, their doubling undone */
    const char *want; /* of WRONG: what was expected */
} Token;

size_t token_start(Str text, size_t at); /* behind the white space at `at` */

/* The token at or behind byte *at, which moves behind it. Values with doubled quotes are copied to the arena.
 */
Token token_next(Arena *arena, Str text, size_t *at);

/* Is it the sign or, whatever its case, the keyword? Most are told apart by their first letter. */
static inline bool token_is(const Token *token, const char *word)
{
    if (token->type != TOKEN_NAME && token->type != TOKEN_SIGN)
        return false;
    for (size_t i = 0; i < token->raw.len; i++) { /* neither has a zero byte: no step leads beyond the word */
        char c = token->raw.ptr[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c != word[i])
            return false;
    }
    return word[token->raw.len] == '\0';
}

/* A decimal, with exponent or not, in units of 10^-decimals: the greatest whole number not above it, and
 * whether it lies between two. Beyond int64 it is the nearest end, and lies between. False if it is none. */
typedef struct Decimal {
    int64_t floor;
    bool between;
} Decimal;

MUST_USE bool decimal_read(Str text, int decimals, Decimal *ret);
