/* model/yaml_walk.h: YAML as libfyaml's events, with its limits and its errors; used by the readers yaml.c
 * and yaml_tree.c alone. */
#pragma once
#include "base/str.h"
#include <libfyaml.h>

typedef Err YamlVisit(struct fy_event *event, void *user);

/* Visits every event of the text. What is not YAML is `code`: ERR_BRIEF, or ERR_YAML with line and column.
 * ERR_ENCODING; ERR_LIMIT past bytes_max. */
MUST_USE Err yaml_walk(Str text, size_t bytes_max, Err code, YamlVisit *visit, void *user);

/* `code`, at the token (NULL: the beginning) or at a line and column counted from 1. */
MUST_USE Err yaml_fail(Err code, const struct fy_token *token, const char *detail);
MUST_USE Err yaml_fail_at(Err code, int line, int column, const char *detail);
