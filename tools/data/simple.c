/* simple: writes src/text/simple_table.inc to standard output: every Han character of the basic plane that is
 * simplified to one other, and that one, from ICU's Traditional-Simplified one character at a time; followed
 * on where a simplified form is simplified further. The same ICU gives the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/utrans.h>

enum { FIRST = 0x3400, END = 0xA000, TURNS_MAX = 4, A_LINE = 8 };

static UChar simple[END - FIRST];

static UChar simplified(UTransliterator *trans, UChar c)
{
    UChar text[8] = {c};
    int32_t len = 1, limit = 1;
    UErrorCode error = U_ZERO_ERROR;
    utrans_transUChars(trans, text, &len, 8, 0, &limit, &error);
    return U_SUCCESS(error) && len == 1 ? text[0] : c; /* anything else is left as it is */
}

int main(void)
{
    UErrorCode error = U_ZERO_ERROR;
    UTransliterator *trans =
        utrans_openU(u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    if (U_FAILURE(error)) {
        fprintf(stderr, "simple: %s\n", u_errorName(error));
        return 1;
    }
    printf("/* Made by tools/data/simple.c from ICU's Traditional-Simplified; do not edit. */\n"
           "enum { HAN_FIRST = 0x3400, HAN_END = 0xA000 };\n"
           "static const UChar simple_pairs[][2] = {");
    for (int c = FIRST; c < END; c++)
        simple[c - FIRST] = simplified(trans, (UChar)c);
    /* Some simplified forms are themselves simplified further; folding twice must change nothing. */
    for (int i = 0; i < END - FIRST; i++)
        for (int turn = 0; turn < TURNS_MAX; turn++)
            if (simple[i] >= FIRST && simple[i] < END)
                simple[i] = simple[simple[i] - FIRST];
    int count = 0;
    for (int i = 0; i < END - FIRST; i++)
        if (simple[i] != FIRST + i)
            printf("%s{0x%04X, 0x%04X},", count++ % A_LINE ? " " : "\n    ", (unsigned)(FIRST + i),
                   (unsigned)simple[i]);
    printf("\n};\n");
    utrans_close(trans);
    return ferror(stdout) != 0;
}
