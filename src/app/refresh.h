/* app/refresh.h: keeps the atlases in use at the ledger's last commit. Part of app.h's App; nobody else
 * includes it. */
#pragma once
#include "app/app.h"

typedef struct Refresher Refresher;

/* Keeps config, which has its atlas_dir. */
MUST_USE Err refresher_new(const AppConfig *config, Refresher **ret);
void refresher_free(Refresher *refresher); /* stops the thread and children first; NULL is fine */

MUST_USE Err refresher_start(Refresher *refresher);

/* One turn of what the thread does, without the thread: looks at a child that builds, and at the ledger. With
 * build_in_child it does not wait for a base, and one that fails is counted in the stats. */
MUST_USE Err refresher_once(Refresher *refresher, Audience audience);

/* A reference, or NULL; the audience is kept up from now on. */
Atlas *refresher_view(Refresher *refresher, Audience audience);
void refresher_stats(Refresher *refresher, AppStats *ret);
