/* http/pages.h: the page that every address of the site shows; it reads the address itself. */
#pragma once
#include "http/reply.h"

bool reply_page(Reply *reply); /* index.html; false if the program has none */
