/* The brief's "assemble": what adjoining plots are put together for. */
#include "match/brief_form.h"

enum { GAP_DEFAULT_M = 30, PLOTS_DEFAULT = 12 };

static const char example_assemble[] = "{\"where\": [{\"field\": \"area_m2\", \"min\": 400000}], "
                                       "\"assemble\": {\"gap_m\": 30, \"max_plots\": 12}}";

static Err read_count(const Json *root, const char *name, int64_t least, int64_t most, const char *want,
                      uint32_t *ret)
{
    int64_t n;
    const Json *value = json_get(root, name);
    if (!value)
        return OK;
    if (!json_int(value, &n) || n < least || n > most)
        return brief_wrong_value(name, value, want, "30");
    *ret = (uint32_t)n;
    return OK;
}

/* The one condition whose least area sets are to meet. */
static Err find_area(const Brief *brief, Assemble *ret)
{
    int area = field_index(brief->kind, STR("area_m2"));
    uint32_t found = 0;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *asked = &brief->conditions[c];
        bool plain = !asked->near && !asked->place && !asked->via && !asked->offer && !asked->codes;
        if (!plain || (int)asked->field != area || asked->least.state != VALUE_KNOWN)
            continue;
        ret->condition = c;
        found++;
    }
    if (found != 1 || kind_info(brief->kind)->geometry != GEOMETRY_POLYGON)
        return brief_wrong("\"assemble\" needs one condition on area_m2 with \"min\"", (Str){"", 0},
                           example_assemble);
    return OK;
}

Err brief_assemble(Arena *arena, const Json *root, Brief *ret)
{
    static const char *const members[] = {"gap_m", "max_plots", NULL};
    const Json *assemble = json_get(root, "assemble");
    if (json_kind(assemble) == JSON_IS_NULL)
        return OK;
    if (json_kind(assemble) != JSON_IS_OBJECT)
        return brief_wrong_value("assemble", assemble, "an object", example_assemble);
    TRY(brief_members(assemble, members, example_assemble));
    Assemble *made = arena_new_of(arena, Assemble);
    *made = (Assemble){.gap_m = GAP_DEFAULT_M, .plots_max = PLOTS_DEFAULT};
    TRY(read_count(assemble, "gap_m", 0, ASSEMBLE_GAP_MAX_M, "a whole number of metres from 0 to 200",
                   &made->gap_m));
    TRY(read_count(assemble, "max_plots", 2, ASSEMBLE_PLOTS_MAX, "a whole number from 2 to 20",
                   &made->plots_max));
    TRY(find_area(ret, made));
    ret->assemble = made;
    return OK;
}
