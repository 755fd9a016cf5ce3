/* app/words.h: values as people read them: codes by their labels, land in 亩 or ha, money in 亿元 or bn CNY.
 * Pure, any thread. (How a page does the same is web/src/units.ts.) */
#pragma once
#include "app/sentence.h"
#include "model/value.h"

const char *label_of(Lang lang, Label label);

/* A known value with its unit; another state in a word. `unit`: in what unit the number is, NULL for the
 * field's own (an observation's is its indicator's). References are written as their keys. */
void words_value(Buf *buf, Lang lang, const Field *field, const Value *value, const char *unit);
