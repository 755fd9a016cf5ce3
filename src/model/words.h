/* model/words.h: the words people use for what the model writes with codes: labels of codes, spellings of
 * units. */
#pragma once
#include "model/model.h"

/* The code whose Chinese or English label this is, or the code itself in another spelling ("m2", "Ｍ２");
 * -1 if none. */
int code_labelled(const CodeList *list, Str text);

/* Is `text` a spelling of the field's unit ("m2": m², ㎡, 平方米)? */
bool unit_is(const char *unit, Str text);
