#include "atlas/column.h"
#include "atlas/textsort.h"
#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

enum { NUMS_MIN = 256 };

/* ---- numbers of growing width ---- */

int64_t nums_get(const Nums *nums, uint32_t place)
{
    if (place >= nums->cap)
        return 0;
    switch (nums->width) {
    case 1:
        return ((const int8_t *)nums->at)[place];
    case 2:
        return ((const int16_t *)nums->at)[place];
    case 4:
        return ((const int32_t *)nums->at)[place];
    default:
        return ((const int64_t *)nums->at)[place];
    }
}

static uint32_t width_for(int64_t n)
{
    if (n == (int8_t)n)
        return 1;
    if (n == (int16_t)n)
        return 2;
    return n == (int32_t)n ? 4 : 8;
}

static void put(Nums *nums, uint32_t place, int64_t n)
{
    switch (nums->width) {
    case 1:
        ((int8_t *)nums->at)[place] = (int8_t)n;
        break;
    case 2:
        ((int16_t *)nums->at)[place] = (int16_t)n;
        break;
    case 4:
        ((int32_t *)nums->at)[place] = (int32_t)n;
        break;
    default:
        ((int64_t *)nums->at)[place] = n;
    }
}

static void widen(Nums *nums, uint32_t width)
{
    Nums wider = {.at = heap_zalloc((size_t)nums->cap * width), .cap = nums->cap, .width = width};
    for (uint32_t i = 0; nums->width && i < nums->cap; i++)
        put(&wider, i, nums_get(nums, i));
    free(nums->at);
    *nums = wider;
}

static void lengthen(Nums *nums, uint32_t place)
{
    uint32_t cap = nums->cap ? nums->cap : NUMS_MIN;
    while (cap <= place)
        cap *= 2;
    nums->at = heap_grow(nums->at, (size_t)cap * nums->width);
    memset((char *)nums->at + (size_t)nums->cap * nums->width, 0, (size_t)(cap - nums->cap) * nums->width);
    nums->cap = cap;
}

void nums_set(Nums *nums, uint32_t place, int64_t n)
{
    uint32_t width = width_for(n);
    if (width > nums->width)
        widen(nums, width);
    if (place >= nums->cap)
        lengthen(nums, place);
    put(nums, place, n);
}

void nums_done(Nums *nums)
{
    free(nums->at);
    *nums = (Nums){.at = NULL};
}

/* ---- taking in ---- */

void column_init(ColumnBuild *column, const Field *field, bool hidden)
{
    *column = (ColumnBuild){.field = field, .hidden = hidden, .last_text = INTERN_NONE};
    intern_init(&column->texts);
    if (hidden || !field->codes)
        return;
    for (uint32_t c = 0; c < field->codes->count; c++) {
        Str code = str_of(field->codes->codes[c].code);
        intern_add(&column->texts, code, hash64(code.ptr, code.len));
    }
}

void column_done(ColumnBuild *column)
{
    nums_done(&column->states);
    nums_done(&column->values);
    nums_done(&column->lasts);
    nums_done(&column->items);
    intern_done(&column->texts);
}

static Err refuse(const ColumnBuild *column, const char *why)
{
    char detail[FAULT_TEXT_MAX];
    Buf text;
    buf_init(&text, sizeof detail - 1);
    buf_fmt(&text, "%s: %s", column->field->name, why);
    memcpy(detail, text.ptr, text.len);
    detail[text.len] = '\0';
    buf_done(&text);
    return fail(ERR_BUILD, "detail", detail, NULL);
}

