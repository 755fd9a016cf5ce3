// Names of firms that do not exist: a place, two or three characters out of these lists, a trade, a form. The characters
// are rare in names of known firms; what still hits one (KNOWN) is drawn again.
import { COUNTIES } from './places.mjs';

const syllables = (text) => text.trim().split(/\s+/).map((pair) => [pair[0], pair.slice(1)]);

const FIRST = syllables(`澄cheng 砺li 珩heng 翊yi 煜yu 屹yi 桓huan 霁ji 栩xu 沐mu 昱yu 竣jun 熠yi 浔xun 泓hong 潼tong 樾yue
  珞luo 瑾jin 璟jing 焱yan 旻min 昶chang 晏yan 禾he 谷gu 岑cen 岱dai 峻jun 崧song 嵘rong 帛bo 弘hong 彦yan 恺kai 懋mao 攸you
  斐fei 昀yun 晖hui 暄xuan 朔shuo 杉shan 枫feng 柏bai 梓zi 棠tang 楷kai 榆yu 沅yuan 沣feng 浚jun 淳chun 湛zhan 溪xi 澍shu 灿can
  炜wei 烁shuo 烨ye 煦xu 玖jiu 珂ke 珑long 琅lang 琛chen 琨kun 瑜yu 畅chang 硕shuo 禹yu 秉bing 稷ji 穗sui 竺zhu 筑zhu 缙jin 翎ling
  聿yu 胤yin 舒shu 芮rui 荟hui 菁jing 葆bao 蔚wei 蕴yun 衍yan 裕yu 谦qian 轩xuan 逸yi 郁yu 钰yu 铎duo 锐rui 镕rong 隽jun 霖lin
  韬tao 颐yi 飒sa 骁xiao 鲲kun 鹭lu 麟lin 黎li 岭ling 汐xi 沁qin 湘xiang 墨mo 竹zhu 苇wei 松song 鹤he 雁yan 磐pan 砚yan 铄shuo`);
const SECOND = syllables(`川chuan 衡heng 域yu 拓tuo 程cheng 宸chen 岳yue 原yuan 途tu 越yue 迈mai 驰chi 屿yu 瀚han 纳na 迪di
  邦bang 诚cheng 和he 汇hui 聚ju 丰feng 润run 泰tai 隆long 昌chang 源yuan 达da 晟sheng 铸zhu 锋feng 钧jun 辉hui 瑞rui 朗lang 坤kun
  乾qian 峰feng 岩yan 泽ze 洋yang 海hai 安an 宁ning 康kang 荣rong 成cheng 立li 升sheng 进jin 畴chou 恒heng 凌ling 卓zhuo 航hang 舟zhou
  野ye 桥qiao 谊yi 顺shun 维wei 格ge 创chuang 尚shang`);
const MIDDLE = syllables('思si 克ke 莱lai 特te 尔er 诺nuo 美mei 日ri 宏hong 永yong 嘉jia 金jin 正zheng 新xin 大da 华hua 天tian 益yi');

/** 字号 of firms that everybody in these trades knows, and of those that the article names: no sample name holds one. */
export const KNOWN = `中创 科达利 天赐 利和兴 升泰 德昌 麦克韦尔 普洛斯 赛迪 新艺元 意厦 宁德 比亚迪 亿纬 欣旺达 国轩 蜂巢 孚能 隆基 通威 晶科 天合
  阿特斯 晶澳 协鑫 福莱特 信义 华为 中兴 立讯 海信 格力 美的 海尔 万和 万家乐 东菱 新宝 海天 李锦记 无限极 优美科 芳源 科恒 奇德 金莱特 道氏 迪生力
  富华 南洋 中车 嘉宝莉 华津 崇达 建滔 世运 景旺 得实 海目星 得润 中集 豪爵 大长江 彩虹 泽业 长优 地尔 量子 健威 鸿特 恒隆 恒泰 恒润 恒瑞 恒安 恒源 柏瑞
  拓邦 拓普 裕同 锐捷 锐科 畅维 弘亚 泓海 和而泰 朗科 朗迪 卓胜 卓越 瑞声 瑞芯 逸飞 斐讯 楷瑞 珂玛 晏成 霖峰 蔚来 麟龙 颐海 颐和 葆荣 鹤原 松原 松井
  松芝 柏诚 柏荣 裕达 裕隆 裕荣 裕顺 硕和 硕达 谷川 澄海 溪海 湘潭 湘海 禹洲 筑成 墨迪 飒拉 弘成 弘和 弘康 泓源 枫泽 沁海 灿瑞 峻成 峻凌 湛海 禾川 禾迈 禾望 秉诚
  昱能 骁龙 润泰 恺英 岱美 竹海 瑜康 淳安 舒城 畅安 岭南 湛江 鹤山 澄城 榆林 泰康 荣成 瑞安 和诚 安宁 康泰`.trim().split(/\s+/);

/** Syllables that begin with a vowel are set off, as Pinyin asks: heng + an → heng’an. */
const romanised = (syllables_) => syllables_.reduce((word, next) => word + (/^[aeo]/.test(next) ? '’' : '') + next);

const FORMS = { limited: ['有限公司', 'Co., Ltd.'], shares: ['股份有限公司', 'Co., Ltd.'] };
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Draws 字号 that no other sample firm has; `also` lets the same one serve in a second county, as it does in life. */
export class Names {
  constructor(random) {
    this.random = random;
    this.taken = new Set();
  }

  /** → { zh, en }: 澄川, Chengchuan. `trade` stands behind it in the name: 恒 + 安全 would read as 恒安. */
  brand(trade = '') {
    for (;;) {
      const { random } = this,
        parts = [random.of(FIRST)];
      if (random.chance(16)) parts.push(random.of(MIDDLE));
      parts.push(random.of(SECOND));
      const zh = parts.map((part) => part[0]).join(''),
        en = romanised(parts.map((part) => part[1]));
      if (
        this.taken.has(zh) ||
        this.taken.has(en) ||
        new Set(zh).size < zh.length ||
        KNOWN.some((known) => `${zh}${trade}`.includes(known))
      )
        continue;
      if (/(.+)\1/.test(en)) continue; // yuyu, lili
      this.taken.add(zh).add(en);
      return { zh, en: capital(en) };
    }
  }
}

/** Before the 字号: province, city, city and district, or the county-level city. How a firm registered decides. */
export function prefixOf(random, region, large) {
  const county = COUNTIES[region];
  if (random.chance(large ? 42 : 6)) return { zh: '广东', en: 'Guangdong', code: region };
  if (region < '440780') {
    if (random.chance(region === '440705' ? 55 : 22)) return { zh: `江门市${county.full}`, en: `Jiangmen ${county.en}`, code: region };
    return { zh: '江门市', en: 'Jiangmen', code: random.chance(30) ? '440700' : region };
  }
  return random.chance(14) ? { zh: '江门市', en: 'Jiangmen', code: '440700' } : { zh: county.full, en: county.en, code: region };
}

/** The full name; `trade`: { zh, en } as it stands in names, 电池材料 / Battery Materials. */
export function companyName(prefix, brand, trade, form) {
  const [zh, en] = FORMS[form];
  return { zh: `${prefix.zh}${brand.zh}${trade.zh}${zh}`, en: `${prefix.en} ${brand.en} ${trade.en} ${en}` };
}
