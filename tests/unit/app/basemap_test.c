/* A deployment's own base map: what is taken, and what each refusal says. */
#include "app/basemap.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static const char GOOD_URL[] = "https://t0.example.cn/vec_w/wmts?x={x}&y={y}&z={z}&tk={key}";

static Err opened(const char *file, const char *url, const char *datum, const char *credit, Basemap **ret)
{
    const BasemapOptions options = {file, url, datum, credit, "abc123"};
    return basemap_open(&options, ret);
}

static void refused(const char *url, const char *says)
{
    Basemap *basemap;
    CHECK_ERR(opened(NULL, url, "cgcs2000", "天地图", &basemap), ERR_USAGE);
    if (!strstr(fault_arg(fault_last(), "detail"), says))
        test_fail(__FILE__, __LINE__, "\"%s\" says not \"%s\"", fault_arg(fault_last(), "detail"), says);
}

static Str told(const Basemap *basemap, Buf *out)
{
    buf_clear(out);
    JsonOut json = json_out(out);
    basemap_json(basemap, &json);
    return buf_view(out);
}

static bool has(Str text, const char *part)
{
    return memmem(text.ptr, text.len, part, strlen(part)) != NULL;
}

TEST(without_a_base_map_of_its_own_a_deployment_has_the_ground_and_its_credit)
{
    Basemap *basemap;
    Buf out;
    CHECK_OK(opened(NULL, NULL, NULL, NULL, &basemap));
    CHECK(basemap == NULL);
    buf_init(&out, 10000);
    Str text = told(NULL, &out);
    CHECK(has(text, "\"credit\":\"© OpenStreetMap contributors · GSHHG · GeoNames\""));
    CHECK(has(text, "/basemap/land.geojson?v="));
    CHECK(has(text, "\"under\":null"));
    CHECK_EQ(strlen(basemap_hosts(NULL)), 0);
    buf_done(&out);
}

TEST(a_service_is_told_with_its_key_and_each_host_once)
{
    Basemap *basemap;
    Buf out, two;
    buf_init(&out, 10000);
    buf_init(&two, 1000);
    buf_fmt(&two, "  %s   https://t0.example.cn/cva/{z}/{x}/{y} http://10.0.0.8:8080/{z}/{y}/{x}.png ",
            GOOD_URL);
    buf_byte(&two, '\0');
    CHECK_OK(opened(NULL, two.ptr, "cgcs2000", " 天地图 · GS(2024)0650号 ", &basemap));
    CHECK_STR(str_of(basemap_hosts(basemap)), " https://t0.example.cn http://10.0.0.8:8080");
    Str text = told(basemap, &out);
    CHECK(has(text, "\"tiles\":[\"https://t0.example.cn/vec_w/wmts?x={x}&y={y}&z={z}&tk=abc123\","));
    CHECK(has(text, "\"datum\":\"cgcs2000\",\"credit\":\"天地图 · GS(2024)0650号\",\"type\":\"raster\""));
    basemap_close(basemap);
    buf_done(&out);
    buf_done(&two);
}

TEST(a_base_map_without_datum_or_credit_is_refused_and_so_is_one_in_gcj02)
{
    Basemap *basemap;
    CHECK_ERR(opened(NULL, GOOD_URL, NULL, "x", &basemap), ERR_USAGE);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "--basemap-datum is missing"));
    CHECK_ERR(opened(NULL, GOOD_URL, "wgs84", "  ", &basemap), ERR_USAGE);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "--basemap-credit is missing"));
    CHECK_ERR(opened(NULL, GOOD_URL, "gcj02", "x", &basemap), ERR_USAGE);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "300 to 600 m beside"));
    CHECK_ERR(opened(NULL, GOOD_URL, "bd09", "x", &basemap), ERR_USAGE);
    CHECK_ERR(opened("a", GOOD_URL, "wgs84", "x", &basemap), ERR_USAGE);
    CHECK_ERR(opened(NULL, NULL, "wgs84", NULL, &basemap), ERR_USAGE);
}

