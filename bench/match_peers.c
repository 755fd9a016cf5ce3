#include "match_peers.h"
#include "match_briefs.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the parcels hold of a field. */
typedef struct Holds {
    bool used, unknown, not_applicable;
} Holds;

static Holds holds[FIELDS_MAX];

static const Field *field_at(uint32_t field)
{
    return &kind_info(KIND_PARCEL)->fields[field];
}

static FILE *create(const char *prefix, const char *ending)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.%s", prefix, ending);
    FILE *file = fopen(path, "w");
    if (file)
        return file;
    perror(path);
    exit(1);
}

static void done(FILE *file)
{
    if (fclose(file) == 0)
        return;
    perror("match_bench");
    exit(1);
}

/* ---- the parcels ---- */

static void find_fields(const Table *table, Brief *const *briefs, uint32_t count)
{
    memset(holds, 0, sizeof holds);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t c = 0; c < briefs[i]->condition_count; c++)
            holds[briefs[i]->conditions[c].field].used = true;
        for (uint32_t t = 0; t < briefs[i]->term_count; t++)
            holds[briefs[i]->terms[t].field].used = true;
    }
    for (uint32_t field = 0; field < FIELDS_MAX; field++) {
        if (!holds[field].used)
            continue;
        const Column *column = &table->columns[field];
        for (uint32_t row = 0; row < table->rows; row++) {
            if (!bits_get(table->live, row) || bits_get(column->known, row))
                continue;
            bool out = column->not_applicable && bits_get(column->not_applicable, row);
            holds[field].not_applicable |= out;
            holds[field].unknown |= !out;
        }
    }
}

static void write_table(FILE *out)
{
    fprintf(out, "CREATE TABLE plots (id text NOT NULL");
    for (uint32_t field = 0; field < FIELDS_MAX; field++) {
        if (!holds[field].used)
            continue;
        const char *name = field_at(field)->name;
        bool blank = holds[field].unknown || holds[field].not_applicable;
        const char *type = field_at(field)->type == FIELD_CODE ? "text" : "bigint";
        fprintf(out, ", %s %s%s", name, type, blank ? "" : " NOT NULL");
        if (field_at(field)->type == FIELD_DATE)
            fprintf(out, ", %s_last %s%s", name, type, blank ? "" : " NOT NULL");
        if (holds[field].not_applicable)
            fprintf(out, ", %s_na bigint NOT NULL", name);
    }
    fprintf(out, ");\n");
}

static void write_headings(FILE *out)
{
    fprintf(out, "id");
    for (uint32_t field = 0; field < FIELDS_MAX; field++) {
        if (!holds[field].used)
            continue;
        fprintf(out, ",%s", field_at(field)->name);
        if (field_at(field)->type == FIELD_DATE)
            fprintf(out, ",%s_last", field_at(field)->name);
        if (holds[field].not_applicable)
            fprintf(out, ",%s_na", field_at(field)->name);
    }
    fprintf(out, "\n");
}

static void write_value(FILE *out, uint32_t field, const Value *value)
{
    bool known = value->state == VALUE_KNOWN;
    putc(',', out);
    if (field_at(field)->type == FIELD_DATE) {
        if (known)
            fprintf(out, "%" PRId64, (int64_t)value->date.first);
        putc(',', out);
        if (known)
            fprintf(out, "%" PRId64, (int64_t)value->date.last);
    } else if (known && field_at(field)->type == FIELD_CODE) {
        fprintf(out, STR_FMT, STR_ARG(value->text));
    } else if (known) {
        fprintf(out, "%" PRId64, value->num);
    }
    if (holds[field].not_applicable)
        fprintf(out, ",%d", value->state == VALUE_NOT_APPLICABLE);
}

static void write_plots(FILE *out, const Table *table)
{
    Arena *arena = arena_new();
    write_headings(out);
    for (uint32_t row = 0; row < table->rows; row++) {
        if (!bits_get(table->live, row))
            continue;
        arena_reset(arena);
        fprintf(out, STR_FMT, STR_ARG(table_key(table, row)));
        for (uint32_t field = 0; field < FIELDS_MAX; field++) {
            Value value;
            if (!holds[field].used)
                continue;
            table_value(arena, table, row, field, &value);
            write_value(out, field, &value);
        }
        putc('\n', out);
    }
    arena_free(arena);
}

/* ---- the questions ---- */

static void write_codes(FILE *out, const Condition *condition, int offer)
{
    const Field *field = field_at(condition->field);
    const char *comma = "";
    fprintf(out, "%s IN (", field->name);
    if (condition->offer) {
        for (uint32_t i = 0; i < field->codes->count; i++) {
            if (field->codes->codes[i].offer > offer || field->codes->codes[i].offer == OFFER_NONE)
                continue;
            fprintf(out, "%s'%s'", comma, field->codes->codes[i].code);
            comma = ", ";
        }
    } else {
        for (uint32_t i = 0; i < condition->code_count; i++)
            fprintf(out, "%s'" STR_FMT "'", i ? ", " : "", STR_ARG(condition->codes[i]));
    }
    fprintf(out, ")");
}

