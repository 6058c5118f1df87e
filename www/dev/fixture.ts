/**
 * A small made-up shop for working on pages: 60 brands around 19 November 2026. The real one is made by `windowshop
 * demo`; this one only has to look like it. Nothing of it is in the built storefront.
 */

import type { Shelf } from '../../pkg/ts/companions';
import type { Item, SaleRow } from '../src/shop/rows';
import { hash, pick } from '../src/pictures/hash';
import { WEAVES } from '../src/pictures/patterns';

const DAY = 86_400_000;
/** 2026-11-19, 10:00 in Shanghai. */
export const TODAY = Date.parse('2026-11-19T10:00:00+08:00');

const CATEGORIES: [string, string, string, string[], [string, string][]][] = [
  [
    'women',
    'Women',
    '女装',
    ['tiered', 'slip', 'aline', 'wrap', 'coat', 'trench', 'knit', 'blouse', 'skirt', 'cardigan'],
    [
      ['Dresses and coats, autumn', '秋季连衣裙与大衣'],
      ['Knitwear, soft', '柔软针织'],
      ['Skirts and blouses', '半裙与衬衫'],
    ],
  ],
  [
    'men',
    'Men',
    '男装',
    ['blazer', 'shirt', 'trousers', 'polo', 'coat', 'knit'],
    [
      ['Men’s tailoring', '男士剪裁'],
      ['Shirts for the week', '一周衬衫'],
    ],
  ],
  [
    'shoes',
    'Shoes',
    '鞋',
    ['boot', 'pump', 'loafer', 'sneaker', 'flat', 'sandal'],
    [
      ['Boots and shoes', '靴与鞋'],
      ['Court shoes and trainers', '网球鞋与运动鞋'],
    ],
  ],
  [
    'bags',
    'Bags',
    '箱包',
    ['tote', 'saddle', 'bucket', 'box', 'backpack'],
    [['Bags from one workshop', '皮具，出自一间作坊']],
  ],
  [
    'accessories',
    'Watches & accessories',
    '腕表配饰',
    ['watch', 'sunglasses', 'scarf', 'hat', 'belt', 'earrings'],
    [
      ['Watches and small leather', '腕表与小皮件'],
      ['Hats and scarves', '帽与围巾'],
    ],
  ],
  [
    'beauty',
    'Beauty',
    '美妆',
    ['dropper', 'tube', 'jar', 'lipstick', 'palette', 'pumpb'],
    [['Skin care, whole range', '护肤全系列']],
  ],
  ['fragrance', 'Fragrance', '香氛', ['flacon', 'orb', 'candle'], [['Fragrance, eleven scents', '香氛，十一款']]],
  [
    'mother-baby',
    'Mother & baby',
    '母婴',
    ['romper', 'babybottle', 'tin', 'bunny'],
    [['Baby’s first year', '宝宝第一年']],
  ],
  [
    'children',
    'Children',
    '童装',
    ['dungarees', 'raincoat', 'tee', 'knit'],
    [['Children, rain and mud', '童装，不怕雨泥']],
  ],
  [
    'home',
    'Home',
    '家居',
    ['cushion', 'bedding', 'towels', 'vase', 'lamp', 'mug'],
    [['Bed, table and light', '床品、餐桌与灯']],
  ],
];
const NAMES =
  'Calla Finch,Ferrow,Orvelle,Anselm Row,Tideglass,Mossling,Sundry Loom,Ostra Hall,Fjordane,Pebble Coast,Quiet Hour,Kestrelle,Pellworth,Tarn & Thistle,Havn & Vik,Nine Orchards,Marrow Lane,Ondine Vale,Birch & Tallow,Lumen Field,Corvane,Tessel,Harrow Quay,Willow Ante,Saint Orrin,Velda Marsh,Northing,Amberley Kiln,Rook & Rye,Cinder Path,Elmira Stone,Fennimore,Glasswing,Hollin,Isolde Reed,Juno Wharf'.split(
    ',',
  );
const TIERS = ['luxury', 'first', 'second', 'second', 'second', 'third', 'third'] as const;
const COLOURS =
  'ink slate chalk oat camel tobacco brick tomato apricot rosewood burgundy marigold bottle sage petrol sky denim navy mauve shell'.split(
    ' ',
  );
