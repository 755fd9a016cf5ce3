#include "app/counts.h"
#include "app/entity_json.h"
#include <stdlib.h>
#include <string.h>

/* ---- what is asked for ---- */

static Err named_once(Str list, const char *param, uint32_t most, bool (*takes)(const Field *),
                      const Atlas *atlas, Kind kind, uint32_t *fields, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (Str rest = list; rest.len;) {
        Str name = str_trim(str_cut(&rest, ','));
        uint32_t index;
        TRY(field_visible(kind, atlas_audience(atlas), name, &index));
        const Field *field = &kind_info(kind)->fields[index];
        if (!takes(field))
            return fail(ERR_FIELD_NOT_FILTERABLE, "field", field->name, "kind", kind_info(kind)->name, NULL);
        for (uint32_t i = 0; i < count; i++)
            if (fields[i] == index)
                return fail(ERR_PARAM, "param", param, "value", str_c(name), "want", "named once", NULL);
        if (count == most)
            return fail(ERR_LIMIT, "what", param, "limit", num_c(most), NULL);
        fields[count++] = index;
    }
    *ret_count = count;
    return OK;
}

static bool has_values(const Field *field)
{
    return field->filterable && field->type != FIELD_NUM && field->type != FIELD_DATE &&
           field->type != FIELD_TEXT;
}

static bool has_sum(const Field *field)
{
    return field->filterable && field->type == FIELD_NUM;
}

Err counts_parse(const Atlas *atlas, Kind kind, Str facets, Str sums, Str ranges, Counts *ret)
{
    *ret = (Counts){.atlas = atlas, .kind = kind};
    TRY(named_once(facets, "facets", COUNTS_FACETS_MAX, has_values, atlas, kind, ret->facets,
                   &ret->facet_count));
    TRY(named_once(sums, "sum", COUNTS_SUMS_MAX, has_sum, atlas, kind, ret->sums, &ret->sum_count));
    return named_once(ranges, "range", COUNTS_SUMS_MAX, has_sum, atlas, kind, ret->ranges, &ret->range_count);
}

/* ---- sums ---- */

/* 128 bits: a sum of 2^28 rows cannot overflow them. */
typedef __int128 Wide;

static Err out_wide(JsonOut *out, Wide sum, const Field *field)
{
    if (sum > INT64_MAX || sum < -INT64_MAX)
        return fail(ERR_LIMIT, "what", "a sum", "limit", num_c(INT64_MAX), NULL);
    out_fixed(out, (int64_t)sum, field->decimals);
    return OK;
}

static Err out_sum(JsonOut *out, const Counts *counts, uint32_t index, const Selection *found)
{
    const Field *field = &kind_info(counts->kind)->fields[index];
    Wide sum = 0;
    uint32_t known = 0;
    for (uint32_t s = 0; s < atlas_segments(counts->atlas); s++) {
        const Table *table = atlas_table(counts->atlas, counts->kind, s);
        const Column *column = &table->columns[index];
        for (uint32_t w = 0; column->values && w < bits_words(table->rows); w++) {
            for (uint64_t left = found->yes[s][w] & column->known[w]; left; left &= left - 1) {
                sum += column_num(column, w * 64 + (uint32_t)__builtin_ctzll(left));
                known++;
            }
        }
    }
    out_name(out, field->name);
    out_object(out);
    out_name(out, "sum");
    TRY(out_wide(out, sum, field));
    out_name(out, "known");
    out_int(out, known);
    out_name(out, "unknown");
    out_int(out, found->yes_count - known);
    out_object_end(out);
    return OK;
}

/* ---- ranges ---- */

typedef struct Range {
    bool known; /* else there is no number */
    int64_t least, most;
} Range;

static void widen(Range *range, int64_t value)
{
    if (!range->known || value < range->least)
        range->least = value;
    if (!range->known || value > range->most)
        range->most = value;
    range->known = true;
}

static void out_range(JsonOut *out, const Range *range, const Field *field)
{
    out_name(out, field->name);
    if (!range->known) {
        out_null(out);
        return;
    }
    out_object(out);
    out_name(out, "least");
    out_fixed(out, range->least, field->decimals);
    out_name(out, "most");
    out_fixed(out, range->most, field->decimals);
    out_object_end(out);
}

