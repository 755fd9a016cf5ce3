/* 企业: a company, its branch, or an institution, by its unified social credit code (GB 32100-2015). */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "type", CODE, "主体类型", "Type", "", "company"), .codes = &list_enterprise_type, .filterable = true},
    {PUBLIC(11, "uscc", TEXT, "统一社会信用代码", "Unified social credit code", "信用代码|统一代码", "91440705MA4UABCD5X"),
     .filterable = true},
    {PUBLIC(12, "former_names", TEXT, "曾用名称", "Former names", "原名", "江门市某某有限公司")},
    {PUBLIC(13, "parent", REF, "上级企业", "Parent", "母公司", "jm-ent-0001"), .ref = KIND_ENTERPRISE, .filterable = true},
    {PUBLIC(14, "region", REF, "区县", "County", "所在区县|行政区", "440705"), .ref = KIND_REGION, .filterable = true},
    {PUBLIC(15, "parks", REFS, "园区", "Parks", "所属园区", "jm-fengshanhu"), .ref = KIND_PARK, .filterable = true},
    {PUBLIC(16, "chains", REFS, "产业链", "Chains", "所属产业链", "battery"), .ref = KIND_CHAIN, .filterable = true},
    {PUBLIC(17, "industry", TEXT, "行业代码", "Industry (GB/T 4754)", "行业|国民经济行业代码", "3841"), .filterable = true},
    {PUBLIC(18, "tags", CODES, "标签", "Tags", "企业标签", "high_tech;above_scale"), .codes = &list_enterprise_tag,
     .filterable = true},
    {PUBLIC(19, "headquarters", CODE, "总部", "Headquarters", "", "elsewhere"), .codes = &list_headquarters,
     .filterable = true},
    {PUBLIC(20, "headquarters_zh", TEXT, "总部所在地", "Headquarters in (Chinese)", "", "深圳")},
    {PUBLIC(21, "headquarters_en", TEXT, "总部所在地（英文）", "Headquarters in", "", "Shenzhen")},
    {PUBLIC(22, "founded_on", DATE, "成立日期", "Founded on", "成立时间|注册日期", "2017-05-18"), .filterable = true},
    {PUBLIC(23, "capital_fen", NUM, "注册资本", "Registered capital", "注册资金", "5000000000"), MONEY},
    {PUBLIC(24, "product_zh", TEXT, "主营产品", "Main product (Chinese)", "主要产品", "锂电池精密结构件")},
    {PUBLIC(25, "product_en", TEXT, "主营产品（英文）", "Main product", "", "Precision parts for lithium cells")},
    {PUBLIC(26, "address_zh", TEXT, "地址", "Address", "注册地址|住所", "江门市新会区会城街道")},
    {STAFF(27, "output_fen", NUM, "年产值", "Output a year", "产值", "32000000000"), MONEY},
    {STAFF(28, "tax_fen", NUM, "年税收", "Tax a year", "税收", "900000000"), MONEY},
    {STAFF(29, "employees", NUM, "从业人数", "Employees", "职工人数", "420"), .max = 10000000, .filterable = true},
    ABOUT(30),
};

const KindInfo kind_enterprise = {
    KIND_ENTERPRISE, "enterprise", {"企业", "enterprise"}, {"企业", "enterprises"}, "enterprises", GEOMETRY_POINT, 11, fields, TABLE_SIZE(fields),
    "tags = 'high_tech' AND region = '440705'",
};
/* clang-format on */
