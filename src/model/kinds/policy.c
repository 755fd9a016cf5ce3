/* 政策: an incentive, with its fair-competition review. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "类型", "Type", "政策类型", "investment"), .codes = &list_policy_type, .filterable = true},
    {PUBLIC(11, "number_zh", TEXT, "文号", "Document number", "", "江府〔2022〕1号"), .filterable = true},
    {PUBLIC(12, "issued_on", DATE, "发布日期", "Issued on", "发文日期", "2022-05"), .filterable = true},
    {PUBLIC(13, "valid_to", DATE, "有效期至", "Valid until", "", "2025-05"), .filterable = true},
    {PUBLIC(14, "fair_review", CODE, "公平竞争审查", "Fair-competition review", "审查情况", "passed"),
     .codes = &list_review_state, .filterable = true},
    {PUBLIC(15, "reviewed_on", DATE, "审查日期", "Reviewed on", "", "2022-04"), .filterable = true},
    {PUBLIC(16, "regions", REFS, "适用区县", "Counties", "", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(17, "chains", REFS, "适用产业链", "Chains", "", "battery"), .ref = KIND_CHAIN, .filterable = true},
    {PUBLIC(18, "parks", REFS, "适用园区", "Parks", "", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    OFFICE(19),
    ABOUT(21),
};

const KindInfo kind_policy = {
    KIND_POLICY, "policy", {"政策", "policy"}, {"政策", "policies"}, "policies", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "fair_review = 'passed'",
};
/* clang-format on */
