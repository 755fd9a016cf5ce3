/* tests/test.h: a test's name is a sentence; one behaviour each. Tests of a file run in the order they stand
 * in.
 *
 *     TEST(an_empty_tree_finds_nothing)
 *     {
 *         CHECK_EQ(found, 0);
 *     } */
#pragma once
#include "base/str.h"
#include <setjmp.h>
#include <stdarg.h>

typedef void TestBody(void);
void test_add(const char *name, TestBody *body);
void test_fail(const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4), noreturn));
const char *test_folder(void); /* a fresh folder of this test, removed after it */

#define TEST(name)                                                                                           \
    static void name(void);                                                                                  \
    __attribute__((constructor)) static void add_##name(void)                                                \
    {                                                                                                        \
        test_add(#name, name);                                                                               \
    }                                                                                                        \
    static void name(void)

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            test_fail(__FILE__, __LINE__, "not so: %s", #condition);                                         \
    } while (0)

#define CHECK_EQ(got, want)                                                                                  \
    do {                                                                                                     \
        long long got_ = (long long)(got), want_ = (long long)(want);                                        \
        if (got_ != want_)                                                                                   \
            test_fail(__FILE__, __LINE__, "%s is %lld, not %lld", #got, got_, want_);                        \
    } while (0)

#define CHECK_STR(got, want)                                                                                 \
    do {                                                                                                     \
        Str got_ = (got), want_ = str_of(want);                                                              \
        if (!str_eq(got_, want_))                                                                            \
            test_fail(__FILE__, __LINE__, "%s is \"%.*s\", not \"%.*s\"", #got, STR_ARG(got_),               \
                      STR_ARG(want_));                                                                       \
    } while (0)

/* The call must succeed; on failure the fault's code and first argument are shown. */
#define CHECK_OK(call)                                                                                       \
    do {                                                                                                     \
        Err err_ = (call);                                                                                   \
        if (err_ != OK)                                                                                      \
            test_fail(__FILE__, __LINE__, "%s: %s (%s)", #call, err_name(err_),                              \
                      fault_last()->count ? fault_last()->args[0].text : "");                                \
    } while (0)

#define CHECK_ERR(call, want)                                                                                \
    do {                                                                                                     \
        Err err_ = (call);                                                                                   \
        if (err_ != (want))                                                                                  \
            test_fail(__FILE__, __LINE__, "%s: %s, not %s", #call, err_name(err_), err_name(want));          \
    } while (0)
