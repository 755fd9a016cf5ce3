#include "atlas/segment.h"
#include "atlas/tasks.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "segments are mapped as they are: little-endian");

static pthread_mutex_t in_use_lock = PTHREAD_MUTEX_INITIALIZER;
static Segment *in_use;

static Err bad(const char *path, const char *detail)
{
    return fail(ERR_SEGMENT, "path", path, "detail", detail, NULL);
}

static Err check_header(const Segment *segment, const char *path, Audience audience, bool check_sums)
{
    const SegmentHeader *header = &segment->header;
    if (memcmp(header->magic, SEGMENT_MAGIC, sizeof header->magic) != 0)
        return bad(path, "it is no segment");
    if (header->version != SEGMENT_VERSION)
        return bad(path, "it is of another format version");
    if (check_sums && header->sum != hash64(header, offsetof(SegmentHeader, sum)))
        return bad(path, "its header does not match its checksum");
    if (header->model != model_digest())
        return bad(path, "it was written for another model");
    if (header->audience != (uint32_t)audience)
        return bad(path, "it is of another audience");
    if (header->file_bytes != segment->size)
        return bad(path, "it is cut short or has more at its end");
    for (size_t i = 0; i < sizeof header->reserved / sizeof *header->reserved; i++)
        if (header->reserved[i])
            return bad(path, "its header has a place set that must be zero");
    if (header->section_count > SECTIONS_MAX)
        return bad(path, "it has too many sections");
    return OK;
}

static bool all_zero(const uint8_t *bytes, uint64_t from, uint64_t to)
{
    while (from < to)
        if (bytes[from++])
            return false;
    return true;
}

static uint64_t aligned(uint64_t offset)
{
    return (offset + SEGMENT_ALIGN - 1) & ~(uint64_t)(SEGMENT_ALIGN - 1);
}

/* Ascending order makes a section findable and unique. */
static uint64_t entry_order(const SectionEntry *entry)
{
    return (uint64_t)entry->kind << 48 | (uint64_t)entry->column << 32 | entry->part;
}

/* Sections follow each other without a gap but zero bytes, so every byte of the file is accounted for. */
static Err check_directory(const Segment *segment, const char *path, bool check_sums)
{
    uint64_t at = sizeof(SegmentHeader);
    uint64_t bytes = (uint64_t)segment->header.section_count * sizeof(SectionEntry);
    if (bytes > segment->size - at)
        return bad(path, "its directory lies outside the file");
    if (check_sums && segment->header.id != hash64(segment->entries, bytes))
        return bad(path, "its directory does not match its checksum");
    at += bytes;
    for (uint32_t i = 0; i < segment->header.section_count; i++) {
        const SectionEntry *entry = &segment->entries[i];
        if (entry->part >= PART_COUNT || (i && entry_order(entry) <= entry_order(entry - 1)))
            return bad(path, "its directory is out of order");
        if (entry->offset != aligned(at) || entry->offset > segment->size ||
            entry->size > segment->size - entry->offset)
            return bad(path, "a section lies outside the file or over another");
        if (!all_zero(segment->bytes, at, entry->offset))
            return bad(path, "there is something between two sections");
        at = entry->offset + entry->size;
    }
    return at == segment->size ? OK : bad(path, "there is something behind the last section");
}

static void segment_free(Segment *segment)
{
    if (segment->mapped)
        munmap((void *)(uintptr_t)segment->bytes, segment->size);
    if (segment->zeros)
        munmap(segment->zeros, segment->zeros_size);
    arena_free(segment->arena);
    free(segment);
}

/* What reads every byte of the sections. Whether they are what was written (their sums), and whether what was
 * written holds together, do not need each other, and are asked on two threads. */
typedef struct Reading {
    Segment *segment;
    atomic_bool rotten;
    const char *wrong; /* NULL: nothing */
} Reading;