/* First days for what must be, or is not known not to be, below the greatest; last days for the other. */
static void write_range(FILE *out, const Condition *condition, bool sure)
{
    const Field *field = field_at(condition->field);
    bool date = field->type == FIELD_DATE;
    bool low = condition->least.state == VALUE_KNOWN, high = condition->greatest.state == VALUE_KNOWN;
    int64_t least = date ? condition->least.date.first : condition->least.num;
    int64_t greatest = date ? condition->greatest.date.last : condition->greatest.num;
    if (low)
        fprintf(out, "%s%s >= %" PRId64, field->name, date && !sure ? "_last" : "", least);
    if (high)
        fprintf(out, "%s%s%s <= %" PRId64, low ? " AND " : "", field->name, date && sure ? "_last" : "",
                greatest);
    if (!low && !high)
        fprintf(out, "%s IS NOT NULL", field->name);
}

/* sure: it is met; else: it is not known not to be. */
static void write_condition(FILE *out, const Condition *condition, bool sure)
{
    const Holds *held = &holds[condition->field];
    bool blank = !sure && held->unknown;
    if (blank)
        fprintf(out, "(");
    if (condition->offer || condition->codes)
        write_codes(out, condition, sure ? OFFER_OPEN : OFFER_PROMISED);
    else
        write_range(out, condition, sure);
    if (!blank)
        return;
    const char *name = field_at(condition->field)->name;
    if (held->not_applicable)
        fprintf(out, " OR (%s IS NULL AND %s_na = 0))", name, name);
    else
        fprintf(out, " OR %s IS NULL)", name);
}

static void write_conditions(FILE *out, const Brief *brief, bool sure)
{
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        fprintf(out, "%s", c ? " AND " : "");
        write_condition(out, &brief->conditions[c], sure);
    }
}

/* SCORE_FULL * weight / weights * (value - worst) / (best - worst), cut; match.h. */
static void write_part(FILE *out, const Brief *brief, uint32_t t, int64_t weights)
{
    const Term *term = &brief->terms[t];
    const char *name = field_at(term->field)->name;
    int64_t gain = (int64_t)SCORE_FULL * term->weight;
    fprintf(out, "CASE WHEN %s IS NULL THEN 0 WHEN least%u = most%u THEN %" PRId64 " ELSE %" PRId64, name, t,
            t, gain / weights, gain);
    if (term->more)
        fprintf(out, " * (%s - least%u)", name, t);
    else
        fprintf(out, " * (most%u - %s)", t, name);
    fprintf(out, " / (%" PRId64 " * (most%u - least%u)) END", weights, t, t);
}

static void write_question(FILE *out, const Brief *brief)
{
    int64_t weights = 0;
    fprintf(out, "WITH may AS MATERIALIZED (SELECT id");
    for (uint32_t t = 0; t < brief->term_count; t++) {
        fprintf(out, ", %s", field_at(brief->terms[t].field)->name);
        weights += brief->terms[t].weight;
    }
    fprintf(out, ", (");
    write_conditions(out, brief, true);
    fprintf(out, ") AS fits FROM plots WHERE ");
    write_conditions(out, brief, false);
    fprintf(out, "), ends AS (SELECT ");
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const char *name = field_at(brief->terms[t].field)->name;
        fprintf(out, "%smin(%s) AS least%u, max(%s) AS most%u", t ? ", " : "", name, t, name, t);
    }
    fprintf(out, " FROM may) SELECT id FROM may, ends WHERE fits ORDER BY ");
    for (uint32_t t = 0; t < brief->term_count; t++) {
        fprintf(out, "%s", t ? " + " : "");
        write_part(out, brief, t, weights);
    }
    fprintf(out, " DESC, id LIMIT %u\n", brief->top);
}

static void write_answer(FILE *out, Arena *arena, const Atlas *atlas, const Brief *brief)
{
    Ranking ranking;
    match_run(arena, atlas, brief, MATCH_RANKING, &ranking);
    for (uint32_t i = 0; i < ranking.site_count; i++)
        fprintf(out, "%s" STR_FMT, i ? " " : "",
                STR_ARG(table_key(atlas_table(atlas, KIND_PARCEL, ranking.sites[i].at.segment),
                                  ranking.sites[i].at.row)));
    fprintf(out, "\n");
}

void peers_write_bodies(const char *prefix, Brief *const *briefs, uint32_t count)
{
    FILE *out = create(prefix, "jsonl");
    for (uint32_t i = 0; i < count; i++) {
        Buf text;
        buf_init(&text, BRIEF_BYTES_MAX);
        brief_json(&text, briefs[i]);
        fprintf(out, STR_FMT "\n", STR_ARG(buf_view(&text)));
        buf_done(&text);
    }
    done(out);
}

void peers_write(const char *prefix, const Atlas *atlas, Brief *const *briefs, uint32_t count)
{
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    FILE *plots = create(prefix, "plots.csv"), *schema = create(prefix, "plots.sql");
    FILE *questions = create(prefix, "sql"), *answers = create(prefix, "answers");
    Arena *arena = arena_new();
    find_fields(table, briefs, count);
    write_table(schema);
    write_plots(plots, table);
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(arena);
        write_question(questions, briefs[i]);
        write_answer(answers, arena, atlas, briefs[i]);
    }
    arena_free(arena);
    done(plots);
    done(schema);
    done(questions);
    done(answers);
}
