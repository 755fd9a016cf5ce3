/* land.ts: which plots can be had now, as a filter: for many parks in one question. */
import { codesOf, meta } from '../../model';

/* Plots that can be had by the picture's own day, as in parkland.ts: for all parks in one question. */
export const openNow = () => {
  const states = codesOf('land_state')
    .filter(({ code, offer }) => offer === 'open' && code !== 'planned' && code !== 'acquiring')
    .map(({ code }) => `'${code}'`);
  return `land_state IN (${states.join(', ')}) AND available_from <= '${meta.value!.as_of}'`;
};
