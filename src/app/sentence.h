/* app/sentence.h: the one catalogue of what is said to a person when something fails, in Chinese and English.
 * http and cli turn a Fault into its sentence here; nothing below app speaks. Pure functions, any thread. */
#pragma once
#include "base/str.h"

typedef enum Lang { LANG_ZH, LANG_EN, LANG_COUNT } Lang;

/* Which field, what was expected, an example, what to do next. A fault that carries a row (a table being
 * imported) says it first. Ends with a full stop, no line break. */
void sentence_write(Buf *buf, Lang lang, const Fault *fault);

/* The sentence as it stands in the catalogue: {name} is a hole for an argument; what stands between [ and ]
 * is left out when an argument in it is empty. NULL if the catalogue lacks it (a test's concern). */
const char *sentence_template(Err code, Lang lang);

/* "zh", "en", or an Accept-Language header; Chinese unless English is asked for first. */
Lang lang_of(Str text);
const char *lang_name(Lang lang); /* "zh", "en" */
