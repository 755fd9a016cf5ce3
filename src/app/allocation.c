#include "app/allocation.h"
#include "app/entity_json.h"
#include "match/allocate.h"
#include "model/yaml.h"
#include <stdio.h>
#include <stdlib.h>

enum { PROJECT_NAME_MAX = 200 /* bytes */ };

/* ---- reading ---- */

static Err fail_line(int line, const char *form, const char *what)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, form, what);
    return fail(ERR_YAML, "line", num_c(line), "column", "1", "detail", detail, NULL);
}

static Err read_priority(const YamlNode *node, int *ret)
{
    int64_t n = ALLOCATE_PRIORITY_DEFAULT;
    if (node && (node->kind != YAML_TEXT || !str_int(node->text, &n) || n < 1 || n > ALLOCATE_PRIORITY_MAX))
        return fail_line(node->line, "a priority is a whole number from 1 to %s",
                         num_c(ALLOCATE_PRIORITY_MAX));
    *ret = (int)n;
    return OK;
}

static Err parse_brief(Arena *arena, const Atlas *atlas, Str text, Brief *ret)
{
    TRY(brief_parse(arena, atlas_audience(atlas), text, ret));
    if (ret->kind != KIND_PARCEL)
        return fail(ERR_BRIEF, "detail", "an allocation is of parcels", "example", "kind: parcel", NULL);
    if (ret->assemble)
        return fail(ERR_BRIEF, "detail", "an allocation gives each project one plot, no set", "example",
                    "where: [{field: area_m2, min: 100000}]", NULL);
    return OK;
}

static Err read_brief(Arena *arena, const Atlas *atlas, const YamlNode *node, AllocateProject *project)
{
    Buf json;
    buf_init(&json, BRIEF_BYTES_MAX * 2);
    yaml_node_json(node, &json);
    Err err = buf_check(&json, "brief");
    if (err == OK) {
        project->text = str_copy(arena, buf_view(&json));
        err = parse_brief(arena, atlas, project->text, &project->brief);
    }
    buf_done(&json);
    if (err != OK) {
        err = fail_also(err, "project", str_c(project->name));
        err = fail_also(err, "row", num_c(node->line));
    }
    return err;
}

static Err read_project(Arena *arena, const Atlas *atlas, const YamlNode *node, AllocateProject *ret)
{
    if (node->kind != YAML_MAPPING)
        return fail_line(node->line, "a project is a mapping of name, priority and brief", "");
    for (const YamlNode *member = node->first; member; member = member->next)
        if (!str_is(member->name, "name") && !str_is(member->name, "priority") &&
            !str_is(member->name, "brief"))
            return fail_line(member->line, "unknown member: %s", str_c(member->name));
    const YamlNode *name = yaml_member(node, "name"), *brief = yaml_member(node, "brief");
    if (!name || name->kind != YAML_TEXT || str_trim(name->text).len == 0 ||
        name->text.len > PROJECT_NAME_MAX)
        return fail_line(name ? name->line : node->line, "a project needs a name of 1 to %s bytes",
                         num_c(PROJECT_NAME_MAX));
    if (!brief || brief->kind != YAML_MAPPING)
        return fail_line(brief ? brief->line : node->line, "a project needs a brief, which is a mapping", "");
    *ret = (AllocateProject){.name = name->text};
    TRY(read_priority(yaml_member(node, "priority"), &ret->priority));
    return read_brief(arena, atlas, brief, ret);
}

typedef struct NamedLine {
    Str name;
    int line;
} NamedLine;

static int by_name(const void *a, const void *b)
{
    const NamedLine *one = a, *other = b;
    int order = str_cmp(one->name, other->name);
    return order ? order : one->line < other->line ? -1 : one->line > other->line;
}

static Err check_names(Arena *arena, const YamlNode *list, const AllocateProject *projects)
{
    NamedLine *names = arena_array(arena, NamedLine, list->count);
    const YamlNode *node = list->first;
    for (uint32_t i = 0; i < list->count; i++, node = node->next)
        names[i] = (NamedLine){projects[i].name, node->line};
    if (list->count > 0)
        qsort(names, list->count, sizeof *names, by_name);
    for (uint32_t i = 1; i < list->count; i++)
        if (str_eq(names[i].name, names[i - 1].name))
            return fail_line(names[i].line, "two projects are called %s", str_c(names[i].name));
    return OK;
}

