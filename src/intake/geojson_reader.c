#include "intake/geojson_reader.h"
#include "intake/jsontext.h"
#include <stdlib.h>
#include <string.h>

typedef enum Where { AT_START, IN_FEATURES, IN_LINES, AT_END } Where;

/* `at` is an offset in the window: what lies before it has been looked at and is not skipped yet. */
struct GeojsonReader {
    Input *input;
    Where where;
    int64_t number;
    bool first; /* no feature has been read of the list */
    bool typed; /* the collection's type has been seen */
    char *bytes;
    size_t len, at, taken;
};

GeojsonReader *geojson_new(Input *input)
{
    GeojsonReader *reader = heap_zalloc(sizeof *reader);
    reader->input = input;
    reader->first = true;
    return reader;
}

void geojson_free(GeojsonReader *reader)
{
    free(reader);
}

int64_t geojson_number(const GeojsonReader *reader)
{
    return reader->number;
}

/* The number of the feature, "" before the first. */
static const char *place(const GeojsonReader *reader)
{
    return reader->number ? num_c(reader->number) : "";
}

static Err fail_feature(const GeojsonReader *reader, const char *detail)
{
    return fail(ERR_GEOJSON, "row", place(reader), "detail", detail, NULL);
}

/* ---- the file: where values begin and end ---- */

static Err has_byte(GeojsonReader *reader, bool *ret)
{
    *ret = true;
    if (reader->at < reader->len)
        return OK;
    if (reader->at > FEATURE_MAX_BYTES)
        return fail(ERR_LIMIT, "what", "one feature", "limit", num_c(FEATURE_MAX_BYTES), "row",
                    num_c(reader->number), NULL);
    TRY(input_more(reader->input, ret));
    reader->bytes = input_window(reader->input, &reader->len);
    return OK;
}

/* The next byte that is no white space; 0 at the end of the file. */
static Err peek(GeojsonReader *reader, char *ret)
{
    bool more;
    for (;;) {
        TRY(has_byte(reader, &more));
        char c = more ? reader->bytes[reader->at] : '\0';
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            *ret = c;
            return OK;
        }
        reader->at++;
    }
}

static Err expect(GeojsonReader *reader, char want)
{
    char c;
    TRY(peek(reader, &c));
    if (c == '\0')
        return fail_feature(reader, "the file ends too early");
    if (c != want)
        return fail_feature(reader, "a bracket, a comma or a colon is missing");
    reader->at++;
    return OK;
}

static Err find_string_end(GeojsonReader *reader)
{
    bool more;
    for (reader->at++;; reader->at++) {
        TRY(has_byte(reader, &more));
        if (!more)
            return fail_feature(reader, "the file ends too early");
        if (reader->bytes[reader->at] == '\\') {
            reader->at++;
            TRY(has_byte(reader, &more));
        } else if (reader->bytes[reader->at] == '"') {
            reader->at++;
            return OK;
        }
    }
}

/* Moves behind the value that begins here, looking only at brackets and strings; it is read strictly later.
 */
