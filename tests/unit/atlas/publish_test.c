/* Builds that end badly, bases built apart, and what is swept away. */
#include "atlas/manifest.h"
#include "atlas/picture.h"
#include "atlas_sample.h"
#include "test.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const SampleRow old_row = {KIND_PARCEL, "a", "area_m2=100", NULL};
static const SampleRow new_row = {KIND_PARCEL, "a", "area_m2=200", NULL};

static int64_t area_of(const Atlas *atlas)
{
    RowRef at;
    Value value;
    CHECK_OK(atlas_find(atlas, KIND_PARCEL, STR("a"), &at));
    table_value(NULL, atlas_table(atlas, KIND_PARCEL, at.segment), at.row,
                (uint32_t)field_index(KIND_PARCEL, STR("area_m2")), &value);
    return value.num / 100;
}

static void check_area(int64_t area)
{
    Atlas *atlas;
    CHECK_OK(atlas_open(test_folder(), AUDIENCE_PUBLIC, &atlas));
    CHECK_EQ(area_of(atlas), area);
    atlas_unref(atlas);
}

static uint32_t files_with(const char *part)
{
    uint32_t count = 0;
    DIR *folder = opendir(test_folder());
    CHECK(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strstr(entry->d_name, part) != NULL;
    closedir(folder);
    return count;
}

static AtlasBuild *begin(Arena *arena, int64_t commit, const SampleRow *row, Atlas *base)
{
    AtlasBuild *build;
    CHECK_OK(atlas_build_begin(test_folder(), AUDIENCE_PUBLIC, commit, base, &build));
    sample_add(arena, build, row);
    return build;
}

/* Big enough to be written in several pieces. */
static AtlasBuild *begin_large(Arena *arena, uint32_t count)
{
    AtlasBuild *build = begin(arena, 2, &new_row, NULL);
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    for (uint32_t i = 0; i < count; i++) {
        char key[24], text[24];
        values[FIELD_NAME_ZH] =
            (Value){.state = VALUE_KNOWN, .text = {text, (size_t)snprintf(text, sizeof text, "name %u", i)}};
        Str key_text = {key, (size_t)snprintf(key, sizeof key, "key-%u", i)};
        CHECK_OK(atlas_build_add(build, KIND_PARCEL, key_text, values, NULL, (Freshness){{1, 1}, 0}));
    }
    return build;
}

TEST(a_build_given_up_keeps_the_old_atlas)
{
    Arena *arena = arena_new();
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    atlas_build_abandon(begin(arena, 2, &new_row, NULL));
    atlas_build_abandon(NULL);
    check_area(100);
    CHECK_EQ(files_with(".seg"), 1);
    arena_free(arena);
}

/* The child may write so many bytes to a file and is killed by the one after: the kernel's own "half-way". */
static void build_and_die_after(Arena *arena, rlim_t bytes)
{
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        struct rlimit limit = {bytes, bytes}, no_core = {0, 0};
        AtlasBuild *build = begin_large(arena, 20000);
        Atlas *atlas;
        setrlimit(RLIMIT_CORE, &no_core);
        signal(SIGXFSZ, SIG_DFL);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(atlas_build_finish(build, &atlas) == OK ? 0 : 1);
    }
    int status;
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
}

TEST(a_build_killed_half_way_keeps_the_old_atlas_and_is_swept_away)
{
    static const rlim_t limits[] = {1, 4096, 100000, 700000};
    Arena *arena = arena_new();
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        build_and_die_after(arena, limits[i]);
        check_area(100);
        CHECK_EQ(files_with(".tmp"), 1);
        atlas_sweep(test_folder());
        CHECK_EQ(files_with(".tmp"), 0);
        CHECK_EQ(files_with(".seg"), 1);
        check_area(100);
    }
    arena_free(arena);
}

TEST(a_full_disk_keeps_the_old_atlas_and_leaves_no_half_file)
{
    static const rlim_t limits[] = {0, 50, 4096, 300000, 700000};
    Arena *arena = arena_new();
    struct rlimit was, limit;
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    CHECK_EQ(getrlimit(RLIMIT_FSIZE, &was), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        AtlasBuild *build = begin_large(arena, 20000);
        Atlas *atlas;
        limit = (struct rlimit){limits[i], was.rlim_max};
        CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
        Err err = atlas_build_finish(build, &atlas);
        CHECK_EQ(setrlimit(RLIMIT_FSIZE, &was), 0);
        CHECK_EQ(err, ERR_DISK_FULL);
        CHECK_EQ(files_with(".tmp"), 0);
        CHECK_EQ(files_with(".seg"), 1);
        check_area(100);
    }
    signal(SIGXFSZ, handler);
    arena_free(arena);
}

TEST(a_folder_that_cannot_be_made_is_told)
{
    char path[400];
    AtlasBuild *build;
    snprintf(path, sizeof path, "%s/a/b", test_folder());
    CHECK_ERR(atlas_build_begin(path, AUDIENCE_PUBLIC, 1, NULL, &build), ERR_FILE_WRITE);
}

