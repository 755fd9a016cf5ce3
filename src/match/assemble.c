/* The assembly of a brief: who is near by the least area alone is the material; assembly.c finds the sets;
 * here they get values and scores by the terms that rank sites. */
#include "match/assemble.h"
#include "atlas/shape.h"
#include "match/assembly.h"
#include "match/best.h"
#include "match/score.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static_assert((int)ASSEMBLE_PLOTS_MAX == (int)ASSEMBLY_SET_MAX, "as many as the search has room for");

/* A plot that is below the least area and meets everything else. */
typedef struct Piece {
    RowRef at;
    Str key;
    int64_t area;
    Geometry shape;
    Hull hull;
} Piece;

typedef struct Job {
    Arena *arena;
    const Sources *sources;
    Ranking *ranking;
    const Condition *asked;
    Piece *pieces; /* by key */
    uint32_t count;
    bool limited; /* some material was left out by a limit */
    Scale scale;
} Job;

/* ---- the material ---- */

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const Piece *)a)->key, ((const Piece *)b)->key);
}

static bool has_polygon(const Table *table, uint32_t row)
{
    uint64_t from = row ? table->shape_ends[row - 1] : 0;
    return table_has_shape(table, row) &&
           !shape_is_point(table->shape_bytes + from, table->shape_ends[row] - from);
}

/* The largest plots, then the first by key. */
static void gather(Job *job, const Checks *tables, uint32_t count, Best *best)
{
    Ranking *ranking = job->ranking;
    uint32_t condition = ranking->brief->assemble->condition, met = 0;
    best_init(job->arena, ASSEMBLE_MATERIAL_MAX, best);
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = 0; i < tables[s].near_count; i++) {
            const NearRow *near = &tables[s].near[i];
            if (near->condition != condition || near->side != SIDE_LEAST)
                continue;
            int64_t area = job->asked->least.num - near->by;
            bool polygon = area > 0 && has_polygon(tables[s].table, near->row);
            ranking->material_out += !polygon;
            met += polygon;
            if (polygon)
                best_offer(best, tables[s].table, (RowRef){s, near->row}, area, 0);
        }
    best_sort(best);
    job->limited = best->count < met;
    ranking->material_out += met - best->count;
}

/* Unpacks shapes, the largest plots first, until there are too many corners. */
static void shape_pieces(Job *job, const Best *best)
{
    Ranking *ranking = job->ranking;
    uint32_t points = 0;
    job->pieces = arena_array(job->arena, Piece, best->count);
    for (uint32_t i = 0; i < best->count; i++) {
        const BestEntry *entry = &best->entries[i];
        Piece *piece = &job->pieces[job->count];
        *piece = (Piece){.at = entry->at, .key = entry->key, .area = entry->order};
        bool room = points < ASSEMBLE_POINTS_MAX;
        if (room) {
            table_shape(job->arena, job->sources->tables[piece->at.segment], piece->at.row, &piece->shape);
            points += piece->shape.point_count;
            hull_of(job->arena, &piece->shape, &piece->hull);
        }
        bool taken = room && piece->hull.count <= ASSEMBLY_HULL_MAX;
        job->limited |= !taken;
        ranking->material_out += !taken;
        job->count += taken;
    }
    ranking->material_count = job->count;
    if (job->count > 0)
        qsort(job->pieces, job->count, sizeof *job->pieces, by_key);
}

/* ---- values ---- */

typedef enum Rule { RULE_MEAN, RULE_SUM, RULE_LEAST, RULE_LATEST } Rule;

static Rule rule_of(const Brief *brief, uint32_t term)
{
    const Field *field = term_field(brief, term);
    if (brief->terms[term].near || field->near || field->part)
        return field->type == FIELD_DATE ? RULE_LATEST : RULE_LEAST;
    if (field->type == FIELD_DATE)
        return RULE_LATEST;
    return strcmp(field->name, "area_m2") == 0 ? RULE_SUM : RULE_MEAN;
}

static int64_t combine(Rule rule, const int64_t *values, const int64_t *areas, uint32_t count)
{
    int64_t least = values[0], latest = values[0];
    __int128 sum = 0, weighted = 0, area = 0;
    for (uint32_t i = 0; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        latest = values[i] > latest ? values[i] : latest;
        sum += values[i];
        weighted += (__int128)values[i] * areas[i];
        area += areas[i];
    }
    switch (rule) {
    case RULE_SUM:
        return (int64_t)sum;
    case RULE_LEAST:
        return least;
    case RULE_LATEST:
        return latest;
    case RULE_MEAN:
        break;
    }
    return (int64_t)(weighted / area);
}

static void set_value(const Job *job, const AssemblySet *found, uint32_t term, PlotSet *ret)
{
    int64_t values[ASSEMBLY_SET_MAX], areas[ASSEMBLY_SET_MAX];
    uint32_t known = 0;
    ret->states[term] = VALUE_NOT_APPLICABLE;
    for (uint32_t i = 0; i < found->count; i++) {
        const Piece *piece = &job->pieces[found->plots[i]];
        areas[known] = piece->area;
        ValueState state = sources_term(job->sources, piece->at, term, &values[known]);
        known += state == VALUE_KNOWN;
        if (state != VALUE_KNOWN && state != VALUE_NOT_APPLICABLE) {
            ret->states[term] = VALUE_UNKNOWN;
            return;
        }
    }
    if (known == 0)
        return;
    ret->states[term] = VALUE_KNOWN;
    ret->values[term] = combine(rule_of(job->ranking->brief, term), values, areas, known);
}

