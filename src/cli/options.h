/* cli/options.h: a command's options, declared once: parsing and --help both come from the table. */
#pragma once
#include "cli/talk.h"

enum { OPERANDS_MAX = 4 };

typedef struct Option {
    const char *name;  /* without the dashes */
    const char *value; /* what stands behind it, for --help: "FILE"; NULL for a switch */
    Label help;
    const char **text; /* where its value goes */
    bool *flag;        /* where a switch goes */
} Option;

typedef struct Command {
    const char *name;
    const char *operands; /* "FILE", "KIND ID", "" */
    Label about;          /* one line */
    Label more;           /* what else --help says; NULLs for nothing */
    const Option *options;
    uint32_t option_count;
    int operand_count;     /* exactly so many */
    bool operand_optional; /* or none: `operands` stay as they were */
} Command;

/* Fills the options' targets and `operands`. --help prints the command's help and sets *ret_help: the command
 * then has nothing to do. ERR_USAGE: an unknown option, one without its value, an operand too many or too
 * few. */
MUST_USE Err options_parse(const Command *command, int argc, char **argv, const char **operands,
                           bool *ret_help);

/* ERR_USAGE "--NAME is missing" if the text is NULL. */
MUST_USE Err option_required(const Command *command, const char *name, const char *text);