TEST(a_base_built_apart_is_seen_when_it_is_adopted)
{
    Arena *arena = arena_new();
    Atlas *atlas;
    char name[ATLAS_NAME_MAX];
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    CHECK_OK(atlas_build_write(begin(arena, 2, &new_row, NULL), name));
    check_area(100);
    atlas_sweep(test_folder()); /* it waits, and is not swept */
    CHECK_OK(atlas_open_base(test_folder(), AUDIENCE_PUBLIC, name, &atlas));
    check_area(100);
    CHECK_OK(atlas_adopt(test_folder(), atlas));
    CHECK_EQ(area_of(atlas), 200);
    CHECK_EQ(atlas_commit(atlas), 2);
    atlas_unref(atlas);
    check_area(200);
    atlas_sweep(test_folder());
    CHECK_EQ(files_with(".seg"), 1);
    arena_free(arena);
}

TEST(a_base_that_is_older_than_a_delta_is_not_adopted_but_built_over)
{
    Arena *arena = arena_new();
    const SampleRow later = {KIND_PARCEL, "a", "area_m2=300", NULL};
    char name[ATLAS_NAME_MAX];
    Atlas *first = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1), *fresh, *atlas;
    CHECK_OK(atlas_build_write(begin(arena, 2, &new_row, NULL), name));
    CHECK_OK(atlas_build_finish(begin(arena, 3, &later, first), &atlas));
    atlas_unref(atlas);
    CHECK_OK(atlas_open_base(test_folder(), AUDIENCE_PUBLIC, name, &fresh));
    CHECK_ERR(atlas_adopt(test_folder(), fresh), ERR_BUILD);
    CHECK_EQ(area_of(fresh), 200);
    check_area(300);
    CHECK_OK(atlas_build_finish(begin(arena, 3, &later, fresh), &atlas));
    CHECK_EQ(atlas->segments[0]->header.commit, 2);
    CHECK_EQ(atlas_commit(atlas), 3);
    check_area(300);
    atlas_unref(atlas);
    atlas_unref(fresh);
    atlas_unref(first);
    atlas_sweep(test_folder());
    CHECK_EQ(files_with(".seg"), 2);
    check_area(300);
    arena_free(arena);
}

TEST(a_delta_is_not_written_apart)
{
    Arena *arena = arena_new();
    char name[ATLAS_NAME_MAX];
    Atlas *base = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1);
    CHECK_ERR(atlas_build_write(begin(arena, 2, &new_row, base), name), ERR_BUILD);
    check_area(100);
    atlas_unref(base);
    arena_free(arena);
}

TEST(what_an_atlas_of_this_process_holds_is_not_swept_away)
{
    Arena *arena = arena_new();
    Atlas *old = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1);
    Atlas *delta = atlas_over(arena, test_folder(), old, &new_row, 1, KIND_PARCEL, NULL, 0);
    Atlas *next;
    CHECK_OK(atlas_build_finish(begin(arena, 3, &old_row, NULL), &next));
    atlas_unref(old);
    atlas_sweep(test_folder());
    CHECK_EQ(files_with("-base-"), 2);
    CHECK_EQ(files_with("-delta-"), 1);
    CHECK_EQ(area_of(delta), 200);
    atlas_unref(delta);
    atlas_sweep(test_folder());
    CHECK_EQ(files_with("-delta-"), 0);
    atlas_unref(next);
    check_area(100);
    arena_free(arena);
}

TEST(a_base_nobody_adopted_is_swept_away_after_an_hour)
{
    Arena *arena = arena_new();
    char name[ATLAS_NAME_MAX], path[400];
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    CHECK_OK(atlas_build_write(begin(arena, 2, &new_row, NULL), name));
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    struct timespec long_ago[2] = {{time(NULL) - 4000, 0}, {time(NULL) - 4000, 0}};
    CHECK_EQ(utimensat(AT_FDCWD, path, long_ago, 0), 0);
    atlas_sweep(test_folder());
    CHECK_EQ(files_with(".seg"), 1);
    check_area(100);
    arena_free(arena);
}

TEST(a_delta_just_written_is_not_swept_away_before_it_is_named)
{
    Arena *arena = arena_new();
    Manifest manifest;
    Atlas *base = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1);
    CHECK_OK(manifest_read(test_folder(), AUDIENCE_PUBLIC, &manifest));
    atlas_unref(atlas_over(arena, test_folder(), base, &new_row, 1, KIND_PARCEL, NULL, 0));
    atlas_unref(base);
    CHECK_OK(manifest_write(test_folder(), AUDIENCE_PUBLIC, &manifest)); /* as if it were not named yet */
    atlas_sweep(test_folder());
    CHECK_EQ(files_with("-delta-"), 1);
    arena_free(arena);
}

TEST(foreign_files_and_folders_without_a_manifest_are_left_alone)
{
    Arena *arena = arena_new();
    char path[400], name[ATLAS_NAME_MAX];
    CHECK_OK(atlas_build_write(begin(arena, 2, &new_row, NULL), name));
    atlas_sweep(test_folder());
    CHECK_EQ(files_with(".seg"), 1);
    snprintf(path, sizeof path, "%s/public-notes.txt", test_folder());
    FILE *file = fopen(path, "w");
    CHECK(file && fclose(file) == 0);
    atlas_unref(atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, &old_row, 1));
    atlas_sweep(test_folder());
    CHECK_EQ(files_with("notes"), 1);
    arena_free(arena);
}
