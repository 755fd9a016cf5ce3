/* app/phrases.h: the small words that lower modules put into a fault's `want`, `detail` and `what`, in
 * Chinese. Below app they are written in English, as plain phrases; this is the only place that translates
 * them. A test reads the sources and fails when one is missing here. */
#pragma once
#include "app/sentence.h"

/* Writes the phrase in that language; `text` itself where the table has none (a path, an outside library's
 * words). */
void phrase_write(Buf *buf, Lang lang, const char *text);

/* Between a Chinese character and a Latin letter or digit stands a space: writes it where buf ends in the one
 * and `next` begins with the other. */
void phrase_space(Buf *buf, const char *next);
