#include "chain/lint.h"
#include <stdio.h>
#include <string.h>

enum { WEIGHTS = 100 };

typedef struct Lint {
    const ChainGraph *graph;
    Arena *arena;
    ChainProblem *tell;
    void *user;
    uint32_t problems;
} Lint;

static void tell(Lint *lint, Str key, const char *example, const char *detail)
{
    if (fail(ERR_CHAIN, "at", str_c(key), "detail", detail, "example", example, NULL) == OK)
        return; /* cannot be: fail returns its code */
    Fault fault = *fault_last();
    lint->problems++;
    lint->tell(key, &fault, lint->user);
}

static void tell_of(Lint *lint, Str key, const char *example, const char *form, Str what)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, form, str_c(what));
    tell(lint, key, example, detail);
}

static bool has_ends(const ChainFlow *flow)
{
    return flow->from != CHAIN_NOWHERE && flow->to != CHAIN_NOWHERE;
}

/* A flow that counts as a step of a path. */
static bool forward(const ChainFlow *flow)
{
    return has_ends(flow) && !flow->recycling;
}

static const char *type_name(const ChainSegment *segment)
{
    const Field *type = &kind_info(KIND_SEGMENT)->fields[field_index(KIND_SEGMENT, STR("type"))];
    return segment->type < 0 ? "" : type->codes->codes[segment->type].code;
}

/* ---- names and ends ---- */

static void check_keys(Lint *lint)
{
    const ChainGraph *graph = lint->graph;
    for (uint32_t i = 1; i < graph->segment_count; i++)
        if (str_eq(graph->segments[i - 1].key, graph->segments[i].key))
            tell(lint, graph->segments[i].key, "", "two segments have this id");
    for (uint32_t i = 1; i < graph->flow_count; i++)
        if (str_eq(graph->flows[i - 1].key, graph->flows[i].key))
            tell(lint, graph->flows[i].key, "", "it is needed twice by the same segment");
}

static void check_ends(Lint *lint)
{
    const ChainGraph *graph = lint->graph;
    const char *example = graph->segment_count ? str_c(graph->segments[0].key) : "";
    for (uint32_t f = 0; f < graph->flow_count; f++) {
        const ChainFlow *flow = &graph->flows[f];
        if (flow->from == CHAIN_NOWHERE)
            tell_of(lint, flow->key, example, "%s is no segment of this chain", flow->from_key);
        else if (flow->to == CHAIN_NOWHERE)
            tell_of(lint, flow->key, example, "%s is no segment of this chain", flow->to_key);
        else if (flow->from == flow->to)
            tell(lint, flow->key, "", "a segment cannot need itself");
        else if (forward(flow) && graph->segments[flow->from].stage > graph->segments[flow->to].stage)
            tell(lint, flow->key, "recycling: yes", "it goes back to an earlier stage and is no return flow");
    }
}

/* ---- circles ---- */

/* Takes away, again and again, what needs nothing that is left: what stays lies on circles or behind one. */
static void check_circles(Lint *lint)
{
    const ChainGraph *graph = lint->graph;
    uint32_t *in = arena_zarray(lint->arena, uint32_t, graph->segment_count + 1);
    bool *gone = arena_zarray(lint->arena, bool, graph->segment_count + 1);
    for (uint32_t f = 0; f < graph->flow_count; f++)
        if (forward(&graph->flows[f]))
            in[graph->flows[f].to]++;
    for (bool again = true; again;) {
        again = false;
        for (uint32_t v = 0; v < graph->segment_count; v++) {
            if (gone[v] || in[v] > 0)
                continue;
            again = gone[v] = true;
            for (uint32_t f = 0; f < graph->flow_count; f++)
                if (forward(&graph->flows[f]) && graph->flows[f].from == v)
                    in[graph->flows[f].to]--;
        }
    }
    /* From any that stays, backward along what stays, one comes to a circle. */
    uint32_t at = 0, steps;
    while (at < graph->segment_count && gone[at])
        at++;
    if (at == graph->segment_count)
        return;
    for (steps = 0; steps < graph->segment_count; steps++)
        for (uint32_t f = 0; f < graph->flow_count; f++)
            if (forward(&graph->flows[f]) && graph->flows[f].to == at && !gone[graph->flows[f].from]) {
                at = graph->flows[f].from;
                break;
            }
    tell(lint, graph->segments[at].key, "recycling: yes",
         "it needs itself in a circle without a return flow");
}

