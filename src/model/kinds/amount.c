/* 金额: what one ledger says a project is worth. Amounts differ by ledger; each is kept, one is used in
 * totals. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "project", REF, "项目", "Project", "", "jm-caihong"), .ref = KIND_PROJECT, .filterable = true,
     .required = true},
    {PUBLIC(11, "ledger", CODE, "台账", "Ledger", "", "signed"), .codes = &list_amount_ledger, .filterable = true,
     .required = true},
    {PUBLIC(12, "amount_fen", NUM, "金额", "Amount", "", "2000000000000"), MONEY},
    {PUBLIC(13, "currency", CODE, "原币种", "Original currency", "", "CNY"), .codes = &list_currency,
     .filterable = true},
    {PUBLIC(14, "amount_original", NUM, "原币金额", "Amount in that currency", "", "20000000000"), .decimals = 2,
     .max = 1000000000000000, .filterable = true},
    {PUBLIC(15, "in_totals", BOOL, "计入合计", "Counted in totals", "", "yes"), .filterable = true},
    {PUBLIC(16, "stated_on", DATE, "认定日期", "Stated on", "", "2021-11"), .filterable = true},
};

const KindInfo kind_amount = {
    KIND_AMOUNT, "amount", {"金额", "amount"}, {"金额", "amounts"}, "amounts", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "ledger = 'signed' AND in_totals = TRUE",
};
/* clang-format on */
