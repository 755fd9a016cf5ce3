// Who invests: parents elsewhere and abroad, and the companies that they found here.
import { seenDay, textOf, TODAY } from './days.mjs';
import { ELSEWHERE, elsewhere, firm } from './enterprises.mjs';
import { PARKS } from './places.mjs';

const FEN_WAN = 1000000, NONE = 'n/a';

/** Abroad: names that mean nothing in their languages. */
export const ABROAD = [
  { zh: '瓦尔腾罗德精密（德国）有限公司', en: 'Waltenrode Präzision GmbH', city: ['德国', 'Germany'], brand: { zh: '瓦尔腾罗德', en: 'Waltenrode' } },
  { zh: '萨韦拉尼机械（意大利）有限公司', en: 'Savellani Macchine S.r.l.', city: ['意大利', 'Italy'], brand: { zh: '萨韦拉尼', en: 'Savellani' } },
  { zh: '诺达维克系统（瑞典）公司', en: 'Nordavik Systems AB', city: ['瑞典', 'Sweden'], brand: { zh: '诺达维克', en: 'Nordavik' } },
  { zh: '勃兰卡电子（新加坡）有限公司', en: 'Bolanka Electronics Pte. Ltd.', city: ['新加坡', 'Singapore'], brand: { zh: '勃兰卡', en: 'Bolanka' } },
];

/** Who invests from elsewhere. The local ledger has the parent's name and city, but not its code. Of a project under a code name
 * it has not even that: such a parent is never written. */
export function parentFirm(context, trade, abroad) {
  const { random, names } = context,
    foreign = abroad && ABROAD[context.abroad++];
  const brand = foreign ? foreign.brand : names.brand(trade.zh),
    city = foreign ? foreign.city : null,
    at = elsewhere(random);
  const [cityEn] = ELSEWHERE[at],
    shares = random.chance(40);
  const name =
    foreign ||
    (at === '香港'
      ? { zh: `${brand.zh}（香港）有限公司`, en: `${brand.en} (Hong Kong) Limited` }
      : {
          zh: `${at}市${brand.zh}${trade.zh}${shares ? '股份' : ''}有限公司`,
          en: `${cityEn} ${brand.en} ${trade.en} Co., Ltd.`,
        });
  const product = random.of(trade.products);
  return {
    trade,
    brand,
    region: null,
    park: null,
    founded: 0,
    outputWan: 0,
    above: false,
    outside: true,
    place: city ? city[0] : at,
    seen: seenDay(random),
    foreign: Boolean(foreign),
    cells: {
      name_zh: name.zh,
      name_en: name.en,
      precision: '',
      type: foreign ? 'foreign' : 'company',
      uscc: foreign || at === '香港' ? NONE : '',
      region: NONE,
      parks: NONE,
      chains: trade.chain ?? NONE,
      industry: random.chance(70) ? trade.industry : '',
      tags: !foreign && shares && random.chance(12) ? 'listed' : '',
      headquarters: 'elsewhere',
      headquarters_zh: city ? city[0] : at,
      headquarters_en: city ? city[1] : cityEn,
      founded_on: '',
      capital_fen: '',
      product_zh: product.zh,
      product_en: product.en,
      address_zh: '', output_fen: '', tax_fen: '', employees: '', geometry: '',
    },
  };
}

/** The company of a project that is registered, founded on that day; null before. */
export function companyOf(context, slot, one) {
  const { random } = context,
    { way, investor, trade, site } = one,
    at = way.stages.findIndex(([stage]) => stage === 'registered');
  if (at < 0 || way.days[at] === undefined || at > way.end) return null;
  const running = one.stage === 'in_production' || one.stage === 'full_capacity';
  const made = firm(context, trade, {
    region: site.region,
    park: site.park && PARKS[site.park] ? site.park : null,
    brand: investor.brand,
    founded: way.days[at],
    above: running,
    head: investor.foreign ? '香港' : investor.place,
    word: slot.form === 'fund' ? { zh: '产业投资', en: 'Industry Investment' } : trade,
  });
  made.parentFirm = investor;
  if (investor.foreign)
    Object.assign(made.cells, {
      headquarters_zh: investor.cells.headquarters_zh,
      headquarters_en: investor.cells.headquarters_en,
    });
  if (!made.cells.tags.includes('foreign_funded') && (investor.foreign || investor.place === '香港'))
    made.cells.tags = [...made.cells.tags.split(';').filter(Boolean), 'foreign_funded'].join(';');
  if (!running) {
    made.cells.tags = investor.foreign || investor.place === '香港' ? 'foreign_funded' : '';
    made.outputWan = 0;
    Object.assign(made.cells, { output_fen: '', tax_fen: '', employees: '' });
  }
  made.cells.founded_on = textOf(way.days[at]);
  const capitalWan = [1000, 2000, 3000, 5000, 10000, 20000, 30000].filter((wan) => wan <= one.wan / 4).pop() ?? 500;
  made.cells.capital_fen = capitalWan * FEN_WAN;
  if (slot.form === 'fund')
    ((made.cells.industry = '6760'), (made.cells.product_zh = '产业投资'), (made.cells.product_en = 'Industry investment'));
  made.seen = Math.min(TODAY, Math.max(made.seen, way.days[at] + 25));
  return made;
}