static Err read_projects(Arena *arena, const Atlas *atlas, Str text, AllocateProject **ret,
                         uint32_t *ret_count)
{
    uint32_t count = 0;
    const YamlNode *list;
    TRY(yaml_tree_of(arena, text, ALLOCATION_BYTES_MAX, &list));
    if (list->kind != YAML_LIST)
        return fail_line(list->line, "a list of projects is wanted", "");
    if (list->count > ALLOCATE_PROJECTS_MAX)
        return fail(ERR_LIMIT, "what", "projects", "limit", num_c(ALLOCATE_PROJECTS_MAX), NULL);
    AllocateProject *projects = arena_zarray(arena, AllocateProject, list->count);
    for (const YamlNode *node = list->first; node; node = node->next)
        TRY(read_project(arena, atlas, node, &projects[count++]));
    TRY(check_names(arena, list, projects));
    *ret = projects;
    *ret_count = count;
    return OK;
}

/* ---- the answer ---- */

typedef struct Telling {
    JsonOut *out;
    Arena *arena;
    const Atlas *atlas;
    const AllocateProject *given;
    const Allocation *plan;
} Telling;

static void member_int(const Telling *t, const char *name, int64_t n)
{
    out_name(t->out, name);
    out_int(t->out, n);
}

static void member_fixed(const Telling *t, const char *name, int64_t n, int decimals)
{
    out_name(t->out, name);
    out_fixed(t->out, n, decimals);
}

static void member_str(const Telling *t, const char *name, Str text)
{
    out_name(t->out, name);
    out_str(t->out, text);
}

static void out_row_name(const Telling *t, Kind kind, RowRef at)
{
    out_optional(t->out, "name_zh", row_text(t->arena, t->atlas, kind, at, FIELD_NAME_ZH));
    out_optional(t->out, "name_en", row_text(t->arena, t->atlas, kind, at, FIELD_NAME_EN));
}

/* "plot": {"id", "name_zh", "name_en", "park"} */
static void out_plot(const Telling *t, uint32_t plot)
{
    const AllocatedPlot *at = &t->plan->plots[plot];
    out_name(t->out, "plot");
    out_object(t->out);
    member_str(t, "id", table_key(atlas_table(t->atlas, KIND_PARCEL, at->at.segment), at->at.row));
    out_row_name(t, KIND_PARCEL, at->at);
    if (at->park != ALLOCATE_NOBODY)
        member_str(t, "park", t->plan->parks[at->park].key);
    out_object_end(t->out);
}

static void out_asks(const Telling *t, const AllocatedProject *project)
{
    out_name(t->out, "asks");
    out_object(t->out);
    for (uint32_t s = 0; s < t->plan->service_count; s++)
        if (project->asks[s] > 0)
            member_fixed(t, t->plan->services[s]->name, project->asks[s], t->plan->services[s]->decimals);
    out_object_end(t->out);
}

static void out_project(const Telling *t, uint32_t p)
{
    member_str(t, "project", t->given[p].name);
    member_int(t, "priority", t->given[p].priority);
    member_int(t, "fit", t->plan->projects[p].fit);
    member_int(t, "unknown", t->plan->projects[p].unknown);
    member_int(t, "considered", t->plan->projects[p].candidates);
    out_asks(t, &t->plan->projects[p]);
}

static void out_placed(const Telling *t)
{
    out_name(t->out, "placed");
    out_array(t->out);
    for (uint32_t p = 0; p < t->plan->project_count; p++) {
        const AllocatedProject *project = &t->plan->projects[p];
        if (project->plot == ALLOCATE_NOBODY)
            continue;
        out_object(t->out);
        out_project(t, p);
        out_plot(t, project->plot);
        member_int(t, "rank", project->rank);
        member_fixed(t, "score", project->score, 2);
        out_object_end(t->out);
    }
    out_array_end(t->out);
}

/* "service", "asks", "left", "used" of the plot's park. */
static void out_service(const Telling *t, const AllocatedProject *project, const LostPlot *lost)
{
    const Field *field = t->plan->services[lost->service];
    const AllocatedPark *park = &t->plan->parks[t->plan->plots[lost->plot].park];
    member_str(t, "service", str_of(field->name));
    member_fixed(t, "asks", project->asks[lost->service], field->decimals);
    member_fixed(t, "left", park->left[lost->service], field->decimals);
    member_fixed(t, "used", park->used[lost->service], field->decimals);
}

