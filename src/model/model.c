#include "model/model.h"
#include "base/hash.h"
#include "model/kinds/kinds.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static const KindInfo *const kinds[KIND_COUNT] = {
    [KIND_SOURCE] = &kind_source,
    [KIND_REGION] = &kind_region,
    [KIND_PARK] = &kind_park,
    [KIND_FACILITY] = &kind_facility,
    [KIND_PARCEL] = &kind_parcel,
    [KIND_BUILDING] = &kind_building,
    [KIND_UNIT] = &kind_unit,
    [KIND_ENTERPRISE] = &kind_enterprise,
    [KIND_CLUSTER] = &kind_cluster,
    [KIND_CHAIN] = &kind_chain,
    [KIND_SEGMENT] = &kind_segment,
    [KIND_FLOW] = &kind_flow,
    [KIND_ROLE] = &kind_role,
    [KIND_SUPPLY] = &kind_supply,
    [KIND_PROJECT] = &kind_project,
    [KIND_MILESTONE] = &kind_milestone,
    [KIND_AMOUNT] = &kind_amount,
    [KIND_INDICATOR] = &kind_indicator,
    [KIND_OBSERVATION] = &kind_observation,
    [KIND_PLAN] = &kind_plan,
    [KIND_INFRA_WORK] = &kind_infra_work,
    [KIND_POLICY] = &kind_policy,
    [KIND_COST] = &kind_cost,
    [KIND_EVENT] = &kind_event,
    [KIND_TRAIN_SERVICE] = &kind_train_service,
};

static const CodeList *const lists[] = {
    &list_how,
    &list_visibility,
    &list_precision,
    &list_region_level,
    &list_park_tier,
    &list_partner,
    &list_facility_type,
    &list_land_use,
    &list_land_state,
    &list_service_state,
    &list_source_type,
    &list_carrier_type,
    &list_building_state,
    &list_unit_state,
    &list_fire_hazard,
    &list_fire_resistance,
    &list_enterprise_type,
    &list_enterprise_tag,
    &list_headquarters,
    &list_cluster_level,
    &list_chain_stage,
    &list_segment_type,
    &list_strength,
    &list_flow_mode,
    &list_role_type,
    &list_project_type,
    &list_project_field,
    &list_project_stage,
    &list_evidence,
    &list_amount_ledger,
    &list_currency,
    &list_value_unit,
    &list_better,
    &list_reading,
    &list_rank_scope,
    &list_plan_type,
    &list_plan_state,
    &list_work_state,
    &list_service,
    &list_policy_type,
    &list_review_state,
    &list_cost_type,
    &list_cost_unit,
    &list_event_type,
    &list_train_type,
};

const KindInfo *kind_info(Kind kind)
{
    return kinds[kind];
}

Err kind_named(Str name, Kind *ret)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        if (str_is(name, kinds[k]->name)) {
            *ret = (Kind)k;
            return OK;
        }
    }
    char known[FAULT_TEXT_MAX] = "";
    for (int k = 0; k < KIND_COUNT; k++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", k ? ", " : "", kinds[k]->name);
    return fail(ERR_KIND_UNKNOWN, "kind", str_c(name), "known", known, NULL);
}

/* Where the fields stand, by the hash of their names: a filter names five of sixty, and each name that is
 * compared lies elsewhere in memory. 1 + the field's index, or behind it if that is taken; 0: none. */
enum { NAME_SLOTS = 256 };
_Static_assert(2 * FIELDS_MAX < NAME_SLOTS, "half of the slots stay free");

static uint8_t name_slots[KIND_COUNT][NAME_SLOTS];
static pthread_once_t names_once = PTHREAD_ONCE_INIT;

/* The slot that holds the name, or the free one where it would go. */
static uint8_t *name_slot(Kind kind, Str name)
{
    uint64_t at = hash64(name.ptr, name.len);
    for (;; at++) {
        uint8_t *slot = &name_slots[kind][at % NAME_SLOTS];
        if (*slot == 0 || str_is(name, kinds[kind]->fields[*slot - 1].name))
            return slot;
    }
}

static void fill_names(void)
{
    for (int k = 0; k < KIND_COUNT; k++)
        for (uint32_t i = 0; i < kinds[k]->field_count; i++)
            *name_slot((Kind)k, str_of(kinds[k]->fields[i].name)) = (uint8_t)(i + 1);
}

int field_index(Kind kind, Str name)
{
    pthread_once(&names_once, fill_names);
    return *name_slot(kind, name) - 1;
}

int field_index_of_tag(Kind kind, uint16_t tag)
{
    const KindInfo *info = kinds[kind];
    for (uint32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].tag == tag)
            return (int)i;
    return -1;
}

Err field_named(Kind kind, Str name, uint32_t *ret_index)
{
    return field_visible(kind, AUDIENCE_RESTRICTED, name, ret_index);
}

Err field_visible(Kind kind, Audience audience, Str name, uint32_t *ret_index)
{
    int found = field_index(kind, name);
    if (found >= 0 && found != FIELD_SAMPLE && kinds[kind]->fields[found].visibility <= audience) {
        *ret_index = (uint32_t)found;
        return OK;
    }
    const KindInfo *info = kinds[kind];
    const char *nearest = "";
    int least = 1 << 20;
    for (uint32_t i = 0; i < info->field_count; i++) {
        if (info->fields[i].visibility != AUDIENCE_PUBLIC)
            continue; /* a hint must not tell what a view may not know */
        if (i == FIELD_SAMPLE)
            continue;
        int distance = str_distance(name, str_of(info->fields[i].name));
        if (distance < least) {
            least = distance;
            nearest = info->fields[i].name;
        }
    }
    /* What shares less than half its letters is no misspelling. */
    const char *hint = (size_t)least * 2 <= name.len ? nearest : "";
    return fail(ERR_FIELD_UNKNOWN, "field", str_c(name), "kind", info->name, "hint", hint, NULL);
}

