/* link/terms.h: texts as numbers, so that mentions are small and the same text is found by comparing two
 * numbers; and how often each occurs. One thread while texts are added, then any. */
#pragma once
#include "base/str.h"

typedef struct Terms Terms;

Terms *terms_new(void);
void terms_free(Terms *terms); /* NULL is fine */

/* 0 for "", else 1, 2, 3 … in the order in which texts come; the same text, the same number. Counts it. */
uint32_t terms_add(Terms *terms, Str text);
Str terms_text(const Terms *terms, uint32_t number);
uint32_t terms_count(const Terms *terms); /* numbers are 1 … this */

/* How many thousandths of a bit it tells that two mentions share this text: log2 of one over its share of all
 * that were added. 0 for none. */
int32_t terms_worth(const Terms *terms, uint32_t number);
