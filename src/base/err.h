/* base/err.h: what can go wrong, and how it is said.
 *
 * A function that can fail returns Err and writes its results only on OK. Whoever knows the cause calls
 * fail() with a code and named arguments; the arguments wait in the calling thread's Fault until the next
 * failure. The sentence for the person is written by http and cli from app/sentence.h, in the person's
 * language. What cleans up (…_free, …_done, …_close, …_unref, …_drop, a rollback) never calls fail(): the
 * fault that led to it stands. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))

/* What kind of failure a code is. http maps it to a status, cli to an exit code (see err_class). */
typedef enum FaultClass {
    CLASS_OK,
    CLASS_INPUT,     /* the caller's input is wrong: 400, exit 2 */
    CLASS_NOT_FOUND, /* no such thing, for this caller: 404, exit 3 */
    CLASS_CONFLICT,  /* the state does not allow it: 409, exit 4 */
    CLASS_TOO_LARGE, /* a named limit was passed: 413, exit 2 */
    CLASS_BUSY,      /* try again later: 503, exit 5 */
    CLASS_STORAGE,   /* disk, database, file: 507, exit 6 */
    CLASS_INTERNAL,  /* a fault of ours: 500, exit 1 */
} FaultClass;

/* Code, class, and the names of the arguments its sentence uses. */
#define ERR_LIST(X)                                                                                          \
    X(ERR_USAGE, CLASS_INPUT)                /* detail, command */                                           \
    X(ERR_KIND_UNKNOWN, CLASS_INPUT)         /* kind, known */                                               \
    X(ERR_FIELD_UNKNOWN, CLASS_INPUT)        /* field, kind, hint */                                         \
    X(ERR_FIELD_NOT_FILTERABLE, CLASS_INPUT) /* field, kind */                                               \
    X(ERR_FIELD_REQUIRED, CLASS_INPUT)       /* field, example */                                            \
    X(ERR_FIELD_DERIVED, CLASS_INPUT)        /* field */                                                     \
    X(ERR_VALUE, CLASS_INPUT)                /* field, value, want, example */                               \
    X(ERR_UNIT, CLASS_INPUT)                 /* field, value, want */                                        \
    X(ERR_RANGE, CLASS_INPUT)                /* field, min, max: min is above max */                         \
    X(ERR_ENCODING, CLASS_INPUT)             /* row, detail */                                               \
    X(ERR_CSV, CLASS_INPUT)                  /* row, detail, kind, field, cells, headings */                 \
    X(ERR_WORKBOOK, CLASS_INPUT)             /* detail, part, line, sheet, row */                            \
    X(ERR_GEOJSON, CLASS_INPUT)              /* row, detail, kind, field */                                  \
    X(ERR_GEOMETRY, CLASS_INPUT)             /* detail, example */                                           \
    X(ERR_JSON, CLASS_INPUT)                 /* line, column, detail */                                      \
    X(ERR_BRIEF, CLASS_INPUT)                /* detail, example */                                           \
    X(ERR_CONTRADICTION, CLASS_INPUT)        /* first, second, first_n, second_n: conditions of a brief */   \
    X(ERR_PARAM, CLASS_INPUT)                /* param, value, want, example */                               \
    X(ERR_FILTER_SYNTAX, CLASS_INPUT)        /* at, near, want, example */                                   \
    X(ERR_FILTER_DEPTH, CLASS_INPUT)         /* limit */                                                     \
    X(ERR_FILTER_TYPE, CLASS_INPUT)          /* field, want, value, pointer */                               \
    X(ERR_FILTER_OPERATOR, CLASS_INPUT)      /* field, op, want, pointer */                                  \
    X(ERR_FILTER_JSON, CLASS_INPUT)          /* pointer, near, want, example */                              \
    X(ERR_FILTER_COST, CLASS_TOO_LARGE)      /* what, detail, ms, limit: it would take too long */           \
    X(ERR_TILE_RANGE, CLASS_INPUT)           /* z, x, y */                                                   \
    X(ERR_ROWS_REJECTED, CLASS_INPUT)        /* rows, first: nothing was imported */                         \
    X(ERR_SOURCE_UNKNOWN, CLASS_INPUT)       /* source */                                                    \
    X(ERR_YAML, CLASS_INPUT)                 /* line, column, detail */                                      \
    X(ERR_CHAIN, CLASS_INPUT)                /* at, detail, example: a chain that does not hold together */  \
    X(ERR_LISTS, CLASS_INPUT)                /* line, list, detail: code lists that cannot be so */          \
    X(ERR_CONFIG_KEY, CLASS_INPUT)           /* path, line, key, hint: the server knows no such key */       \
    X(ERR_CONFIG_VALUE, CLASS_INPUT)         /* path, line, key, value, want */                              \
    X(ERR_ROUTE_UNKNOWN, CLASS_NOT_FOUND)    /* path */                                                      \
    X(ERR_METHOD, CLASS_INPUT)               /* method, path, allowed: 405 */                                \
    X(ERR_BODY_TYPE, CLASS_INPUT)            /* want: 415 */                                                 \
    X(ERR_REQUEST, CLASS_INPUT)              /* detail: a request the guard refuses */                       \
    X(ERR_PARAM_UNKNOWN, CLASS_INPUT)        /* param, known: the address takes no such parameter */         \
    X(ERR_ID_UNKNOWN, CLASS_NOT_FOUND)       /* kind, id */                                                  \
    X(ERR_NOT_FOUND, CLASS_NOT_FOUND)        /* what */                                                      \
    X(ERR_BATCH_UNKNOWN, CLASS_NOT_FOUND)    /* batch */                                                     \
    X(ERR_BODY_SIZE, CLASS_TOO_LARGE)        /* limit */                                                     \
    X(ERR_LIMIT, CLASS_TOO_LARGE)            /* what, limit */                                               \
    X(ERR_BUSY, CLASS_BUSY)                  /* retry_s */                                                   \
    X(ERR_NOT_READY, CLASS_BUSY)             /* what */                                                      \
    X(ERR_IDEMPOTENCY, CLASS_CONFLICT)       /* key */                                                       \
    X(ERR_FILE_EXISTS, CLASS_CONFLICT)       /* path */                                                      \
    X(ERR_CODE_USED, CLASS_CONFLICT)         /* list, code, rows, ids */                                     \
    X(ERR_FILE_OPEN, CLASS_STORAGE)          /* path, detail */                                              \
    X(ERR_FILE_READ, CLASS_STORAGE)          /* path, detail */                                              \
    X(ERR_FILE_WRITE, CLASS_STORAGE)         /* path, detail */                                              \
    X(ERR_DISK_FULL, CLASS_STORAGE)          /* path */                                                      \
    X(ERR_DB_FOREIGN, CLASS_STORAGE)         /* path: not a Lianpu ledger */                                 \
    X(ERR_DB_NEWER, CLASS_STORAGE)           /* path, have, know */                                          \
    X(ERR_DB_OLDER, CLASS_STORAGE)           /* path, have, know */                                          \
    X(ERR_DB_CORRUPT, CLASS_STORAGE)         /* path, detail */                                              \
    X(ERR_DB_READONLY, CLASS_STORAGE)        /* path */                                                      \
    X(ERR_DB_LOCKED, CLASS_BUSY)             /* path */                                                      \
    X(ERR_DB_CONNECT, CLASS_STORAGE)         /* path, detail */                                              \
    X(ERR_DB, CLASS_STORAGE)                 /* detail */                                                    \
    X(ERR_COMMIT_UNKNOWN, CLASS_STORAGE)     /* key: the outcome is unknown; ask again with the same key */  \
    X(ERR_SEGMENT, CLASS_STORAGE)            /* path, detail */                                              \
    X(ERR_BUILD, CLASS_STORAGE)              /* detail */                                                    \
    X(ERR_LISTEN, CLASS_CONFLICT)            /* address, detail, example */                                  \
    X(ERR_INTERNAL, CLASS_INTERNAL)          /* detail */