static Err text_number(ColumnBuild *column, Str text, uint32_t *ret_number, uint64_t *ret_hash)
{
    if (column->last_text != INTERN_NONE && str_eq(text, intern_text(&column->texts, column->last_text))) {
        *ret_number = column->last_text;
        *ret_hash = column->last_hash;
        return OK;
    }
    uint64_t hash = hash64(text.ptr, text.len);
    uint32_t number = intern_find(&column->texts, text, hash);
    if (number == INTERN_NONE) {
        if (column->field->codes)
            return refuse(column, "a code that is not in its list");
        size_t longest = column->field->type == FIELD_TEXT ? TEXT_MAX_BYTES : KEY_MAX_BYTES;
        if (text.len > longest || !str_utf8_valid(text))
            return refuse(column, "a text that is too long or no UTF-8");
        number = intern_add(&column->texts, text, hash);
        if (number == INTERN_NONE)
            return fail(ERR_LIMIT, "what", column->field->name, "limit", num_c(UINT32_MAX), NULL);
    }
    column->last_text = number;
    column->last_hash = hash;
    *ret_number = number;
    *ret_hash = hash;
    return OK;
}

static Err set_list(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint64_t hashes[LIST_MAX];
    uint32_t count = value->list.count;
    if (count > LIST_MAX || column->item_count > INT32_MAX - count)
        return refuse(column, "a list that is too long");
    nums_set(&column->values, row, column->item_count);
    nums_set(&column->lasts, row, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = 0;
        TRY(text_number(column, value->list.items[i], &number, &hashes[i]));
        nums_set(&column->items, column->item_count++, number);
    }
    *ret_digest = hash64(hashes, count * sizeof *hashes);
    return OK;
}

static Err set_known(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint32_t number = 0;
    switch (column->field->type) {
    case FIELD_NUM:
    case FIELD_BOOL:
        nums_set(&column->values, row, value->num);
        *ret_digest = (uint64_t)value->num;
        return OK;
    case FIELD_DATE:
        if (value->date.first > value->date.last || value->date.first < date_day(DATE_YEAR_MIN, 1, 1) ||
            value->date.last > date_day(DATE_YEAR_MAX, 12, 31))
            return refuse(column, "a date that is out of range");
        nums_set(&column->values, row, value->date.first);
        nums_set(&column->lasts, row, value->date.last);
        *ret_digest = (uint64_t)(uint32_t)value->date.first << 32 | (uint32_t)value->date.last;
        return OK;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        TRY(text_number(column, value->text, &number, ret_digest));
        nums_set(&column->values, row, number);
        return OK;
    case FIELD_CODES:
    case FIELD_REFS:
        return set_list(column, row, value, ret_digest);
    }
    return fail(ERR_INTERNAL, "detail", "a field type nobody knows", NULL);
}

Err column_set(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint64_t digest = 0;
    if (value->state == VALUE_KNOWN)
        TRY(set_known(column, row, value, &digest));
    nums_set(&column->states, row, value->state);
    *ret_digest = digest;
    return OK;
}

/* ---- sections ---- */

void *section_make(SectionList *list, Kind kind, uint32_t column, Part part, uint64_t size)
{
    void *bytes = heap_zalloc(size);
    list->made[list->count] = bytes;
    list->at[list->count++] = (Section){kind, column, part, bytes, size};
    return bytes;
}

void section_list_done(SectionList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        free(list->made[i]);
    list->count = 0;
}

/* ---- encoding ---- */

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
    text_sort(texts->bytes.ptr, texts->ends, order, texts->count);
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

static int64_t number_of(const Encoder *encoder, const Nums *nums, uint32_t place)
{
    int64_t n = nums_get(nums, place);
    return encoder->renamed ? encoder->renamed[n] : n;
}

static uint32_t stored_width(uint64_t range)
{
    if (range <= UINT8_MAX)
        return 1;
    if (range <= UINT16_MAX)
        return 2;
    return range <= UINT32_MAX ? 4 : 8;
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
    case 4:
        ((uint32_t *)values)[place] = (uint32_t)n;
        break;
    default:
        ((uint64_t *)values)[place] = n;
    }
}

