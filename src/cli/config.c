#include "cli/config.h"
#include "http/server.h"
#include "intake/input.h"
#include "model/yaml_tree.h"
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(Config, member)
#define NUMBER(least, most, usual)                                                                           \
    .type = CONFIG_NUMBER, .value = "N", .min = (least), .max = (most), .otherwise = #usual, .example = #usual

static const ConfigKey keys[] = {
    {.name = "db",
     .value = "FILE|URL",
     .example = "/var/lib/lianpu/city.db",
     .help = {"库：文件，或 postgresql://…；必须给出",
              "the ledger: a file, or postgresql://…; must be given"},
     .at = AT(db)},
    {.name = "listen",
     .value = "ADDR:PORT",
     .otherwise = "127.0.0.1:8787",
     .example = "0.0.0.0:8787",
     .help = {"在哪里监听；都没写时端口可由 $LIANPU_PORT 定；端口 0 取空闲的",
              "where to listen; when not said, $LIANPU_PORT may tell the port; port 0 takes a free one"},
     .at = AT(listen)},
    {.name = "atlas",
     .value = "DIR",
     .example = "/var/lib/lianpu/city.db.atlas",
     .help = {"图集放在哪里；不写则为 库名.atlas", "where the atlas lies; FILE.atlas unless said"},
     .at = AT(atlas)},
    {.name = "map-approval",
     .value = "TEXT",
     .example = "粤S(2022)000号",
     .help = {"审图号，显示在地图上", "the map approval number (审图号), shown on the map"},
     .at = AT(map_approval)},
    {.name = "name-zh",
     .value = "TEXT",
     .example = "江门产业招商图谱",
     .help = {"网站的中文名", "the site's name in Chinese"},
     .at = AT(name_zh)},
    {.name = "name-en",
     .value = "TEXT",
     .example = "Jiangmen investment atlas",
     .help = {"网站的英文名", "the site's name in English"},
     .at = AT(name_en)},
    {.name = "basemap",
     .value = "FILE",
     .example = "/var/lib/lianpu/delta.pmtiles",
     .help = {"垫在下面的离线底图，PMTiles 文件；做法见 docs/base-map.md",
              "an offline base map to put under it, a PMTiles file; docs/base-map.md shows how"},
     .at = AT(basemap)},
    {.name = "basemap-url",
     .value = "URL",
     .example = "https://tiles.example.invalid/{z}/{x}/{y}.png",
     .help = {"或者瓦片服务的地址，带 {z} {x} {y}；几层之间用空格分开；{key} 取自 $LIANPU_BASEMAP_KEY",
              "or a tile service's address with {z} {x} {y}; spaces between layers; {key} is "
              "$LIANPU_BASEMAP_KEY"},
     .at = AT(basemap_url)},
    {.name = "basemap-datum",
     .value = "DATUM",
     .example = "cgcs2000",
     .help = {"这张底图的坐标系：wgs84 或 cgcs2000", "the datum of that base map: wgs84 or cgcs2000"},
     .at = AT(basemap_datum)},
    {.name = "basemap-credit",
     .value = "TEXT",
     .example = "© OpenStreetMap contributors",
     .help = {"这张底图的出处，显示在地图上", "whose that base map is, shown on the map"},
     .at = AT(basemap_credit)},
    {.name = "threads",
     NUMBER(1, SERVER_THREADS_MAX, 2),
     .help = {"应答的线程数，一般与处理器核数相同", "threads that answer; as many as there are cores"},
     .at = AT(threads)},
    {.name = "connections",
     NUMBER(16, SERVER_CONNECTIONS_MAX, 16000),
     .help = {"同时打开的连接数，多出的等候；每个要一个文件描述符，问过一次后至多占 128 KiB 内存",
              "connections open at a time, more have to wait; each takes a file descriptor and, once it has "
              "asked "
              "something, up to 128 KiB"},
     .at = AT(connections)},
    {.name = "idle-seconds",
     NUMBER(1, 3600, 30),
     .help = {"连接多少秒没有动静就关闭", "a connection that says nothing for so many seconds is closed"},
     .at = AT(idle_s)},
    {.name = "drain-seconds",
     NUMBER(0, 600, 10),
     .help = {"停机时最多等多少秒，让未完成的请求做完",
              "how many seconds a stop waits at most for requests that run"},
     .at = AT(drain_s)},
    {.name = "backlog",
     NUMBER(1, 65535, 512),
     .help = {"还没有接受的连接最多排多少个", "how many connections may wait to be accepted"},
     .at = AT(backlog)},
    {.name = "workers",
     NUMBER(1, WORKERS_MAX, 2),
     .help = {"查库的线程数，各有一个数据库连接",
              "threads that ask the ledger, each with a connection to it"},
     .at = AT(workers)},
    {.name = "queue",
     NUMBER(1, WORKERS_QUEUE_MAX, 64),
     .help = {"等候查库的请求最多排多少个，多出的立即得到 503",
              "how many requests may wait for the ledger; what is more is answered 503 at once"},
     .at = AT(queue)},
    {.name = "metrics-ledger",
     .type = CONFIG_SWITCH,
     .otherwise = "false",
     .example = "true",
     .help =
         {"/metrics 也报提交序号、图集落后多少和 WAL 大小；它们随非公开的提交而变，外人不该看到",
          "/metrics also tells commits, how far the atlas lags and the WAL's size; these change with what "
          "is not public, so keep /metrics from the outside"},
     .at = AT(metrics_ledger)},
    {.name = "log-requests",
     .type = CONFIG_CHOICE,
     .value = "none, errors, all",
     .otherwise = "errors",
     .example = "all",
     .help = {"哪些请求各记一行日志：不记、只记出错的（500 以上，以及不合规矩的）、全部；不记查询参数",
              "which requests have a line in the log: none, those that failed (500 and above, and malformed "
              "ones), all; never with the query"},
     .at = AT(log_requests)},
    {.name = "verbose",
     .type = CONFIG_SWITCH,
     .otherwise = "false",
     .example = "true",
     .help = {"日志详细些", "log more"},
     .at = AT(verbose)},
};

