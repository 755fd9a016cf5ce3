#include "app/basemap.h"
#include "app/basemap_data.h"
#include "app/basemap_url.h"
#include "app/entity_json.h"
#include "app/pmtiles.h"
#include <string.h>

struct Basemap {
    Arena *arena;
    BasemapUrls service; /* count 0: it is a file */
    PmTiles file;        /* fd -1: it is a service */
    const char *datum, *credit;
};

static Err usage(const char *detail)
{
    return fail(ERR_USAGE, "detail", detail, "command", "serve", NULL);
}

/* A datum says where things stand: 500 m beside is another plot. */
static Err check_datum(const char *datum)
{
    if (!datum)
        return usage("--basemap-datum is missing: say in which datum the base map is, wgs84 or cgcs2000");
    if (strcmp(datum, "gcj02") == 0)
        return usage("a base map in gcj02 lies 300 to 600 m beside the plots, which are in WGS84: each would "
                     "be shown on "
                     "other land; take one in wgs84 or cgcs2000");
    if (strcmp(datum, "wgs84") != 0 && strcmp(datum, "cgcs2000") != 0)
        return usage("--basemap-datum is wgs84 or cgcs2000");
    return OK;
}

static Err check_credit(const char *credit)
{
    if (!credit || str_trim(str_of(credit)).len == 0)
        return usage(
            "--basemap-credit is missing: say whose base map it is, and its approval number if it has one");
    return str_utf8_valid(str_of(credit)) ? OK : usage("--basemap-credit is not UTF-8");
}

static Err check(const BasemapOptions *options)
{
    if (options->file && options->url)
        return usage("--basemap and --basemap-url are one or the other");
    TRY(check_datum(options->datum));
    return check_credit(options->credit);
}

Err basemap_open(const BasemapOptions *options, Basemap **ret)
{
    *ret = NULL;
    if (!options->file && !options->url) {
        bool alone = options->datum || options->credit;
        return alone ? usage("--basemap-datum and --basemap-credit are of a base map: give --basemap or "
                             "--basemap-url")
                     : OK;
    }
    TRY(check(options));
    Arena *arena = arena_new();
    Basemap *made = arena_new_of(arena, Basemap);
    made->arena = arena;
    made->file.fd = -1;
    made->datum = str_copy(arena, str_of(options->datum)).ptr;
    made->credit = str_copy(arena, str_trim(str_of(options->credit))).ptr;
    Err err = options->url ? basemap_urls_read(arena, options->url, options->key, &made->service)
                           : pmtiles_open(options->file, &made->file);
    if (err == OK)
        *ret = made;
    else
        basemap_close(made);
    return err;
}

void basemap_close(Basemap *basemap)
{
    if (!basemap)
        return;
    if (basemap->file.fd >= 0)
        pmtiles_close(&basemap->file);
    arena_free(basemap->arena);
}

const char *basemap_hosts(const Basemap *basemap)
{
    return basemap && basemap->service.count ? basemap->service.hosts : "";
}

uint64_t basemap_file_bytes(const Basemap *basemap)
{
    return basemap && basemap->file.fd >= 0 ? basemap->file.bytes : 0;
}

const char *basemap_file_tag(const Basemap *basemap)
{
    return basemap->file.tag;
}

Err basemap_file_read(const Basemap *basemap, uint64_t at, size_t len, Buf *out)
{
    return pmtiles_read(&basemap->file, at, len, out);
}

const Embedded *basemap_ground(Str name)
{
    return embedded_find(basemap_data, basemap_data_count, name);
}

static void out_text(JsonOut *out, const char *name, const char *text)
{
    out_name(out, name);
    out_c(out, text);
}

/* Addresses bear the content's digest, so that a browser keeps what it has. */
static void out_address(JsonOut *out, const char *name, const char *file, const char *tag)
{
    Buf url;
    buf_init(&url, 200);
    buf_fmt(&url, "/basemap/%s?v=%s", file, tag);
    out_name(out, name);
    out_str(out, buf_view(&url));
    buf_done(&url);
}

static const struct {
    const char *name, *file, *source, *licence;
} ground[] = {
    {"land", "land.geojson", "OpenStreetMap", "ODbL-1.0"},
    {"water", "water.geojson", "GSHHG 2.3.7", "LGPL-3.0-or-later"},
    {"rivers", "rivers.geojson", "GSHHG 2.3.7", "LGPL-3.0-or-later"},
    {"places", "places.geojson", "GeoNames", "CC-BY-4.0"},
};

static void out_ground(JsonOut *out)
{
    out_name(out, "layers");
    out_array(out);
    for (size_t i = 0; i < sizeof ground / sizeof *ground; i++) {
        const Embedded *file = basemap_ground(str_of(ground[i].file));
        if (!file)
            continue;
        out_object(out);
        out_text(out, "name", ground[i].name);
        out_address(out, "url", ground[i].file, file->digest);
        out_name(out, "bytes");
        out_int(out, (int64_t)file->plain.len);
        out_text(out, "source", ground[i].source);
        out_text(out, "licence", ground[i].licence);
        out_object_end(out);
    }
    out_array_end(out);
    out_text(out, "credit", "© OpenStreetMap contributors · GSHHG · GeoNames");
    out_text(out, "datum", "wgs84");
}

static void out_under(JsonOut *out, const Basemap *basemap)
{
    out_object(out);
    out_text(out, "datum", basemap->datum);
    out_text(out, "credit", basemap->credit);
    if (basemap->service.count) {
        out_text(out, "type", "raster");
        out_name(out, "tiles");
        out_array(out);
        for (uint32_t i = 0; i < basemap->service.count; i++)
            out_c(out, basemap->service.urls[i]);
        out_array_end(out);
    } else {
        out_text(out, "type", basemap->file.vector ? "pmtiles_vector" : "pmtiles_raster");
        out_address(out, "url", "pmtiles", basemap->file.tag);
        out_name(out, "min_zoom");
        out_int(out, basemap->file.min_zoom);
        out_name(out, "max_zoom");
        out_int(out, basemap->file.max_zoom);
        out_name(out, "box");
        out_box(out, basemap->file.box);
    }
    out_object_end(out);
}

void basemap_json(const Basemap *basemap, JsonOut *out)
{
    out_object(out);
    out_ground(out);
    out_name(out, "under");
    if (basemap)
        out_under(out, basemap);
    else
        out_null(out);
    out_object_end(out);
}
