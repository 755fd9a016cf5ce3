#include "atlas/filter_like.h"
#include "text/normalise.h"
#include <string.h>

/* Wildcards within a pattern's text. Noncharacters (Unicode 23.7): they stand in no text, and folding leaves
 * them alone. */
static const char any_mark[] = "\xEF\xB7\x90", one_mark[] = "\xEF\xB7\x91", no_char[] = "\xEF\xBF\xBD";

enum { MARK_LEN = 3, ONE = 0xFF /* one character: no byte of UTF-8 */ };

typedef struct Part { /* what stands between two % */
    Str bytes;
    uint32_t chars;
    bool plain; /* without ONE */
} Part;

struct Like {
    uint32_t count; /* of parts: one more than there are % */
    Part *parts;
};

bool like_sound(Str pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (pattern.ptr[i] == '\\' && ++i == pattern.len)
            return false;
    return true;
}

static bool mark_at(Str text, size_t at, const char *mark)
{
    return text.len - at >= MARK_LEN && memcmp(text.ptr + at, mark, MARK_LEN) == 0;
}

/* The pattern with marks for wildcards and without escapes. */
static Str put_marks(Arena *arena, Str pattern)
{
    char *to = arena_alloc(arena, pattern.len * MARK_LEN + 1);
    size_t len = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        const char *mark = pattern.ptr[i] == '%' ? any_mark : pattern.ptr[i] == '_' ? one_mark : NULL;
        if (mark_at(pattern, i, any_mark) || mark_at(pattern, i, one_mark)) {
            mark = no_char;
            i += MARK_LEN - 1;
        }
        if (mark) {
            memcpy(to + len, mark, MARK_LEN);
            len += MARK_LEN;
            continue;
        }
        i += pattern.ptr[i] == '\\' && i + 1 < pattern.len;
        to[len++] = pattern.ptr[i];
    }
    return (Str){to, len};
}

static bool begins_char(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

const Like *like_compile(Arena *arena, Str pattern, bool folded)
{
    Str marked = put_marks(arena, pattern);
    if (folded)
        marked = text_search_form(arena, marked);
    Like *like = arena_new_of(arena, Like);
    like->parts = arena_zarray(arena, Part, marked.len / MARK_LEN + 1);
    char *to = arena_alloc(arena, marked.len + 1);
    Part *part = like->parts;
    *part = (Part){.bytes = {to, 0}, .plain = true};
    for (size_t i = 0; i < marked.len; i++) {
        if (mark_at(marked, i, any_mark)) {
            to += part->bytes.len;
            *++part = (Part){.bytes = {to, 0}, .plain = true};
            i += MARK_LEN - 1;
            continue;
        }
        bool one = mark_at(marked, i, one_mark);
        to[part->bytes.len++] = one ? (char)ONE : marked.ptr[i];
        part->chars += one || begins_char(marked.ptr[i]);
        part->plain &= !one;
        i += one ? MARK_LEN - 1 : 0;
    }
    like->count = (uint32_t)(part - like->parts) + 1;
    return like;
}

/* Does the part stand at `at`? Moves behind it. */
static bool stands_at(const Part *part, Str text, size_t *at)
{
    size_t i = *at;
    for (size_t p = 0; p < part->bytes.len; p++) {
        if (i == text.len)
            return false;
        if ((unsigned char)part->bytes.ptr[p] == ONE) {
            for (i++; i < text.len && !begins_char(text.ptr[i]); i++)
                ;
        } else if (part->bytes.ptr[p] != text.ptr[i++]) {
            return false;
        }
    }
    *at = i;
    return true;
}

static bool find_part(const Part *part, Str text, size_t *at)
{
    if (part->plain) {
        if (part->bytes.len == 0)
            return true;
        const char *found = memmem(text.ptr + *at, text.len - *at, part->bytes.ptr, part->bytes.len);
        if (found)
            *at = (size_t)(found - text.ptr) + part->bytes.len;
        return found != NULL;
    }
    for (size_t from = *at; from < text.len; from++) {
        *at = from;
        if (begins_char(text.ptr[from]) && stands_at(part, text, at))
            return true;
    }
    return false;
}

static bool ends_with(const Part *part, Str text, size_t at)
{
    size_t from = text.len;
    for (uint32_t chars = part->chars; chars > 0; chars--) {
        if (from == at)
            return false;
        for (from--; from > at && !begins_char(text.ptr[from]); from--)
            ;
    }
    return stands_at(part, text, &from) && from == text.len;
}

/* Each part where it first stands: if the rest can follow anywhere, it can follow there. */
bool like_matches(const Like *like, Str text)
{
    size_t at = 0;
    if (!stands_at(&like->parts[0], text, &at))
        return false;
    if (like->count == 1)
        return at == text.len;
    for (uint32_t p = 1; p + 1 < like->count; p++)
        if (!find_part(&like->parts[p], text, &at))
            return false;
    return ends_with(&like->parts[like->count - 1], text, at);
}

Str like_prefix(const Like *like)
{
    Str first = like->parts[0].bytes;
    const char *one = memchr(first.ptr, ONE, first.len);
    return one ? (Str){first.ptr, (size_t)(one - first.ptr)} : first;
}

uint32_t like_parts(const Like *like)
{
    return like->count;
}

uint32_t like_cost(const Like *like)
{
    uint32_t cost = 1;
    for (uint32_t p = 1; p + 1 < like->count; p++)
        if (!like->parts[p].plain && like->parts[p].bytes.len > cost)
            cost = (uint32_t)like->parts[p].bytes.len;
    return cost;
}