enum { KEYS = sizeof keys / sizeof *keys };
_Static_assert((int)KEYS <= (int)CONFIG_KEYS_MAX, "a key's place in ConfigGiven");

uint32_t config_keys(const ConfigKey **ret)
{
    *ret = keys;
    return KEYS;
}

/* ---- values ---- */

static void write_want(const ConfigKey *key, char ret[FAULT_TEXT_MAX])
{
    if (key->type == CONFIG_NUMBER)
        snprintf(ret, FAULT_TEXT_MAX, "%lld … %lld", (long long)key->min, (long long)key->max);
    else
        snprintf(ret, FAULT_TEXT_MAX, "%s", key->type == CONFIG_SWITCH ? "true, false" : key->value);
}

static bool take_choice(Str words, Str text, int64_t *to)
{
    for (int64_t i = 0; words.len; i++)
        if (str_eq(str_trim(str_cut(&words, ',')), text)) {
            *to = i;
            return true;
        }
    return false;
}

/* False if the text is no value of this key. */
static bool take(const ConfigKey *key, const char *text, Config *to)
{
    void *member = (char *)to + key->at;
    int64_t n;
    switch (key->type) {
    case CONFIG_TEXT:
        *(const char **)member = text;
        return true;
    case CONFIG_NUMBER:
        if (!str_int(str_of(text), &n) || n < key->min || n > key->max)
            return false;
        *(int64_t *)member = n;
        return true;
    case CONFIG_SWITCH:
        *(bool *)member = strcmp(text, "true") == 0;
        return *(bool *)member || strcmp(text, "false") == 0;
    case CONFIG_CHOICE:
        return take_choice(str_of(key->value), str_of(text), member);
    }
    return false;
}

/* ---- the file ---- */

static Err unknown(const char *path, const YamlNode *member)
{
    const char *nearest = "";
    int least = 1 << 20;
    for (uint32_t i = 0; i < KEYS; i++) {
        int distance = str_distance(member->name, str_of(keys[i].name));
        if (distance < least) {
            least = distance;
            nearest = keys[i].name;
        }
    }
    /* What shares less than half its letters is no misspelling. */
    return fail(ERR_CONFIG_KEY, "path", path, "line", num_c(member->line), "key", str_c(member->name), "hint",
                (size_t)least * 2 <= member->name.len ? nearest : "", NULL);
}

static Err wrong_in_file(const char *path, const YamlNode *member, const ConfigKey *key)
{
    char want[FAULT_TEXT_MAX];
    write_want(key, want);
    return fail(ERR_CONFIG_VALUE, "path", path, "line", num_c(member->line), "key", key->name, "value",
                member->kind == YAML_TEXT ? str_c(member->text) : "", "want", want, NULL);
}

static Err take_member(Arena *arena, const char *path, const YamlNode *member, Config *to)
{
    const ConfigKey *key = keys;
    while (key < keys + KEYS && !str_is(member->name, key->name))
        key++;
    if (key == keys + KEYS)
        return unknown(path, member);
    if (member->kind == YAML_NOTHING)
        return OK;
    if (member->kind != YAML_TEXT || !take(key, str_copy(arena, member->text).ptr, to))
        return wrong_in_file(path, member, key);
    return OK;
}

/* To YAML, a file of remarks alone is no document; here it says nothing. */
static bool says_nothing(Str text)
{
    while (text.len) {
        Str line = str_trim(str_cut(&text, '\n'));
        if (line.len && line.ptr[0] != '#')
            return false;
    }
    return true;
}