/* ---- scores ---- */

/* Where the sites do not make a scale, the sets widen it. */
static void scale_sets(Job *job, const PlotSet *sets, uint32_t count, uint32_t scaled)
{
    Ranking *ranking = job->ranking;
    for (uint32_t t = 0; t < ranking->brief->term_count; t++) {
        int64_t worst = ranking->worst[t], best = ranking->best[t];
        bool any = scaled >> t & 1, more = ranking->brief->terms[t].more;
        for (uint32_t i = 0; i < count && ranking->worst[t] == ranking->best[t]; i++) {
            int64_t value = sets[i].values[t];
            if (sets[i].states[t] != VALUE_KNOWN)
                continue;
            worst = !any || (more ? value < worst : value > worst) ? value : worst;
            best = !any || (more ? value > best : value < best) ? value : best;
            any = true;
        }
        ranking->set_worst[t] = worst;
        ranking->set_best[t] = best;
    }
    scale_init(&job->scale, job->sources, ranking->set_worst, ranking->set_best);
}

static void score_set(const Job *job, PlotSet *set)
{
    Site site = {0};
    const Ranking *ranking = job->ranking;
    for (uint32_t t = 0; t < ranking->brief->term_count; t++) {
        int64_t worst = ranking->set_worst[t], best = ranking->set_best[t], value = set->values[t];
        int64_t low = worst < best ? worst : best, high = worst < best ? best : worst;
        value = value < low ? low : value > high ? high : value;
        score_part(&job->scale, t, set->states[t], value, &site);
    }
    set->score = job->scale.weights ? site.score : 0;
    set->score_high = job->scale.weights ? site.score_high : 0;
    memcpy(set->parts, site.parts, sizeof set->parts);
}

/* Sets come by their plots, which come by key: `plots` tells the order of what is equal else, for all lie in
 * one array in that order. */
static int set_order(const void *a, const void *b)
{
    const PlotSet *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->compactness != y->compactness)
        return x->compactness > y->compactness ? -1 : 1;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->plots > y->plots) - (x->plots < y->plots);
}

static void rank_sets(Job *job, const Assembly *found, const Adjacency *adjacency, uint32_t scaled)
{
    Ranking *ranking = job->ranking;
    PlotSet *sets = arena_zarray(job->arena, PlotSet, found->count);
    RowRef *rows = arena_array(job->arena, RowRef, (size_t)found->count * ASSEMBLY_SET_MAX);
    for (uint32_t i = 0; i < found->count; i++) {
        const AssemblySet *from = &found->sets[i];
        RowRef *plots = rows + (size_t)i * ASSEMBLY_SET_MAX;
        sets[i] = (PlotSet){.plots = plots, .count = from->count, .compactness = from->compactness};
        sets[i].exact = from->exact && !job->limited;
        sets[i].gap_cm = adjacency_widest_gap(adjacency, from->plots, from->count);
        for (uint32_t p = 0; p < from->count; p++) {
            plots[p] = job->pieces[from->plots[p]].at;
            sets[i].area += job->pieces[from->plots[p]].area;
        }
        for (uint32_t t = 0; t < ranking->brief->term_count; t++)
            set_value(job, from, t, &sets[i]);
    }
    scale_sets(job, sets, found->count, scaled);
    for (uint32_t i = 0; i < found->count; i++)
        score_set(job, &sets[i]);
    if (found->count > 0)
        qsort(sets, found->count, sizeof *sets, set_order);
    ranking->sets = sets;
    ranking->sets_found = found->count;
    ranking->set_count = found->count < ranking->brief->top ? found->count : ranking->brief->top;
}

/* The least of all most ends on the area. */
static int64_t greatest_area(const Brief *brief)
{
    int64_t greatest = INT64_MAX;
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *asked = &brief->conditions[c];
        bool area = !asked->near && !asked->place && !asked->via && !asked->offer && !asked->codes &&
                    asked->field == brief->conditions[brief->assemble->condition].field;
        if (area && asked->greatest.state == VALUE_KNOWN && asked->greatest.num < greatest)
            greatest = asked->greatest.num;
    }
    return greatest;
}

void assemble_run(Arena *arena, const Checks *tables, uint32_t count, uint32_t scaled, Ranking *ret)
{
    const Brief *brief = ret->brief;
    const Assemble *assemble = brief->assemble;
    Job job = {.arena = arena, .sources = ret->sources, .ranking = ret};
    job.asked = &brief->conditions[assemble->condition];
    Best best;
    gather(&job, tables, count, &best);
    shape_pieces(&job, &best);
    Geometry *shapes = arena_array(arena, Geometry, job.count);
    AssemblyPlot *plots = arena_array(arena, AssemblyPlot, job.count);
    for (uint32_t i = 0; i < job.count; i++) {
        const Piece *piece = &job.pieces[i];
        shapes[i] = piece->shape;
        plots[i] = (AssemblyPlot){piece->area, shape_area2(&piece->shape), piece->hull};
    }
    Adjacency adjacency;
    Assembly found;
    const AssemblyAsk ask = {job.asked->least.num, greatest_area(brief), assemble->plots_max,
                             ASSEMBLY_LOOKS_MAX, ASSEMBLY_BEAM_LOOKS_MAX};
    adjacency_build(arena, shapes, job.count, assemble->gap_m, &adjacency);
    assembly_find(arena, plots, job.count, &adjacency, &ask, &found);
    ret->sets_bounded = found.bounded || job.limited;
    rank_sets(&job, &found, &adjacency, scaled);
}
