/* http/route_doc.h: the table of routes, for people (docs/api.md) and for tests (JSON). */
#pragma once
#include "http/router.h"

void routes_markdown(Buf *out);

/* [{"method","pattern","class","params":[{"name","example"}],"examples":["/api/…"],"body_max"}] */
void routes_json(Buf *out);
