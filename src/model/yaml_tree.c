#include "model/yaml_tree.h"
#include "model/yaml_walk.h"
#include <stdio.h>

typedef struct Level {
    YamlNode *node, *last; /* last: its youngest child */
    bool named;            /* a name has been read, its value is next */
    Str name;
} Level;

typedef struct Growing {
    Arena *arena;
    YamlNode *root;
    Level levels[YAML_TREE_DEPTH_MAX];
    int depth, documents;
} Growing;

static int line_of(const struct fy_token *token)
{
    const struct fy_mark *mark = token ? fy_token_start_mark((struct fy_token *)(uintptr_t)token) : NULL;
    return mark ? mark->line + 1 : 1;
}

/* ---- adding ---- */

static YamlNode *add_node(Growing *to, YamlKind kind, const struct fy_token *token)
{
    Level *level = to->depth > 0 ? &to->levels[to->depth - 1] : NULL;
    YamlNode *node = arena_new_of(to->arena, YamlNode);
    node->kind = kind;
    node->line = line_of(token);
    if (!level) {
        to->root = node;
        return node;
    }
    if (!token && level->named && level->last)
        node->line = level->last->line; /* an empty value has no place of its own */
    node->name = level->named ? level->name : STR("");
    level->named = false;
    if (level->last)
        level->last->next = node;
    else
        level->node->first = node;
    level->last = node;
    level->node->count++;
    return node;
}

static const YamlNode *find_member(const YamlNode *mapping, Str name)
{
    for (const YamlNode *member = mapping->first; member; member = member->next)
        if (mapping->kind == YAML_MAPPING && str_eq(member->name, name))
            return member;
    return NULL;
}

static bool wants_name(const Growing *to)
{
    const Level *level = to->depth > 0 ? &to->levels[to->depth - 1] : NULL;
    return level && level->node->kind == YAML_MAPPING && !level->named;
}

static Err take_name(Growing *to, const struct fy_token *token, Str text)
{
    Level *level = &to->levels[to->depth - 1];
    if (level->node->count == YAML_NAMES_MAX)
        return fail(ERR_LIMIT, "what", "names of a YAML mapping", "limit", num_c(YAML_NAMES_MAX), NULL);
    if (find_member(level->node, text)) {
        char detail[FAULT_TEXT_MAX];
        snprintf(detail, sizeof detail, "%s stands twice", str_c(text));
        return yaml_fail(ERR_YAML, token, detail);
    }
    level->name = text;
    level->named = true;
    return OK;
}

static Err put_scalar(Growing *to, struct fy_token *token, bool tagged)
{
    size_t len = 0;
    const char *ptr = token ? fy_token_get_text(token, &len) : "";
    Str text = str_copy(to->arena, (Str){ptr ? ptr : "", ptr ? len : 0});
    if (tagged)
        return yaml_fail(ERR_YAML, token, "tags and anchors are not read");
    if (!str_utf8_valid(text)) /* an escape may have made it so */
        return yaml_fail(ERR_YAML, token, "it cannot be read");
    if (wants_name(to))
        return take_name(to, token, text);
    bool plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
    bool nothing = plain && (text.len == 0 || str_is(text, "~") || str_is(text, "null"));
    YamlNode *node = add_node(to, nothing ? YAML_NOTHING : YAML_TEXT, token);
    node->text = nothing ? STR("") : text;
    node->plain = plain;
    return OK;
}

static Err open_level(Growing *to, YamlKind kind, const struct fy_token *token, bool tagged)
{
    if (tagged)
        return yaml_fail(ERR_YAML, token, "tags and anchors are not read");
    if (to->depth == YAML_TREE_DEPTH_MAX)
        return fail(ERR_LIMIT, "what", "YAML nesting", "limit", num_c(YAML_TREE_DEPTH_MAX), NULL);
    if (wants_name(to))
        return yaml_fail(ERR_YAML, token, "a name must be a text");
    YamlNode *node = add_node(to, kind, token);
    to->levels[to->depth++] = (Level){.node = node};
    return OK;
}

static Err put_event(struct fy_event *event, void *user)
{
    Growing *to = user;
    switch (event->type) {
    case FYET_DOCUMENT_START:
        return to->documents++ ? yaml_fail(ERR_YAML, NULL, "there is more than one document") : OK;
    case FYET_ALIAS:
        return yaml_fail(ERR_YAML, event->alias.anchor, "aliases are not read");
    case FYET_SCALAR:
        return put_scalar(to, event->scalar.value, event->scalar.anchor || event->scalar.tag);
    case FYET_MAPPING_START:
        return open_level(to, YAML_MAPPING, event->mapping_start.mapping_start,
                          event->mapping_start.anchor || event->mapping_start.tag);
    case FYET_SEQUENCE_START:
        return open_level(to, YAML_LIST, event->sequence_start.sequence_start,
                          event->sequence_start.anchor || event->sequence_start.tag);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        to->depth--;
        return OK;
    default:
        return OK;
    }
}

/* ---- the tree ---- */

Err yaml_tree(Arena *arena, Str text, const YamlNode **ret)
{
    return yaml_tree_of(arena, text, YAML_FILE_MAX_BYTES, ret);
}

Err yaml_tree_of(Arena *arena, Str text, size_t bytes_max, const YamlNode **ret)
{
    Growing to = {.arena = arena};
    TRY(yaml_walk(text, bytes_max, ERR_YAML, put_event, &to));
    if (!to.root)
        return yaml_fail(ERR_YAML, NULL, "it is empty");
    *ret = to.root;
    return OK;
}

const YamlNode *yaml_member(const YamlNode *mapping, const char *name)
{
    return find_member(mapping, str_of(name));
}