/* Frame of reference: the least known number is taken off all. Indices of texts stay as they are. */
static void choose_frame(Encoder *encoder)
{
    const ColumnBuild *column = encoder->column;
    if (column->field->codes || column_has_dict(column->field)) {
        encoder->meta.width = stored_width(column->texts.count ? column->texts.count - 1 : 0);
        return;
    }
    const Nums *lasts = column->field->type == FIELD_DATE ? &column->lasts : &column->values;
    int64_t least = INT64_MAX, greatest = INT64_MIN;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (!bits_get(encoder->known, i))
            continue;
        int64_t first = nums_get(&column->values, encoder->order[i]);
        int64_t last = nums_get(lasts, encoder->order[i]);
        least = first < least ? first : least;
        greatest = last > greatest ? last : greatest;
    }
    if (least > greatest)
        least = greatest = 0;
    encoder->meta.base = least;
    encoder->meta.width = stored_width((uint64_t)greatest - (uint64_t)least);
}

static void encode_values(const Encoder *encoder)
{
    const ColumnBuild *column = encoder->column;
    bool date = column->field->type == FIELD_DATE;
    uint32_t width = encoder->meta.width, blocks = blocks_of(encoder->rows);
    uint64_t base = (uint64_t)encoder->meta.base;
    void *values = make(encoder, PART_VALUES, (uint64_t)encoder->rows * width);
    void *lasts = date ? make(encoder, PART_LASTS, (uint64_t)encoder->rows * width) : NULL;
    uint64_t *least = make(encoder, PART_BLOCKS, 2 * blocks * sizeof *least), *greatest = least + blocks;
    for (uint32_t b = 0; b < blocks; b++)
        least[b] = UINT64_MAX;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (!bits_get(encoder->known, i))
            continue;
        uint32_t place = encoder->order[i], b = i / BLOCK_ROWS;
        uint64_t first = (uint64_t)number_of(encoder, &column->values, place) - base, last = first;
        store(values, width, i, first);
        if (date) {
            last = (uint64_t)nums_get(&column->lasts, place) - base;
            store(lasts, width, i, last);
        }
        least[b] = first < least[b] ? first : least[b];
        greatest[b] = last > greatest[b] ? last : greatest[b];
    }
}

static void encode_lists(Encoder *encoder)
{
    const ColumnBuild *column = encoder->column;
    uint32_t *ends = make(encoder, PART_LIST_ENDS, (uint64_t)encoder->rows * sizeof *ends);
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (bits_get(encoder->known, i))
            encoder->meta.items += (uint32_t)nums_get(&column->lasts, encoder->order[i]);
        ends[i] = encoder->meta.items;
    }
    void *values = make(encoder, PART_VALUES, (uint64_t)encoder->meta.items * encoder->meta.width);
    uint64_t at = 0;
    for (uint32_t i = 0; i < encoder->rows; i++) {
        if (!bits_get(encoder->known, i))
            continue;
        uint32_t place = (uint32_t)nums_get(&column->values, encoder->order[i]);
        for (int64_t n = nums_get(&column->lasts, encoder->order[i]); n > 0; n--)
            store(values, encoder->meta.width, at++, (uint64_t)number_of(encoder, &column->items, place++));
    }
}

void column_encode(const ColumnBuild *column, Kind kind, uint32_t column_number, const uint32_t *order,
                   uint32_t rows, SectionList *ret)
{
    if (!column->states.width)
        return;
    Encoder encoder = {
        .column = column, .kind = kind, .number = column_number, .order = order, .rows = rows, .list = ret};
    uint32_t *renamed = NULL;
    void *meta = make(&encoder, PART_COLUMN, sizeof encoder.meta);
    encode_states(&encoder);
    if (column_has_dict(column->field))
        renamed = encode_dict(&encoder);
    choose_frame(&encoder);
    if (column_is_list(column->field))
        encode_lists(&encoder);
    else
        encode_values(&encoder);
    memcpy(meta, &encoder.meta, sizeof encoder.meta);
    free(renamed);
}
