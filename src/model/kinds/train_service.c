/* 班列: a train service of a rail station. */
#include "model/kinds/kinds.h"

/* clang-format off */

static const Field fields[] = {
    COMMON_FIELDS,
    {PUBLIC(10, "facility", REF, "车站", "Station", "", "jm-north"), .ref = KIND_FACILITY, .filterable = true,
     .required = true},
    {PUBLIC(11, "type", CODE, "类型", "Type", "班列类型", "china_europe"), .codes = &list_train_type, .filterable = true},
    {PUBLIC(12, "to_zh", TEXT, "到达", "To (Chinese)", "", "欧洲")},
    {PUBLIC(13, "to_en", TEXT, "到达（英文）", "To", "", "Europe")},
    {PUBLIC(14, "since", DATE, "开行时间", "Since", "开通时间", "2022"), .filterable = true},
    ABOUT(15),
};

const KindInfo kind_train_service = {
    KIND_TRAIN_SERVICE, "train_service", {"班列", "train service"}, {"班列", "train services"}, "trains", GEOMETRY_NONE, 0, fields, TABLE_SIZE(fields),
    "type = 'china_europe'",
};
/* clang-format on */
