#include "app/build_child.h"
#include "app/build.h"
#include "app/lists.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NICE = 10 };

extern char **environ;

/* Large blocks of memory in pages of 2 MiB, as far as the system has them: a base is made of gigabytes that
 * are touched once or at random, and a page of 4 KiB costs four times as much to get as its bytes do. Read by
 * glibc; others pass it over, as does one whose parent has set it otherwise. */
static const char large_pages[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";

/* The parent's environment, with the ledger's address and large_pages added. */
static char **child_environment(Arena *arena, const char *url)
{
    size_t count = 0;
    while (environ[count])
        count++;
    char **all = arena_array(arena, char *, count + 3);
    memcpy(all, environ, count * sizeof *all);
    size_t len = strlen(BUILD_CHILD_URL) + strlen(url) + 2;
    all[count] = arena_alloc(arena, len);
    snprintf(all[count], len, "%s=%s", BUILD_CHILD_URL, url);
    all[count + 1] = (char *)(uintptr_t)large_pages;
    all[count + 2] = NULL;
    return all;
}

/* The parent's threads block the signals that end it; the child must not inherit that. */
static int spawn(char *const *argv, char *const *env, int standard_output, pid_t *ret)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0); /* Ctrl-C is for the parent, which then ends it */
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_init(&files);
    int failed = posix_spawn_file_actions_adddup2(&files, standard_output, STDOUT_FILENO);
    if (!failed)
        failed = posix_spawn(ret, "/proc/self/exe", &files, &attributes, argv, env);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

Err build_child_start(const char *url, const char *dir, Audience audience, BuildChild *ret)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(ERR_BUILD, "detail", strerror(errno), NULL);
    Arena *arena = arena_new();
    char *const argv[] = {
        (char[]){"lianpu"},
        (char[]){BUILD_CHILD_COMMAND},
        (char *)(uintptr_t)str_copy(arena, str_of(dir)).ptr,
        (char *)(uintptr_t)audience_name(audience),
        NULL,
    };
    pid_t pid;
    int failed = spawn(argv, child_environment(arena, url), ends[1], &pid);
    arena_free(arena);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        return fail(ERR_BUILD, "detail", strerror(failed), NULL);
    }
    *ret = (BuildChild){pid, ends[0]};
    return OK;
}

static Err how_it_ended(int status)
{
    char detail[80];
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return OK;
    if (WIFEXITED(status))
        snprintf(detail, sizeof detail, "the child ended with code %d", WEXITSTATUS(status));
    else
        snprintf(detail, sizeof detail, "the child was ended by signal %d",
                 WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    return fail(ERR_BUILD, "detail", detail, NULL);
}

/* The line it said before it ended: less than a pipe holds. */
static Err name_said(int said, char ret_name[ATLAS_NAME_MAX])
{
    char line[ATLAS_NAME_MAX];
    ssize_t len = read(said, line, sizeof line);
    if (len < 2 || line[len - 1] != '\n')
        return fail(ERR_BUILD, "detail", "the child did not say what it built", NULL);
    line[len - 1] = '\0';
    strcpy(ret_name, line);
    return OK;
}

/* Without WNOHANG it waits. False: it runs on. */
static bool reap(BuildChild *child, int options, int *ret_status)
{
    pid_t got;
    do
        got = waitpid(child->pid, ret_status, options);
    while (got < 0 && errno == EINTR);
    if (got != 0)
        child->pid = 0;
    return got != 0;
}

Err build_child_poll(BuildChild *child, bool *ret_done, char ret_name[ATLAS_NAME_MAX])
{
    int status = SIGKILL; /* if somebody else took it away */
    *ret_done = reap(child, WNOHANG, &status);
    if (!*ret_done)
        return OK;
    Err err = how_it_ended(status);
    if (err == OK)
        err = name_said(child->said, ret_name);
    close(child->said);
    return err;
}

void build_child_stop(BuildChild *child)
{
    int status;
    if (child->pid == 0)
        return;
    kill(child->pid, SIGTERM);
    reap(child, 0, &status);
    close(child->said);
}

/* The one who wanted the base may have gone before this was asked for. */
static bool nobody_reads(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

static Err say(const char *name)
{
    char line[ATLAS_NAME_MAX + 2];
    int len = snprintf(line, sizeof line, "%s\n", name);
    return write(STDOUT_FILENO, line, (size_t)len) == len
               ? OK
               : fail(ERR_FILE_WRITE, "path", "standard output", "detail", strerror(errno), NULL);
}

Err build_child_main(const char *dir, const char *audience_text)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    setpriority(PRIO_PROCESS, 0, NICE); /* answers and deltas go first */
    const char *url = getenv(BUILD_CHILD_URL);
    if (!url || nobody_reads())
        return fail(ERR_USAGE, "detail", "build-atlas is for the server's own use", NULL);
    Audience audience;
    Store *store;
    char name[ATLAS_NAME_MAX];
    TRY(audience_named(str_of(audience_text), &audience));
    TRY(app_lists_open(url, STORE_READ, &store));
    Err err = build_base_apart(store, dir, audience, name);
    store_close(store);
    return err == OK ? say(name) : err;
}
