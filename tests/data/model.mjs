// The model's tables as the C sources declare them (src/model/kinds/*.c), read with regular expressions: enough to check
// that a file's headings, codes and numbers are the model's.
import { readFileSync } from 'node:fs';

const source = (name) => readFileSync(new URL(`../../src/model/kinds/${name}`, import.meta.url), 'utf8');

function codeLists() {
  const lists = {};
  for (const [, name, body] of source('lists.c').matchAll(/static const Code (\w+)_codes\[\] = \{([\s\S]*?)\n\};/g))
    lists[name] = [...body.matchAll(/^\s+\{"([^"]+)",/gm)].map((m) => m[1]);
  return lists;
}

/** The arguments of one FIELD(…): a quoted text may hold commas. */
const argumentsOf = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s,"]+)/g)].map((m) => m[1] ?? m[2]);

function fieldsOf(text) {
  const fields = {};
  for (const [, args, rest] of text.matchAll(/\{FIELD\((\d[^)]*(?:\([^)]*\)[^)]*)*)\)([^}]*)\}/g)) {
    const [, name, type] = argumentsOf(args);
    fields[name] = {
      type, codes: /\.codes = &list_(\w+)/.exec(rest)?.[1], ref: /\.ref = KIND_(\w+)/.exec(rest)?.[1]?.toLowerCase(),
      decimals: Number(/\.decimals = (\d+)/.exec(rest)?.[1] ?? 0), required: /\.required = true/.test(rest),
      min: Number(/\.min = (\d+)/.exec(rest)?.[1] ?? 0), max: Number(/\.max = (\d+)/.exec(rest)?.[1] ?? 0),
    };
  }
  return fields;
}

/** parcel.c declares services by macros: SERVICE(road, 30, …), CAPACITY(water, 40, m3d, …). */
function serviceFields(text) {
  const fields = {};
  for (const [, id] of text.matchAll(/^\s+SERVICE\((\w+), \d+/gm)) {
    fields[`${id}_state`] = { type: 'CODE', codes: 'service_state' };
    fields[`${id}_in_service`] = { type: 'DATE' };
  }
  for (const [, id, suffix] of text.matchAll(/^\s+CAPACITY\((\w+), \d+, (\w+)/gm))
    for (const what of ['capacity', 'left']) fields[`${id}_${what}_${suffix}`] = { type: 'NUM', decimals: 1, min: 0, max: 1e11 };
  return fields;
}

/** → { lists: { name: [code] }, kinds: { name: { field: { type, codes, ref, decimals, min, max, required } } } } */
export function readModel() {
  const common = fieldsOf(source('kinds.h').replaceAll(/\s*\\\n/g, '\n'));
  const kinds = {};
  for (const kind of ['source', 'region', 'park', 'facility', 'parcel']) {
    const text = source(`${kind}.c`);
    kinds[kind] = { ...common, ...fieldsOf(text), ...serviceFields(text) };
  }
  return { lists: codeLists(), kinds };
}
