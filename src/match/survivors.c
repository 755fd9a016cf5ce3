#include "match/survivors.h"
#include "atlas/filter_scan.h"

void survivors_read(Arena *arena, const Sources *sources, const Checks *checks, bool unknown, Survivors *ret)
{
    uint32_t terms = sources->brief->term_count, filled = 0;
    *ret = (Survivors){.count = 0};
    for (uint32_t s = 0; s < sources->table_count; s++)
        ret->count += unknown ? checks[s].unknown.count : checks[s].fit.count;
    ret->at = arena_array(arena, RowRef, ret->count);
    for (uint32_t s = 0; s < sources->table_count; s++) {
        const Rows *rows = unknown ? &checks[s].unknown : &checks[s].fit;
        for (uint32_t i = 0; i < rows->count; i++)
            ret->at[filled++] = (RowRef){s, rows->at[i]};
    }
    for (uint32_t t = 0; t < terms; t++) {
        ret->values[t] = arena_zarray(arena, int64_t, ret->count);
        ret->states[t] = arena_array(arena, uint8_t, ret->count);
        filled = 0;
        for (uint32_t s = 0; s < sources->table_count; s++) {
            const Rows *rows = unknown ? &checks[s].unknown : &checks[s].fit;
            sources_term_rows(sources, s, t, rows->at, rows->count, ret->values[t] + filled,
                              ret->states[t] + filled);
            filled += rows->count;
        }
    }
}

void survivors_widen(const Survivors *survivors, uint32_t term, Extremes *extremes)
{
    const int64_t *values = survivors->values[term];
    const uint8_t *states = survivors->states[term];
    for (uint32_t i = 0; i < survivors->count; i++) {
        if (states[i] != VALUE_KNOWN)
            continue;
        if (!extremes->any || values[i] < extremes->least)
            extremes->least = values[i];
        if (!extremes->any || values[i] > extremes->greatest)
            extremes->greatest = values[i];
        extremes->any = true;
    }
}

LEVELS static void add_term(double *sums, const int64_t *values, const uint8_t *states, uint32_t count,
                            int64_t worst, double factor, double full, double unknown)
{
    for (uint32_t i = 0; i < count; i++) {
        /* |value - worst| fits 64 bits without a sign */
        uint64_t up = (uint64_t)values[i] - (uint64_t)worst, down = (uint64_t)worst - (uint64_t)values[i];
        double over = (double)(values[i] > worst ? up : down);
        double known = over * factor + full;
        sums[i] += states[i] == VALUE_KNOWN ? known : states[i] == VALUE_NOT_APPLICABLE ? 0 : unknown;
    }
}

double *survivors_estimate(Arena *arena, const Survivors *survivors, const Scale *scale, bool high)
{
    double *sums = arena_zarray(arena, double, survivors->count);
    for (uint32_t t = 0; t < scale->brief->term_count; t++) {
        const TermScale *term = &scale->terms[t];
        double whole = scale->weights ? (double)term->gain / (double)scale->weights : 0;
        bool flat = term->range == 0;
        add_term(sums, survivors->values[t], survivors->states[t], survivors->count, term->worst,
                 flat ? 0 : whole / (double)term->range, flat ? whole : 0, high ? whole : 0);
    }
    return sums;
}

void survivors_score(const Survivors *survivors, const Scale *scale, uint32_t n, Site *ret)
{
    ret->at = survivors->at[n];
    ret->score = ret->score_high = 0;
    for (uint32_t t = 0; t < scale->brief->term_count; t++)
        score_part(scale, t, (ValueState)survivors->states[t][n], survivors->values[t][n], ret);
}
