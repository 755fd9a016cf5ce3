/* text/normalise.h: one form for text that people write in many ways: headings of sheets, labels of codes.
 * For comparing only; what is shown is never folded. Any thread. */
#pragma once
#include "base/str.h"

enum { FOLD_BYTES_MAX = 1024 * 1024 };

/* NFKC (so full-width letters, digits and brackets become half-width, ㎡ becomes m2), Latin letters A–Z
 * small, traditional characters simplified one by one (ICU's Traditional-Simplified), white space at the ends
 * gone and runs of it inside made one space. Bytes that are no UTF-8 become U+FFFD. Folding twice changes
 * nothing. Lives in the arena, or points into `text`. Text beyond FOLD_BYTES_MAX is only trimmed. */
Str text_fold(Arena *arena, Str text);

/* text_fold, and Latin, Greek and Cyrillic letters small and without their accents: what a name and what
 * somebody types for it have in common. Apostrophes are all '. As text_fold in everything else. */
Str text_search_form(Arena *arena, Str text);
