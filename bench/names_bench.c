/* names_bench [plots|firms] [ROWS 1000000] [QUERIES 1000] [COMPARED 60] [FOLDER /tmp]: search by name over as
 * many named parcels and 1,200 enterprises, against a scan of every name and SQLite's FTS5 (trigram) and LIKE
 * in the same run. plots: parks of 350 plots each ("…园区 A-01"); firms: every name another, which is the
 * hard case. Ends with 1 if a scan finds another number than the search. */
#include "atlas/names.h"
#include "report.h"
#include "text/normalise.h"
#include "text/pinyin.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTERPRISES = 1200, PLOTS_IN_PARK = 350, NAME_BYTES = 120, STYLES = 7 };

static const char *const style_names[STYLES] = {"2 characters", "3-4 characters",  "whole pinyin", "initials",
                                                "mixed",        "key's beginning", "English"};
static const char *const brand_chars[] = {
    "凤", "山", "湖", "新", "会", "江", "海", "鹤", "恩", "平", "台", "开", "蓬", "荷", "塘", "棠",
    "杜", "阮", "礼", "乐", "银", "洲", "崖", "门", "圭", "峰", "双", "水", "沙", "堆", "古", "井",
    "三", "大", "泽", "司", "前", "罗", "坑", "睦", "隽", "珩", "晟", "淳", "川", "晏", "朗", "聿",
    "诚", "弘", "宁", "鹭", "润", "蔚", "荣", "颐", "邦", "竣", "格", "韬", "丰", "沣", "浔", "瀚",
    "溪", "昌", "昶", "驰", "柏", "天", "秉", "达", "禾", "辉", "桓", "汇", "宏", "琅", "特", "原"};
static const char *const regions[] = {"江门市", "江门市新会区", "江门市蓬江区", "台山市", "开平市",
                                      "鹤山市", "恩平市",       "广东",         "佛山市"};
static const char *const trades[] = {"电子", "半导体", "金属制品", "五金", "变压器", "电池材料", "精密结构件",
                                     "光伏", "水产",   "食品",     "印刷", "物流",   "玻璃科技", "卫浴",
                                     "机床", "造船",   "陶瓷",     "照明", "化纤",   "激光装备", "纸业"};

typedef struct Name {
    char zh[NAME_BYTES], en[NAME_BYTES], key[24];
} Name;

static Name *names;
static uint32_t rows;
static uint64_t state = 0x243F6A8885A308D3u;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 11) % n);
}

#define ONE_OF(list) list[below(sizeof(list) / sizeof *(list))]

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(err), fault_last()->count ? fault_last()->args[0].text : "");
    exit(1);
}

static uint32_t decode(const char *text, uint32_t *ret)
{
    uint32_t count = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at && count < PINYIN_CHARS_MAX; count++) {
        uint32_t c = *at++, more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        c = more ? c & (0x3Fu >> more) : c;
        for (; more; more--)
            c = c << 6 | (*at++ & 0x3Fu);
        ret[count] = c;
    }
    return count;
}

/* A brand of two or three characters, and its pinyin with a capital. */
static void make_brand(char *zh, char *en)
{
    uint32_t chars[8];
    uint16_t syllables[8];
    *zh = *en = '\0';
    for (uint32_t n = 2 + below(2); n; n--)
        strcat(zh, ONE_OF(brand_chars));
    uint32_t count = decode(zh, chars);
    pinyin_read(chars, count, syllables);
    for (uint32_t i = 0; i < count; i++)
        strcat(en, pinyin_syllable(syllables[i]));
    *en = (char)(*en - 'a' + 'A');
}

static void make_firm(Name *name, const char *brand, const char *brand_en)
{
    snprintf(name->zh, NAME_BYTES, "%s%s%s有限公司", ONE_OF(regions), brand, ONE_OF(trades));
    snprintf(name->en, NAME_BYTES, "Jiangmen %s Co., Ltd.", brand_en);
}

static void make_names(bool plots)
{
    char brand[32] = "", brand_en[32] = "";
    names = heap_zalloc((rows + ENTERPRISES) * sizeof *names);
    for (uint32_t i = 0; i < rows + ENTERPRISES; i++) {
        Name *name = &names[i];
        snprintf(name->key, sizeof name->key, i < rows ? "plot-%07u" : "ent-%07u", i);
        if (!plots || i >= rows || i % PLOTS_IN_PARK == 0)
            make_brand(brand, brand_en);
        if (!plots || i >= rows) {
            make_firm(name, brand, brand_en);
            continue;
        }
        uint32_t n = i % PLOTS_IN_PARK;
        snprintf(name->zh, NAME_BYTES, "%s园区 %c-%02u", brand, (char)('A' + n / 50), n % 50 + 1);
        snprintf(name->en, NAME_BYTES, "%s Park %c-%02u", brand_en, (char)('A' + n / 50), n % 50 + 1);
    }
}

