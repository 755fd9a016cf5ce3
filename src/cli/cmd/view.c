#include "cli/cmd/view.h"
#include "base/log.h"
#include <string.h>

Err view_open(const char *db, const char *atlas_dir, View *ret)
{
    View view = {0};
    const AppConfig config = {.url = db, .atlas_dir = atlas_dir};
    log_level(LOG_WARN); /* that an atlas was built is no news here */
    TRY(app_open(&config, &view.app));
    Err err = app_view(view.app, AUDIENCE_PUBLIC, &view.atlas);
    if (err != OK)
        view_close(&view);
    else
        *ret = view;
    return err;
}

void view_close(View *view)
{
    atlas_unref(view->atlas);
    app_close(view->app);
}

Err table_wanted(const char *format, bool *ret)
{
    bool table = strcmp(format, "table") == 0;
    if (!table && strcmp(format, "json") != 0)
        return fail(ERR_PARAM, "param", "--format", "value", format, "want", "table, json", "example", "json",
                    NULL);
    *ret = table;
    return OK;
}
