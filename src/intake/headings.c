#include "intake/headings.h"
#include "text/normalise.h"
#include <string.h>

enum { HEADING_MAX_BYTES = 200 };

static const struct {
    TargetKind what;
    const char *names; /* the first is the one we write */
} specials[] = {
    {TARGET_ID, "id|编号"},
    {TARGET_GEOMETRY, "geometry|wkt|图形"},
    {TARGET_AS_OF, "as_of|截至日期|数据日期"},
    {TARGET_LOCATOR, "locator|出处位置"},
};

enum { SPECIALS = sizeof specials / sizeof *specials };

/* Is `folded` one of the words in `list`, which are separated by |? */
static bool listed(Arena *arena, Str folded, const char *list)
{
    for (Str rest = str_of(list); rest.len > 0;) {
        Str word = str_cut(&rest, '|');
        if (word.len > 0 && str_eq(folded, text_fold(arena, word)))
            return true;
    }
    return false;
}

static int special_called(Arena *arena, Str folded)
{
    for (int s = 0; s < SPECIALS; s++)
        if (listed(arena, folded, specials[s].names))
            return s;
    return -1;
}

/* Labels go before the other headings: what one field is called another may be called by some. */
static int field_called(Arena *arena, Kind kind, Str folded)
{
    const KindInfo *info = kind_info(kind);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < info->field_count; i++) {
            const Field *field = &info->fields[i];
            bool called = round == 0 ? listed(arena, folded, field->name) ||
                                           listed(arena, folded, field->label.zh) ||
                                           listed(arena, folded, field->label.en)
                                     : listed(arena, folded, field->headings);
            if (called)
                return (int)i;
        }
    }
    return -1;
}

static Err field_target(Kind kind, Str heading, int i, Target *ret)
{
    uint32_t field = (uint32_t)i;
    if (i < 0)
        TRY(field_named(kind, heading, &field));
    if (kind_info(kind)->fields[field].derived)
        return fail(ERR_FIELD_DERIVED, "field", kind_info(kind)->fields[field].name, "kind",
                    kind_info(kind)->name, NULL);
    *ret = (Target){TARGET_FIELD, field};
    return OK;
}

Err heading_target(Kind kind, Str heading, Target *ret)
{
    heading = str_trim(heading);
    int i = field_index(kind, heading);
    if (i >= 0 || heading.len > HEADING_MAX_BYTES)
        return field_target(kind, heading, i, ret);
    Arena *arena = arena_new();
    Str folded = text_fold(arena, heading);
    int special = special_called(arena, folded);
    if (special < 0)
        i = field_called(arena, kind, folded);
    arena_free(arena);
    if (special < 0)
        return field_target(kind, heading, i, ret);
    *ret = (Target){.what = specials[special].what};
    return OK;
}

const char *target_name(Kind kind, Target target)
{
    switch (target.what) {
    case TARGET_FIELD:
        return kind_info(kind)->fields[target.field].name;
    case TARGET_ID:
        return "id";
    case TARGET_GEOMETRY:
        return "geometry";
    case TARGET_AS_OF:
        return "as_of";
    case TARGET_LOCATOR:
        break;
    }
    return "locator";
}
