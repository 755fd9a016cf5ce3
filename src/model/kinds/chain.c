/* 产业链: a graph of segments. A chain changes; each version is a record with its date. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "number", NUM, "序号", "Number", "", "1"), .min = 1, .max = 1000, .filterable = true},
    {PUBLIC(11, "clusters", REFS, "所属集群", "Clusters", "产业集群", "jm-01"), .ref = KIND_CLUSTER, .filterable = true},
    {PUBLIC(12, "parks", REFS, "规划平台", "Parks planned for it", "发展平台", "jm-fengshanhu"), .ref = KIND_PARK,
     .filterable = true},
    {PUBLIC(13, "regions", REFS, "重点布局区县", "Counties", "布局区县", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(14, "valid_from", DATE, "版本日期", "Version of", "", "2022-08-06"), .filterable = true},
    {PUBLIC(15, "industries", TEXT, "行业代码", "Industries (GB/T 4754)", "", "3841;3985")},
    {PUBLIC(16, "keywords", TEXT, "关键词", "Keywords", "", "锂电池;正极")},
    {PUBLIC(17, "basis_zh", TEXT, "依据", "Basis (Chinese)", "", "报道第 21 段")},
    {PUBLIC(18, "basis_en", TEXT, "依据（英文）", "Basis", "", "Paragraph 21 of the report")},
    OFFICE(19),
    ABOUT(21),
};

const KindInfo kind_chain = {
    KIND_CHAIN, "chain", {"产业链", "chain"}, {"产业链", "chains"}, "chains", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "regions = '440705'",
};
/* clang-format on */
