/* model/yaml_tree.h: a file that a person wrote as YAML → a tree that knows its lines. As in yaml.h: one
 * document, no anchors, aliases or tags, so nothing grows. Scalars stay the text they were written as,
 * whatever YAML would make of them: a number keeps its leading zero. */
#pragma once
#include "base/str.h"

enum {
    YAML_FILE_MAX_BYTES = 256 * 1024,
    YAML_TREE_DEPTH_MAX = 16,
    YAML_NAMES_MAX = 200 /* of one mapping */
};

typedef enum YamlKind { YAML_NOTHING, YAML_TEXT, YAML_LIST, YAML_MAPPING } YamlKind;

typedef struct YamlNode YamlNode;
struct YamlNode {
    YamlKind kind;          /* YAML_NOTHING: an empty value, ~ or null */
    int line;               /* from 1 */
    Str name;               /* of a mapping's member */
    Str text;               /* of a scalar */
    bool plain;             /* a scalar without quotes */
    YamlNode *first, *next; /* the items or members; the next of this node's parent */
    uint32_t count;
};

/* Texts lie in `arena`. ERR_YAML with line and column, also for a name that stands twice in one mapping;
 * ERR_ENCODING; ERR_LIMIT. */
MUST_USE Err yaml_tree(Arena *arena, Str text, const YamlNode **ret);

/* The same of a file of another size. */
MUST_USE Err yaml_tree_of(Arena *arena, Str text, size_t bytes_max, const YamlNode **ret);

const YamlNode *yaml_member(const YamlNode *mapping, const char *name); /* NULL if there is none */
