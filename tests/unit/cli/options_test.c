/* A command's words → its options; what is written wrong; which exit code a fault has. */
#include "cli/options.h"
#include "test.h"
#include <stdlib.h>

static const char *db;
static bool loud;
static const Option options[] = {
    {.name = "db", .value = "FILE", .help = {"库", "the ledger"}, .text = &db},
    {.name = "loud", .help = {"大声", "be loud"}, .flag = &loud},
};
static const Command command = {
    .name = "sing",
    .operands = "SONG",
    .about = {"唱", "sing"},
    .options = options,
    .option_count = 2,
    .operand_count = 1,
};
static const char *song;

static Err parse(int argc, char **argv)
{
    bool help;
    db = NULL;
    loud = false;
    song = NULL;
    Err err = options_parse(&command, argc, argv, &song, &help);
    CHECK(!help);
    return err;
}

#define WORDS(...)                                                                                           \
    (int)(sizeof((char *[]){__VA_ARGS__}) / sizeof(char *)), (char *[])                                      \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }
#define CHECK_DETAIL(want) CHECK_STR(str_of(fault_arg(fault_last(), "detail")), want)

TEST(options_may_stand_before_and_behind_operands)
{
    CHECK_OK(parse(WORDS("sing", "--db", "a", "song", "--loud")));
    CHECK_STR(str_of(db), "a");
    CHECK_STR(str_of(song), "song");
    CHECK(loud);
    CHECK_OK(parse(WORDS("sing", "song", "--db=a=b")));
    CHECK_STR(str_of(db), "a=b");
    CHECK(!loud);
}

TEST(behind_two_dashes_all_words_are_operands_and_one_dash_is_one)
{
    CHECK_OK(parse(WORDS("sing", "--", "--db")));
    CHECK_STR(str_of(song), "--db");
    CHECK_OK(parse(WORDS("sing", "-")));
    CHECK_STR(str_of(song), "-");
}

TEST(what_is_written_wrong_is_named)
{
    CHECK_ERR(parse(WORDS("sing", "song", "--lound")), ERR_USAGE);
    CHECK_DETAIL("unknown option --lound");
    CHECK_STR(str_of(fault_arg(fault_last(), "command")), "sing");
    CHECK_ERR(parse(WORDS("sing", "song", "-l")), ERR_USAGE);
    CHECK_ERR(parse(WORDS("sing", "song", "--db")), ERR_USAGE);
    CHECK_DETAIL("--db needs a value");
    CHECK_ERR(parse(WORDS("sing", "song", "--loud=very")), ERR_USAGE);
    CHECK_ERR(parse(WORDS("sing", "song", "again")), ERR_USAGE);
    CHECK_DETAIL("one word too many: again");
    CHECK_ERR(parse(WORDS("sing")), ERR_USAGE);
    CHECK_DETAIL("SONG is missing");
    CHECK_ERR(option_required(&command, "db", NULL), ERR_USAGE);
    CHECK_DETAIL("--db is missing");
    CHECK_OK(option_required(&command, "db", "x"));
}

TEST(exit_codes_follow_the_class_of_the_fault)
{
    CHECK_EQ(talk_exit_code(OK), 0);
    CHECK_EQ(talk_exit_code(ERR_INTERNAL), 1);
    CHECK_EQ(talk_exit_code(ERR_VALUE), 2);
    CHECK_EQ(talk_exit_code(ERR_LIMIT), 2);
    CHECK_EQ(talk_exit_code(ERR_ID_UNKNOWN), 3);
    CHECK_EQ(talk_exit_code(ERR_FILE_EXISTS), 4);
    CHECK_EQ(talk_exit_code(ERR_DB_LOCKED), 5);
    CHECK_EQ(talk_exit_code(ERR_DISK_FULL), 6);
}

TEST(the_language_is_that_of_the_environment)
{
    setenv("LC_ALL", "", 1);
    setenv("LC_MESSAGES", "", 1);
    setenv("LANG", "en_GB.UTF-8", 1);
    CHECK_EQ(talk_lang_of_environment(), LANG_EN);
    setenv("LC_ALL", "zh_CN.UTF-8", 1);
    CHECK_EQ(talk_lang_of_environment(), LANG_ZH);
    setenv("LC_ALL", "C", 1);
    CHECK_EQ(talk_lang_of_environment(), LANG_ZH);
}

TEST(an_address_is_shown_without_who_may_enter_it)
{
    CHECK_STR(str_of(talk_address("a.db")), "a.db");
    CHECK_STR(str_of(talk_address("postgresql://me:secret@db.example:5432/atlas?sslmode=require")),
              "postgresql://db.example:5432/atlas");
    CHECK_STR(str_of(talk_address("postgresql:///atlas?host=/run/pg&password=secret")),
              "postgresql:///atlas");
    CHECK_STR(str_of(talk_address("postgres://me:p@ss@db/atlas")), "postgresql://db/atlas");
}
