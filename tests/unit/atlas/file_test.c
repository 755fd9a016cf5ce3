/* Files that were changed, cut, swapped or written with intent: each is told, none is believed. */
#include "atlas/manifest.h"
#include "atlas_sample.h"
#include "base/hash.h"
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const SampleRow rows[] = {
    {KIND_FACILITY, "port-a", "type=port", "POINT(113 22)"},
    {KIND_PARK, "park-a", "tiers=pilot_zone,industrial;regions=440705,440704", "POINT(113.1 22.5)"},
    {KIND_PARCEL, "a", "area_m2=100;land_use=M1;name_zh=甲;available_from=2023;gas_left_m3h=n/a",
     "POLYGON((113.01 22.5, 113.02 22.5, 113.02 22.501, 113.01 22.5))"},
    {KIND_PARCEL, "b", "area_m2=200;land_use=M2;promised_to=SecretProject;heat_left_tph=withheld", NULL},
};

static Atlas *sample(Arena *arena)
{
    return atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, sizeof rows / sizeof *rows);
}

/* The one file of the folder whose name has `part` in it. */
static void path_of(const char *part, char ret[600])
{
    DIR *folder = opendir(test_folder());
    CHECK(folder);
    ret[0] = '\0';
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (strstr(entry->d_name, part))
            snprintf(ret, 600, "%s/%s", test_folder(), entry->d_name);
    closedir(folder);
    CHECK(ret[0]);
}

static char *read_all(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    CHECK(file);
    char *bytes = malloc(1 << 20);
    *ret_size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static void write_all(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    CHECK(file);
    CHECK(fwrite(bytes, 1, size, file) == size);
    fclose(file);
}

static void check_refused(const char *path)
{
    Atlas *atlas;
    CHECK_ERR(atlas_open(test_folder(), AUDIENCE_PUBLIC, &atlas), ERR_SEGMENT);
    CHECK(strstr(fault_arg(fault_last(), "path"), path));
    CHECK(fault_arg(fault_last(), "detail")[0]);
}

/* Every bit of every byte would take long; one bit of every byte does not. Written in place: a file that is
 * cut and written anew goes down to the disk each time. */
static void flip_everywhere(const char *part)
{
    char path[600];
    size_t size;
    path_of(part, path);
    char *bytes = read_all(path, &size);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    for (size_t at = 0; at < size; at++) {
        char flipped = (char)(bytes[at] ^ (1 << at % 8));
        CHECK_EQ(pwrite(fd, &flipped, 1, (off_t)at), 1);
        check_refused(path);
        CHECK_EQ(pwrite(fd, &bytes[at], 1, (off_t)at), 1);
    }
    close(fd);
    Atlas *atlas;
    CHECK_OK(atlas_open(test_folder(), AUDIENCE_PUBLIC, &atlas));
    atlas_unref(atlas);
    free(bytes);
}

TEST(a_flipped_bit_anywhere_in_a_base_is_told)
{
    Arena *arena = arena_new();
    atlas_unref(sample(arena));
    flip_everywhere("-base-");
    arena_free(arena);
}

TEST(a_flipped_bit_anywhere_in_a_delta_is_told)
{
    Arena *arena = arena_new();
    const char *const buried[] = {"b"};
    Atlas *base = sample(arena);
    atlas_unref(atlas_over(arena, test_folder(), base, NULL, 0, KIND_PARCEL, buried, 1));
    atlas_unref(base);
    flip_everywhere("-delta-");
    arena_free(arena);
}

TEST(a_flipped_bit_anywhere_in_the_manifest_is_told)
{
    Arena *arena = arena_new();
    atlas_unref(sample(arena));
    flip_everywhere(".manifest");
    arena_free(arena);
}

TEST(a_file_cut_at_any_length_is_told)
{
    Arena *arena = arena_new();
    char path[600];
    size_t size;
    atlas_unref(sample(arena));
    path_of("-base-", path);
    char *bytes = read_all(path, &size);
    CHECK_EQ(truncate(path, (off_t)size + 1), 0);
    check_refused(path);
    for (size_t len = size; len > 0;) {
        len -= len < 300 ? 1 : 17;
        CHECK_EQ(truncate(path, (off_t)len), 0);
        check_refused(path);
    }
    free(bytes);
    arena_free(arena);
}

TEST(a_hidden_field_leaves_not_a_byte_in_the_file)
{
    Arena *arena = arena_new();
    char path[600];
    size_t size;
    atlas_unref(sample(arena));
    path_of("-base-", path);
    char *bytes = read_all(path, &size);
    CHECK(memmem(bytes, size, "pilot", 5) == NULL); /* codes are numbers */
    CHECK(memmem(bytes, size, "甲", 3) != NULL);
    CHECK(memmem(bytes, size, "SecretProject", 13) == NULL);
    free(bytes);
    arena_free(arena);
}

TEST(a_missing_delta_is_told_and_not_passed_over)
{
    Arena *arena = arena_new();
    char path[600];
    Atlas *base = sample(arena);
    atlas_unref(atlas_over(arena, test_folder(), base, &rows[3], 1, KIND_PARCEL, NULL, 0));
    atlas_unref(base);
    path_of("-delta-", path);
    CHECK_EQ(unlink(path), 0);
    check_refused(path);
    arena_free(arena);
}

TEST(a_delta_over_another_base_is_told)
{
    Arena *arena = arena_new();
    Manifest first, second;
    Atlas *base = sample(arena);
    atlas_unref(atlas_over(arena, test_folder(), base, &rows[3], 1, KIND_PARCEL, NULL, 0));
    atlas_unref(base);
    CHECK_OK(manifest_read(test_folder(), AUDIENCE_PUBLIC, &first));
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, 2));
    CHECK_OK(manifest_read(test_folder(), AUDIENCE_PUBLIC, &second));
    memcpy(second.delta, first.delta, sizeof second.delta);
    CHECK_OK(manifest_write(test_folder(), AUDIENCE_PUBLIC, &second));
    check_refused(first.delta);
    arena_free(arena);
}

