// The model's tables as the C sources declare them (src/model/kinds/*.c), read with regular expressions: enough to check
// that a file's headings, codes and numbers are the model's.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../src/model/kinds/', import.meta.url);
const source = (name) => readFileSync(new URL(name, folder), 'utf8');

function codeLists() {
  const lists = {};
  for (const file of ['lists.c', 'lists_city.c'])
    for (const [, name, body] of source(file).matchAll(/static const Code (\w+)_codes\[\] = \{([\s\S]*?)\n\};/g))
      lists[name] = [...body.matchAll(/\{"([^"]+)", \{/g)].map((m) => m[1]);
  return lists;
}

/** The arguments of one PUBLIC(…) or STAFF(…): a quoted text may hold commas. */
const argumentsOf = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s,"]+)/g)].map((m) => m[1] ?? m[2]);

function fieldsOf(text, money) {
  const fields = {};
  for (const [, args, more] of text.matchAll(/\{(?:PUBLIC|STAFF)\((\d[^)]*(?:\([^)]*\)[^)]*)*)\)([^}]*)\}/g)) {
    const [, name, type] = argumentsOf(args), rest = more.replace('MONEY', money);
    fields[name] = {
      type, codes: /\.codes = &list_(\w+)/.exec(rest)?.[1], ref: /\.ref = KIND_(\w+)/.exec(rest)?.[1]?.toLowerCase(),
      decimals: Number(/\.decimals = (\d+)/.exec(rest)?.[1] ?? 0), required: /\.required = true/.test(rest),
      min: Number(/\.min = (-?\d+)/.exec(rest)?.[1] ?? 0), max: Number(/\.max = (\d+)/.exec(rest)?.[1] ?? 0),
    };
  }
  return fields;
}

/** kinds.h declares services by macros: SERVICE(road, 30, …), CAPACITY(water, 40, m3d, …). */
function serviceFields(text) {
  const fields = {};
  for (const [, id] of text.matchAll(/^\s+SERVICE\((\w+), \d+, "/gm)) {
    fields[`${id}_state`] = { type: 'CODE', codes: 'service_state' };
    fields[`${id}_in_service`] = { type: 'DATE' };
  }
  for (const [, id, suffix] of text.matchAll(/^\s+CAPACITY\((\w+), \d+, (\w+), "/gm))
    for (const what of ['capacity', 'left']) fields[`${id}_${what}_${suffix}`] = { type: 'NUM', decimals: 1, min: 0, max: 1e11 };
  return fields;
}

/** What one #define of kinds.h stands for, its lines joined. */
function macro(text, name) {
  const found = new RegExp(`#define ${name}\\b(?:\\([^)]*\\))?([\\s\\S]*?[^\\\\])\\n`).exec(text);
  return found[1].replaceAll(/\\\n/g, '\n').replaceAll(/\btag( \+ 1)?,/g, '1,');
}

/** → { lists: { name: [code] }, kinds: { name: { field: { type, codes, ref, decimals, min, max, required } } } } */
export function readModel() {
  const header = source('kinds.h'), money = macro(header, 'MONEY'), kinds = {};
  const always = fieldsOf(macro(header, 'COMMON_FIELDS'), money), services = serviceFields(header);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.c') && !name.startsWith('lists'))) {
    const text = source(file), kind = /KIND_\w+, "(\w+)"/.exec(text)[1];
    kinds[kind] = {
      ...always, ...fieldsOf(text, money),
      ...(/^\s+OFFICE\(/m.test(text) ? fieldsOf(macro(header, 'OFFICE'), money) : {}),
      ...(/^\s+ABOUT\(/m.test(text) ? fieldsOf(macro(header, 'ABOUT'), money) : {}),
      ...(/^\s+SERVICES,/m.test(text) ? services : {}),
    };
  }
  return { lists: codeLists(), kinds };
}
