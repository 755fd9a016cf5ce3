#include "store/copy.h"
#include <string.h>

enum { ROWS_A_REPORT = 1000 };

/* `optional`: a letter n for each column where 0 or "" stands for NULL. The columns of `from` are the binds
 * of `into`. */
typedef struct Table {
    Query from, into, count;
    const char *optional;
} Table;

/* In the order in which they refer to each other. meta is small and not counted. */
static const Table tables[] = {
    {Q_COPY_META, Q_PASTE_META, QUERY_COUNT, ".."},
    {Q_COPY_COMMITS, Q_PASTE_COMMIT, Q_COUNT_COMMITS, "....n."},
    {Q_COPY_ENTITIES, Q_PASTE_ENTITY, Q_COUNT_ENTITIES, "....."},
    {Q_COPY_BATCHES, Q_PASTE_BATCH, Q_COUNT_BATCHES, "............n"},
    {Q_COPY_RECORDS, Q_PASTE_RECORD, Q_COUNT_RECORDS, "..n....n..n"},
};
enum { TABLES = sizeof tables / sizeof *tables };

static Bind column_bind(const Rows *rows, const Table *table, int column)
{
    const Driver *driver = rows->db->driver;
    bool optional = table->optional[column] == 'n';
    char type = query_texts[table->into].binds[column];
    if (type == 'i') {
        int64_t num = driver->num(rows, column);
        return optional && num == 0 ? B_NULL : B_INT(num);
    }
    Str text = driver->bytes(rows, column);
    if (optional && text.len == 0)
        return B_NULL;
    return type == 't' ? B_TEXT(text) : B_BYTES(text);
}

typedef struct Progress {
    int64_t done, total;
    StoreProgress *tell;
    void *user;
} Progress;

static void count_row(Progress *progress)
{
    progress->done++;
    if (progress->tell && progress->done % ROWS_A_REPORT == 0)
        progress->tell(progress->done, progress->total, progress->user);
}

static Err copy_table(const Table *table, Db *from, Db *to, Progress *progress)
{
    Rows rows;
    TRY(from->driver->rows(from, table->from, NULL, &rows));
    int columns = (int)strlen(query_texts[table->into].binds);
    for (;;) {
        bool more;
        TRY(from->driver->next(&rows, &more));
        if (!more)
            return OK;
        Bind binds[QUERY_BINDS_MAX];
        for (int c = 0; c < columns; c++)
            binds[c] = column_bind(&rows, table, c);
        Err err = db_run(to, table->into, binds);
        if (err != OK) {
            from->driver->end(&rows);
            return err;
        }
        count_row(progress);
    }
}

Err ledger_copy(Db *from, Db *to, StoreProgress *progress, void *user)
{
    Progress state = {.tell = progress, .user = user};
    for (int t = 0; t < TABLES; t++) {
        int64_t rows = 0;
        if (tables[t].count != QUERY_COUNT)
            TRY(db_number(from, tables[t].count, NULL, &rows));
        state.total += rows;
    }
    for (int t = 0; t < TABLES; t++)
        TRY(copy_table(&tables[t], from, to, &state));
    if (progress)
        progress(state.total, state.total, user);
    return OK;
}
