#include "model/yaml.h"
#include "base/json.h"
#include "model/yaml_walk.h"

/* What is longer stays a text, and the field it is for refuses it by name. */
enum { NUMBER_MAX_BYTES = 18 };

typedef struct Level {
    bool mapping, value_next; /* value_next: the next scalar of a mapping is a value, not a name */
} Level;

typedef struct Converting {
    JsonOut out;
    Level levels[YAML_DEPTH_MAX];
    int depth, documents;
} Converting;

static Err fail_at(const struct fy_token *token, const char *detail)
{
    return yaml_fail(ERR_BRIEF, token, detail);
}

/* ---- scalars ---- */

static size_t digits(Str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.len && text.ptr[at + n] >= '0' && text.ptr[at + n] <= '9')
        n++;
    return n;
}

/* A decimal number of the core schema in JSON's spelling: +07.50 → 7.50, .5 → 0.5, 3. → 3. False if it is
 * none. */
static bool number(Str text, Buf *json)
{
    size_t at = 0, whole, part = 0, power;
    bool minus = text.len > 0 && text.ptr[0] == '-';
    if (minus || (text.len > 0 && text.ptr[0] == '+'))
        at++;
    size_t from = at;
    whole = digits(text, at);
    at += whole;
    size_t point = at;
    if (at < text.len && text.ptr[at] == '.') {
        part = digits(text, at + 1);
        at += 1 + part;
    }
    size_t exponent = at;
    if (whole + part == 0)
        return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
        power = digits(text, at);
        if (power == 0)
            return false;
        at += power;
    }
    if (at != text.len || text.len > NUMBER_MAX_BYTES)
        return false;
    while (whole > 1 && text.ptr[from] == '0') {
        from++;
        whole--;
    }
    buf_c(json, minus ? "-" : "");
    buf_c(json, whole == 0 ? "0" : "");
    buf_add(json, text.ptr + from, whole);
    if (part > 0)
        buf_add(json, text.ptr + point, 1 + part);
    buf_add(json, text.ptr + exponent, text.len - exponent);
    return true;
}

static void put_plain(JsonOut *out, Str text)
{
    Buf json;
    buf_init(&json, YAML_BYTES_MAX);
    if (text.len == 0 || str_is(text, "~") || str_is(text, "null"))
        out_null(out);
    else if (str_is(text, "true") || str_is(text, "false"))
        out_bool(out, str_is(text, "true"));
    else if (number(text, &json))
        out_raw(out, buf_view(&json));
    else
        out_str(out, text);
    buf_done(&json);
}

/* ---- events ---- */

/* Before a value begins: it may stand where a name must. */
static Err begin_value(Converting *to, const struct fy_token *token, bool scalar)
{
    Level *level = to->depth > 0 ? &to->levels[to->depth - 1] : NULL;
    if (!level || !level->mapping)
        return OK;
    if (!level->value_next && !scalar)
        return fail_at(token, "a name must be a text");
    level->value_next = !level->value_next;
    return OK;
}

static Err put_scalar(Converting *to, struct fy_token *token, bool tagged)
{
    size_t len = 0;
    const char *ptr = token ? fy_token_get_text(token, &len) : "";
    Str text = {ptr ? ptr : "", ptr ? len : 0};
    bool name = to->depth > 0 && to->levels[to->depth - 1].mapping && !to->levels[to->depth - 1].value_next;
    if (tagged)
        return fail_at(token, "tags and anchors are not read");
    if (!str_utf8_valid(text))
        return fail_at(token, "it is not UTF-8");
    TRY(begin_value(to, token, true));
    if (name)
        out_name_str(&to->out, text);
    else if (!token || fy_token_scalar_style(token) == FYSS_PLAIN)
        put_plain(&to->out, text);
    else
        out_str(&to->out, text);
    return OK;
}

static Err open_level(Converting *to, const struct fy_token *token, bool mapping, bool tagged)
{
    if (tagged)
        return fail_at(token, "tags and anchors are not read");
    if (to->depth == YAML_DEPTH_MAX)
        return fail(ERR_LIMIT, "what", "YAML nesting", "limit", num_c(YAML_DEPTH_MAX), NULL);
    TRY(begin_value(to, token, false));
    to->levels[to->depth++] = (Level){.mapping = mapping};
    if (mapping)
        out_object(&to->out);
    else
        out_array(&to->out);
    return OK;
}

static Err put_event(struct fy_event *event, void *user)
{
    Converting *to = user;
    switch (event->type) {
    case FYET_DOCUMENT_START:
        return to->documents++ ? fail_at(NULL, "there is more than one document") : OK;
    case FYET_ALIAS:
        return fail_at(event->alias.anchor, "aliases are not read");
    case FYET_SCALAR:
        return put_scalar(to, event->scalar.value, event->scalar.anchor || event->scalar.tag);
    case FYET_MAPPING_START:
        return open_level(to, event->mapping_start.mapping_start, true,
                          event->mapping_start.anchor || event->mapping_start.tag);
    case FYET_SEQUENCE_START:
        return open_level(to, event->sequence_start.sequence_start, false,
                          event->sequence_start.anchor || event->sequence_start.tag);
    case FYET_MAPPING_END:
        to->depth--;
        out_object_end(&to->out);
        return OK;
    case FYET_SEQUENCE_END:
        to->depth--;
        out_array_end(&to->out);
        return OK;
    default:
        return OK;
    }
}

Err yaml_to_json(Str text, Buf *json)
{
    Converting to = {.out = json_out(json)};
    TRY(yaml_walk(text, YAML_BYTES_MAX, ERR_BRIEF, put_event, &to));
    if (to.out.buf->len == 0)
        return fail_at(NULL, "it is empty");
    return buf_check(to.out.buf, "YAML");
}

/* No deeper than YAML_TREE_DEPTH_MAX. */
static void put_node(const YamlNode *node, JsonOut *out)
{
    switch (node->kind) {
    case YAML_NOTHING:
        out_null(out);
        return;
    case YAML_TEXT:
        if (node->plain)
            put_plain(out, node->text);
        else
            out_str(out, node->text);
        return;
    case YAML_LIST:
        out_array(out);
        for (const YamlNode *item = node->first; item; item = item->next)
            put_node(item, out);
        out_array_end(out);
        return;
    case YAML_MAPPING:
        break;
    }
    out_object(out);
    for (const YamlNode *member = node->first; member; member = member->next) {
        out_name_str(out, member->name);
        put_node(member, out);
    }
    out_object_end(out);
}

void yaml_node_json(const YamlNode *node, Buf *json)
{
    JsonOut out = json_out(json);
    put_node(node, &out);
}
