#include "match/milp.h"
#include <assert.h>
#include <coin/Cbc_C_Interface.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Gains are whole: what is better is better by 1. */
#define GAP_OF_WHOLE_GAINS 0.999

/* Of the time, so that CBC may end by itself and say what it has. */
#define CHILD_SHARE 0.9

typedef struct MilpRow {
    uint32_t count, from; /* in `items` */
    double most;
} MilpRow;

typedef struct Item {
    int column;
    double weight;
} Item;

struct Milp {
    Arena *arena;
    int64_t *gains;
    MilpRow *rows;
    Item *items;
    uint32_t column_count, column_room, row_count, row_room, item_count, item_room;
};

/* What the child leaves behind, in memory that both see. */
typedef struct Shared {
    bool done, found, optimal, bounded;
    double bound;
    bool chosen[];
} Shared;

/* ---- the problem ---- */

Milp *milp_new(Arena *arena)
{
    Milp *milp = arena_new_of(arena, Milp);
    milp->arena = arena;
    return milp;
}

/* Room for `more` behind `count` in an array that lives in the arena. */
static void *grown(Arena *arena, void *old, uint32_t count, uint32_t more, uint32_t *room, size_t size)
{
    if (count + more <= *room)
        return old;
    uint32_t wide = 2 * (count + more) + 64;
    void *wider = arena_alloc(arena, wide * size);
    if (count > 0)
        memcpy(wider, old, count * size);
    *room = wide;
    return wider;
}

uint32_t milp_column(Milp *milp, int64_t gain)
{
    assert(milp->column_count < MILP_COLUMNS_MAX);
    milp->gains = grown(milp->arena, milp->gains, milp->column_count, 1, &milp->column_room, sizeof gain);
    milp->gains[milp->column_count] = gain;
    return milp->column_count++;
}

