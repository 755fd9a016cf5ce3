/* A column's values, as they came, into the sections of a segment. */
#include "atlas/column.h"
#include "atlas/textsort.h"
#include <stdlib.h>
#include <string.h>

typedef struct Encoder {
    const ColumnBuild *column;
    Kind kind;
    uint32_t number;
    const uint32_t *order;
    uint32_t rows;
    SectionList *list;
    ColumnMeta meta;
    const uint64_t *known;
    const uint32_t
        *renamed; /* a text's number in the build → its place in the dictionary; NULL for numbers */
    int64_t *firsts, *lasts; /* `values` and, of dates and lists, `lasts`, in the segment's order */
} Encoder;

static void *make(const Encoder *encoder, Part part, uint64_t size)
{
    return section_make(encoder->list, encoder->kind, encoder->number, part, size);
}

static void encode_states(Encoder *encoder)
{
    uint64_t *bits[VALUE_WITHHELD + 1] = {NULL};
    static const Part parts[] = {[VALUE_KNOWN] = PART_KNOWN,
                                 [VALUE_NOT_APPLICABLE] = PART_NOT_APPLICABLE,
                                 [VALUE_WITHHELD] = PART_WITHHELD};
    uint64_t size = bits_words(encoder->rows) * sizeof(uint64_t);
    bits[VALUE_KNOWN] = make(encoder, PART_KNOWN, size);
    for (uint32_t i = 0; i < encoder->rows; i++) {
        int64_t state = nums_get(&encoder->column->states, encoder->order[i]);
        if (state == VALUE_UNKNOWN)
            continue;
        if (!bits[state])
            bits[state] = make(encoder, parts[state], size);
        bits_set(bits[state], i);
        encoder->meta.known_count += state == VALUE_KNOWN;
    }
    encoder->known = bits[VALUE_KNOWN];
}

/* The dictionary in byte order, and where each text went. Codes keep their list's order and need neither. */
static uint32_t *encode_dict(Encoder *encoder)
{
    const Intern *texts = &encoder->column->texts;
    encoder->meta.dict_count = texts->count;
    uint32_t *order = heap_alloc(texts->count * sizeof *order);
    uint32_t *renamed = heap_alloc(texts->count * sizeof *renamed);
    for (uint32_t i = 0; i < texts->count; i++)
        order[i] = i;
    text_sort(buf_view(&texts->bytes).ptr, texts->ends, order, texts->count);
    uint32_t *ends = make(encoder, PART_DICT_ENDS, texts->count * sizeof *ends);
    char *bytes = make(encoder, PART_DICT, texts->bytes.len);
    uint32_t at = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        Str text = intern_text(texts, order[i]);
        if (text.len)
            memcpy(bytes + at, text.ptr, text.len);
        ends[i] = at += (uint32_t)text.len;
        renamed[order[i]] = i;
    }
    free(order);
    encoder->renamed = renamed;
    return renamed;
}

/* Into the segment's order, once, so that what follows runs straight. Places that are not known read 0. */
static int64_t *gather(const Encoder *encoder, const Nums *nums)
{
    int64_t *to = heap_alloc(encoder->rows * sizeof *to);
#define GATHER(type)                                                                                         \
    for (uint32_t i = 0; i < encoder->rows; i++)                                                             \
    to[i] = encoder->order[i] < nums->cap ? ((const type *)nums->at)[encoder->order[i]] : 0
    switch (nums->width) {
    case 0:
        memset(to, 0, encoder->rows * sizeof *to);
        break;
    case 1:
        GATHER(int8_t);
        break;
    case 2:
        GATHER(int16_t);
        break;
    case 4:
        GATHER(int32_t);
        break;
    default:
        GATHER(int64_t);
    }
#undef GATHER
    return to;
}

static uint32_t stored_width(uint64_t range)
{
    if (range <= UINT8_MAX)
        return 1;
    if (range <= UINT16_MAX)
        return 2;
    return range <= UINT32_MAX ? 4 : 8;
}

/* Frame of reference: the least known number is taken off all. Indices of texts stay as they are. */
static void choose_frame(Encoder *encoder)
{
    const ColumnBuild *column = encoder->column;
    if (column->field->codes || column_has_dict(column->field)) {
        encoder->meta.width = stored_width(column->texts.count ? column->texts.count - 1 : 0);
        return;
    }
    const int64_t *lasts = encoder->lasts ? encoder->lasts : encoder->firsts;
    int64_t least = INT64_MAX, greatest = INT64_MIN;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (!bits_get(encoder->known, i))
            continue;
        least = encoder->firsts[i] < least ? encoder->firsts[i] : least;
        greatest = lasts[i] > greatest ? lasts[i] : greatest;
    }
    if (least > greatest)
        least = greatest = 0;
    encoder->meta.base = least;
    encoder->meta.width = stored_width((uint64_t)greatest - (uint64_t)least);
}

/* From here on 0 stands where nothing is known, and what is stored elsewhere. */
static void take_off_base(const Encoder *encoder, int64_t *numbers)
{
    uint64_t base = (uint64_t)encoder->meta.base;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (!bits_get(encoder->known, i))
            numbers[i] = 0;
        else if (encoder->renamed)
            numbers[i] = encoder->renamed[numbers[i]];
        else
            numbers[i] = (int64_t)((uint64_t)numbers[i] - base);
    }
}

