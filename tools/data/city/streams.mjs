// One stream of numbers for each subject, so that a change to one leaves the others' bytes as they are.
import { Random } from '../random.mjs';

export const SEED = 20221130;

/** `part`: the subject's number; each has its own. The factor spreads neighbouring seeds (Knuth, TAOCP 6.4). */
export function stream(part) {
  const random = new Random(Math.imul(SEED + part * 7919, 2654435761));
  for (let i = 0; i < 8; i++) random.next();
  return random;
}

export const locator = (subject, n) => `seed ${SEED}, ${subject} ${n}`;

/** The row's own facts that every sample row has. */
export const sample = (subject, n, seen) => ({ how: 'illustrative', as_of: seen, locator: locator(subject, n) });

export const numbered = (n, digits) => String(n).padStart(digits, '0');

/** A list in random order; the list itself stays. */
export function shuffled(random, list) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const k = random.int(0, i);
    [out[i], out[k]] = [out[k], out[i]];
  }
  return out;
}

/** About log-normal around the median `centre`: twelve ratios of 1 to 1 + spread/100, multiplied. Spread 60 → σ 0.7, 100 → σ 1. */
export function logNormal(random, centre, spread) {
  let value = centre * 1000;
  for (let i = 0; i < 12; i++) value = Math.floor((value * (100 + random.int(0, spread))) / (100 + random.int(0, spread)));
  return Math.floor(value / 1000);
}
