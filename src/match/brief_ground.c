#include "match/brief_form.h"

static const char example_near[] = "{\"near\": {\"segment\": \"battery.cell\"}, \"max\": 20000}";
static const char example_place[] = "{\"inside\": {\"type\": \"Polygon\", \"coordinates\": [[[112.9, 22.3], "
                                    "[113.1, 22.3], [113.1, 22.5], [112.9, 22.3]]]}}";

static Err near_key(Arena *arena, const Json *value, const char *member, Str *ret)
{
    const Json *key = json_get(value, member);
    if (json_kind(key) != JSON_IS_STRING || !key_valid(json_text(key)))
        return fail(ERR_VALUE, "field", member, "value", str_c(json_text(key)), "want", KEY_WANTED, "example",
                    example_near, NULL);
    *ret = str_copy(arena, json_text(key));
    return OK;
}

static Err near_facility(Arena *arena, const Json *value, Nearness *ret)
{
    static const char *const members[] = {"kind", "type", NULL};
    int type = field_index(KIND_FACILITY, STR("type"));
    const Field *field = &kind_info(KIND_FACILITY)->fields[type];
    TRY(brief_members(value, members, example_near));
    if (!str_is(json_text(json_get(value, "kind")), "facility"))
        return brief_wrong("\"kind\" under \"near\" is \"facility\"", (Str){"", 0}, example_near);
    Str code = json_text(json_get(value, "type"));
    if (code_index(field->codes, code) < 0) {
        Buf want;
        buf_init(&want, FAULT_TEXT_MAX - 1);
        buf_c(&want, "one of ");
        buf_codes(&want, field->codes);
        Err err = fail(ERR_VALUE, "field", "type", "kind", "facility", "value", str_c(code), "want",
                       str_c(buf_view(&want)), "example", "port", NULL);
        buf_done(&want);
        return err;
    }
    *ret = (Nearness){NEAR_FACILITY, str_copy(arena, code)};
    return OK;
}

Err brief_near(Arena *arena, const Json *value, const Nearness **ret)
{
    static const char *const segment[] = {"segment", NULL}, *const enterprise[] = {"enterprise", NULL};
    Nearness *near = arena_new_of(arena, Nearness);
    if (json_get(value, "segment")) {
        near->what = NEAR_SEGMENT;
        TRY(brief_members(value, segment, example_near));
        TRY(near_key(arena, value, "segment", &near->key));
    } else if (json_get(value, "enterprise")) {
        near->what = NEAR_ENTERPRISE;
        TRY(brief_members(value, enterprise, example_near));
        TRY(near_key(arena, value, "enterprise", &near->key));
    } else if (json_get(value, "kind")) {
        TRY(near_facility(arena, value, near));
    } else {
        return brief_wrong("\"near\" is an object with \"kind\" and \"type\", \"segment\" or \"enterprise\"",
                           (Str){"", 0}, example_near);
    }
    *ret = near;
    return OK;
}

/* ---- polygons ---- */

/* The member as text again, for the one reader of GeoJSON. Its depth is bounded by JSON_DEPTH_MAX. */
static void write_json(JsonOut *out, const Json *value)
{
    char scratch[32];
    Str name;
    const Json *member;
    switch (json_kind(value)) {
    case JSON_IS_NULL:
        out_null(out);
        break;
    case JSON_IS_BOOL:
        out_bool(out, json_bool(value));
        break;
    case JSON_IS_NUMBER:
        out_raw(out, json_number_text(value, scratch));
        break;
    case JSON_IS_STRING:
        out_str(out, json_text(value));
        break;
    case JSON_IS_ARRAY:
        out_array(out);
        for (uint32_t i = 0; i < json_len(value); i++)
            write_json(out, json_at(value, i));
        out_array_end(out);
        break;
    case JSON_IS_OBJECT:
        out_object(out);
        for (uint32_t i = 0; json_member(value, i, &name, &member); i++) {
            out_name_str(out, name);
            write_json(out, member);
        }
        out_object_end(out);
    }
}

Err brief_place(Arena *arena, const Json *value, const Geometry **ret)
{
    Buf text;
    Geometry *place = arena_new_of(arena, Geometry);
    if (json_kind(value) != JSON_IS_OBJECT)
        return brief_wrong("a place is a GeoJSON Polygon or MultiPolygon", (Str){"", 0}, example_place);
    buf_init(&text, 4 * BRIEF_BYTES_MAX);
    JsonOut out = json_out(&text);
    write_json(&out, value);
    Err err = buf_check(&text, "polygon");
    if (err == OK)
        err = geometry_from_geojson(arena, buf_view(&text), place);
    buf_done(&text);
    if (err != OK)
        return err;
    if (place->type != GEOM_POLYGON)
        return brief_wrong("a place is a GeoJSON Polygon or MultiPolygon", (Str){"", 0}, example_place);
    if (place->point_count > BRIEF_CORNERS_MAX)
        return fail(ERR_LIMIT, "what", "polygon", "limit", num_c(BRIEF_CORNERS_MAX), NULL);
    TRY(geometry_check(place));
    *ret = place;
    return OK;
}
