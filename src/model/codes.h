/* model/codes.h: the codes that organisations bear, and what their check characters say. A unified social
 * credit code (USCC, GB 32100-2015) is 18 characters: register 1, class 1, region 6, organisation code 9,
 * check 1. The organisation code inside it (GB 11714-1997: 8 and a check) has a check of its own, so that one
 * wrong character can be told from a code that is no such code at all. Any thread. */
#pragma once
#include "base/str.h"

enum { USCC_LEN = 18, ORG_CODE_LEN = 9, USCC_ORG_AT = 8 };

typedef enum CodeCheck {
    CODE_GOOD,
    CODE_BAD_LENGTH,    /* after what stands between is left out */
    CODE_BAD_CHARACTER, /* one that the standard does not have, as I, O, S, V, Z in a USCC */
    CODE_BAD_CHECK,
} CodeCheck;

/* As the standards compare them: capitals, half-width, without spaces and hyphens, "" if nothing is left.
 * What is longer than a USCC keeps its first characters and is told by its length. */
typedef struct OrgCode {
    char text[USCC_LEN + 2];
    uint32_t len; /* characters, also those that had no room */
} OrgCode;

OrgCode code_fold(Str text);

CodeCheck uscc_check(const OrgCode *code);     /* GB 32100-2015 */
CodeCheck org_code_check(const OrgCode *code); /* GB 11714-1997: nine characters */

/* What a code tells of who bears it. */
typedef enum CodeWorth {
    CODE_WORTH_NOTHING, /* no code, or damaged beyond knowing where */
    CODE_WORTH_INNER, /* a USCC whose own check fails, but not that of the organisation code inside: the error
                         lies outside it */
    CODE_WORTH_ORG,   /* an organisation code that stands alone */
    CODE_WORTH_WHOLE, /* both checks hold */
    CODE_WORTH_FOREIGN, /* its own check holds, the inner one does not: given by who does not number by GB
                           11714 */
} CodeWorth;

CodeWorth code_worth(const OrgCode *code);

/* The organisation code of a code worth INNER, ORG or WHOLE: nine characters, in `ret` with a NUL. False for
 * the others. */
bool code_organisation(const OrgCode *code, char ret[ORG_CODE_LEN + 1]);