static Range range_of(const Counts *counts, uint32_t index, const Selection *found)
{
    Range range = {0};
    for (uint32_t s = 0; s < atlas_segments(counts->atlas); s++) {
        const Table *table = atlas_table(counts->atlas, counts->kind, s);
        const Column *column = &table->columns[index];
        for (uint32_t w = 0; column->values && w < bits_words(table->rows); w++)
            for (uint64_t left = found->yes[s][w] & column->known[w]; left; left &= left - 1)
                widen(&range, column_num(column, w * 64 + (uint32_t)__builtin_ctzll(left)));
    }
    return range;
}

/* ---- facets ---- */

typedef struct Bucket {
    Str value;
    uint32_t count, maybe;
    Wide sums[COUNTS_SUMS_MAX];
    Range ranges[COUNTS_SUMS_MAX];
} Bucket;

/* A row of this value: its numbers go into the value's sums and ranges. */
static void add_row(const Counts *counts, const Table *table, uint32_t row, Bucket *bucket)
{
    bucket->count++;
    for (uint32_t n = 0; n < counts->sum_count; n++) {
        const Column *number = &table->columns[counts->sums[n]];
        if (number->values && bits_get(number->known, row))
            bucket->sums[n] += column_num(number, row);
    }
    for (uint32_t n = 0; n < counts->range_count; n++) {
        const Column *number = &table->columns[counts->ranges[n]];
        if (number->values && bits_get(number->known, row))
            widen(&bucket->ranges[n], column_num(number, row));
    }
}

static int bucket_cmp(const void *a, const void *b)
{
    return str_cmp(((const Bucket *)a)->value, ((const Bucket *)b)->value);
}

/* Every value of a row's facet column: one, or those of its list. */
static void each_value(const Column *column, uint32_t row, uint32_t *ret_from, uint32_t *ret_to)
{
    *ret_from = !column->list_ends ? row : row ? column->list_ends[row - 1] : 0;
    *ret_to = !column->list_ends ? row + 1 : column->list_ends[row];
}

static void count_yes(const Counts *counts, const Table *table, const Column *column, const uint64_t *bits,
                      Bucket *buckets, uint32_t *ret_known)
{
    for (uint32_t w = 0; w < bits_words(table->rows); w++) {
        for (uint64_t left = bits[w] & column->known[w]; left; left &= left - 1) {
            uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(left), from, to;
            each_value(column, row, &from, &to);
            *ret_known += 1;
            for (uint32_t i = from; i < to; i++)
                add_row(counts, table, row, &buckets[column_stored(column, i)]);
        }
    }
}

static void count_maybe(const Table *table, const Column *column, const uint64_t *bits, Bucket *buckets)
{
    for (uint32_t w = 0; w < bits_words(table->rows); w++) {
        for (uint64_t left = bits[w] & column->known[w]; left; left &= left - 1) {
            uint32_t from, to;
            each_value(column, w * 64 + (uint32_t)__builtin_ctzll(left), &from, &to);
            for (uint32_t i = from; i < to; i++)
                buckets[column_stored(column, i)].maybe++;
        }
    }
}

static void join(Bucket *into, const Bucket *from)
{
    into->count += from->count;
    into->maybe += from->maybe;
    for (int n = 0; n < COUNTS_SUMS_MAX; n++)
        into->sums[n] += from->sums[n];
    for (int n = 0; n < COUNTS_SUMS_MAX; n++) {
        if (from->ranges[n].known) {
            widen(&into->ranges[n], from->ranges[n].least);
            widen(&into->ranges[n], from->ranges[n].most);
        }
    }
}