const char *field_kind_name(const Field *field)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (field >= kinds[k]->fields && field < kinds[k]->fields + kinds[k]->field_count)
            return kinds[k]->name;
    return "";
}

const CodeList *const *code_lists(uint32_t *ret_count)
{
    *ret_count = TABLE_SIZE(lists);
    return lists;
}

const char *offer_name(int offer)
{
    static const char *const names[] = {
        [OFFER_NONE] = "", [OFFER_OPEN] = "open", [OFFER_PROMISED] = "promised", [OFFER_CLOSED] = "closed"};
    return names[offer];
}

int code_index(const CodeList *list, Str code)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_is(code, list->codes[i].code))
            return (int)i;
    return -1;
}

void buf_codes(Buf *buf, const CodeList *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        Str code = str_of(list->codes[i].code);
        if (code.len + 2 > buf->limit - buf->len)
            return;
        buf_c(buf, i ? ", " : "");
        buf_str(buf, code);
    }
}

Err audience_named(Str name, Audience *ret)
{
    int at = code_index(&list_visibility, name);
    if (at < 0)
        return fail(ERR_PARAM, "param", "audience", "value", str_c(name), "want",
                    "public, investor, staff, restricted", "example", "public", NULL);
    *ret = (Audience)at;
    return OK;
}

const char *audience_name(Audience audience)
{
    return list_visibility.codes[audience].code;
}

uint64_t model_digest(void)
{
    uint64_t digest = 1;
    for (int k = 0; k < KIND_COUNT; k++) {
        const KindInfo *info = kinds[k];
        digest = hash64_seed(info->name, strlen(info->name), digest);
        for (uint32_t i = 0; i < info->field_count; i++) {
            const Field *field = &info->fields[i];
            const int64_t shape[] = {field->tag, field->type,       field->visibility, field->decimals,
                                     field->ref, field->filterable, info->geometry};
            digest = hash64_seed(field->name, strlen(field->name), digest);
            digest = hash64_seed(shape, sizeof shape, digest);
            if (field->near)
                digest = hash64_seed(field->near, strlen(field->near), digest);
            for (uint32_t c = 0; field->codes && c < field->codes->count; c++)
                digest =
                    hash64_seed(field->codes->codes[c].code, strlen(field->codes->codes[c].code), digest);
        }
    }
    return digest;
}

/* Spaces and punctuation of Chinese text (U+3000–U+303F, U+FF00–U+FF0F, U+FF1A–U+FF20): a key with them looks
 * like two. */
static bool wide_separator(const unsigned char *at, size_t left)
{
    if (left < 3)
        return false;
    if (at[0] == 0xE3 && at[1] == 0x80)
        return true;
    return at[0] == 0xEF && at[1] == 0xBC && (at[2] <= 0x8F || (at[2] >= 0x9A && at[2] <= 0xA0));
}

bool key_valid(Str key)
{
    if (key.len == 0 || key.len > KEY_MAX_BYTES || !str_utf8_valid(key))
        return false;
    for (size_t i = 0; i < key.len; i++) {
        unsigned char c = (unsigned char)key.ptr[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
        if (!letter && c != '-' && c != '_' && c != '.' && c != ':')
            return false;
        if (wide_separator((const unsigned char *)key.ptr + i, key.len - i))
            return false;
    }
    return true;
}

static const char *lint_field(const KindInfo *info, uint32_t i)
{
    static char problem[200];
    const Field *field = &info->fields[i];
    const char *what = NULL;
    for (uint32_t j = 0; j < i; j++)
        if (info->fields[j].tag == field->tag || strcmp(info->fields[j].name, field->name) == 0)
            what = "has a tag or name that an earlier field has";
    if (field->tag <= TAG_GEOMETRY)
        what = "has a reserved tag";
    if ((field->type == FIELD_CODE || field->type == FIELD_CODES) != (field->codes != NULL))
        what = "has a code list and no code type, or the reverse";
    if (!field->label.zh || !field->label.en || !field->example)
        what = "lacks a label or an example";
    if (field->near && !field->derived)
        what = "is a distance and not derived";
    if (field->derived && field->required)
        what = "is derived and cannot be required";
    if (field->min > field->max)
        what = "has min above max";
    if (!what)
        return NULL;
    snprintf(problem, sizeof problem, "%s.%s %s", info->name, field->name, what);
    return problem;
}

const char *model_lint(void)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        const KindInfo *info = kinds[k];
        if (info->kind != (Kind)k || info->field_count > FIELDS_MAX || info->field_count < FIELDS_COMMON)
            return info->name;
        size_t names = sizeof "geometry";
        for (uint32_t i = 0; i < info->field_count; i++) {
            const char *problem = lint_field(info, i);
            if (problem)
                return problem;
            names += strlen(info->fields[i].name) + 1;
        }
        if (names > TEXT_MAX_BYTES || !info->fields[FIELD_SAMPLE].derived)
            return info->name; /* FIELD_SAMPLE may have to name them all */
    }
    return NULL;
}
