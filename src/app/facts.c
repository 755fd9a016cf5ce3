#include "app/facts.h"
#include <pthread.h>
#include <string.h>

enum { REMEMBERED = AUDIENCE_COUNT };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    Atlas *atlas;
    Facts facts;
} remembered[REMEMBERED];

static void join(Box *all, Box one)
{
    if (box_valid(one))
        *all = box_valid(*all) ? box_join(*all, one) : one;
}

static void read_table(const Table *table, KindFacts *facts, Box *box)
{
    const Column *how = &table->columns[FIELD_HOW];
    uint32_t illustrative;
    bool tagged = how->values && column_find(how, STR("illustrative"), &illustrative);
    for (uint32_t row = 0; row < table->rows; row++) {
        if (!bits_get(table->live, row))
            continue;
        facts->count++;
        if (tagged && bits_get(how->known, row) && column_stored(how, row) == illustrative)
            facts->illustrative++;
        if (table->fresh[row].as_of.last > facts->as_of)
            facts->as_of = table->fresh[row].as_of.last;
        join(box, table->boxes[row]);
    }
}

static void read_atlas(const Atlas *atlas, Facts *ret)
{
    static const Box none = {1, 1, 0, 0};
    Box all = none, regions = none;
    memset(ret, 0, sizeof *ret);
    for (int k = 0; k < KIND_COUNT; k++) {
        ret->kinds[k].as_of = INT32_MIN;
        for (uint32_t s = 0; s < atlas_segments(atlas); s++)
            read_table(atlas_table(atlas, (Kind)k, s), &ret->kinds[k], k == KIND_REGION ? &regions : &all);
    }
    join(&all, regions);
    ret->box = box_valid(regions) ? regions : all;
}

void facts_of(Atlas *atlas, Facts *ret)
{
    Audience audience = atlas_audience(atlas);
    pthread_mutex_lock(&lock);
    bool known = remembered[audience].atlas == atlas;
    if (known)
        *ret = remembered[audience].facts;
    pthread_mutex_unlock(&lock);
    if (known)
        return;
    read_atlas(atlas, ret);
    pthread_mutex_lock(&lock);
    Atlas *before = remembered[audience].atlas;
    remembered[audience].atlas = atlas_ref(atlas);
    remembered[audience].facts = *ret;
    pthread_mutex_unlock(&lock);
    atlas_unref(before);
}

void facts_forget(void)
{
    pthread_mutex_lock(&lock);
    for (int i = 0; i < REMEMBERED; i++) {
        atlas_unref(remembered[i].atlas);
        remembered[i].atlas = NULL;
    }
    pthread_mutex_unlock(&lock);
}
