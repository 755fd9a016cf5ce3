/* Writes docs/data-model.md from the model's own tables. tools/docs.sh calls it; a check fails when the file
 * is old. */
#include "model/model.h"
#include <stdio.h>

static const char *type_name(const Field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        return "text";
    case FIELD_NUM:
        return "number";
    case FIELD_BOOL:
        return "yes/no";
    case FIELD_DATE:
        return "date";
    case FIELD_CODE:
        return "code";
    case FIELD_CODES:
        return "codes";
    case FIELD_REF:
        return "key";
    case FIELD_REFS:
        return "keys";
    }
    return "";
}

static void put_type(const Field *field)
{
    printf("%s", type_name(field));
    if (field->codes)
        printf(" of [%s](#%s)", field->codes->name, field->codes->name);
    if (field->type == FIELD_REF || field->type == FIELD_REFS)
        printf(" of %s", kind_info(field->ref)->name);
    if (field->decimals)
        printf(", %d decimals", field->decimals);
    if (field->unit)
        printf(", %s", field->unit);
}

static void put_field(const Field *field)
{
    printf("| `%s` | %s | %s | ", field->name, field->label.zh, field->label.en);
    put_type(field);
    printf(" | %s | %s | %s |\n", audience_name(field->visibility),
           field->derived      ? "derived"
           : field->filterable ? "filter"
                               : "",
           field->example);
}

static void put_headings(const KindInfo *info)
{
    printf("\nHeadings of real sheets that mean the same:\n\n");
    for (uint32_t i = 0; i < info->field_count; i++) {
        const Field *field = &info->fields[i];
        if (field->headings && field->headings[0]) {
            printf("- `%s`: ", field->name);
            for (const char *c = field->headings; *c; c++)
                printf(*c == '|' ? "、" : "%c", *c);
            printf("\n");
        }
    }
}

static void put_kind(const KindInfo *info)
{
    static const char *const geometries[] = {"none", "point", "polygon"};
    printf("\n## %s · %s\n\n", info->name, info->label.zh);
    printf("Geometry: %s. Rows also carry `id` (the key), `geometry`, `as_of` and `locator`.\n\n",
           geometries[info->geometry]);
    printf("| field | 中文 | English | type, unit | who may see it | use | example "
           "|\n|---|---|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < info->field_count; i++)
        put_field(&info->fields[i]);
    put_headings(info);
}

int main(void)
{
    printf("# Data model\n\nWritten by `make docs` from `src/model/kinds/`; do not edit it by hand.\n\n"
           "Any value may be unknown (empty), not applicable (`n/a`, 不适用) or withheld (`withheld`, "
           "不公开): three different "
           "things. A date may be partial (`2023-06`). Lists are separated by `;`. A row that names no "
           "visibility takes its "
           "source's; a source that names none is restricted.\n");
    for (int kind = 0; kind < KIND_COUNT; kind++)
        put_kind(kind_info((Kind)kind));
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    static const char *const changes[] = {[LIST_FIXED] = "",
                                          [LIST_LABELS] = ". A deployment may change labels and order.",
                                          [LIST_OPEN] = ". A deployment may change its codes."};
    printf("\n# Code lists\n\nHow a deployment changes its lists: "
           "[deployment-lists.md](deployment-lists.md).\n");
    for (uint32_t i = 0; i < count; i++) {
        printf("\n## %s\n\n%s · %s%s\n\n| code | 中文 | English |\n|---|---|---|\n", lists[i]->name,
               lists[i]->label.zh, lists[i]->label.en, changes[lists[i]->change]);
        for (uint32_t c = 0; c < lists[i]->count; c++)
            printf("| `%s` | %s | %s |\n", lists[i]->codes[c].code, lists[i]->codes[c].label.zh,
                   lists[i]->codes[c].label.en);
    }
    return 0;
}