static Err find_value_end(GeojsonReader *reader, size_t *ret_from)
{
    char c;
    bool more;
    int depth = 0;
    TRY(peek(reader, &c));
    *ret_from = reader->at;
    for (;;) {
        TRY(has_byte(reader, &more));
        if (!more)
            return depth > 0 ? fail_feature(reader, "the file ends too early") : OK;
        c = reader->bytes[reader->at];
        if (c == '"') {
            TRY(find_string_end(reader));
            if (depth == 0)
                return OK;
            continue;
        }
        if (depth == 0 &&
            (c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t'))
            return OK;
        reader->at++;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth > JSON_DEPTH_MAX)
            return fail_feature(reader, "it nests too deep");
        if (depth == 0 && (c == '}' || c == ']'))
            return OK;
    }
}

static Err whole_value(GeojsonReader *reader, Str *ret)
{
    size_t from;
    TRY(find_value_end(reader, &from));
    *ret = (Str){reader->bytes + from, reader->at - from};
    if (!str_utf8_valid(*ret))
        return fail(ERR_ENCODING, "row", place(reader), "detail", "bytes that are no UTF-8 (GBK?)", NULL);
    return OK;
}

/* ---- the collection ---- */

/* RFC 7946 knows WGS84 only; older files name their system, and CGCS2000 is taken as equal. */
static bool known_crs(Str slice)
{
    return slice.len == 4 || memmem(slice.ptr, slice.len, "CRS84", 5) ||
           memmem(slice.ptr, slice.len, "4326", 4) || memmem(slice.ptr, slice.len, "4490", 4);
}

/* One member of the outermost object. *ret_list: it is the list of features, and `at` stands behind its
 * bracket. */
static Err outer_member(GeojsonReader *reader, bool *ret_list, bool *ret_feature)
{
    Str name, value;
    TRY(whole_value(reader, &name));
    bool features = str_eq(name, STR("\"features\"")), type = str_eq(name, STR("\"type\""));
    bool crs = str_eq(name, STR("\"crs\""));
    if (name.len == 0 || name.ptr[0] != '"')
        return fail_feature(reader, "it is no JSON object");
    TRY(expect(reader, ':'));
    if (features && reader->where == AT_START) {
        *ret_list = true;
        return expect(reader, '[');
    }
    TRY(whole_value(reader, &value));
    JsonText text = {value.ptr, value.ptr + value.len};
    Str slice;
    if (features || !jsontext_value(&text, &slice) || text.at != text.end)
        return fail_feature(reader, "it is no JSON object");
    if (type) {
        *ret_feature = str_eq(value, STR("\"Feature\""));
        reader->typed = str_eq(value, STR("\"FeatureCollection\""));
        if (!*ret_feature && !reader->typed)
            return fail_feature(reader, "its type is neither FeatureCollection nor Feature");
    }
    if (crs && !known_crs(value))
        return fail_feature(reader, "its coordinates are not WGS84 longitude and latitude");
    return OK;
}

static void skip(GeojsonReader *reader)
{
    input_skip(reader->input, reader->at);
    reader->bytes = input_window(reader->input, &reader->len);
    reader->at = 0;
}

/* Members up to the list of features, or to the end of the object. */
static Err outer_members(GeojsonReader *reader, bool behind, bool *ret_list, bool *ret_feature)
{
    char c;
    TRY(peek(reader, &c));
    while (c != '}') {
        if (behind)
            TRY(expect(reader, ','));
        TRY(outer_member(reader, ret_list, ret_feature));
        if (*ret_list)
            return OK;
        behind = true;
        TRY(peek(reader, &c));
        if (c != '}' && c != ',')
            return expect(reader, ',');
    }
    reader->at++;
    return OK;
}

static Err start(GeojsonReader *reader)
{
    bool list = false, feature = false;
    TRY(input_fill(reader->input, 3));
    reader->at = input_mark(reader->input);
    skip(reader);
    TRY(expect(reader, '{'));
    TRY(outer_members(reader, false, &list, &feature));
    if (list) {
        reader->where = IN_FEATURES;
        skip(reader);
        return OK;
    }
    if (!feature)
        return fail_feature(reader, "it has no features");
    reader->where = IN_LINES;
    reader->at = 0; /* the feature is read again, as the first line */
    return OK;
}

/* Behind the list's closing bracket: the collection's other members, and nothing after it. */
static Err finish(GeojsonReader *reader)
{
    bool list = false, feature = false;
    char c;
    reader->where = AT_END;
    TRY(outer_members(reader, true, &list, &feature));
    TRY(peek(reader, &c));
    if (c != '\0')
        return fail_feature(reader, "text stands behind its end");
    if (!reader->typed)
        return fail_feature(reader, "its type is neither FeatureCollection nor Feature");
    return OK;
}

/* ---- one feature ---- */

static Err put_scalar(const GeojsonReader *reader, Arena *arena, Str slice, Str *ret)
{
    switch (slice.ptr[0]) {
    case '"':
        if (!jsontext_string(arena, slice, ret))
            return fail_feature(reader, "a text has half a character (surrogate)");
        return OK;
    case 'n':
        *ret = (Str){"", 0};
        return OK;
    case 't':
    case 'f':
        *ret = slice;
        return OK;
    case '{':
    case '[':
        return fail_feature(reader, "a property is an object or a list of lists");
    default:
        *ret = jsontext_number(arena, slice);
        return OK;
    }
}

static Err put_list(const GeojsonReader *reader, Arena *arena, Str slice, Str *ret)
{
    JsonText text;
    Str item, one;
    bool more, whole = jsontext_begin(slice, '[', &text);
    Buf joined;
    Err err = OK;
    buf_init(&joined, FEATURE_MAX_BYTES);
    while (whole && (whole = jsontext_item(&text, &item, &more)) && more) {
        TRY_GOTO(put_scalar(reader, arena, item, &one));
        if (memchr(one.ptr, ';', one.len)) {
            err = fail_feature(reader, "an item of a list contains a semicolon");
            goto done;
        }
        if (joined.len > 0)
            buf_byte(&joined, ';');
        buf_str(&joined, one);
    }
    *ret = str_copy(arena, buf_view(&joined));
done:
    buf_done(&joined);
    return err;
}

static Err put_members(const GeojsonReader *reader, Arena *arena, Str slice, Feature *ret)
{
    JsonText text;
    Str name, value;
    bool more;
    if (slice.ptr[0] == 'n')
        return OK;
    if (!jsontext_begin(slice, '{', &text))
        return fail_feature(reader, "its properties are no object");
    Member *members = arena_array(arena, Member, FEATURE_MEMBERS_MAX);
    while (jsontext_member(&text, &name, &value, &more) && more) {
        if (ret->count == FEATURE_MEMBERS_MAX)
            return fail(ERR_LIMIT, "what", "properties", "limit", num_c(FEATURE_MEMBERS_MAX), "row",
                        num_c(reader->number), NULL);
        Member *member = &members[ret->count++];
        member->list = value.ptr[0] == '[';
        TRY(put_scalar(reader, arena, name, &member->name));
        TRY(member->list ? put_list(reader, arena, value, &member->text)
                         : put_scalar(reader, arena, value, &member->text));
    }
    ret->members = members;
    return OK;
}

static Err put_feature(const GeojsonReader *reader, Arena *arena, Str slice, Feature *ret)
{
    JsonText text = {slice.ptr, slice.ptr + slice.len};
    Str whole, name, value;
    bool more, typed = false;
    enum { SEEN_ID = 1, SEEN_TYPE = 2, SEEN_GEOMETRY = 4, SEEN_PROPERTIES = 8 };
    unsigned seen = 0, one;
    if (!jsontext_value(&text, &whole) || text.at != text.end || !jsontext_begin(whole, '{', &text))
        return fail_feature(reader, "it is no JSON object");
    *ret = (Feature){0};
    while (jsontext_member(&text, &name, &value, &more) && more) {
        one = 0;
        if (str_eq(name, STR("\"type\""))) {
            one = SEEN_TYPE;
            typed = str_eq(value, STR("\"Feature\""));
        } else if (str_eq(name, STR("\"id\""))) {
            one = SEEN_ID;
            TRY(put_scalar(reader, arena, value, &ret->id));
        } else if (str_eq(name, STR("\"geometry\""))) {
            one = SEEN_GEOMETRY;
            ret->geometry = value.ptr[0] == 'n' ? (Str){"", 0} : value;
        } else if (str_eq(name, STR("\"properties\""))) {
            one = SEEN_PROPERTIES;
            TRY(put_members(reader, arena, value, ret));
        }
        if (seen & one)
            return fail_feature(reader, "a member stands twice");
        seen |= one;
    }
    return typed ? OK : fail_feature(reader, "its type is not Feature");
}

Err geojson_next(GeojsonReader *reader, Arena *arena, Feature *ret, bool *ret_more)
{
    char c;
    Str slice;
    reader->bytes = input_window(reader->input, &reader->len);
    if (reader->where == AT_START)
        TRY(start(reader));
    input_skip(reader->input, reader->taken); /* the feature given out last */
    reader->taken = 0;
    reader->bytes = input_window(reader->input, &reader->len);
    *ret_more = false;
    if (reader->where == AT_END)
        return OK;
    reader->at = 0;
    TRY(peek(reader, &c));
    if (reader->where == IN_LINES && c == '\0')
        return OK;
    if (reader->where == IN_FEATURES && c == ']') {
        reader->at++;
        skip(reader);
        return finish(reader);
    }
    if (reader->where == IN_FEATURES && !reader->first)
        TRY(expect(reader, ','));
    reader->first = false;
    reader->number++;
    TRY(whole_value(reader, &slice));
    TRY(put_feature(reader, arena, slice, ret));
    reader->taken = reader->at;
    *ret_more = true;
    return OK;
}