static Err take_file(Arena *arena, const char *path, Config *to)
{
    Str text;
    const YamlNode *root;
    TRY(input_whole(path, arena, YAML_FILE_MAX_BYTES, "YAML", &text));
    if (says_nothing(text))
        return OK;
    TRY(yaml_tree(arena, text, &root));
    if (root->kind == YAML_NOTHING)
        return OK;
    if (root->kind != YAML_MAPPING)
        return fail(ERR_YAML, "line", num_c(root->line), "column", "1", "detail",
                    "a mapping of names and values", NULL);
    for (const YamlNode *member = root->first; member; member = member->next)
        TRY(take_member(arena, path, member, to));
    return OK;
}

/* ---- the command line ---- */

static Err take_given(const ConfigGiven *given, Config *to)
{
    for (uint32_t i = 0; i < KEYS; i++) {
        const char *text = given->flag[i] ? "true" : given->text[i];
        char option[64], want[FAULT_TEXT_MAX];
        if (!text || take(&keys[i], text, to))
            continue;
        snprintf(option, sizeof option, "--%s", keys[i].name);
        write_want(&keys[i], want);
        return fail(ERR_PARAM, "param", option, "value", text, "want", want, "example", keys[i].example,
                    NULL);
    }
    return OK;
}

Err config_read(Arena *arena, const char *path, const ConfigGiven *given, Config *ret)
{
    Config config = {0};
    for (uint32_t i = 0; i < KEYS; i++)
        if (keys[i].type != CONFIG_TEXT && !take(&keys[i], keys[i].otherwise, &config))
            return fail(ERR_INTERNAL, "detail", "a key's own default is not within its bounds", NULL);
    if (path)
        TRY(take_file(arena, path, &config));
    TRY(take_given(given, &config));
    *ret = config;
    return OK;
}

/* ---- what is told of the keys ---- */

static const char *option_help(Arena *arena, const ConfigKey *key, int lang)
{
    const char *help = lang == 0 ? key->help.zh : key->help.en;
    Buf text;
    buf_init(&text, 1024);
    buf_c(&text, help);
    if (key->type == CONFIG_NUMBER)
        buf_fmt(&text, lang == 0 ? "；%lld 到 %lld" : "; %lld to %lld", (long long)key->min,
                (long long)key->max);
    if (key->otherwise && key->type != CONFIG_SWITCH)
        buf_fmt(&text, lang == 0 ? "；默认 %s" : "; %s unless said", key->otherwise);
    const char *copy = str_copy(arena, buf_view(&text)).ptr;
    buf_done(&text);
    return copy;
}

uint32_t config_options(Arena *arena, ConfigGiven *given, Option *ret)
{
    for (uint32_t i = 0; i < KEYS; i++) {
        const ConfigKey *key = &keys[i];
        ret[i] = (Option){.name = key->name,
                          .value = key->type == CONFIG_SWITCH ? NULL : key->value,
                          .help = {option_help(arena, key, 0), option_help(arena, key, 1)}};
        if (key->type == CONFIG_SWITCH)
            ret[i].flag = &given->flag[i];
        else
            ret[i].text = &given->text[i];
    }
    return KEYS;
}

void config_markdown(Buf *out)
{
    buf_c(
        out,
        "# 配置 · Configuration\n\n"
        "Written by `make docs` from the table in `src/cli/config.c`. `lianpu serve --config lianpu.yaml` "
        "reads "
        "a YAML mapping of\nthese keys; each is an option as well (`--queue 128`), and an option stands "
        "above "
        "the file. A key that is not known is refused\nwith its line and the nearest name; an empty value "
        "is as if the key were not there. Relative paths start at the folder that the\nserver is started in. "
        "`lianpu serve --config lianpu.yaml --check-config` reads it and ends.\n\n"
        "`lianpu serve --config lianpu.yaml` 读取下列各项；每一项也可写成选项，选项优先于文件。"
        "不认识的项会连同行号和最接近的名称一起报出。\n\n"
        "| key | value | default | 含义 | meaning |\n|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < KEYS; i++) {
        const ConfigKey *key = &keys[i];
        char want[FAULT_TEXT_MAX];
        write_want(key, want);
        buf_fmt(out, "| `%s` | ", key->name);
        for (const char *c = want; *c; c++)
            buf_fmt(out, *c == '|' ? "\\|" : "%c", *c);
        buf_fmt(out, " | %s | %s | %s |\n", key->otherwise ? key->otherwise : "–", key->help.zh,
                key->help.en);
    }
    buf_c(out, "\nAn example with every key:\n\n```yaml\n");
    for (uint32_t i = 0; i < KEYS; i++)
        buf_fmt(out, "%s: %s%s%s\n", keys[i].name, keys[i].type == CONFIG_TEXT ? "\"" : "", keys[i].example,
                keys[i].type == CONFIG_TEXT ? "\"" : "");
    buf_c(out, "```\n");
}