/* Changes a header and its checksum, so that only what it says is wrong. */
static void write_header(const char *path, const SegmentHeader *changed, const char *bytes, size_t size)
{
    SegmentHeader header = *changed;
    char *copy = malloc(size);
    header.sum = hash64(&header, offsetof(SegmentHeader, sum));
    memcpy(copy, bytes, size);
    memcpy(copy, &header, sizeof header);
    write_all(path, copy, size);
    free(copy);
}

TEST(a_segment_of_another_model_version_or_audience_is_told)
{
    Arena *arena = arena_new();
    char path[600];
    size_t size;
    SegmentHeader header, changed;
    atlas_unref(sample(arena));
    path_of("-base-", path);
    char *bytes = read_all(path, &size);
    memcpy(&header, bytes, sizeof header);
    changed = header;
    changed.model ^= 1;
    write_header(path, &changed, bytes, size);
    check_refused(path);
    CHECK(strstr(fault_arg(fault_last(), "detail"), "model"));
    changed = header;
    changed.version++;
    write_header(path, &changed, bytes, size);
    check_refused(path);
    changed = header;
    changed.audience = AUDIENCE_STAFF;
    write_header(path, &changed, bytes, size);
    check_refused(path);
    free(bytes);
    arena_free(arena);
}

TEST(an_audience_does_not_open_the_atlas_of_another)
{
    Arena *arena = arena_new();
    Atlas *atlas;
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_STAFF, rows, 2));
    CHECK_ERR(atlas_open(test_folder(), AUDIENCE_PUBLIC, &atlas), ERR_NOT_FOUND);
    char from[600], to[600];
    path_of("staff.manifest", from);
    snprintf(to, sizeof to, "%s/public.manifest", test_folder());
    CHECK_EQ(rename(from, to), 0);
    check_refused("public.manifest");
    arena_free(arena);
}

TEST(a_manifest_that_names_a_file_elsewhere_is_refused)
{
    Manifest manifest = {.commit = 1, .base = "../../etc/passwd"};
    CHECK_OK(manifest_write(test_folder(), AUDIENCE_PUBLIC, &manifest));
    check_refused("public.manifest");
}

/* What the columns hold, read as every engine might: nothing may lead outside the map. */
static void read_everything(Arena *arena, const Segment *segment)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const Table *table = &segment->tables[kind];
        for (uint32_t row = 0; row < table->rows; row++) {
            Value value;
            Geometry shape;
            uint32_t found;
            for (uint32_t f = 0; f < kind_info((Kind)kind)->field_count; f++)
                table_value(arena, table, row, f, &value);
            table_shape(arena, table, row, &shape);
            table_find(table, table_key(table, row), &found);
        }
    }
}

/* Behind the checksums: each byte is set to several others, and whatever still opens must be safe to read.
 * The bytes end where a page ends that nobody may touch. */
TEST(a_segment_made_to_mislead_is_refused_or_harmless)
{
    Arena *arena = arena_new();
    char path[600];
    size_t size;
    uint32_t opened = 0, refused = 0;
    atlas_unref(sample(arena));
    path_of("-base-", path);
    char *bytes = read_all(path, &size);
    size_t pages = (size + 4095) / 4096 * 4096;
    char *map = mmap(NULL, pages + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(map != MAP_FAILED && mprotect(map + pages, 4096, PROT_NONE) == 0);
    char *at = map + (pages - size) / 64 * 64;
    memcpy(at, bytes, size);
    for (size_t i = 0; i < size; i++) {
        static const char others[] = {0, 1, 0x7F, (char)0x80, (char)0xFF};
        for (size_t k = 0; k < sizeof others; k++) {
            Segment *segment;
            at[i] = others[k];
            Err err = segment_from_bytes(at, size, "bytes", AUDIENCE_PUBLIC, false, &segment);
            if (err == OK) {
                read_everything(arena, segment);
                segment_unref(segment);
                arena_reset(arena);
                opened++;
            } else {
                CHECK_EQ(err, ERR_SEGMENT);
                refused++;
            }
        }
        at[i] = bytes[i];
    }
    CHECK(opened > 0 && refused > 0);
    munmap(map, pages + 4096);
    free(bytes);
    arena_free(arena);
}
