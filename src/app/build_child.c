#include "app/build_child.h"
#include "app/build.h"
#include "app/ledger_mark.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The parent's environment with the ledger's address added. */
static char **child_environment(Arena *arena, const char *url)
{
    size_t count = 0;
    while (environ[count])
        count++;
    char **all = arena_array(arena, char *, count + 2);
    memcpy(all, environ, count * sizeof *all);
    size_t len = strlen(BUILD_CHILD_URL) + strlen(url) + 2;
    all[count] = arena_alloc(arena, len);
    snprintf(all[count], len, "%s=%s", BUILD_CHILD_URL, url);
    all[count + 1] = NULL;
    return all;
}

/* The parent's threads block the signals that end it; the child must not inherit that. */
static int spawn(char *const *argv, char *const *env, pid_t *ret)
{
    posix_spawnattr_t attributes;
    int failed = posix_spawnattr_init(&attributes);
    if (failed)
        return failed;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    failed = posix_spawn(ret, "/proc/self/exe", NULL, &attributes, argv, env);
    posix_spawnattr_destroy(&attributes);
    return failed;
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

Err build_child_run(const char *url, const char *dir, Audience audience, _Atomic pid_t *running)
{
    Arena *arena = arena_new();
    char *const argv[] = {
        (char[]){"lianpu"},
        (char[]){BUILD_CHILD_COMMAND},
        (char *)(uintptr_t)str_copy(arena, str_of(dir)).ptr,
        (char *)(uintptr_t)audience_name(audience),
        NULL,
    };
    pid_t pid;
    int failed = spawn(argv, child_environment(arena, url), &pid);
    arena_free(arena);
    if (failed)
        return fail(ERR_BUILD, "detail", strerror(failed), NULL);
    atomic_store(running, pid);
    int status = 0;
    pid_t got;
    do
        got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    atomic_store(running, 0);
    return got == pid ? how_it_ended(status) : fail(ERR_BUILD, "detail", strerror(errno), NULL);
}

void build_child_stop(_Atomic pid_t *running)
{
    pid_t pid = atomic_load(running);
    if (pid > 0)
        kill(pid, SIGTERM);
}

Err build_child_main(const char *dir, const char *name)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* the server that wanted the atlas has gone */
    const char *url = getenv(BUILD_CHILD_URL);
    if (!url)
        return fail(ERR_USAGE, "detail", "build-atlas is for the server's own use", NULL);
    Audience audience;
    TRY(audience_named(str_of(name), &audience));
    Store *store;
    TRY(store_open(url, STORE_READ, &store));
    Atlas *atlas;
    Err err = build_base(store, dir, audience, &atlas);
    if (err == OK) {
        ledger_mark_write(store, dir, audience, atlas_commit(atlas));
        atlas_unref(atlas);
    }
    store_close(store);
    return err;
}
