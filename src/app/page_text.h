/* app/page_text.h: what a page says, as plain HTML for whoever has no JavaScript (and for search engines):
 * lists, one thing with its sources, the city's figures. All text is escaped; nothing but what these files
 * write is markup. */
#pragma once
#include "app/sentence.h"
#include "atlas/atlas.h"
#include "store/store.h"

enum { PAGE_ROWS_MAX = 200 }; /* of a list; it says how many there are in all */

typedef struct PageText {
    Buf title, body; /* title: plain, escaped; both freed with page_text_done */
} PageText;

void page_text_init(PageText *page);
void page_text_done(PageText *page);

/* The headline figures by their latest observation, each a link to where its source stands, and every list.
 */
void page_home(PageText *page, Arena *arena, const Atlas *atlas, Lang lang);

/* Pages that are made in the browser alone: their title, and every list. */
void page_match(PageText *page, Arena *arena, const Atlas *atlas, Lang lang);
void page_compare(PageText *page, Arena *arena, const Atlas *atlas, Lang lang);
void page_about(PageText *page, Arena *arena, const Atlas *atlas, Lang lang); /* the sources */
void page_list(PageText *page, Arena *arena, const Atlas *atlas, Lang lang, Kind kind);

/* Every field that someone speaks of, who, and as of when. ERR_ID_UNKNOWN, and the ledger's errors. */
MUST_USE Err page_one(PageText *page, Arena *arena, const Atlas *atlas, Store *store, Lang lang, Kind kind,
                      Str id);
