/* http/pages.h: the page that every address of the site shows; it reads the address itself. */
#pragma once
#include "app/page_text.h"
#include "http/reply.h"

/* index.html in the request's language, with what `page` says for whoever has no JavaScript (NULL: nothing).
 * Rewrites req->out. False if the program has no such page. */
bool reply_page(Request *req, Reply *reply, const PageText *page);
