// The trades as objects: { id, chain, zh, en, industry, regions, products }.
import { CHAIN_TRADES } from './trades_chain.mjs';
import { OTHER_TRADES } from './trades_other.mjs';

const LETTERS = { P: '440703', J: '440704', X: '440705', T: '440781', K: '440783', H: '440784', E: '440785' };
const regionsOf = (text) => Object.fromEntries(text.split(' ').map((pair) => [LETTERS[pair[0]], Number(pair.slice(1))]));
const trade = (id, chain, [weight, zh, en, industry, regions, ...products]) => ({
  id, chain, weight, zh, en, industry, regions: regionsOf(regions),
  products: products.map(([zh_, en_]) => ({ zh: zh_, en: en_ })),
});

export const chainTrades = Object.entries(CHAIN_TRADES)
  .flatMap(([chain, trades]) => Object.entries(trades).map(([id, row]) => trade(id, chain, row)));
export const otherTrades = OTHER_TRADES.map((row, i) => trade(`other-${i + 1}`, null, row));

/** How much larger than the common firm a firm of this trade is, in percent; what is not named is 100. */
export const SIZE = {
  cell: 2500, cathode: 500, lithium: 400, pv_module: 900, precursor: 300, wafer: 500, copper_foil: 300,
  pv_glass: 400, pcb: 180, special: 250, ccl: 200, wheel: 200, terminal: 400, display: 150, 机车: 1500, 纸业: 800, 化纤: 300,
  造船: 400, 轨道交通装备: 150, 陶瓷: 180, 饲料: 200, 集装箱配件: 200, 电器: 150,
};

/** Trades that handle chemicals: in 新会 they go to the ground for new materials. */
export const CHEMICAL = new Set(['lithium', 'precursor', 'electrolyte', 'additive', 'pcb_chemicals', '化工', '涂料']);

/** Trades that are services: no plant, few employees. */
export const SERVICES = new Set(['software', 'pv_service', '供应链管理', '检测技术', '工业设计', '物流']);

export const sizeOf = (t) => SIZE[t.id] ?? SIZE[t.zh] ?? 100;
export const isChemical = (t) => CHEMICAL.has(t.id) || CHEMICAL.has(t.zh);
export const isService = (t) => SERVICES.has(t.id) || SERVICES.has(t.zh);
