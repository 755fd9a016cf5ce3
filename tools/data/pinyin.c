/* pinyin OVERRIDES: writes src/text/pinyin_table.inc to standard output: of every Han character of the basic
 * plane its syllable, from ICU's Han-Latin transliteration one character at a time, and the readings that it
 * gets wrong from OVERRIDES (tools/data/pinyin.txt). The same ICU and the same overrides give the same bytes.
 * Exit 1, with the line, if an override is not sound. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum {
    FIRST = 0x3400,
    END = 0xA000,
    COUNT = END - FIRST,
    SYLLABLE_BYTES = 7,
    SYLLABLES_MAX = 600,
    PHRASES_MAX = 1000,
    PHRASE_CHARS = 4,
    STARTS_PHRASE = 0x8000,
};

typedef struct Phrase {
    UChar chars[PHRASE_CHARS];
    char syllables[PHRASE_CHARS][SYLLABLE_BYTES];
    int count;
} Phrase;

static char readings[COUNT][SYLLABLE_BYTES];
static char syllables[SYLLABLES_MAX][SYLLABLE_BYTES];
static int syllable_count;
static Phrase phrases[PHRASES_MAX];
static int phrase_count;

static void end_with(const char *why, const char *what)
{
    fprintf(stderr, "pinyin: %s: %s\n", why, what);
    exit(1);
}

/* "xià" → "xia", "lǜ" → "lv"; false if it is not one syllable. */
static bool plain_syllable(const UChar *from, int len, char *to)
{
    int n = 0;
    for (int i = 0; i < len; i++) {
        UChar c = from[i];
        if (c >= 0x300 && c < 0x370 && c != 0x308) /* a tone */
            continue;
        if (c == 0x308 && n && to[n - 1] == 'u')
            to[n - 1] = 'v';
        else if (c >= 'a' && c <= 'z' && n < SYLLABLE_BYTES - 1)
            to[n++] = (char)c;
        else
            return false;
    }
    to[n] = '\0';
    return n > 0;
}

