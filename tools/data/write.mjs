// Where the scripts' results go: data/jiangmen/. With --check nothing is written: the result is compared with the
// committed file and the script fails if they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../data/jiangmen/', import.meta.url));

export const readData = (name) => readFileSync(folder + name, 'utf8');

export function finish(name, text) {
  if (!process.argv.includes('--check')) {
    writeFileSync(folder + name, text);
    console.error(`${name}: ${text.length} characters`);
  } else if (readData(name) !== text) {
    console.error(`${name}: the script makes something else than what is committed`);
    process.exitCode = 1;
  }
}
