/* model/lists.h: a deployment's own code lists. A ledger may say which lists have other labels, another
 * order, further codes or fewer; the model's tables then say so, and with them import, filters, columns, API,
 * forms and pages. As a person writes it (YAML):
 *
 *     park_tier:                                 # the whole list, in the order it is to have
 *       - pilot_zone                             # a code of the program's, as the program labels it
 *       - {code: group, zh: 发展组团, en: Belt}  # another label
 *       - {code: town_park, zh: 镇街园区, en: Town park}
 *
 * Lists it does not name are the program's. A list of states of an offer (land_state, unit_state) says
 * `offer` of a code of its own: open, promised or closed.
 *
 * Thread rule: lists_read and lists_apply while no other thread runs, or before any begins. */
#pragma once
#include "model/model.h"

enum { CODES_MAX = 255, CODE_MAX_BYTES = 40, CODE_LABEL_MAX_BYTES = 120 };

typedef struct ListSet {
    const CodeList *lists; /* name, label, change as in the program; codes as said */
    uint32_t count;
} ListSet;

/* All in the arena. ERR_LISTS with line, list, detail: a list that is unknown or fixed, a code that stands
 * twice, is none, lacks a label, or may not be missing; ERR_LIMIT; yaml_tree's errors. */
MUST_USE Err lists_read(Arena *arena, Str yaml, ListSet *ret);

/* From now on the model's lists are the program's but for those of the set. Copies. */
void lists_apply(const ListSet *set);

/* A list as lists_read reads it back, and nothing else. */
void list_write(Buf *buf, const CodeList *list);

bool list_is_own(const CodeList *list); /* are its codes, labels or order not the program's? */
CodeList list_after(const ListSet *set,
                    uint32_t index); /* of code_lists(): what it is once the set is applied */
