/* Opening and making an SQLite ledger: which file is ours, and that it is as durable as store.h promises. */
#include "store/publish.h"
#include "store/sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Lite *lite_new(const char *path)
{
    Lite *lite = heap_zalloc(sizeof *lite);
    lite->db.driver = &driver_sqlite;
    lite->db.lock_ms = LOCK_MS;
    lite->db.url = heap_alloc(strlen(path) + 1);
    strcpy(lite->db.url, path);
    lite->db.shown = lite->db.url;
    return lite;
}

void lite_close(Db *db)
{
    Lite *lite = (Lite *)db;
    for (int q = 0; q < QUERY_COUNT; q++)
        sqlite3_finalize(lite->cached[q]);
    sqlite3_finalize(lite->version_stmt);
    sqlite3_close(lite->sql);
    free(lite->temp);
    free(lite->db.url);
    free(lite);
}

/* Is this file damaged, rather than none of ours? Asked when SQLite says that it is no database. */
static bool bears_our_mark(const char *path)
{
    unsigned char head[72];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool whole = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head;
    close(fd);
    return whole && head[68] == 'L' && head[69] == 'n' && head[70] == 'P' && head[71] == 'u';
}

/* Once, before SQLite is first used: its own count of memory costs a lock at every allocation. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static Err connect_file(Lite *lite, const char *name, int flags)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    int code = sqlite3_open_v2(name, &lite->sql, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return lite_fail(lite, code);
    sqlite3_busy_timeout(lite->sql, lite->db.lock_ms);
    return OK;
}

/* A whole ledger in a folder that cannot be written has no place for its shared memory. Nobody can be writing
 * it there, so it may be read as it lies, unless a log with content stands beside it. */