/* ---- paths ---- */

static bool may_begin(const ChainSegment *segment)
{
    const char *type = type_name(segment);
    return strcmp(type, "input") == 0 || strcmp(type, "equipment") == 0 || strcmp(type, "service") == 0;
}

static bool may_end(const ChainSegment *segment, bool returns)
{
    const char *type = type_name(segment);
    return segment->end_product || strcmp(type, "product") == 0 ||
           (strcmp(type, "recycling") == 0 && returns);
}

static void check_paths(Lint *lint)
{
    const ChainGraph *graph = lint->graph;
    for (uint32_t v = 0; v < graph->segment_count; v++) {
        const ChainSegment *segment = &graph->segments[v];
        uint32_t needs = 0, supplies = 0, returns = 0, any = 0;
        for (uint32_t f = 0; f < graph->flow_count; f++) {
            const ChainFlow *flow = &graph->flows[f];
            any += has_ends(flow) && (flow->from == v || flow->to == v);
            returns += flow->recycling && has_ends(flow) && flow->from == v;
            needs += forward(flow) && flow->to == v;
            supplies += forward(flow) && flow->from == v;
        }
        if (any == 0)
            tell(lint, segment->key, "needs:", "no flow begins or ends here");
        else if (needs == 0 && !may_begin(segment))
            tell(lint, segment->key, "type: input",
                 "it needs nothing, but is no input, equipment or service");
        else if (supplies == 0 && !may_end(segment, returns > 0))
            tell(lint, segment->key, "end_product: yes",
                 "it supplies nothing, but is no product and no recycling with a return flow");
    }
}

/* ---- weights ---- */

/* Is f the first of its group among what its taker needs? */
static bool first_of_group(const ChainGraph *graph, uint32_t f)
{
    const ChainFlow *flow = &graph->flows[f];
    for (uint32_t i = 0; i < f && flow->one_of; i++)
        if (graph->flows[i].to == flow->to && graph->flows[i].one_of &&
            str_eq(graph->flows[i].alternative, flow->alternative))
            return false;
    return true;
}

static void check_group(Lint *lint, uint32_t f)
{
    const ChainGraph *graph = lint->graph;
    const ChainFlow *flow = &graph->flows[f];
    uint32_t members = 0;
    bool same = true;
    if (flow->alternative.len == 0) {
        tell(lint, flow->key, "one_of: cathode_base",
             "a flow that is one of several needs the name of its group");
        return;
    }
    for (uint32_t i = f; i < graph->flow_count; i++) {
        const ChainFlow *other = &graph->flows[i];
        if (other->to != flow->to || !other->one_of || !str_eq(other->alternative, flow->alternative))
            continue;
        members++;
        same &= other->weight == flow->weight;
    }
    if (members < 2)
        tell_of(lint, flow->key, "", "the group %s has one member only", flow->alternative);
    else if (!same)
        tell_of(lint, flow->key, "", "the members of the group %s have different weights", flow->alternative);
}

static void check_weights(Lint *lint)
{
    const ChainGraph *graph = lint->graph;
    for (uint32_t v = 0; v < graph->segment_count; v++) {
        int64_t sum = 0;
        uint32_t needs = 0, known = 0;
        for (uint32_t f = 0; f < graph->flow_count; f++) {
            const ChainFlow *flow = &graph->flows[f];
            if (!has_ends(flow) || flow->to != v)
                continue;
            needs++;
            known += flow->weight > 0;
            if (!first_of_group(graph, f))
                continue;
            sum += flow->weight;
            if (flow->one_of)
                check_group(lint, f);
        }
        if (known > 0 && known < needs)
            tell(lint, graph->segments[v].key, "weight: 20",
                 "some of its needs have a weight and some have none");
        else if (known > 0 && sum != WEIGHTS)
            tell_of(lint, graph->segments[v].key, num_c(WEIGHTS),
                    "the weights of its needs are %s together, not 100", str_of(num_c(sum)));
    }
}

uint32_t chain_lint(Arena *arena, const ChainGraph *graph, ChainProblem *problem, void *user)
{
    Lint lint = {.graph = graph, .arena = arena, .tell = problem, .user = user};
    check_keys(&lint);
    check_ends(&lint);
    check_circles(&lint);
    check_paths(&lint);
    check_weights(&lint);
    return lint.problems;
}
