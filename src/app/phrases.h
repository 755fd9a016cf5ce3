/* app/phrases.h: the small words that lower modules put into a fault's `want`, `detail` and `what`, in
 * Chinese. Below app they are written in English, as plain phrases; this is the only place that translates
 * them. */
#pragma once
#include "app/sentence.h"

/* The phrase in that language; `text` itself where the table has none (a path, a number, an outside library's
 * words). */
const char *phrase_in(Lang lang, const char *text);