static Atlas *build(const char *folder)
{
    AtlasBuild *build;
    Atlas *atlas;
    Geometry none = {.type = GEOM_NONE};
    DateSpan day = {date_day(2022, 11, 30), date_day(2022, 11, 30)};
    check(atlas_build_begin(folder, AUDIENCE_PUBLIC, 1, NULL, &build));
    for (uint32_t i = 0; i < rows + ENTERPRISES; i++) {
        Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
        values[FIELD_NAME_ZH] = (Value){.state = VALUE_KNOWN, .text = str_of(names[i].zh)};
        values[FIELD_NAME_EN] = (Value){.state = VALUE_KNOWN, .text = str_of(names[i].en)};
        check(atlas_build_add(build, i < rows ? KIND_PARCEL : KIND_ENTERPRISE, str_of(names[i].key), values,
                              &none, (Freshness){day, 0}));
    }
    int64_t start = clock_now_ns();
    check(atlas_build_finish(build, &atlas));
    double finish = (double)(clock_now_ns() - start) / 1e9;
    atlas_unref(atlas);
    start = clock_now_ns();
    check(atlas_open(folder, AUDIENCE_PUBLIC, &atlas));
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    uint32_t blocks = (table->rows + 3) / 4; /* names_form.h */
    printf(
        "%u rows: finished in %.2f s, opened in %.3f s; %.0f bytes a row, of it %.0f names and %.0f lists\n",
        rows, finish, (double)(clock_now_ns() - start) / 1e9, (double)atlas_bytes(atlas) / rows,
        ((double)table->name_ends[blocks - 1] + 8.0 * blocks) / rows,
        table->name_buckets ? (double)table->name_buckets[65535] / rows : 0.0);
    return atlas;
}

/* ---- questions ---- */

typedef struct Question {
    char text[NAME_BYTES];
    int style;
} Question;

static void put_char(char *to, uint32_t c)
{
    char bytes[4] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F)), '\0'};
    if (c < 0x80)
        bytes[0] = (char)c, bytes[1] = '\0';
    strcat(to, bytes);
}

static void ask(Question *question, int style)
{
    uint32_t chars[PINYIN_CHARS_MAX];
    uint16_t syllables[PINYIN_CHARS_MAX];
    const Name *name = &names[below(rows + ENTERPRISES)];
    uint32_t count = decode(name->zh, chars), len = style == 0 ? 2 : 3 + below(2);
    for (uint32_t i = 0; i < count; i++)
        if (chars[i] < 0x3400)
            count = i; /* the Han characters before the plot's number */
    pinyin_read(chars, count, syllables);
    len = len < count ? len : count;
    uint32_t from = below(count - len + 1);
    question->style = style;
    *question->text = '\0';
    if (style == 5) {
        snprintf(question->text, NAME_BYTES, "%.*s", (int)(6 + below(5)), name->key);
    } else if (style == 6) {
        const char *word = strncmp(name->en, "Jiangmen ", 9) == 0 ? name->en + 9 : name->en;
        snprintf(question->text, NAME_BYTES, "%.*s", (int)(4 + below(4)), word);
    }
    for (uint32_t i = from; style < 5 && i < from + len; i++) {
        const char *syllable = pinyin_syllable(syllables[i]);
        if (style < 2 || (style == 4 && i == from))
            put_char(question->text, chars[i]);
        else
            strncat(question->text, syllable, style == 3 ? 1 : 6);
    }
}

/* ---- others ---- */

/* Every name, in search form and read beforehand, asked one after the other. */
typedef struct Scan {
    Str zh, en, key;
    uint32_t chars[40];
    uint16_t syllables[40];
    uint32_t count;
} Scan;

