/* match/allocate.h: many projects to limited land and services. Each project's plots are the best that fit
 * its brief (match.h); each plot goes to at most one project, each project gets at most one; and what the
 * projects in one park ask of a service is in sum at most what the park has left of it (plan.h holds the
 * aim and the search).
 *
 * What a project asks of a service is the greatest least it states in `where` on what is left of it
 * (power_left_kva, park.power_left_kva); a filter is a condition on plots and asks for nothing. What a plot
 * has left is already a condition of the brief; what its park has left is shared. A park of which nobody has
 * said what is left does not limit, and the answer says so. */
#pragma once
#include "match/match.h"

enum {
    ALLOCATE_PROJECTS_MAX = 2000,
    ALLOCATE_PLOTS_MAX = 50, /* of one project: its best */
    ALLOCATE_PRIORITY_DEFAULT = 50,
    ALLOCATE_PRIORITY_MAX = 100,
    ALLOCATE_SECONDS_MAX = 3600,
    ALLOCATE_SECONDS_DEFAULT = 10,
    ALLOCATE_SERVICES_MAX = 8,
    ALLOCATE_LOST_MAX = 5, /* plots that a project left out is told of */
    ALLOCATE_NOBODY = UINT32_MAX,
};

typedef struct AllocateProject {
    Str name;
    int priority; /* 1 … ALLOCATE_PRIORITY_MAX */
    Brief brief;  /* of parcels */
    Str text;     /* what it was read from: equal texts are matched once */
} AllocateProject;

/* Why a project has no plot. */
typedef enum LeftOut {
    LEFT_OUT_NOT,
    LEFT_OUT_NO_PLOT, /* none fits */
    LEFT_OUT_TAKEN,   /* all that fit went to others */
    LEFT_OUT_SERVICE, /* a plot is free, or would be, but a service of its park is used up */
} LeftOut;

/* Why it did not get this plot. */
typedef enum LostTo {
    LOST_TO_PRIORITY, /* who has it has a higher priority */
    LOST_TO_SCORE,    /* … the same, and a higher score with it */
    LOST_TO_EQUAL,    /* … the same, and the same score: one had to go without */
    LOST_TO_SERVICE,  /* the park has not enough left of `service` */
} LostTo;

typedef struct LostPlot {
    uint32_t plot; /* of Allocation.plots */
    LostTo why;
    uint32_t taker;   /* a project; ALLOCATE_NOBODY: it is free */
    uint32_t service; /* LOST_TO_SERVICE */
} LostPlot;

typedef struct AllocatedProject {
    uint32_t fit, unknown, candidates;   /* plots that fit, that may, that were considered */
    int64_t asks[ALLOCATE_SERVICES_MAX]; /* stored numbers; 0: nothing */
    uint32_t plot;                       /* of Allocation.plots; ALLOCATE_NOBODY: none */
    uint32_t rank;                       /* 1 …: which of its candidates it got */
    int32_t score;                       /* hundredths */
    LeftOut reason;
    uint32_t most, excludes; /* LEFT_OUT_NO_PLOT: the condition that excludes most, and how many; without one,
                              * excludes is 0 */
    const char *most_words;  /* "area_m2 >= 100000" */
    LostPlot lost[ALLOCATE_LOST_MAX]; /* else: its best plots */
    uint32_t lost_count;
} AllocatedProject;

typedef struct AllocatedPlot {
    RowRef at;
    uint32_t park; /* of Allocation.parks; ALLOCATE_NOBODY: none is known */
    uint32_t taker;
} AllocatedPlot;

typedef struct AllocatedPark {
    Str key;
    int64_t left[ALLOCATE_SERVICES_MAX], used[ALLOCATE_SERVICES_MAX];
    bool limits[ALLOCATE_SERVICES_MAX]; /* is it known what is left? */
    uint32_t projects;                  /* placed in it */
} AllocatedPark;

typedef struct Allocation {
    const AllocatedProject *projects; /* as they were given */
    const AllocatedPlot *plots;       /* somebody's candidates, by key */
    const AllocatedPark *parks;       /* of these plots, by key */
    uint32_t project_count, plot_count, park_count;
    const Field *services[ALLOCATE_SERVICES_MAX]; /* what of each is left: fields of a park */
    uint32_t service_count;
    uint32_t placed;
    int64_t priority, priority_bound; /* sum over the placed; no allocation of these candidates has more */
    int64_t score, score_bound;       /* sum of priority * score (hundredths); -1: not known */
    bool optimal;
} Allocation;

/* Borrows the atlas and the projects. `seconds`: what the search may take once the plots are found; when it
 * is over the best so far stands, with its bound. ERR_ID_UNKNOWN and what filter_affordable says, with the
 * project's name as `project`; ERR_LIMIT past ALLOCATE_PROJECTS_MAX. */
MUST_USE Err allocate_run(Arena *arena, const Atlas *atlas, const AllocateProject *projects, uint32_t count,
                          double seconds, Allocation *ret);