TEST(an_address_that_could_not_work_is_refused_with_the_reason)
{
    refused("ftp://a.cn/{z}/{x}/{y}", "begins with https://");
    refused("https://t{s}.a.cn/{z}/{x}/{y}", "names one host");
    refused("https://me@a.cn/{z}/{x}/{y}", "names one host");
    refused("https:///{z}/{x}/{y}", "names one host");
    refused("https://a.cn;script-src/{z}/{x}/{y}", "names one host");
    refused("https://a.cn/{z}/{x}", "needs {z}, {x} and {y}");
    refused("https://a.cn/{z}/{x}/{-y}", "knows {z}, {x}, {y}");
    refused("https://a.cn/{z}/{x}/{y", "{ without }");
    refused("https://a.cn/{z}/{x}/{y}?\"", "%XX");
    refused("  ", "is empty");
    refused(
        "https://a.cn/{z}/{x}/{y} https://b.cn/{z}/{x}/{y} https://c.cn/{z}/{x}/{y} https://d.cn/{z}/{x}/{y} "
        "https://e.cn/{z}/{x}/{y}",
        "at most 4");
}

TEST(an_address_with_a_key_needs_one)
{
    const BasemapOptions options = {NULL, GOOD_URL, "cgcs2000", "x", NULL};
    Basemap *basemap;
    CHECK_ERR(basemap_open(&options, &basemap), ERR_USAGE);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "LIANPU_BASEMAP_KEY"));
}

/* A file of 200 bytes whose head says: root of 10 bytes, vector tiles in gzip, zooms 0 to 14. */
static const char *file_of(int at, uint8_t byte, size_t size)
{
    static char path[500];
    uint8_t bytes[200] = "PMTiles\3";
    bytes[8] = 127, bytes[16] = 10;
    bytes[97] = bytes[98] = 2, bytes[99] = 1, bytes[101] = 14;
    if (at >= 0)
        bytes[at] = byte;
    snprintf(path, sizeof path, "%s/a.pmtiles", test_folder());
    FILE *file = fopen(path, "wb");
    CHECK(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
    return path;
}

TEST(a_pmtiles_file_is_told_and_read_in_parts)
{
    Basemap *basemap;
    Buf out;
    buf_init(&out, 10000);
    CHECK_OK(opened(file_of(-1, 0, 200), NULL, "wgs84", "© OSM", &basemap));
    CHECK_EQ(basemap_file_bytes(basemap), 200);
    CHECK_EQ(strlen(basemap_file_tag(basemap)), 32);
    Str text = told(basemap, &out);
    CHECK(has(text, "\"type\":\"pmtiles_vector\",\"url\":\"/basemap/pmtiles?v="));
    CHECK(has(text, "\"min_zoom\":0,\"max_zoom\":14"));
    buf_clear(&out);
    CHECK_OK(basemap_file_read(basemap, 2, 5, &out));
    CHECK_STR(buf_view(&out), "Tiles");
    CHECK_ERR(basemap_file_read(basemap, 190, 20, &out), ERR_FILE_READ);
    basemap_close(basemap);
    buf_done(&out);
}

TEST(a_file_that_browsers_could_not_read_is_refused_at_the_start)
{
    static const struct {
        int at;
        uint8_t byte;
        size_t size;
        const char *says;
    } cases[] = {
        {0, 'Q', 200, "no PMTiles file"},
        {-1, 0, 100, "no PMTiles file"},
        {7, 2, 200, "another version"},
        {16, 100, 200, "shorter than its head"},
        {15, 255, 200, "shorter than its head"},
        {97, 3, 200, "brotli or zstd"},
        {98, 4, 200, "brotli or zstd"},
        {99, 0, 200, "neither vector"},
        {100, 15, 200, "zooms"},
    };
    Basemap *basemap;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = file_of(cases[i].at, cases[i].byte, cases[i].size);
        CHECK_ERR(opened(path, NULL, "wgs84", "x", &basemap), ERR_FILE_READ);
        CHECK(strstr(fault_arg(fault_last(), "detail"), cases[i].says));
    }
    CHECK_ERR(opened(test_folder(), NULL, "wgs84", "x", &basemap), ERR_FILE_READ);
    CHECK_ERR(opened("/nowhere/a.pmtiles", NULL, "wgs84", "x", &basemap), ERR_FILE_OPEN);
}