static Scan *make_scan(Arena *arena)
{
    Scan *scan = arena_array(arena, Scan, rows);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t chars[PINYIN_CHARS_MAX];
        scan[i].zh = text_search_form(arena, str_of(names[i].zh));
        scan[i].en = text_search_form(arena, str_of(names[i].en));
        scan[i].key = str_of(names[i].key);
        uint32_t count = decode(str_c(scan[i].zh), chars);
        scan[i].count = count < 40 ? count : 40;
        memcpy(scan[i].chars, chars, scan[i].count * sizeof *chars);
        pinyin_read(scan[i].chars, scan[i].count, scan[i].syllables);
    }
    return scan;
}

static bool holds(Str text, Str part)
{
    return memmem(text.ptr, text.len, part.ptr, part.len) != NULL;
}

static uint32_t scan_for(const Scan *scan, const NameQuery *query)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < rows; i++)
        found += holds(scan[i].zh, query->text) || holds(scan[i].en, query->text) ||
                 holds(scan[i].key, query->text) ||
                 (query->by_sound && pinyin_find(scan[i].chars, scan[i].syllables, scan[i].count,
                                                 query->chars, query->count, query->starts_only)
                                             .fit != PINYIN_NONE);
    return found;
}

static void sql(sqlite3 *db, const char *text)
{
    char *message = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &message) == SQLITE_OK)
        return;
    fprintf(stderr, "sqlite: %s\n", message);
    exit(1);
}

static sqlite3 *make_sqlite(void)
{
    sqlite3 *db;
    sqlite3_stmt *plain, *fts;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        exit(1);
    sql(db,
        "CREATE TABLE n(zh, en, k); CREATE VIRTUAL TABLE f USING fts5(zh, en, k, tokenize='trigram'); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO n VALUES(?,?,?)", -1, &plain, NULL);
    sqlite3_prepare_v2(db, "INSERT INTO f VALUES(?,?,?)", -1, &fts, NULL);
    for (uint32_t i = 0; i < rows; i++)
        for (int t = 0; t < 2; t++) {
            sqlite3_stmt *stmt = t ? fts : plain;
            sqlite3_bind_text(stmt, 1, names[i].zh, -1, SQLITE_STATIC);
            sqlite3_bind_text(stmt, 2, names[i].en, -1, SQLITE_STATIC);
            sqlite3_bind_text(stmt, 3, names[i].key, -1, SQLITE_STATIC);
            if (sqlite3_step(stmt) != SQLITE_DONE || sqlite3_reset(stmt) != SQLITE_OK)
                exit(1);
        }
    sqlite3_finalize(plain);
    sqlite3_finalize(fts);
    sql(db, "COMMIT");
    return db;
}

static uint32_t count_sql(sqlite3 *db, const char *text, const char *pattern)
{
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(db, text, -1, &stmt, NULL) != SQLITE_OK)
        exit(1);
    sqlite3_bind_text(stmt, 1, pattern, -1, SQLITE_STATIC);
    uint32_t count = sqlite3_step(stmt) == SQLITE_ROW ? (uint32_t)sqlite3_column_int(stmt, 0) : 0;
    sqlite3_finalize(stmt);
    return count;
}

/* ---- timing ---- */

static int double_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static const char *kind; /* of the names: plots or firms */

static void report_times(const char *of, const char *who, double *us, uint32_t count, const char *note)
{
    char job[80];
    snprintf(job, sizeof job, "search %s%s%s", kind, of ? ", " : "", of ? of : "");
    if (count > 0)
        report(&(Report){.job = job, .who = who, .times = times_of(us, count), .note = note});
}

static NameHits search_all(const Atlas *atlas, const NameQuery *query, Arena *arena)
{
    NameHits parcels, enterprises;
    names_search(arena, atlas, KIND_PARCEL, query, 8, &parcels);
    names_search(arena, atlas, KIND_ENTERPRISE, query, 8, &enterprises);
    return parcels;
}

static void time_search(const Atlas *atlas, const Question *questions, uint32_t count)
{
    double *all = heap_alloc(count * sizeof *all), *of_style = heap_alloc(count * sizeof *all);
    double *found = heap_alloc(count * sizeof *found);
    Arena *arena = arena_new();
    for (uint32_t i = 0; i < count; i++) {
        NameQuery query;
        arena_reset(arena);
        int64_t start = clock_now_ns();
        check(name_query(arena, str_of(questions[i].text), &query));
        found[i] = search_all(atlas, &query, arena).total;
        all[i] = (double)(clock_now_ns() - start) / 1e3;
    }
    for (int style = 0; style < STYLES; style++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < count; i++)
            if (questions[i].style == style)
                of_style[n++] = all[i];
        report_times(style_names[style], NULL, of_style, n, NULL);
    }
    char note[100];
    qsort(found, count, sizeof *found, double_order);
    snprintf(note, sizeof note, "half of the questions match over %.0f rows, a tenth over %.0f",
             found[count / 2], found[count * 9 / 10]);
    report_times(NULL, NULL, all, count, note);
    free(found);
    arena_free(arena);
    free(all);
    free(of_style);
}

