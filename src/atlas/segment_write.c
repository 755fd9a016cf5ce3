#include "atlas/segment.h"
#include "base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* What is written is gathered into pieces of the size and place of a large page: so the system keeps the file
 * in such, and who maps it finds a place in it with one look where it took two; a delta of a hundred sections
 * is one write. */
enum { PIECE_BYTES = 2 * 1024 * 1024 };

typedef struct Output {
    int fd;
    const char *path;
    char *gathered;
    size_t gathered_len;
    uint64_t written;
    uint64_t sent; /* of it, what the disk was asked to take */
} Output;

static Err write_all(const Output *output, const char *bytes, uint64_t size)
{
    enum { AT_ONCE = 1 << 30 };
    while (size > 0) {
        ssize_t done = write(output->fd, bytes, size < AT_ONCE ? size : AT_ONCE);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fail_write(output->path, errno);
        bytes += done;
        size -= (uint64_t)done;
    }
    return OK;
}

/* The disk begins at once, not only when the file is synced. If it does not, syncing takes longer, no more.
 */
static void send_on(Output *output)
{
    enum { AT_ONCE = 32 * 1024 * 1024 };
    if (output->written - output->sent < AT_ONCE)
        return;
    sync_file_range(output->fd, (off_t)output->sent, (off_t)(output->written - output->sent),
                    SYNC_FILE_RANGE_WRITE);
    output->sent = output->written;
}

static Err flush(Output *output)
{
    size_t len = output->gathered_len;
    output->gathered_len = 0;
    return write_all(output, output->gathered, len);
}

static Err put(Output *output, const void *bytes, uint64_t size)
{
    const char *at = bytes;
    output->written += size;
    while (size > 0) {
        uint64_t whole = output->gathered_len == 0 ? size - size % PIECE_BYTES : 0;
        uint64_t room = PIECE_BYTES - output->gathered_len, len = whole ? whole : size < room ? size : room;
        if (whole) {
            TRY(write_all(output, at, len));
        } else {
            memcpy(output->gathered + output->gathered_len, at, len);
            output->gathered_len += len;
        }
        if (output->gathered_len == PIECE_BYTES)
            TRY(flush(output));
        at += len;
        size -= len;
    }
    return OK;
}

static int compare_sections(const void *a, const void *b)
{
    const Section *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

static void lay_out(SegmentHeader *header, const Section *sections, uint32_t count, SectionEntry *entries)
{
    uint64_t at = sizeof *header + count * sizeof *entries;
    for (uint32_t i = 0; i < count; i++) {
        at = (at + SEGMENT_ALIGN - 1) & ~(uint64_t)(SEGMENT_ALIGN - 1);
        entries[i] = (SectionEntry){.kind = (uint16_t)sections[i].kind,
                                    .column = (uint16_t)sections[i].column,
                                    .part = sections[i].part,
                                    .offset = at,
                                    .size = sections[i].size,
                                    .sum = hash64(sections[i].bytes, sections[i].size)};
        at += sections[i].size;
    }
    memcpy(header->magic, SEGMENT_MAGIC, sizeof header->magic);
    header->version = SEGMENT_VERSION;
    header->model = model_digest();
    header->file_bytes = at;
    header->section_count = count;
    header->id = hash64(entries, count * sizeof *entries);
    header->sum = hash64(header, offsetof(SegmentHeader, sum));
}

static Err write_sections(Output *output, const SegmentHeader *header, const SectionEntry *entries,
                          const Section *sections)
{
    static const char zeros[SEGMENT_ALIGN];
    TRY(put(output, header, sizeof *header));
    TRY(put(output, entries, header->section_count * sizeof *entries));
    for (uint32_t i = 0; i < header->section_count; i++) {
        TRY(put(output, zeros, entries[i].offset - output->written));
        TRY(put(output, sections[i].bytes, sections[i].size));
        send_on(output);
    }
    TRY(flush(output));
    return fsync(output->fd) == 0 ? OK : fail_write(output->path, errno);
}

Err segment_write(const char *path, SegmentHeader *header, Section *sections, uint32_t count)
{
    Output output = {.path = path};
    output.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (output.fd < 0)
        return fail_write(path, errno);
    flock(output.fd, LOCK_EX | LOCK_NB); /* tells atlas_sweep that somebody is at it */
    qsort(sections, count, sizeof *sections, compare_sections);
    SectionEntry *entries = heap_alloc(count * sizeof *entries);
    output.gathered = heap_alloc(PIECE_BYTES);
    lay_out(header, sections, count, entries);
    Err err = write_sections(&output, header, entries, sections);
    close(output.fd);
    if (err != OK)
        unlink(path);
    free(output.gathered);
    free(entries);
    return err;
}
