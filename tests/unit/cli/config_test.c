/* A configuration file and options → what is used; what is wrong is told with its line. */
#include "cli/config.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static Arena *arena;
static Config config;

static Err read_text(const char *yaml, const ConfigGiven *given)
{
    static const ConfigGiven none;
    char path[300];
    snprintf(path, sizeof path, "%s/lianpu.yaml", test_folder());
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(yaml, file) >= 0 && fclose(file) == 0);
    arena_free(arena);
    arena = arena_new();
    return config_read(arena, path, given ? given : &none, &config);
}

static uint32_t number_of(const char *name)
{
    const ConfigKey *keys;
    uint32_t count = config_keys(&keys), i = 0;
    while (i < count && strcmp(keys[i].name, name) != 0)
        i++;
    CHECK(i < count);
    return i;
}

#define CHECK_ARG(name, want) CHECK_STR(str_of(fault_arg(fault_last(), name)), want)

TEST(what_is_not_said_has_its_default)
{
    CHECK_OK(read_text("# nothing but a remark\n", NULL));
    CHECK(config.db == NULL);
    CHECK_EQ(config.queue, 64);
    CHECK_EQ(config.workers, 2);
    CHECK(!config.verbose);
}

TEST(a_file_tells_texts_numbers_and_switches_and_an_empty_value_tells_nothing)
{
    CHECK_OK(read_text("db: city.db\nname-zh: \"江门: 图谱\"\nqueue: 128\nverbose: true\natlas:\n", NULL));
    CHECK_STR(str_of(config.db), "city.db");
    CHECK_STR(str_of(config.name_zh), "江门: 图谱");
    CHECK_EQ(config.queue, 128);
    CHECK(config.verbose);
    CHECK(config.atlas == NULL);
}

TEST(an_option_stands_above_the_file)
{
    ConfigGiven given = {0};
    given.text[number_of("queue")] = "7";
    given.flag[number_of("verbose")] = true;
    CHECK_OK(read_text("queue: 128\nverbose: false\nworkers: 3\n", &given));
    CHECK_EQ(config.queue, 7);
    CHECK_EQ(config.workers, 3);
    CHECK(config.verbose);
}

TEST(an_unknown_key_is_refused_with_its_line_and_the_nearest_name)
{
    CHECK_ERR(read_text("db: a.db\n\nlissten: 127.0.0.1:1\n", NULL), ERR_CONFIG_KEY);
    CHECK_ARG("line", "3");
    CHECK_ARG("key", "lissten");
    CHECK_ARG("hint", "listen");
    CHECK_ERR(read_text("colour-of-the-sky: blue\n", NULL), ERR_CONFIG_KEY);
    CHECK_ARG("hint", "");
}

TEST(a_value_outside_its_bounds_is_refused_with_its_line_and_the_bounds)
{
    static const char *const wrong[] = {"0", "4097", "many", "1.5", "[1]", "{a: 1}", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char yaml[100];
        snprintf(yaml, sizeof yaml, "db: a.db\nqueue: %s\n", wrong[i]);
        CHECK_ERR(read_text(yaml, NULL), ERR_CONFIG_VALUE);
        CHECK_ARG("line", "2");
        CHECK_ARG("key", "queue");
        CHECK_ARG("want", "1 … 4096");
    }
    CHECK_ERR(read_text("verbose: yes\n", NULL), ERR_CONFIG_VALUE);
    CHECK_ARG("want", "true, false");
    ConfigGiven given = {0};
    given.text[number_of("workers")] = "65";
    CHECK_ERR(read_text("", &given), ERR_PARAM);
    CHECK_ARG("param", "--workers");
}

TEST(a_file_that_is_no_mapping_or_says_a_key_twice_is_refused)
{
    CHECK_ERR(read_text("- db\n- listen\n", NULL), ERR_YAML);
    CHECK_ERR(read_text("queue: 1\nqueue: 2\n", NULL), ERR_YAML);
    CHECK_ARG("line", "2");
    static const ConfigGiven none;
    CHECK_ERR(config_read(arena, "/nonexistent/lianpu.yaml", &none, &config), ERR_FILE_OPEN);
}

TEST(every_key_has_a_name_of_its_own_help_in_two_languages_and_an_example_that_is_accepted)
{
    const ConfigKey *keys;
    uint32_t count = config_keys(&keys);
    for (uint32_t i = 0; i < count; i++) {
        ConfigGiven given = {0};
        CHECK(keys[i].help.zh && keys[i].help.zh[0] && keys[i].help.en && keys[i].help.en[0]);
        for (uint32_t j = 0; j < i; j++)
            CHECK(strcmp(keys[i].name, keys[j].name) != 0 && keys[i].at != keys[j].at);
        given.text[i] = keys[i].example;
        CHECK_OK(config_read(arena, NULL, &given, &config));
    }
}

TEST(the_document_s_example_is_a_configuration)
{
    Buf text;
    buf_init(&text, 1024 * 1024);
    config_markdown(&text);
    buf_byte(&text, '\0');
    CHECK(!text.full);
    char *from = strstr(text.ptr, "```yaml\n"), *to = from ? strstr(from + 8, "```") : NULL;
    CHECK(to != NULL);
    *to = '\0';
    CHECK_OK(read_text(from + 8, NULL));
    CHECK_STR(str_of(config.basemap_datum), "cgcs2000");
    buf_done(&text);
}
