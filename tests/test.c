#include "test.h"
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka wants the four headers above before it */
#include <cmocka.h>

enum { TESTS_MAX = 500 };

static struct CMUnitTest tests[TESTS_MAX];
static TestBody *bodies[TESTS_MAX];
static size_t count;
static char folder[64];

static void run(void **state)
{
    ((TestBody *)(uintptr_t)*state)();
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static int clean_up(void **state)
{
    (void)state;
    if (folder[0])
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    folder[0] = '\0';
    return 0;
}

const char *test_folder(void)
{
    if (!folder[0]) {
        strcpy(folder, "/tmp/lianpu-test-XXXXXX");
        if (!mkdtemp(folder))
            abort();
    }
    return folder;
}

void test_add(const char *name, TestBody *body)
{
    if (count == TESTS_MAX)
        abort();
    bodies[count] = body;
    tests[count] = (struct CMUnitTest){name, run, NULL, clean_up, (void *)(uintptr_t)body};
    count++;
}

void test_fail(const char *file, int line, const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    print_error("%s:%d: %s\n", file, line, text);
    _fail(file, line);
    abort();
}

int main(int argc, char **argv)
{
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("tests", tests, count, NULL, NULL);
}