typedef enum Err {
    OK = 0,
#define X(code, class) code,
    ERR_LIST(X)
#undef X
        ERR_COUNT
} Err;

enum { FAULT_ARGS_MAX = 8, FAULT_NAME_MAX = 24, FAULT_TEXT_MAX = 240 };

typedef struct Fault {
    Err code;
    int count;
    struct {
        char name[FAULT_NAME_MAX];
        char text[FAULT_TEXT_MAX]; /* UTF-8, cut at a character's edge if longer */
    } args[FAULT_ARGS_MAX];
} Fault;

/* Records the cause in this thread's Fault and returns `code`. Pairs of name, text, then NULL; all copied:
 *     return fail(ERR_ID_UNKNOWN, "kind", "park", "id", str_c(id), NULL); */
MUST_USE Err fail(Err code, ...) __attribute__((sentinel));

/* Adds one argument to this thread's Fault, such as the row a field's error stood in. Returns `code`. */
MUST_USE Err fail_also(Err code, const char *name, const char *text);

/* A file or folder could not be written: ERR_DISK_FULL or ERR_FILE_WRITE, as `error` (an errno) says. */
MUST_USE Err fail_write(const char *path, int error);

/* The calling thread's last fault; valid until its next fail(). Never NULL. */
const Fault *fault_last(void);

/* Hands a fault to another thread: the receiver sets the copy it was given, so that fault_last() tells it. */
void fault_set(const Fault *fault);

/* The argument's text, or "" when the fault has none of that name. */
const char *fault_arg(const Fault *fault, const char *name);

const char *err_name(Err code); /* "ERR_VALUE"; "OK" */
FaultClass err_class(Err code);

#define TRY(expr)                                                                                            \
    do {                                                                                                     \
        Err try_err_ = (expr);                                                                               \
        if (try_err_ != OK)                                                                                  \
            return try_err_;                                                                                 \
    } while (0)

/* For functions with something to clean up: err must be declared, and a label done stand at the end. */
#define TRY_GOTO(expr)                                                                                       \
    do {                                                                                                     \
        err = (expr);                                                                                        \
        if (err != OK)                                                                                       \
            goto done;                                                                                       \
    } while (0)