static void out_lost(const Telling *t, const AllocatedProject *project)
{
    static const char *const why[] = {[LOST_TO_PRIORITY] = "priority",
                                      [LOST_TO_SCORE] = "score",
                                      [LOST_TO_EQUAL] = "equal",
                                      [LOST_TO_SERVICE] = "service"};
    out_name(t->out, "plots");
    out_array(t->out);
    for (uint32_t i = 0; i < project->lost_count; i++) {
        const LostPlot *lost = &project->lost[i];
        out_object(t->out);
        out_plot(t, lost->plot);
        member_str(t, "why", str_of(why[lost->why]));
        if (lost->taker != ALLOCATE_NOBODY) {
            member_str(t, "to", t->given[lost->taker].name);
            member_int(t, "to_priority", t->given[lost->taker].priority);
        }
        if (lost->why == LOST_TO_SERVICE)
            out_service(t, project, lost);
        out_object_end(t->out);
    }
    out_array_end(t->out);
}

static void out_left_out(const Telling *t)
{
    static const char *const reasons[] = {[LEFT_OUT_NOT] = "",
                                          [LEFT_OUT_NO_PLOT] = "no_plot",
                                          [LEFT_OUT_TAKEN] = "taken",
                                          [LEFT_OUT_SERVICE] = "service"};
    out_name(t->out, "left_out");
    out_array(t->out);
    for (uint32_t p = 0; p < t->plan->project_count; p++) {
        const AllocatedProject *project = &t->plan->projects[p];
        if (project->plot != ALLOCATE_NOBODY)
            continue;
        out_object(t->out);
        out_project(t, p);
        member_str(t, "reason", str_of(reasons[project->reason]));
        if (project->reason == LEFT_OUT_NO_PLOT && project->excludes > 0) {
            out_name(t->out, "most");
            out_object(t->out);
            member_int(t, "n", project->most);
            member_str(t, "condition", str_of(project->most_words));
            member_int(t, "excludes", project->excludes);
            out_object_end(t->out);
        } else if (project->reason != LEFT_OUT_NO_PLOT) {
            out_lost(t, project);
        }
        out_object_end(t->out);
    }
    out_array_end(t->out);
}

/* Of every park that somebody was placed in: what is left of each service, and what is now asked of it. */
static void out_parks(const Telling *t)
{
    out_name(t->out, "parks");
    out_array(t->out);
    for (uint32_t k = 0; k < t->plan->park_count; k++) {
        const AllocatedPark *park = &t->plan->parks[k];
        if (park->projects == 0)
            continue;
        out_object(t->out);
        member_str(t, "id", park->key);
        member_int(t, "projects", park->projects);
        out_name(t->out, "services");
        out_array(t->out);
        for (uint32_t s = 0; s < t->plan->service_count; s++) {
            if (park->used[s] == 0)
                continue;
            out_object(t->out);
            member_str(t, "service", str_of(t->plan->services[s]->name));
            member_fixed(t, "used", park->used[s], t->plan->services[s]->decimals);
            out_name(t->out, "left");
            if (park->limits[s])
                out_fixed(t->out, park->left[s], t->plan->services[s]->decimals);
            else
                out_null(t->out);
            out_object_end(t->out);
        }
        out_array_end(t->out);
        out_object_end(t->out);
    }
    out_array_end(t->out);
}

static void out_allocation(const Telling *t)
{
    const Allocation *plan = t->plan;
    out_object(t->out);
    member_int(t, "projects", plan->project_count);
    member_int(t, "placed_count", plan->placed);
    out_name(t->out, "optimal");
    out_bool(t->out, plan->optimal);
    member_int(t, "priority", plan->priority);
    member_int(t, "priority_bound", plan->priority_bound);
    member_fixed(t, "score", plan->score, 2);
    out_name(t->out, "score_bound");
    if (plan->score_bound < 0)
        out_null(t->out);
    else
        out_fixed(t->out, plan->score_bound, 2);
    out_placed(t);
    out_left_out(t);
    out_parks(t);
    out_object_end(t->out);
}

Err query_allocation(Arena *arena, const Atlas *atlas, Str text, double seconds, JsonOut *out)
{
    Allocation plan;
    AllocateProject *projects = NULL;
    uint32_t count = 0;
    TRY(read_projects(arena, atlas, text, &projects, &count));
    TRY(allocate_run(arena, atlas, projects, count, seconds, &plan));
    Telling telling = {out, arena, atlas, projects, &plan};
    out_allocation(&telling);
    return OK;
}
