/* cli/talk.h: the program's words to the person at the terminal: in which language, what goes wrong, how far
 * it is. */
#pragma once
#include "app/sentence.h"
#include "model/model.h"

/* Set once by main, from --lang or the environment (LC_ALL, LC_MESSAGES, LANG). */
void talk_in(Lang lang);
Lang talk_lang(void);
Lang talk_lang_of_environment(void);
const char *talk(Label label); /* in the person's language */

/* A ledger's address as it may be shown: of a URL, without user, password and parameters. In one of 2 turns.
 */
const char *talk_address(const char *url);

/* One sentence on standard error. */
void talk_fault(const Fault *fault);
int talk_exit_code(Err err);        /* by the class of the fault; 0 for OK */
extern const Label talk_exit_codes; /* the same as text, for --help */

/* Progress on standard error: a line that is overwritten on a terminal, or, with --progress, a line a second
 * elsewhere; else nothing. `done` of `total` (0: unknown) of whatever unit; `rows` < 0: not said. */
void talk_progress_wanted(bool even_without_terminal);
void talk_progress(int64_t done, int64_t total, int64_t rows);
void talk_progress_end(void);