static Err connect_immutable(Lite *lite)
{
    Buf name;
    buf_init(&name, 3 * 4096 + 64);
    buf_c(&name, "file:");
    for (const char *c = lite->db.url; *c; c++) {
        if (*c == '%' || *c == '?' || *c == '#')
            buf_fmt(&name, "%%%02X", (unsigned)(unsigned char)*c);
        else
            buf_byte(&name, *c);
    }
    buf_c(&name, "?immutable=1");
    buf_byte(&name, '\0');
    sqlite3_close(lite->sql);
    lite->sql = NULL;
    Err err = buf_check(&name, "path");
    if (err == OK)
        err = connect_file(lite, name.ptr, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    buf_done(&name);
    return err;
}

static bool has_log(const char *path)
{
    char *name = heap_alloc(strlen(path) + sizeof "-wal");
    strcpy(name, path);
    strcat(name, "-wal");
    struct stat st;
    bool has = stat(name, &st) == 0 && st.st_size > 0;
    free(name);
    return has;
}

/* The first look into the file: SQLite reads its header, its log and its shared memory here. */
static Err read_mark(Lite *lite, OpenHow how, int64_t *ret)
{
    Err err = lite_number(lite, "PRAGMA application_id", ret);
    if (err == ERR_DB_FOREIGN && bears_our_mark(lite->db.url))
        return fail(ERR_DB_CORRUPT, "path", lite->db.url, "detail", "the first page is damaged", NULL);
    if (err != ERR_FILE_OPEN && err != ERR_DB_READONLY)
        return err;
    if (how != OPEN_READ)
        return fail(ERR_DB_READONLY, "path", lite->db.url, NULL);
    if (has_log(lite->db.url))
        return err;
    TRY(connect_immutable(lite));
    return lite_number(lite, "PRAGMA application_id", ret);
}

/* SQLite itself notices whole pages that are missing. Half a page is damage too, unless a log stands beside
 * the file: then another program may be folding it in right now, or it will mend the file. */
static Err check_size(Lite *lite)
{
    int64_t page;
    struct stat st;
    TRY(lite_number(lite, "PRAGMA page_size", &page));
    if (has_log(lite->db.url) || stat(lite->db.url, &st) != 0 || st.st_size % page == 0)
        return OK;
    return fail(ERR_DB_CORRUPT, "path", lite->db.url, "detail", "the file ends within a page", NULL);
}

static Err check_mark(Lite *lite, OpenHow how)
{
    int64_t mark, version;
    TRY(read_mark(lite, how, &mark));
    if (mark != APPLICATION_ID)
        return fail(ERR_DB_FOREIGN, "path", lite->db.url, NULL);
    lite->known = true;
    TRY(check_size(lite));
    TRY(lite_number(lite, "PRAGMA user_version", &version));
    const char *know = num_c(STORE_SCHEMA), *have = num_c(version);
    if (how != OPEN_ANY_SCHEMA && version > STORE_SCHEMA)
        return fail(ERR_DB_NEWER, "path", lite->db.url, "have", have, "know", know, NULL);
    if (how != OPEN_ANY_SCHEMA && version < STORE_SCHEMA)
        return fail(ERR_DB_OLDER, "path", lite->db.url, "have", have, "know", know, NULL);
    return OK;
}

/* What durability and sanity stand on is set and read back. The log is folded into the file at 16 MB, and cut
 * to 64 MB when a large import has made it longer. A writer's cache holds the upper pages of a million rows'
 * indices. */
static Err settle(Lite *lite, OpenHow how)
{
    TRY(lite_script(lite, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON"));
    if (how == OPEN_READ)
        return lite_script(lite, "PRAGMA cache_size = -16384");
    TRY(lite_pragma(lite, "PRAGMA journal_mode = WAL", "wal"));
    TRY(lite_script(lite, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
    TRY(lite_pragma(lite, "PRAGMA synchronous", "2"));
    TRY(lite_pragma(lite, "PRAGMA foreign_keys", "1"));
    TRY(lite_script(lite, "PRAGMA cache_size = -131072"));
    TRY(lite_pragma(lite, "PRAGMA wal_autocheckpoint = 2000", "2000"));
    return lite_pragma(lite, "PRAGMA journal_size_limit = 67108864", "67108864");
}

static Err open_into(Lite *lite, OpenHow how)
{
    struct stat st;
    if (stat(lite->db.url, &st) != 0)
        return fail(ERR_FILE_OPEN, "path", lite->db.url, "detail", strerror(errno), NULL);
    if (!S_ISREG(st.st_mode))
        return fail(ERR_FILE_OPEN, "path", lite->db.url, "detail", "not a regular file", NULL);
    TRY(connect_file(lite, lite->db.url, how == OPEN_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE));
    TRY(check_mark(lite, how));
    if (how != OPEN_READ && sqlite3_db_readonly(lite->sql, "main"))
        return fail(ERR_DB_READONLY, "path", lite->db.url, NULL);
    TRY(settle(lite, how));
    return lite_number(lite, "PRAGMA data_version", &lite->version_seen);
}

Err lite_open(const char *path, OpenHow how, Db **ret)
{
    Lite *lite = lite_new(path);
    Err err = open_into(lite, how);
    if (err != OK)
        lite_close(&lite->db);
    else
        *ret = &lite->db;
    return err;
}

static Err make_into(Lite *lite)
{
    TRY(publish_begin(lite->db.url, &lite->temp));
    TRY(connect_file(lite, lite->temp, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    lite->known = true;
    /* Nobody else sees the file, and if the making fails it is thrown away: no journal. A row of a ledger is
     * about 400 bytes, so that a page holds some twenty. */
    TRY(lite_script(lite, "PRAGMA page_size = 8192; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                          "PRAGMA cache_size = -131072"));
    TRY(lite_pragma(lite, "PRAGMA journal_mode = OFF", "off"));
    return lite_script(lite, "BEGIN IMMEDIATE; PRAGMA application_id = 0x4C6E5075");
}

Err lite_make_begin(const char *path, Db **ret)
{
    Lite *lite = lite_new(path);
    Err err = make_into(lite);
    if (err != OK)
        lite_make_drop(&lite->db);
    else
        *ret = &lite->db;
    return err;
}

void lite_make_drop(Db *db)
{
    Lite *lite = (Lite *)db;
    char *temp = lite->temp;
    lite->temp = NULL;
    lite_close(db);
    if (temp)
        publish_drop(temp);
    free(temp);
}

Err lite_make_end(Db *db)
{
    Lite *lite = (Lite *)db;
    Err err;
    TRY_GOTO(lite_script(lite, "COMMIT"));
    TRY_GOTO(lite_pragma(lite, "PRAGMA journal_mode = WAL", "wal"));
    for (int q = 0; q < QUERY_COUNT; q++) {
        sqlite3_finalize(lite->cached[q]);
        lite->cached[q] = NULL;
    }
    int code = sqlite3_close(lite->sql);
    lite->sql = NULL;
    if (code != SQLITE_OK) {
        err = lite_fail(lite, code);
        goto done;
    }
    if (has_log(lite->temp)) { /* what closing could not fold into the file would be lost by the new name */
        err = fail(ERR_DISK_FULL, "path", lite->db.url, NULL);
        goto done;
    }
    TRY_GOTO(publish_end(lite->temp, lite->db.url));
done:
    lite_make_drop(db); /* once it was published, nothing of that name is left to remove */
    return err;
}
