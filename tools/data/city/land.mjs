// The sample's own plots (parcels.csv) for the sample's projects: each goes to one project, and its state fits the stage.
import { csvRows } from '../csv.mjs';
import { readData } from '../write.mjs';

const M2_PER_MU = 2000 / 3;
const COUNTIES_BY_PROJECTS = { 440703: 12, 440704: 13, 440705: 40, 440781: 7, 440783: 7, 440784: 20, 440785: 13 };

export class Land {
  constructor() {
    const open = csvRows(readData('parcels.csv')).filter((row) => row.visibility === 'public');
    this.lots = [];
    const promised = new Map();
    for (const row of open) {
      if (row.land_state !== 'promised')
        this.lots.push({ state: row.land_state, region: row.region, park: row.park === 'n/a' ? null : row.park, plots: [row] });
      else promised.set(row.promised_to, [...(promised.get(row.promised_to) ?? []), row]);
    }
    for (const [code, plots] of promised)
      this.lots.push({
        state: 'promised',
        code,
        region: plots[0].region,
        park: plots[0].park === 'n/a' ? null : plots[0].park,
        plots,
      });
    for (const lot of this.lots)
      lot.areaM2 = Math.round(lot.plots.reduce((sum, row) => sum + Number(row.area_m2), 0) * 100) / 100;
    this.taken = new Set();
  }

  /** A free lot in one of `states`, or null; with `fits`, only those. The county is drawn first. */
  take(random, states, fits = () => true) {
    const free = this.lots.filter(
      (lot) => states.includes(lot.state) && !this.taken.has(lot) && fits(lot) && lot.areaM2 < 500 * M2_PER_MU,
    );
    if (!free.length) return null;
    const region = random.weighted(
      Object.fromEntries(Object.entries(COUNTIES_BY_PROJECTS).filter(([key]) => free.some((one) => one.region === key))),
    );
    const lot = random.of(free.filter((one) => one.region === region));
    this.taken.add(lot);
    return lot;
  }
}

export const muOf = (areaM2) => Math.floor(areaM2 / M2_PER_MU);