static void store_all(const Encoder *encoder, Part part, const int64_t *numbers)
{
    uint32_t width = encoder->meta.width, rows = encoder->rows;
    void *values = make(encoder, part, (uint64_t)rows * width);
#define STORE(type)                                                                                          \
    for (uint32_t i = 0; i < rows; i++)                                                                      \
    ((type *)values)[i] = (type)numbers[i]
    if (width == 1)
        STORE(uint8_t);
    else if (width == 2)
        STORE(uint16_t);
    else if (width == 4)
        STORE(uint32_t);
    else
        STORE(uint64_t);
#undef STORE
}

static void encode_blocks(const Encoder *encoder)
{
    uint32_t blocks = blocks_of(encoder->rows);
    const int64_t *lasts = encoder->lasts ? encoder->lasts : encoder->firsts;
    uint64_t *least = make(encoder, PART_BLOCKS, 2 * blocks * sizeof *least), *greatest = least + blocks;
    for (uint32_t b = 0; b < blocks; b++) {
        uint32_t end = (b + 1) * BLOCK_ROWS < encoder->rows ? (b + 1) * BLOCK_ROWS : encoder->rows;
        least[b] = UINT64_MAX;
        for (uint32_t i = b * BLOCK_ROWS; i < end; i++) {
            if (!bits_get(encoder->known, i))
                continue;
            uint64_t first = (uint64_t)encoder->firsts[i], last = (uint64_t)lasts[i];
            least[b] = first < least[b] ? first : least[b];
            greatest[b] = last > greatest[b] ? last : greatest[b];
        }
    }
}

static void encode_coarse(const Encoder *encoder)
{
    uint32_t width = encoder->meta.width, known = encoder->meta.known_count;
    if (!coarse_wanted(encoder->column->field, width, known, encoder->firsts, encoder->lasts, encoder->rows))
        return;
    uint8_t *codes = make(encoder, PART_COARSE, encoder->rows);
    void *sorted = make(encoder, PART_SORTED, (uint64_t)known * width);
    coarse_make(encoder->firsts, encoder->known, encoder->rows, known, width, sorted, codes);
}

static void encode_values(const Encoder *encoder)
{
    take_off_base(encoder, encoder->firsts);
    store_all(encoder, PART_VALUES, encoder->firsts);
    if (encoder->lasts) {
        take_off_base(encoder, encoder->lasts);
        store_all(encoder, PART_LASTS, encoder->lasts);
    }
    encode_blocks(encoder);
    encode_coarse(encoder);
}

static void store(void *values, uint32_t width, uint64_t place, uint64_t n)
{
    switch (width) {
    case 1:
        ((uint8_t *)values)[place] = (uint8_t)n;
        break;
    case 2:
        ((uint16_t *)values)[place] = (uint16_t)n;
        break;
    default:
        ((uint32_t *)values)[place] = (uint32_t)n;
    }
}

/* `firsts` are where each list begins in `items`, `lasts` how many it has. */
static void encode_lists(Encoder *encoder)
{
    const Nums *items = &encoder->column->items;
    uint32_t *ends = make(encoder, PART_LIST_ENDS, (uint64_t)encoder->rows * sizeof *ends);
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (bits_get(encoder->known, i))
            encoder->meta.items += (uint32_t)encoder->lasts[i];
        ends[i] = encoder->meta.items;
    }
    void *values = make(encoder, PART_VALUES, (uint64_t)encoder->meta.items * encoder->meta.width);
    uint64_t at = 0;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        uint32_t count = bits_get(encoder->known, i) ? (uint32_t)encoder->lasts[i] : 0;
        for (uint32_t n = 0; n < count; n++) {
            int64_t text = nums_get(items, (uint32_t)encoder->firsts[i] + n);
            store(values, encoder->meta.width, at++,
                  encoder->renamed ? encoder->renamed[text] : (uint64_t)text);
        }
    }
}

void column_encode(const ColumnBuild *column, Kind kind, uint32_t column_number, const uint32_t *order,
                   uint32_t rows, SectionList *ret)
{
    if (!column->states.width)
        return;
    Encoder encoder = {
        .column = column, .kind = kind, .number = column_number, .order = order, .rows = rows, .list = ret};
    bool list = column_is_list(column->field);
    uint32_t *renamed = NULL;
    void *meta = make(&encoder, PART_COLUMN, sizeof encoder.meta);
    encode_states(&encoder);
    encoder.firsts = gather(&encoder, &column->values);
    if (list || column->field->type == FIELD_DATE)
        encoder.lasts = gather(&encoder, &column->lasts);
    if (column_has_dict(column->field))
        renamed = encode_dict(&encoder);
    choose_frame(&encoder);
    if (list)
        encode_lists(&encoder);
    else
        encode_values(&encoder);
    memcpy(meta, &encoder.meta, sizeof encoder.meta);
    free(renamed);
    free(encoder.firsts);
    free(encoder.lasts);
}