void milp_gain(Milp *milp, uint32_t column, int64_t gain)
{
    assert(column < milp->column_count);
    milp->gains[column] = gain;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int64_t floor_divided(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

/* Divided by what all weights have in common: the smaller they are, the less is lost in CBC's tolerances. */
void milp_row(Milp *milp, uint32_t count, const uint32_t *columns, const int64_t *weights, int64_t most)
{
    assert(milp->row_count < MILP_ROWS_MAX);
    int64_t common = 0;
    for (uint32_t i = 0; i < count; i++)
        common = common_divisor(common, weights[i]);
    if (common == 0)
        return;
    milp->rows = grown(milp->arena, milp->rows, milp->row_count, 1, &milp->row_room, sizeof *milp->rows);
    milp->items =
        grown(milp->arena, milp->items, milp->item_count, count, &milp->item_room, sizeof *milp->items);
    milp->rows[milp->row_count++] = (MilpRow){count, milp->item_count, (double)floor_divided(most, common)};
    for (uint32_t i = 0; i < count; i++)
        milp->items[milp->item_count++] = (Item){(int)columns[i], (double)(weights[i] / common)};
}

/* ---- the child ---- */

static Cbc_Model *model_of(const Milp *milp)
{
    Cbc_Model *model = Cbc_newModel();
    Cbc_setLogLevel(model, 0);
    Cbc_setParameter(model, "log", "0");
    Cbc_setParameter(model, "slog", "0");
    Cbc_setObjSense(model, -1); /* the most */
    for (uint32_t c = 0; c < milp->column_count; c++)
        Cbc_addCol(model, "", 0, 1, (double)milp->gains[c], 1, 0, NULL, NULL);
    for (uint32_t r = 0; r < milp->row_count; r++) {
        const MilpRow *row = &milp->rows[r];
        int *columns = heap_alloc(row->count * sizeof *columns);
        double *weights = heap_alloc(row->count * sizeof *weights);
        for (uint32_t i = 0; i < row->count; i++) {
            columns[i] = milp->items[row->from + i].column;
            weights[i] = milp->items[row->from + i].weight;
        }
        Cbc_addRow(model, "", (int)row->count, columns, weights, 'L', row->most);
    }
    return model;
}

static void give_start(Cbc_Model *model, const Milp *milp, const bool *start)
{
    int *columns = heap_alloc((milp->column_count + 1) * sizeof *columns), count = 0;
    double *values = heap_alloc((milp->column_count + 1) * sizeof *values);
    for (uint32_t c = 0; c < milp->column_count; c++) {
        columns[count] = (int)c;
        values[count++] = start[c];
    }
    Cbc_setMIPStartI(model, count, columns, values);
}

/* Memory is the child's: it ends when this has returned. */
static void solve(const Milp *milp, const bool *start, double seconds, Shared *shared)
{
    char text[32];
    Cbc_Model *model = model_of(milp);
    snprintf(text, sizeof text, "%d.%03d", (int)seconds, (int)(seconds * 1000) % 1000);
    Cbc_setParameter(model, "timeMode", "elapsed");
    Cbc_setParameter(model, "seconds", text);
    Cbc_setAllowableGap(model, GAP_OF_WHOLE_GAINS);
    give_start(model, milp, start);
    Cbc_solve(model);
    const double *best = Cbc_bestSolution(model);
    for (uint32_t c = 0; best && c < milp->column_count; c++)
        shared->chosen[c] = best[c] > 0.5;
    shared->found = best != NULL;
    shared->optimal = best && Cbc_isProvenOptimal(model);
    shared->bound = Cbc_getBestPossibleObjValue(model);
    shared->bounded = isfinite(shared->bound) && fabs(shared->bound) < 1e18;
    shared->done = true;
}

static _Noreturn void be_child(const Milp *milp, const bool *start, double seconds, Shared *shared,
                               pid_t parent)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (nowhere < 0 || getppid() != parent || dup2(nowhere, STDOUT_FILENO) < 0 ||
        dup2(nowhere, STDERR_FILENO) < 0)
        _exit(1);
    solve(milp, start, seconds * CHILD_SHARE, shared);
    _exit(0);
}

/* ---- the parent ---- */

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* The child holds the pipe's other end open while it lives. */
static void wait_for(int pipe_end, double until)
{
    for (;;) {
        double left = until - now();
        struct pollfd ended = {.fd = pipe_end, .events = POLLIN};
        if (left <= 0)
            return;
        int got = poll(&ended, 1, left > 1e6 ? 1000000000 : (int)(left * 1000) + 1);
        if (got > 0 || (got < 0 && errno != EINTR))
            return;
    }
}

static void run_child(const Milp *milp, const bool *start, double seconds, Shared *shared)
{
    int ends[2];
    double until = now() + seconds;
    pid_t self = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_child(milp, start, seconds, shared, self);
    }
    close(ends[1]);
    if (child > 0) {
        wait_for(ends[0], until);
        kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
}

static int64_t gain_of(const Milp *milp, const bool *chosen)
{
    int64_t sum = 0;
    for (uint32_t c = 0; c < milp->column_count; c++)
        sum += chosen[c] ? milp->gains[c] : 0;
    return sum;
}

void milp_solve(Milp *milp, const bool *start, double seconds, MilpAnswer *ret)
{
    size_t size = sizeof(Shared) + milp->column_count + 1;
    *ret = (MilpAnswer){0};
    Shared *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return;
    run_child(milp, start, seconds, shared);
    if (shared->done) {
        ret->found = shared->found;
        ret->optimal = shared->optimal;
        ret->chosen = arena_copy(milp->arena, shared->chosen, milp->column_count);
        ret->bounded = shared->bounded || ret->optimal;
        ret->bound = ret->optimal ? gain_of(milp, ret->chosen)
                                  : (int64_t)floor(shared->bound + 1e-9 * fabs(shared->bound) + 1e-6);
    }
    munmap(shared, size);
}