typedef struct Rivals {
    double *scan, *like, *fts;
    uint32_t count, fts_count;
} Rivals;

/* One question put to all; 1 if the scan finds another number of rows. */
static uint32_t compare(const Atlas *atlas, const Question *question, const Scan *scan, sqlite3 *db,
                        Rivals *rivals)
{
    NameQuery query;
    char pattern[NAME_BYTES * 2];
    Arena *arena = arena_new();
    check(name_query(arena, str_of(question->text), &query));
    NameHits found = search_all(atlas, &query, arena);
    int64_t start = clock_now_ns();
    uint32_t scanned = scan_for(scan, &query);
    rivals->scan[rivals->count] = (double)(clock_now_ns() - start) / 1e3;
    snprintf(pattern, sizeof pattern, "%%%s%%", question->text);
    start = clock_now_ns();
    count_sql(db, "SELECT count(*) FROM n WHERE zh LIKE ?1 OR en LIKE ?1 OR k LIKE ?1", pattern);
    rivals->like[rivals->count++] = (double)(clock_now_ns() - start) / 1e3;
    if (query.count >= 3) { /* a trigram index finds nothing shorter */
        snprintf(pattern, sizeof pattern, "\"%s\"", question->text);
        start = clock_now_ns();
        count_sql(db, "SELECT count(*) FROM f WHERE f MATCH ?1", pattern);
        rivals->fts[rivals->fts_count++] = (double)(clock_now_ns() - start) / 1e3;
    }
    bool wrong = found.total_is_least ? found.total > scanned : found.total != scanned;
    if (wrong)
        printf("\"%s\" (%s): %u found, %u by the scan\n", question->text, style_names[question->style],
               found.total, scanned);
    arena_free(arena);
    return wrong;
}

/* How many of the questions a scan answers otherwise. */
static uint32_t compare_all(const Atlas *atlas, const Question *questions, uint32_t compared)
{
    Arena *arena = arena_new();
    Scan *scan = make_scan(arena);
    sqlite3 *db = make_sqlite();
    Rivals rivals = {.scan = arena_array(arena, double, compared),
                     .like = arena_array(arena, double, compared),
                     .fts = arena_array(arena, double, compared)};
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < compared; i++)
        wrong += compare(atlas, &questions[i], scan, db, &rivals);
    report_times(NULL, "a scan", rivals.scan, rivals.count, "every name, folded and read beforehand");
    report_times(NULL, "SQLite LIKE", rivals.like, rivals.count, "no folding, no pinyin");
    report_times(NULL, "FTS5", rivals.fts, rivals.fts_count,
                 "from three characters, no pinyin, only counted");
    char job[80];
    snprintf(job, sizeof job, "search %s, a scan of every name", kind);
    report(&(Report){.job = job, .compared = compared, .wrong = wrong});
    sqlite3_close(db);
    arena_free(arena);
    return wrong;
}

int main(int argc, char **argv)
{
    bool plots = argc < 2 || strcmp(argv[1], "plots") == 0;
    kind = plots ? "plots" : "firms";
    rows = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1000000;
    uint32_t count = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 1000;
    uint32_t compared = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 60;
    char folder[200];
    snprintf(folder, sizeof folder, "%s/names-XXXXXX", argc > 5 ? argv[5] : "/tmp");
    if (rows == 0 || compared > count || !mkdtemp(folder)) {
        fprintf(stderr, "names_bench: no rows, fewer queries than are compared, or no folder\n");
        return 2;
    }
    make_names(plots);
    Atlas *atlas = build(folder);
    Question *questions = heap_zalloc(count * sizeof *questions);
    for (uint32_t i = 0; i < count; i++)
        ask(&questions[i], (int)(i % STYLES));
    time_search(atlas, questions, count);

    uint32_t wrong = compared ? compare_all(atlas, questions, compared) : 0;
    free(questions);
    atlas_unref(atlas);
    atlas_forget(folder, AUDIENCE_PUBLIC);
    atlas_sweep(folder);
    rmdir(folder);
    return wrong > 0;
}
