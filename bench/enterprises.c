/* enterprises OUT.csv [COUNT 5000000] [SEED 1]: made-up enterprises in a generator's columns, as those that
 * ENTERPRISES=FILE names: id, name, industry, founded, capital in 10,000 yuan, lon, lat; the same every time.
 * Few are large, many small; names are a city, a brand of two or three characters, a trade and a form. */
#include "random.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF(a)   (sizeof(a) / sizeof *(a))
#define ONE_OF(words) words[below(COUNT_OF(words))]

typedef struct City {
    const char *name;
    double lon, lat;
} City;

static const City cities[] = {
    {"江门市", 113.08, 22.58}, {"广州市", 113.26, 23.13}, {"深圳市", 114.06, 22.54},
    {"佛山市", 113.12, 23.02}, {"东莞市", 113.75, 23.02}, {"惠州市", 114.42, 23.11},
    {"上海市", 121.47, 31.23}, {"苏州市", 120.62, 31.30}, {"无锡市", 120.30, 31.57},
    {"南京市", 118.78, 32.06}, {"杭州市", 120.16, 30.27}, {"宁波市", 121.55, 29.87},
    {"合肥市", 117.23, 31.82}, {"武汉市", 114.31, 30.59}, {"长沙市", 112.94, 28.23},
    {"郑州市", 113.62, 34.75}, {"青岛市", 120.38, 36.07}, {"济南市", 117.12, 36.65},
    {"天津市", 117.20, 39.08}, {"北京市", 116.40, 39.90}, {"沈阳市", 123.43, 41.80},
    {"西安市", 108.94, 34.34}, {"成都市", 104.07, 30.57}, {"重庆市", 106.55, 29.56},
};
static const char *const firsts[] = {"华", "金", "鑫", "恒", "宏", "瑞", "泰", "德", "盛", "昌",
                                     "隆", "丰", "兴", "中", "新", "天", "海", "东", "南", "安",
                                     "亿", "博", "科", "联", "万", "百", "正", "大"};
static const char *const seconds[] = {"达", "源", "和", "美", "利", "通", "顺", "茂", "发", "信",
                                      "诚", "益", "业", "辉", "腾", "云", "星", "光", "润", "康",
                                      "捷", "创", "力", "佳", "宇", "诺", "景", "锦"};
static const char *const trades[] = {"电子科技", "新能源", "金属制品", "精密机械", "塑料制品",
                                     "纺织",     "化工",   "食品",     "生物医药", "汽车零部件",
                                     "智能装备", "建材",   "家具",     "包装",     "物流",
                                     "电池材料", "光电",   "半导体",   "造纸",     "五金"};
static const char *const forms[] = {"有限公司",     "有限公司",     "有限公司",
                                    "有限责任公司", "股份有限公司", "合伙企业（有限合伙）"};
static const char *const industries[] = {"1331", "1711", "2110", "2223", "2614", "2710",
                                         "2921", "3091", "3311", "3484", "3562", "3670",
                                         "3841", "3973", "3985", "4153", "5930"};

/* One draw a statement: the order of a call's arguments is the compiler's. */
static void write_enterprise(FILE *out, uint64_t id)
{
    const City *city = &ONE_OF(cities);
    fprintf(out, "%" PRIu64 ",%s%s", id, city->name, ONE_OF(firsts));
    for (uint64_t more = 1 + below(2); more > 0; more--)
        fputs(ONE_OF(seconds), out);
    fputs(ONE_OF(trades), out);
    fprintf(out, "%s,", ONE_OF(forms));
    fprintf(out, "%s,", ONE_OF(industries));
    fprintf(out, "%04" PRIu64, 1985 + below(38));
    fprintf(out, "-%02" PRIu64, 1 + below(12));
    fprintf(out, "-%02" PRIu64, 1 + below(28));
    fprintf(out, ",%.0f", ceil(exp(1.6 * 4 * unit() + 1)));
    fprintf(out, ",%.6f", city->lon + 0.6 * unit() - 0.3);
    fprintf(out, ",%.6f\n", city->lat + 0.6 * unit() - 0.3);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: enterprises OUT.csv [COUNT] [SEED]\n");
        return 2;
    }
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 5000000;
    state = (argc > 3 ? strtoull(argv[3], NULL, 10) : 1) * 0x9E3779B97F4A7C15u;
    FILE *out = fopen(argv[1], "wb");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fprintf(out, "id,name,industry,founded,capital,lon,lat\n");
    for (uint64_t id = 1; id <= count; id++)
        write_enterprise(out, id);
    if (fclose(out)) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
