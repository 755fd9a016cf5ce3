/* cli/config.h: what `lianpu serve` can be told, as one table: a YAML file is read by it, the command line
 * has an option of each key, and --help and docs/configuration.md are written from it. An option stands above
 * the file, the file above what is used otherwise. */
#pragma once
#include "cli/options.h"

typedef enum ConfigType {
    CONFIG_TEXT,
    CONFIG_NUMBER, /* whole, min … max */
    CONFIG_SWITCH, /* true or false; the option takes no value and means true */
    CONFIG_CHOICE  /* one of the words in `value` */
} ConfigType;

typedef struct ConfigKey {
    const char *name; /* of the key, and behind two dashes of the option */
    ConfigType type;
    const char *value;     /* how a value looks: "FILE"; of a choice all its words: "none, errors, all" */
    int64_t min, max;      /* of a number */
    const char *otherwise; /* what is used if nothing is given; NULL: nothing */
    const char *example;
    Label help;
    size_t at; /* its member of Config */
} ConfigKey;

enum { CONFIG_KEYS_MAX = 32 };

/* Texts that were not given are NULL. */
typedef struct Config {
    const char *db, *listen, *atlas, *map_approval, *name_zh, *name_en;
    const char *basemap, *basemap_url, *basemap_datum, *basemap_credit;
    int64_t threads, connections, idle_s, drain_s, backlog;
    int64_t workers, queue;
    bool metrics_ledger;
    int64_t log_requests; /* a RequestsLogged */
    bool verbose;
} Config;

uint32_t config_keys(const ConfigKey **ret);

/* What the command line gave, by the key's number: a text, or that a switch was there. */
typedef struct ConfigGiven {
    const char *text[CONFIG_KEYS_MAX];
    bool flag[CONFIG_KEYS_MAX];
} ConfigGiven;

/* An option of each key, with its bounds and default in the help; its target is in `given`, which it keeps.
 * `ret` has room for CONFIG_KEYS_MAX. Texts in `arena`. Returns how many. */
uint32_t config_options(Arena *arena, ConfigGiven *given, Option *ret);

/* `path` (NULL: no file) and what was given above it → all that is to be used. Texts live as long as `arena`
 * and `given`. ERR_CONFIG_KEY with path, line, key and the nearest name; ERR_CONFIG_VALUE with path, line,
 * key, value and what was wanted; ERR_PARAM for an option; the errors of reading the file. */
MUST_USE Err config_read(Arena *arena, const char *path, const ConfigGiven *given, Config *ret);

void config_markdown(Buf *out); /* docs/configuration.md */