/* Every character on a line of its own, so that none is read by its neighbours. */
static void read_icu(void)
{
    enum { ROOM = COUNT * 16 };
    UErrorCode error = U_ZERO_ERROR;
    UChar *text = malloc(ROOM * sizeof *text);
    UTransliterator *trans = utrans_openU(u"Han-Latin; NFD", -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (!text || U_FAILURE(error))
        end_with("ICU", u_errorName(error));
    int32_t len = 2 * COUNT, limit = len;
    for (int i = 0; i < COUNT; i++) {
        text[2 * i] = (UChar)(FIRST + i);
        text[2 * i + 1] = '\n';
    }
    utrans_transUChars(trans, text, &len, ROOM, 0, &limit, &error);
    if (U_FAILURE(error))
        end_with("ICU", u_errorName(error));
    for (int i = 0, at = 0; i < COUNT; i++) {
        int start = at;
        while (text[at] != '\n')
            at++;
        if (!plain_syllable(text + start, at - start, readings[i]))
            readings[i][0] = '\0';
        at++;
    }
    utrans_close(trans);
    free(text);
}

static void read_override(char *line)
{
    UChar chars[16];
    int32_t len = 0;
    UErrorCode error = U_ZERO_ERROR;
    char *word = strtok(line, " \n");
    if (!word || *word == '#')
        return;
    u_strFromUTF8(chars, 16, &len, word, -1, &error);
    Phrase phrase = {.count = len};
    if (U_FAILURE(error) || len < 1 || len > PHRASE_CHARS || phrase_count == PHRASES_MAX)
        end_with("a word is too long", word);
    for (int i = 0; i < len; i++) {
        const char *syllable = strtok(NULL, " \n");
        if (!syllable || strlen(syllable) >= SYLLABLE_BYTES || chars[i] < FIRST || chars[i] >= END)
            end_with("not one syllable a character", word);
        phrase.chars[i] = chars[i];
        strcpy(phrase.syllables[i], syllable);
    }
    if (strtok(NULL, " \n"))
        end_with("more syllables than characters", word);
    if (len == 1)
        strcpy(readings[chars[0] - FIRST], phrase.syllables[0]);
    else
        phrases[phrase_count++] = phrase;
}

static int compare_syllables(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* By the characters; a longer word before a shorter one that it begins with. */
static int compare_phrases(const void *a, const void *b)
{
    const Phrase *x = a, *y = b;
    for (int i = 0; i < PHRASE_CHARS; i++) {
        if (i >= x->count || i >= y->count)
            return y->count - x->count;
        if (x->chars[i] != y->chars[i])
            return x->chars[i] < y->chars[i] ? -1 : 1;
    }
    return 0;
}

static int syllable_number(const char *syllable)
{
    const char *at = bsearch(syllable, syllables, (size_t)syllable_count, SYLLABLE_BYTES, compare_syllables);
    return at ? (int)((at - syllables[0]) / SYLLABLE_BYTES) : -1;
}

static void gather_syllables(void)
{
    char(*all)[SYLLABLE_BYTES] = calloc(COUNT + 1, SYLLABLE_BYTES); /* the first is "", for no reading */
    if (!all)
        end_with("memory", "none");
    memcpy(all[1], readings, sizeof readings);
    qsort(all, COUNT + 1, SYLLABLE_BYTES, compare_syllables);
    for (int i = 0; i <= COUNT; i++) {
        if (i && strcmp(all[i], all[i - 1]) == 0)
            continue;
        if (syllable_count == SYLLABLES_MAX)
            end_with("too many syllables", all[i]);
        strcpy(syllables[syllable_count++], all[i]);
    }
    free(all);
}

static bool starts_phrase(int c)
{
    for (int i = 0; i < phrase_count; i++)
        if (phrases[i].chars[0] == c)
            return true;
    return false;
}

/* A word that is read as its characters are says nothing, unless it keeps another from beginning inside it.
 */
static bool says_nothing(const Phrase *phrase)
{
    for (int i = 0; i < phrase->count; i++)
        if (strcmp(phrase->syllables[i], readings[phrase->chars[i] - FIRST]) != 0 ||
            (i && starts_phrase(phrase->chars[i])))
            return false;
    return true;
}

static void drop_what_says_nothing(void)
{
    int kept = 0;
    for (int i = 0; i < phrase_count; i++) {
        Phrase phrase = phrases[i];
        if (!says_nothing(&phrase))
            phrases[kept++] = phrase;
    }
    phrase_count = kept;
}

static void write_table(void)
{
    printf("/* Made by tools/data/pinyin.c from ICU's Han-Latin and tools/data/pinyin.txt; do not edit. */\n"
           "enum { HAN_FIRST = 0x%X, HAN_END = 0x%X, STARTS_PHRASE = 0x%X };\n"
           "static const char syllables[%d][%d] = {",
           FIRST, END, STARTS_PHRASE, syllable_count, SYLLABLE_BYTES);
    for (int i = 0; i < syllable_count; i++)
        printf("%s\"%s\",", i % 14 ? " " : "\n    ", syllables[i]);
    printf("\n};\nstatic const uint16_t readings[HAN_END - HAN_FIRST] = {");
    for (int i = 0; i < COUNT; i++)
        printf("%s%d,", i % 24 ? "" : "\n    ",
               syllable_number(readings[i]) | (starts_phrase(FIRST + i) ? STARTS_PHRASE : 0));
    printf("\n};\nstatic const Phrase phrases[] = {\n");
    for (int i = 0; i < phrase_count; i++) {
        printf("    {%d, {", phrases[i].count);
        for (int c = 0; c < phrases[i].count; c++)
            printf("%s0x%04X", c ? ", " : "", phrases[i].chars[c]);
        printf("}, {");
        for (int c = 0; c < phrases[i].count; c++) {
            if (syllable_number(phrases[i].syllables[c]) < 0)
                end_with("no such syllable", phrases[i].syllables[c]);
            printf("%s%d", c ? ", " : "", syllable_number(phrases[i].syllables[c]));
        }
        printf("}},\n");
    }
    printf("};\n");
}

int main(int argc, char **argv)
{
    char line[256];
    FILE *overrides = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!overrides)
        end_with("usage", "pinyin OVERRIDES");
    read_icu();
    while (fgets(line, sizeof line, overrides))
        read_override(line);
    fclose(overrides);
    qsort(phrases, (size_t)phrase_count, sizeof *phrases, compare_phrases);
    drop_what_says_nothing();
    gather_syllables();
    write_table();
    return 0;
}
