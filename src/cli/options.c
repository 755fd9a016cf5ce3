#include "cli/options.h"
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 24 };

static Err wrong(const Command *command, const char *what, const char *which)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, what, which);
    return fail(ERR_USAGE, "detail", detail, "command", command->name, NULL);
}

Err option_required(const Command *command, const char *name, const char *text)
{
    char option[64];
    snprintf(option, sizeof option, "--%s", name);
    return text ? OK : wrong(command, "%s is missing", option);
}

static void print_option(const char *name, const char *value, const char *help)
{
    char text[80];
    int len = snprintf(text, sizeof text, "  --%s%s%s", name, value ? " " : "", value ? value : "");
    printf("%s%*s%s\n", text, len < HELP_COLUMN ? HELP_COLUMN - len : 1, "", help);
}

static void print_help(const Command *command)
{
    printf("lianpu %s%s%s%s\n%s\n\n", command->name, command->operands[0] ? " " : "", command->operands,
           talk((Label){" [选项]", " [options]"}), talk(command->about));
    for (uint32_t i = 0; i < command->option_count; i++)
        print_option(command->options[i].name, command->options[i].value, talk(command->options[i].help));
    print_option("lang", "zh|en",
                 talk((Label){"所用语言；不写则看 LANG", "the language of what is said; else that of LANG"}));
    print_option("help", NULL, talk((Label){"这份说明", "this"}));
    if (command->more.zh)
        printf("\n%s\n", talk(command->more));
    printf("\n%s\n", talk(talk_exit_codes));
}

static const Option *option_named(const Command *command, Str name)
{
    for (uint32_t i = 0; i < command->option_count; i++)
        if (str_is(name, command->options[i].name))
            return &command->options[i];
    return NULL;
}

/* argv[*at] is an option; its value may be behind a = or be the next word. */
static Err take_option(const Command *command, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    Str rest = str_of(word + 2);
    bool joined = memchr(rest.ptr, '=', rest.len) != NULL;
    const Option *option = option_named(command, str_cut(&rest, '='));
    if (!option)
        return wrong(command, "unknown option %s", word);
    if (option->flag) {
        if (joined)
            return wrong(command, "%s takes no value", word);
        *option->flag = true;
        return OK;
    }
    if (!joined && *at + 1 >= argc)
        return wrong(command, "%s needs a value", word);
    *option->text = joined ? rest.ptr : argv[++*at];
    return OK;
}

Err options_parse(const Command *command, int argc, char **argv, const char **operands, bool *ret_help)
{
    int count = 0;
    bool only_operands = false;
    *ret_help = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!only_operands && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
            print_help(command);
            *ret_help = true;
            return OK;
        }
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && strncmp(word, "--", 2) == 0) {
            TRY(take_option(command, argc, argv, &i));
        } else if (!only_operands && word[0] == '-' && word[1] != '\0') {
            return wrong(command, "unknown option %s", word);
        } else if (count == command->operand_count) {
            return wrong(command, "one word too many: %s", word);
        } else {
            operands[count++] = word;
        }
    }
    if (count < command->operand_count && !(command->operand_optional && count == 0))
        return wrong(command, "%s is missing", command->operands);
    return OK;
}
