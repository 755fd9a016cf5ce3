#include "app/renew.h"

typedef struct Renewing {
    Store *store;
    Arena *scratch;
    const SourceRules *rules;
} Renewing;

static Err renew_one(int64_t entity, void *user)
{
    Renewing *renewing = user;
    arena_reset(renewing->scratch);
    return winners_renew(renewing->store, renewing->scratch, entity, renewing->rules);
}

static bool same_rule(const SourceRule *a, const SourceRule *b)
{
    return a && a->visibility == b->visibility && a->authority == b->authority;
}

Err renew_sources(Store *store, Arena *arena, const SourceRules *before, SourceRules *ret)
{
    SourceRules now;
    TRY(source_rules_load(store, arena, &now));
    Renewing renewing = {store, arena_new(), &now};
    Err err = OK;
    for (uint32_t i = 0; i < now.count && err == OK; i++)
        if (!same_rule(source_rule(before, now.rules[i].id), &now.rules[i]))
            err = store_source_entities(store, now.rules[i].id, renew_one, &renewing);
    /* A source whose last record was withdrawn has no rule any more, but may have spoken. */
    for (uint32_t i = 0; i < before->count && err == OK; i++)
        if (!source_rule(&now, before->rules[i].id))
            err = store_source_entities(store, before->rules[i].id, renew_one, &renewing);
    arena_free(renewing.scratch);
    if (err == OK)
        *ret = now;
    return err;
}
