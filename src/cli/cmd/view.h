/* cli/cmd/view.h: for commands that answer from a ledger's public atlas, and end. */
#pragma once
#include "app/app.h"
#include "cli/options.h"

typedef struct View {
    App *app;
    Atlas *atlas;
} View;

/* Brings the atlas up to date first, without a word about it. app_open's and app_view's errors. */
MUST_USE Err view_open(const char *db, const char *atlas_dir, View *ret);
void view_close(View *view);

/* Of --format: a table, or the JSON of the HTTP interface. ERR_PARAM if it is neither. */
MUST_USE Err table_wanted(const char *format, bool *ret);

#define OPTION_ATLAS(target)                                                                                 \
    {                                                                                                        \
        .name = "atlas", .value = "DIR",                                                                     \
        .help = {"图集放在哪里；不写则在库旁，FILE.atlas",                                                   \
                 "where the atlas lies; beside the ledger unless said, FILE.atlas"},                         \
        .text = &(target)                                                                                    \
    }
#define OPTION_FORMAT(target)                                                                                \
    {                                                                                                        \
        .name = "format", .value = "FORMAT",                                                                 \
        .help = {"table（不写即此）或 json", "table (unless said) or json"}, .text = &(target)               \
    }