/* The values of both segments, together: sorted by text and equal ones joined. */
static uint32_t gather(Arena *arena, const Counts *counts, uint32_t index, const Selection *found,
                       Bucket **ret, uint32_t *ret_known)
{
    const Field *field = &kind_info(counts->kind)->fields[index];
    uint32_t count = 0, room = 0, kept = 0;
    for (uint32_t s = 0; s < atlas_segments(counts->atlas); s++)
        room += atlas_table(counts->atlas, counts->kind, s)->columns[index].dict_count + 2;
    Bucket *all = arena_array(arena, Bucket, room);
    for (uint32_t s = 0; s < atlas_segments(counts->atlas); s++) {
        const Table *table = atlas_table(counts->atlas, counts->kind, s);
        const Column *column = &table->columns[index];
        if (!column->values)
            continue;
        uint32_t values = field->type == FIELD_BOOL ? 2 : column->dict_count;
        Bucket *here = arena_zarray(arena, Bucket, values + 1);
        count_yes(counts, table, column, found->yes[s], here, ret_known);
        count_maybe(table, column, found->maybe[s], here);
        for (uint32_t v = 0; v < values; v++) {
            here[v].value =
                field->type == FIELD_BOOL ? (v ? STR("true") : STR("false")) : column_entry(column, v);
            if (here[v].count || here[v].maybe)
                all[count++] = here[v];
        }
    }
    if (count)
        qsort(all, count, sizeof *all, bucket_cmp);
    for (uint32_t i = 0; i < count; i++) {
        if (kept && str_eq(all[kept - 1].value, all[i].value))
            join(&all[kept - 1], &all[i]);
        else
            all[kept++] = all[i];
    }
    *ret = all;
    return kept;
}

static Err out_bucket(JsonOut *out, const Counts *counts, const Field *field, const Bucket *bucket)
{
    out_object(out);
    out_name(out, "value");
    if (field->type == FIELD_BOOL)
        out_bool(out, str_is(bucket->value, "true"));
    else
        out_str(out, bucket->value);
    out_name(out, "count");
    out_int(out, bucket->count);
    out_name(out, "maybe");
    out_int(out, bucket->maybe);
    if (counts->sum_count) {
        out_name(out, "sums");
        out_object(out);
        for (uint32_t n = 0; n < counts->sum_count; n++) {
            const Field *number = &kind_info(counts->kind)->fields[counts->sums[n]];
            out_name(out, number->name);
            TRY(out_wide(out, bucket->sums[n], number));
        }
        out_object_end(out);
    }
    if (counts->range_count) {
        out_name(out, "ranges");
        out_object(out);
        for (uint32_t n = 0; n < counts->range_count; n++)
            out_range(out, &bucket->ranges[n], &kind_info(counts->kind)->fields[counts->ranges[n]]);
        out_object_end(out);
    }
    out_object_end(out);
    return OK;
}

/* Codes in the order of their list, all else by text. */
static Err out_facet(JsonOut *out, const Counts *counts, const Field *field, const Bucket *buckets,
                     uint32_t count)
{
    out_name(out, field->name);
    out_array(out);
    for (uint32_t c = 0; field->codes && c < field->codes->count; c++)
        for (uint32_t i = 0; i < count; i++)
            if (str_is(buckets[i].value, field->codes->codes[c].code))
                TRY(out_bucket(out, counts, field, &buckets[i]));
    for (uint32_t i = 0; !field->codes && i < count; i++)
        TRY(out_bucket(out, counts, field, &buckets[i]));
    out_array_end(out);
    return OK;
}

Err out_counts(JsonOut *out, Arena *arena, const Counts *counts, const Selection *found)
{
    uint32_t known[COUNTS_FACETS_MAX] = {0};
    const KindInfo *info = kind_info(counts->kind);
    out_name(out, "facets");
    out_object(out);
    for (uint32_t i = 0; i < counts->facet_count; i++) {
        Bucket *buckets;
        uint32_t count = gather(arena, counts, counts->facets[i], found, &buckets, &known[i]);
        TRY(out_facet(out, counts, &info->fields[counts->facets[i]], buckets, count));
    }
    out_object_end(out);
    out_name(out, "unknown");
    out_object(out);
    for (uint32_t i = 0; i < counts->facet_count; i++) {
        out_name(out, info->fields[counts->facets[i]].name);
        out_int(out, found->yes_count - known[i]);
    }
    out_object_end(out);
    if (counts->sum_count) {
        out_name(out, "sums");
        out_object(out);
        for (uint32_t n = 0; n < counts->sum_count; n++)
            TRY(out_sum(out, counts, counts->sums[n], found));
        out_object_end(out);
    }
    if (counts->range_count) {
        out_name(out, "ranges");
        out_object(out);
        for (uint32_t n = 0; n < counts->range_count; n++) {
            const Range range = range_of(counts, counts->ranges[n], found);
            out_range(out, &range, &info->fields[counts->ranges[n]]);
        }
        out_object_end(out);
    }
    return OK;
}
