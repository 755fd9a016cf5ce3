/* app/html.h: text as HTML: nothing that comes from a ledger can be markup. */
#pragma once
#include "base/str.h"

/* Between tags, and in a quoted attribute. */
void html_text(Buf *buf, Str text);

/* One part of an address, in a quoted attribute: what is not plain is percent-encoded. */
void html_path(Buf *buf, Str text);
