/* model/yaml.h: a brief written as YAML by a person at a command line → the same as JSON text. One document;
 * no anchors, aliases or tags, so nothing grows; nesting as in JSON. Numbers, true, false and null are those
 * of YAML 1.2's core schema in plain style; all else is text, dates too. */
#pragma once
#include "model/yaml_tree.h"

enum { YAML_BYTES_MAX = 64 * 1024, YAML_DEPTH_MAX = 32 };

/* ERR_BRIEF with line and column; ERR_ENCODING; ERR_LIMIT. A name that stands twice in a mapping is left to
 * the JSON reader. */
MUST_USE Err yaml_to_json(Str text, Buf *json);

/* One node of a larger file, by the same rules. */
void yaml_node_json(const YamlNode *node, Buf *json);
