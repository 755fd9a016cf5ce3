/* 环节: what is made or done at one place of a chain. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "chain", REF, "产业链", "Chain", "", "battery"), .ref = KIND_CHAIN, .filterable = true,
     .required = true},
    {PUBLIC(11, "stage", CODE, "位置", "Stage", "上中下游", "mid"), .codes = &list_chain_stage, .filterable = true,
     .required = true},
    {PUBLIC(12, "type", CODE, "性质", "Type", "", "part"), .codes = &list_segment_type, .filterable = true},
    {PUBLIC(13, "strength", CODE, "强弱", "Strength", "", "weak"), .codes = &list_strength, .filterable = true},
    {PUBLIC(14, "industries", TEXT, "行业代码", "Industries (GB/T 4754)", "", "3985")},
    {PUBLIC(15, "keywords", TEXT, "关键词", "Keywords", "", "结构件;壳体;盖板")},
    {PUBLIC(16, "basis_zh", TEXT, "依据", "Basis (Chinese)", "", "科达利项目")},
    {PUBLIC(17, "basis_en", TEXT, "依据（英文）", "Basis", "", "The Kedali project")},
    {PUBLIC(18, "end_product", BOOL, "终端产品", "End product", "", "no"), .filterable = true},
    ABOUT(19),
};

const KindInfo kind_segment = {
    KIND_SEGMENT, "segment", {"环节", "segment"}, {"环节", "segments"}, "segments", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "chain = 'battery' AND strength IN ('weak', 'gap')",
};
/* clang-format on */