const PIECES: Record<string, [string, string]> = {
  tiered: ['Tiered dress', '层叠连衣裙'],
  slip: ['Bias slip dress', '斜裁吊带裙'],
  aline: ['A-line dress', 'A 字连衣裙'],
  wrap: ['Wrap dress', '裹身裙'],
  coat: ['Wool coat', '羊毛大衣'],
  trench: ['Trench coat', '风衣'],
  knit: ['Lambswool jumper', '羊羔毛衫'],
  blouse: ['Bow blouse', '蝴蝶结衬衫'],
  skirt: ['Twill skirt', '斜纹半裙'],
  cardigan: ['Fine cardigan', '薄开衫'],
  blazer: ['Soft blazer', '软料西装'],
  shirt: ['Poplin shirt', '府绸衬衫'],
  trousers: ['Pleated trousers', '打褶长裤'],
  polo: ['Piqué polo', '珠地 Polo 衫'],
  boot: ['Chelsea boots', '切尔西短靴'],
  pump: ['Pumps, 70 mm', '高跟鞋 7 厘米'],
  loafer: ['Penny loafers', '乐福鞋'],
  sneaker: ['Court shoes, leather', '皮面网球鞋'],
  flat: ['Ballet flats', '芭蕾平底鞋'],
  sandal: ['Strap sandals', '绑带凉鞋'],
  tote: ['Day tote', '日用托特包'],
  saddle: ['Saddle bag', '马鞍包'],
  bucket: ['Bucket bag', '水桶包'],
  box: ['Box bag', '盒子包'],
  backpack: ['City backpack', '城市双肩包'],
  watch: ['Field watch, 38 mm', '野外腕表 38 毫米'],
  sunglasses: ['Round sunglasses', '圆框墨镜'],
  scarf: ['Wool scarf', '羊毛围巾'],
  hat: ['Felt hat', '毡帽'],
  belt: ['Bridle belt', '缰绳皮带'],
  earrings: ['Drop earrings', '耳坠'],
  dropper: ['Night serum 30 ml', '晚间精华 30 毫升'],
  tube: ['Hand cream 75 ml', '护手霜 75 毫升'],
  jar: ['Day cream 50 ml', '日霜 50 毫升'],
  lipstick: ['Lipstick, satin', '缎光口红'],
  palette: ['Eye palette', '眼影盘'],
  pumpb: ['Body milk 250 ml', '身体乳 250 毫升'],
  flacon: ['Quince & smoke 50 ml', '榅桲与烟 50 毫升'],
  orb: ['White tea 50 ml', '白茶 50 毫升'],
  candle: ['Fig-leaf candle', '无花果叶蜡烛'],
  romper: ['Cotton romper', '棉质连体衣'],
  babybottle: ['Bottle 240 ml', '奶瓶 240 毫升'],
  tin: ['Oat biscuits', '燕麦饼干'],
  bunny: ['Soft rabbit', '布兔子'],
  dungarees: ['Dungarees', '背带裤'],
  raincoat: ['Rain coat', '雨衣'],
  tee: ['Jersey tee', '棉 T 恤'],
  cushion: ['Cushion cover', '靠垫套'],
  bedding: ['Bed linen, percale', '府绸四件套'],
  towels: ['Hand towels, three', '擦手巾三条'],
  vase: ['Glazed vase', '釉面花瓶'],
  lamp: ['Table lamp', '台灯'],
  mug: ['Stoneware mug', '炻器杯'],
};

const text = (pair: [string, string], language: string) => pair[language === 'zh' ? 1 : 0];

/** Twelve openings a day from five days ago to three days ahead. */
export function salesOf(language: string): SaleRow[] {
  const sales: SaleRow[] = [];
  for (let day = -5; day <= 3; day++)
    for (let n = 0; n < 12; n++) {
      const i = (day + 5) * 12 + n;
      const seed = hash(`sale ${i}`);
      const [id, , , , titles] =
        CATEGORIES[n < CATEGORIES.length ? (n * 3 + day + 20) % CATEGORIES.length : seed % CATEGORIES.length]!;
      const opens = TODAY + day * DAY;
      sales.push({
        id: `s${i}`,
        title: text(pick(titles, seed >>> 5), language),
        brand: `b${i % NAMES.length}`,
        brandName: NAMES[i % NAMES.length]!,
        tier: pick(TIERS, hash(`tier ${i % NAMES.length}`)),
        category: id,
        opens,
        closes: opens + (3 + (seed % 3)) * DAY,
        items: 36,
        percentOffUpTo: 40 + ((seed >>> 9) % 5) * 10,
      });
    }
  return sales;
}

/** The items of a sale. */
type FixtureItem = Pick<
  Item,
  | 'id'
  | 'name'
  | 'sale'
  | 'category'
  | 'price'
  | 'listPrice'
  | 'lowestPrice'
  | 'rating'
  | 'sold'
  | 'returned'
  | 'returnReasons'
  | 'authenticityInsured'
  | 'attributes'
> & { sizes: [string, number][] };

