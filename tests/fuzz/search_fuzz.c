/* Whatever is typed, asked of a table without lists and of one with them: refused with a code that says why,
 * or the same number found in both, and every hit can be explained. The first byte says how many hits. The
 * names are written here; the large table has them again and again. */
#include "atlas/names.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { FEW = 16, MANY = 300 * FEW };

static const char *const names[FEW] = {
    "新会智造产业园凤山湖园区",
    "重庆长安银行大厦",
    "绿铝女旅",
    "西安阿安安",
    "A-01 （甲）",
    "é Électro 园",
    "江门 B1",
    "",
    "半导体、导体",
    "厦门；长沙",
    "ー가か",
    "𠀀𠀁区",
    "长行长行长行长行长行",
    "㈱①ﷺ",
    "a b c d",
    "叔子's",
};

static Atlas *build(const char *folder, uint32_t rows)
{
    AtlasBuild *build;
    Atlas *atlas;
    Geometry none = {.type = GEOM_NONE};
    if (atlas_build_begin(folder, AUDIENCE_PUBLIC, 1, NULL, &build) != OK)
        abort();
    for (uint32_t i = 0; i < rows; i++) {
        char key[20];
        Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
        snprintf(key, sizeof key, "%u-%u", i / FEW, i % FEW);
        values[i % 3 ? FIELD_NAME_ZH : FIELD_ALIASES] =
            (Value){.state = VALUE_KNOWN, .text = str_of(names[i % FEW])};
        if (atlas_build_add(build, KIND_PARK, str_of(key), values, &none, (Freshness){{0, 0}, 0}) != OK)
            abort();
    }
    if (atlas_build_finish(build, &atlas) != OK)
        abort();
    return atlas;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static Atlas *small, *large;
    if (!small) {
        char one[] = "/tmp/search-fuzz-XXXXXX", two[] = "/tmp/search-fuzz-XXXXXX";
        if (!mkdtemp(one) || !mkdtemp(two))
            abort();
        small = build(one, FEW * 3);
        large = build(two, MANY);
        atlas_forget(one, AUDIENCE_PUBLIC);
        atlas_forget(two, AUDIENCE_PUBLIC);
    }
    if (size == 0)
        return 0;
    Arena *arena = arena_new();
    NameQuery query;
    NameHits few, many;
    NameMatch match;
    Err err = name_query(arena, (Str){(const char *)bytes + 1, size - 1}, &query);
    if (err != OK && err_class(err) != CLASS_INPUT && err_class(err) != CLASS_TOO_LARGE)
        __builtin_trap();
    if (err == OK) {
        names_search(arena, small, KIND_PARK, &query, bytes[0] % (NAME_HITS_MAX + 1), &few);
        names_search(arena, large, KIND_PARK, &query, bytes[0] % (NAME_HITS_MAX + 1), &many);
        if ((few.total == 0) != (many.total == 0) && query.text.ptr[0] > '9')
            __builtin_trap(); /* the keys differ, the names do not */
        for (uint32_t i = 0; i < many.count; i++)
            names_explain(arena, large, KIND_PARK, many.hits[i].at, &query, &match);
    }
    arena_free(arena);
    return 0;
}
