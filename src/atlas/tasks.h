/* atlas/tasks.h: work that falls into pieces which do not need each other. Internal to atlas. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Runs task(0 … count - 1), on two threads if the work is worth one. Within a task it may be called again. */
void tasks_run(uint32_t count, bool large, void (*task)(uint32_t number, void *user), void *user);
