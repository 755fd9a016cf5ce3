#include "model/codes.h"
#include <string.h>

/* GB 32100-2015, table 3: values 0 … 30; I, O, S, V and Z are left out. */
static const char uscc_letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { USCC_BASE = 31 };

static int uscc_value(char c)
{
    const char *at = c ? strchr(uscc_letters, c) : NULL;
    return at ? (int)(at - uscc_letters) : -1;
}

/* A full-width letter or digit (U+FF01 … U+FF5E) as the half-width one; 0: it is none. Moves *at. */
static char full_width(Str text, size_t *at)
{
    if (text.len - *at < 3 || (unsigned char)text.ptr[*at] != 0xEF)
        return 0;
    uint32_t second = (unsigned char)text.ptr[*at + 1], third = (unsigned char)text.ptr[*at + 2];
    uint32_t point = 0xF000u | (second & 0x3F) << 6 | (third & 0x3F);
    if (point < 0xFF01 || point > 0xFF5E)
        return 0;
    *at += 3;
    return (char)(point - 0xFF01 + '!');
}

OrgCode code_fold(Str text)
{
    OrgCode code = {0};
    for (size_t at = 0; at < text.len;) {
        char c = full_width(text, &at);
        if (!c)
            c = text.ptr[at++];
        if (c == ' ' || c == '-' || c == '\t')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (code.len <= USCC_LEN)
            code.text[code.len] = c;
        code.len++;
    }
    return code;
}

CodeCheck uscc_check(const OrgCode *code)
{
    if (code->len != USCC_LEN)
        return CODE_BAD_LENGTH;
    int sum = 0, weight = 1;
    for (int i = 0; i < USCC_LEN; i++) {
        int value = uscc_value(code->text[i]);
        if (value < 0)
            return CODE_BAD_CHARACTER;
        if (i == USCC_LEN - 1)
            return (USCC_BASE - sum % USCC_BASE) % USCC_BASE == value ? CODE_GOOD : CODE_BAD_CHECK;
        sum += value * weight;
        weight = weight * 3 % USCC_BASE;
    }
    return CODE_BAD_CHECK;
}

static CodeCheck org_check(const char *text)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < ORG_CODE_LEN - 1; i++) {
        char c = text[i];
        bool digit = c >= '0' && c <= '9', letter = c >= 'A' && c <= 'Z';
        if (!digit && !letter)
            return CODE_BAD_CHARACTER;
        sum += weights[i] * (digit ? c - '0' : c - 'A' + 10);
    }
    int check = (11 - sum % 11) % 11;
    return text[ORG_CODE_LEN - 1] == (check == 10 ? 'X' : (char)('0' + check)) ? CODE_GOOD : CODE_BAD_CHECK;
}

CodeCheck org_code_check(const OrgCode *code)
{
    return code->len == ORG_CODE_LEN ? org_check(code->text) : CODE_BAD_LENGTH;
}

CodeWorth code_worth(const OrgCode *code)
{
    if (code->len == ORG_CODE_LEN)
        return org_check(code->text) == CODE_GOOD ? CODE_WORTH_ORG : CODE_WORTH_NOTHING;
    if (code->len != USCC_LEN)
        return CODE_WORTH_NOTHING;
    bool inner = org_check(code->text + USCC_ORG_AT) == CODE_GOOD, outer = uscc_check(code) == CODE_GOOD;
    if (outer)
        return inner ? CODE_WORTH_WHOLE : CODE_WORTH_FOREIGN;
    return inner ? CODE_WORTH_INNER : CODE_WORTH_NOTHING;
}

bool code_organisation(const OrgCode *code, char ret[ORG_CODE_LEN + 1])
{
    CodeWorth worth = code_worth(code);
    if (worth != CODE_WORTH_INNER && worth != CODE_WORTH_ORG && worth != CODE_WORTH_WHOLE)
        return false;
    memcpy(ret, worth == CODE_WORTH_ORG ? code->text : code->text + USCC_ORG_AT, ORG_CODE_LEN);
    ret[ORG_CODE_LEN] = '\0';
    return true;
}
