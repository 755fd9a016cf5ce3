#include "store/publish.h"
#include "store/sqlite.h"
#include <stdlib.h>

enum { PAGES_A_STEP = 2000 };

/* What goes wrong is mostly about the place written to; damage and locks are the source's. */
static Err fail_copy(Lite *from, const char *to_path, int code)
{
    const char *shown = from->db.shown;
    int kind = code & 0xFF;
    if (kind == SQLITE_FULL || (kind == SQLITE_IOERR && code != SQLITE_IOERR_READ) || kind == SQLITE_READONLY)
        from->db.shown = to_path;
    Err err = lite_fail(from, code);
    from->db.shown = shown;
    return err;
}

/* The source's read transaction keeps its snapshot, so that no writer makes the copying start again. */
static Err copy_pages(Lite *from, sqlite3 *to, const char *to_path, StoreProgress *progress, void *user)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->sql, "main");
    if (!backup)
        return fail(ERR_DB, "detail", sqlite3_errmsg(to), NULL);
    int code;
    do {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        int64_t total = sqlite3_backup_pagecount(backup);
        if (progress)
            progress(total - sqlite3_backup_remaining(backup), total, user);
    } while (code == SQLITE_OK);
    sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? OK : fail_copy(from, to_path, code);
}

static Err copy_to(Lite *from, const char *temp, const char *to_path, StoreProgress *progress, void *user)
{
    sqlite3 *to = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(temp, &to, flags, NULL);
    if (code == SQLITE_OK) /* publish_end syncs; a failed copy is thrown away */
        code = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    Err err;
    if (code == SQLITE_OK)
        err = copy_pages(from, to, to_path, progress, user);
    else if ((code & 0xFF) == SQLITE_CANTOPEN)
        err = fail(ERR_FILE_WRITE, "path", to_path, "detail", sqlite3_errmsg(to), NULL);
    else
        err = fail_copy(from, to_path, code);
    sqlite3_close(to);
    return err;
}

Err lite_backup(Db *db, const char *to_path, StoreProgress *progress, void *user)
{
    char *temp;
    TRY(publish_begin(to_path, &temp));
    Err err = copy_to((Lite *)db, temp, to_path, progress, user);
    if (err == OK)
        err = publish_end(temp, to_path);
    if (err != OK)
        publish_drop(temp);
    free(temp);
    return err;
}