export function itemsOf(sale: SaleRow, language: string): FixtureItem[] {
  const category = CATEGORIES.find(([id]) => id === sale.category)!;
  return Array.from({ length: sale.items }, (_, n): FixtureItem => {
    const seed = hash(`${sale.id} item ${n}`);
    const kind = category[3][n % category[3].length]!;
    const percentOff = Math.max(30, sale.percentOffUpTo - (seed % 4) * 10);
    const listPrice = (180 + ((seed >>> 6) % 2200)) * 100;
    const price = Math.round((listPrice * (100 - percentOff)) / 100 / 100) * 100;
    const stock = (shift: number) => ((seed >>> shift) % 5 === 0 ? 0 : (seed >>> shift) % 9);
    const names = /women|men|children/.test(sale.category)
      ? ['S', 'M', 'L', 'XL']
      : sale.category === 'shoes'
        ? ['36', '37', '38', '39', '40']
        : [];
    const sizes: [string, number][] = names.length
      ? names.map((size, i) => [size, stock(i * 3)])
      : [['', (seed >>> 3) % 14]];
    const sold = (seed >>> 11) % 160;
    const returned = Math.floor(sold * 0.12);
    const weave = WEAVES[kind] ?? [];
    return {
      id: `${sale.id}-${n}`,
      name: text(PIECES[kind]!, language),
      category: sale.category,
      sale: sale.id,
      price,
      listPrice,
      lowestPrice: Math.round(price * 1.08),
      sizes,
      rating: seed % 6 ? { value: 430 + (seed % 60), count: 3 + (seed % 400) } : undefined,
      sold,
      returned,
      returnReasons: [Math.ceil(returned / 2), 0, Math.floor(returned / 4), Math.floor(returned / 4), 0, 0, 0, 0],
      authenticityInsured: seed % 3 === 0,
      attributes: {
        kind,
        colour: pick(COLOURS, seed >>> 4),
        cloth: pick(['wool', 'cotton', 'linen', 'calf leather'], seed >>> 7),
        ...(seed % 3 && weave.length ? { pattern: pick(weave, seed >>> 10) } : {}),
      },
    };
  });
}

const index = (list: string[], text: string) => (list.includes(text) ? list.indexOf(text) : list.push(text) - 1);

/** A companion file with at most `most` items of each sale. */
export function companion(language: string, most = Infinity): Shelf {
  const sales = salesOf(language);
  const brands = [
    ...new Map(
      sales.map((s) => [s.brand, { id: s.brand, name: s.brandName, tier: s.tier, expectedBack: TODAY + 31 * DAY }]),
    ).values(),
  ];
  const sizes: string[] = [];
  const attributes: string[] = [];
  const rows = sales.flatMap((sale) => itemsOf(sale, language).slice(0, most));
  const column = <T>(of: (item: FixtureItem) => T) => rows.map(of);
  return {
    format: 1,
    pack: 'fixture',
    language,
    made: TODAY,
    currency: { code: 'CNY', exponent: 2 },
    zone: { name: 'Asia/Shanghai', offsets: [[0, 28_800]] },
    openingMinute: 600,
    previewDays: 3,
    brands,
    categories: CATEGORIES.map(([id, en, zh]) => ({ id, name: text([en, zh], language) })),
    sales: sales.map((s) => ({
      ...s,
      brand: brands.findIndex((b) => b.id === s.brand),
      category: CATEGORIES.findIndex(([id]) => id === s.category),
    })),
    sizes,
    attributes,
    items: {
      id: column((i) => i.id),
      name: column((i) => i.name),
      sale: column((i) => sales.findIndex((s) => s.id === i.sale)),
      category: column((i) => CATEGORIES.findIndex(([id]) => id === i.category)),
      price: column((i) => i.price),
      listPrice: column((i) => i.listPrice),
      lowestPrice: column((i) => i.lowestPrice ?? 0),
      stock: column((i) => i.sizes.flatMap(([s, n]) => [index(sizes, s), n, 12])),
      rating: column((i) => i.rating?.value ?? 0),
      ratingCount: column((i) => i.rating?.count ?? 0),
      sold: column((i) => i.sold),
      returned: column((i) => i.returned),
      returnReasons: Object.fromEntries(rows.map((i, row) => [row, i.returnReasons])),
      flags: column((i) => (i.authenticityInsured ? 2 : 0)),
      shelfLife: {},
      outfit: {},
      attributes: column((i) => Object.entries(i.attributes).map(([k, v]) => index(attributes, `${k}=${v}`))),
    },
  };
}

const LANGUAGES = ['en', 'zh'];
const mostOf = { front: 6, shelf: Infinity };
type Kind = keyof typeof mostOf;

/** What the manifest says of a companion file, which is served as it is written here. */
async function named(kind: Kind, language: string): Promise<{ url: string; sha256: string }> {
  const bytes = new TextEncoder().encode(JSON.stringify(companion(language, mostOf[kind])));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    url: `${kind}-${language}.json`,
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

const all = async (kind: Kind) =>
  Object.fromEntries(await Promise.all(LANGUAGES.map(async (language) => [language, await named(kind, language)])));
const MANIFEST = { format: 1, languages: LANGUAGES, front: await all('front'), shelf: await all('shelf') };

/** The file that an address under /v1/ names. */
export function answer(name: string): unknown {
  if (name === 'pack.json') return MANIFEST;
  const [, kind, language] = /^(front|shelf)-(en|zh)\.json$/.exec(name) ?? [];
  return kind && companion(language!, mostOf[kind as Kind]);
}
