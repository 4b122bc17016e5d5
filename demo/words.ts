/**
 * The vocabulary of 云汀市, a city that does not exist: names of places, streets, estates, shops and
 * of the bureau's own members. Residents have no names here, because none are generated.
 */

export interface Name {
  readonly zh: string;
  readonly en: string;
}

/** Two-sign names, each pair of one from each row: 月桥 Yueqiao. */
const FIRST = read(
  "月yue 鹭lu 芦lu 枫feng 澄cheng 青qing 禾he 松song 听ting 望wang 晴qing 岚lan 竹zhu 荷he 渔yu 锦jin 柳liu 星xing 沙sha 梅mei 棠tang 白bai 溪xi 霞xia",
);
const SECOND = read(
  "桥qiao 湾wan 汀ting 浦pu 渡du 泉quan 洲zhou 塘tang 屿yu 岸an 坊fang 埠bu 坪ping 亭ting 渚zhu 汐xi 林lin 石shi 井jing 源yuan 岭ling 滩tan 津jin 堤di",
);

function read(line: string): readonly Name[] {
  return line.split(" ").map((word) => ({ zh: word.slice(0, 1), en: word.slice(1) }));
}

/** How many two-sign names there are. */
export const NAME_COUNT = FIRST.length * SECOND.length;

/**
 * The n-th two-sign name. Neighbouring numbers share neither sign, and all `NAME_COUNT` differ: 245
 * and 576 have no common divisor, so its multiples visit every remainder.
 */
export function placeName(n: number): Name {
  const index = (n * 245) % NAME_COUNT;
  const first = FIRST[index % FIRST.length] as Name;
  const second = SECOND[Math.floor(index / FIRST.length)] as Name;
  return { zh: first.zh + second.zh, en: capital(first.en + second.en) };
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

export const ESTATE_SUFFIXES: readonly Name[] = [
  { zh: "苑", en: "Court" },
  { zh: "花园", en: "Gardens" },
  { zh: "雅居", en: "Homes" },
  { zh: "家园", en: "Homestead" },
  { zh: "小区", en: "Estate" },
  { zh: "华庭", en: "Terrace" },
  { zh: "公寓", en: "Apartments" },
  { zh: "名邸", en: "Residence" },
];
export const STREET_SUFFIXES = ["路", "街", "中路", "北路", "南街"] as const;
export const ALLEY_SUFFIXES = ["巷", "里", "弄堂巷"] as const;

/** What stands over shops' doors, with the trade of form B. */
export const SHOP_TRADES = [
  ["小吃店", "catering"],
  ["面馆", "catering"],
  ["早餐铺", "catering"],
  ["便利店", "retail"],
  ["水果店", "retail"],
  ["五金店", "retail"],
  ["文具店", "retail"],
  ["药房", "retail"],
  ["花店", "retail"],
  ["理发店", "other"],
  ["洗衣店", "other"],
  ["裁缝铺", "repair"],
  ["电动车修理铺", "repair"],
  ["快递驿站", "logistics"],
  ["旅馆", "lodging"],
  ["茶室", "catering"],
  ["画室", "education"],
  ["棋牌室", "entertainment"],
  ["旧物回收站", "recycling"],
] as const;

const SHOP_FIRST =
  "阿满 好邻 一叶 小舟 家常 山海 半日 知味 常来 暖阳 南风 朝夕 顺手 巧手 晨光 拾光 百味 绿茵 双喜 老街";
export const SHOP_NAMES: readonly string[] = SHOP_FIRST.split(" ");

export const ORGANISATION_KINDS = [
  "小学",
  "幼儿园",
  "卫生服务站",
  "农贸市场",
  "加油站",
  "自来水营业厅",
  "供电营业所",
  "纸箱厂",
  "食品厂",
  "汽车客运站",
  "文化站",
  "养老服务中心",
] as const;

const SURNAMES =
  "江 林 陈 许 周 沈 何 方 梁 严 韩 苏 邓 罗 钟 叶 傅 卢 程 汪 陆 姚 丁 谭 孟 蓝 康 季 温 童 颜 俞 纪 殷 倪 向 章 施 岳 秋".split(
    " ",
  );
const GIVEN =
  "沐阳 知远 思齐 景行 小满 立群 守正 晓岚 一诺 明澈 谨言 维安 简宁 亦舟 春和 若谷 书言 承泽 子衿 云开 望舒 清和 长风 乐山 静之 可为 启明 安然 致远 新雨 如意 向晴 文心 海棠 怀瑾 其琛 嘉树 星河 远山 青禾".split(
    " ",
  );

/** An invented name for a member of the bureau; 1,600 of them, then with a number. */
export function memberName(n: number): string {
  const all = SURNAMES.length * GIVEN.length;
  const index = (n * 1009) % all;
  const name = `${SURNAMES[index % SURNAMES.length]}${GIVEN[Math.floor(index / SURNAMES.length)]}`;
  return n < all ? name : `${name}${Math.floor(n / all) + 1}`;
}

/** How a resident who wants an answer may ask to be addressed (never a whole name). */
export const SALUTATIONS: readonly string[] = SURNAMES.slice(0, 24).flatMap((surname) => [
  `${surname}女士`,
  `${surname}先生`,
  `${surname}阿姨`,
]);