/* The first pages are asked for by the section: that is quicker than one after another. */
static void check_sum(Reading *reading, const SectionEntry *entry)
{
    enum { WORTH_ASKING = 1 << 20, PAGE = 4096 };
    const uint8_t *bytes = reading->segment->bytes + entry->offset;
    if (reading->segment->mapped && entry->size >= WORTH_ASKING)
        madvise((void *)((uintptr_t)bytes & ~(uintptr_t)(PAGE - 1)), entry->size, MADV_POPULATE_READ);
    if (entry->sum != hash64(bytes, entry->size))
        atomic_store(&reading->rotten, true);
}

static void read_task(uint32_t task, void *user)
{
    Reading *reading = user;
    if (task == 0)
        reading->wrong = segment_verify(reading->segment);
    else
        check_sum(reading, &reading->segment->entries[task - 1]);
}

static Err check_sections(Segment *segment, const char *path, bool check_sums)
{
    enum { LARGE_BYTES = 16 * 1024 * 1024 };
    Reading reading = {.segment = segment};
    atomic_init(&reading.rotten, false);
    tasks_run(1 + (check_sums ? segment->header.section_count : 0), segment->size >= LARGE_BYTES, read_task,
              &reading);
    if (reading.rotten)
        return bad(path, "a section does not match its checksum");
    return reading.wrong ? bad(path, reading.wrong) : OK;
}

static Err check(Segment *segment, const char *path, Audience audience, bool check_sums)
{
    if (segment->size < sizeof(SegmentHeader))
        return bad(path, "it is shorter than a header");
    memcpy(&segment->header, segment->bytes, sizeof segment->header);
    segment->entries = (const SectionEntry *)(const void *)(segment->bytes + sizeof(SegmentHeader));
    TRY(check_header(segment, path, audience, check_sums));
    TRY(check_directory(segment, path, check_sums));
    return check_sections(segment, path, check_sums);
}

static Segment *segment_new(void)
{
    Segment *segment = heap_zalloc(sizeof *segment);
    segment->arena = arena_new();
    atomic_init(&segment->refs, 1);
    return segment;
}

Err segment_from_bytes(const void *bytes, uint64_t size, const char *path, Audience audience, bool check_sums,
                       Segment **ret)
{
    Segment *segment = segment_new();
    segment->bytes = bytes;
    segment->size = size;
    Err err = check(segment, path, audience, check_sums);
    if (err != OK)
        segment_free(segment);
    else
        *ret = segment;
    return err;
}

static Err map_file(Segment *segment, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return bad(path, strerror(errno));
    struct stat st;
    void *map = MAP_FAILED;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return bad(path, "it is empty or cannot be mapped");
    segment->bytes = map;
    segment->size = (uint64_t)st.st_size;
    segment->device = st.st_dev;
    segment->inode = st.st_ino;
    segment->mapped = true;
    return OK;
}

Err segment_open(const char *dir, const char *name, Audience audience, Segment **ret)
{
    char path[PATH_MAX_BYTES];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    Segment *segment = segment_new();
    snprintf(segment->name, sizeof segment->name, "%s", name);
    Err err = map_file(segment, path);
    if (err == OK)
        err = check(segment, path, audience, true);
    if (err != OK) {
        segment_free(segment);
        return err;
    }
    pthread_mutex_lock(&in_use_lock);
    segment->next = in_use;
    in_use = segment;
    pthread_mutex_unlock(&in_use_lock);
    *ret = segment;
    return OK;
}

Segment *segment_ref(Segment *segment)
{
    atomic_fetch_add_explicit(&segment->refs, 1, memory_order_relaxed);
    return segment;
}

void segment_unref(Segment *segment)
{
    if (!segment || atomic_fetch_sub_explicit(&segment->refs, 1, memory_order_acq_rel) != 1)
        return;
    pthread_mutex_lock(&in_use_lock);
    for (Segment **at = &in_use; *at; at = &(*at)->next) {
        if (*at == segment) {
            *at = segment->next;
            break;
        }
    }
    pthread_mutex_unlock(&in_use_lock);
    segment_free(segment);
}

bool segment_in_use(dev_t device, ino_t inode)
{
    pthread_mutex_lock(&in_use_lock);
    const Segment *segment = in_use;
    while (segment && (segment->device != device || segment->inode != inode))
        segment = segment->next;
    pthread_mutex_unlock(&in_use_lock);
    return segment != NULL;
}
