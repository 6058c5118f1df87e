import { describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { zh } from '../text/zh';
import type { Item, SaleRow, Shelves } from './rows';
import { Finder, singular } from './search';

const CATEGORIES = {
  en: [
    ['women', 'Women'],
    ['women-coats', 'Coats and jackets', 'women'],
    ['dresses', 'Dresses', 'women'],
    ['shoes', 'Shoes'],
    ['ankle-boots', 'Ankle boots', 'shoes'],
    ['home', 'Home'],
    ['ceramics', 'Mugs and vases', 'home'],
    ['scarves', 'Scarves', 'women'],
    ['trousers', 'Trousers', 'women'],
    ['denim', 'Denim', 'women'],
    ['men', 'Men'],
    ['men-coats', 'Men’s coats', 'men'],
    ['nursery', 'Nursery'],
    ['bags', 'Bags'],
    ['totes', 'Totes', 'bags'],
    ['shoulder-bags', 'Shoulder bags', 'bags'],
    ['perfume', 'Perfume'],
    ['skin-care', 'Skin care'],
  ],
  zh: [
    ['women', '女装'],
    ['women-coats', '大衣与外套', 'women'],
    ['dresses', '连衣裙', 'women'],
    ['shoes', '鞋靴'],
    ['ankle-boots', '短靴', 'shoes'],
    ['home', '家居'],
    ['ceramics', '杯具花器', 'home'],
    ['scarves', '围巾', 'women'],
    ['trousers', '裤装', 'women'],
    ['denim', '牛仔', 'women'],
    ['men', '男装'],
    ['men-coats', '男士大衣', 'men'],
    ['nursery', '婴儿房'],
    ['bags', '箱包'],
    ['totes', '托特包', 'bags'],
    ['shoulder-bags', '单肩包', 'bags'],
    ['perfume', '香水'],
    ['skin-care', '护肤'],
  ],
} as const;

type Row = [
  id: string,
  en: string,
  zh: string,
  category: string,
  attributes: Record<string, string>,
  sizes: Record<string, number>,
];

const ROWS: Row[] = [
  [
    'coat',
    'Belted wool coat, brick red',
    '砖红色系带羊毛大衣',
    'women-coats',
    { colour: 'brick', cloth: 'wool' },
    { S: 0, M: 2 },
  ],
  [
    'jacket',
    'Quilted jacket, apricot',
    '杏色绗缝外套',
    'women-coats',
    { colour: 'apricot', cloth: 'cotton' },
    { 36: 1, 38: 2 },
  ],
  [
    'dress',
    'Tired-look linen dress, tomato red',
    '番茄红亚麻连衣裙',
    'dresses',
    { colour: 'tomato', cloth: 'linen' },
    { 38: 1 },
  ],
  [
    'slip',
    'Bias satin dress, apricot',
    '杏色斜裁缎面连衣裙',
    'dresses',
    { colour: 'apricot', cloth: 'satin' },
    { 38: 0, 40: 1 },
  ],
  [
    'tired',
    'Tired-look satin dress, sage',
    '灰绿色水洗缎面连衣裙',
    'dresses',
    { colour: 'sage', cloth: 'satin' },
    { 38: 1 },
  ],
  [
    'boots',
    'Zipped leather ankle boots, ink black',
    '墨黑色拉链真皮短靴',
    'ankle-boots',
    { colour: 'ink', cloth: 'leather' },
    { 38: 3 },
  ],
  [
    'mug',
    'Tall stoneware mug, stone',
    '浅灰色高款炻器杯',
    'ceramics',
    { colour: 'stone', cloth: 'stoneware' },
    { '': 3 },
  ],
  [
    'vase',
    'Bud stoneware vase, stone',
    '浅灰色单枝炻器花瓶',
    'ceramics',
    { colour: 'stone', cloth: 'stoneware' },
    { '': 3 },
  ],
  ['scarf', 'Fringed scarf, oat', '燕麦色流苏围巾', 'scarves', { colour: 'oat', cloth: 'wool' }, { '': 1 }],
];

/** Blue dungarees, which have both parts of the Chinese word for jeans in their name, and jeans; and a man's coat. */
const MORE: Row[] = [
  ['dungarees', 'Striped dungarees, denim', '牛仔蓝条纹背带裤', 'trousers', { colour: 'denim' }, { S: 1 }],
  ['jeans', 'Straight jeans, indigo', '靛蓝色直筒牛仔裤', 'denim', { cloth: 'denim' }, { S: 1 }],
  ['parka', 'Hooded coat, navy', '藏青色连帽大衣', 'men-coats', { cloth: 'wool' }, { M: 1 }],
];

function finder(
  language: 'en' | 'zh',
  rows = ROWS,
): { find: (term: string) => string[]; sales: (term: string) => boolean } {
  const categories = CATEGORIES[language].map(([id, name, parent]) => ({ id, name, ...(parent ? { parent } : {}) }));
  const items = rows.map(([id, nameEn, nameZh, category, attributes, sizes]) => ({
    id,
    name: language === 'en' ? nameEn : nameZh,
    brand: 'b',
    brandName: 'Merrin Vetch',
    category,
    categoryName: categories.find((row) => row.id === category)!.name,
    attributes,
    sizes: Object.entries(sizes).map(([size, stock]) => ({ size, stock })),
  })) as unknown as Item[];
  const sale = { id: 's', brandName: 'Merrin Vetch', title: language === 'en' ? 'Winter coats' : '冬季大衣' };
  const shelves = { categories, sales: [sale as SaleRow], itemsOf: () => items } as unknown as Shelves;
  const { value } = (language === 'en' ? en : zh).item;
  const by = new Finder(shelves, value);
  return {
    // The best first; those that fit equally keep their order.
    find: (term) =>
      items
        .map((item) => ({ item, fit: by.fit(item, by.ask(term)) }))
        .filter(({ fit }) => fit !== undefined)
        .sort((a, b) => b.fit! - a.fit!)
        .map(({ item }) => item.id),
    sales: (term) => by.fitsSale(sale, by.ask(term)),
  };
}

/** Kinds of things that are called as something else is called in part. */
const KINDS: Row[] = [
  ['sleeping', 'White baby sleeping bag', '白色婴儿睡袋', 'nursery', {}, { one: 1 }],
  ['footed', 'Footed cotton romper', '燕麦色包脚纯棉连体衣', 'nursery', { cloth: 'cotton' }, { one: 1 }],
  ['tote', 'Large canvas tote', '大号帆布托特包', 'totes', { cloth: 'canvas' }, { one: 1 }],
  ['saddle', 'Suede saddle bag', '麂皮马鞍包', 'shoulder-bags', { cloth: 'suede' }, { one: 1 }],
  ['almond', 'Gift-boxed Almond Milk eau de parfum', '礼盒装杏仁淡香水', 'perfume', {}, { one: 1 }],
  ['cologne', 'Bitter Orange cologne', '苦橙古龙水', 'perfume', {}, { one: 1 }],
  ['goat', 'Clover goat milk formula', '三叶草羊奶粉', 'nursery', {}, { one: 1 }],
  ['fennel', 'Sea fennel water cream', '海茴香水凝霜', 'skin-care', {}, { one: 1 }],
  ['fennel-eye', 'Sea fennel eye cream', '海茴香眼霜', 'skin-care', {}, { one: 1 }],
  ['fennel-serum', 'Sea fennel serum', '海茴香精华', 'skin-care', {}, { one: 1 }],
  ['fennel-mask', 'Sea fennel gel mask', '海茴香凝胶面膜', 'skin-care', {}, { one: 1 }],
  ['oxford', 'Slim Oxford cotton shirt', '修身牛津纺衬衫', 'men-coats', { cloth: 'Oxford cotton' }, { one: 1 }],
];

describe('what a kind of things is called by', () => {
  const { find } = finder('en', [...KINDS, ...ROWS]);
  const { find: findHan } = finder('zh', [...KINDS, ...ROWS]);

  it('stands before what has the word in its name alone', () => {
    expect(find('bag')).toEqual(['saddle', 'tote', 'sleeping']);
    expect(find('handbags')).toEqual(find('bag'));
    expect(find('baby sleeping bag')).toEqual(['sleeping']);
    expect(findHan('包'), 'the sign is in a word of another meaning').toEqual(['tote', 'saddle', 'footed']);
    expect(findHan('香水')).toEqual(['almond', 'cologne']);
    expect(findHan('裙子')[0]).toBe('dress');
  });

  it('is no name that something carries', () => {
    expect(find('milk')).toEqual(['goat', 'almond']);
    expect(find('milk powder')).toEqual(['goat']);
    expect(find('oxford'), 'what it is made of counts whatever its capital').toEqual(['oxford']);
  });

  it('is read from whole words, also those that names alone have', () => {
    expect(findHan('海茴香')).toEqual(['fennel', 'fennel-eye', 'fennel-serum', 'fennel-mask']);
    expect(findHan('海茴香水凝霜')).toEqual(['fennel']);
    expect(findHan('包脚')).toEqual(['footed']);
  });

  it('may follow its colour’s sign', () => {
    expect(findHan('红裙子')).toEqual(findHan('红色连衣裙'));
    expect(findHan('红裙子')).toEqual(['dress']);
  });
});

describe('a search in English', () => {
  const { find, sales } = finder('en');

  it('compares whole words: red is in no tired and no apricot', () => {
    expect(find('red')).toEqual(['coat', 'dress']);
    expect(find('red dress')).toEqual(['dress']);
    expect(find('ire')).toEqual([]);
  });

  it('takes singular and plural for one', () => {
    expect(find('coats')).toEqual(find('coat'));
    expect(find('dresses')).toEqual(find('dress'));
    expect(find('boots')).toEqual(find('boot'));
    expect(find('scarf')).toEqual(find('scarves'));
    expect(find('women')).toEqual(find("women's"));
    expect(find('women').length).toBeGreaterThan(3);
    for (const [one, more] of [
      ['watch', 'watches'],
      ['vase', 'vases'],
      ['blouse', 'blouses'],
      ['box', 'boxes'],
      ['body', 'bodies'],
    ] as const)
      expect(singular(more)).toBe(singular(one));
  });

  it('knows whose they are without the apostrophe too', () => {
    const { find: among } = finder('en', [...ROWS, ...MORE]);
    expect(among('men’s coat')).toEqual(['parka']);
    expect(among('mens coat')).toEqual(['parka']);
    expect(find('womens dress')).toEqual(find('women’s dress'));
  });

  it('knows sizes that are there, with the word and without', () => {
    expect(find('size 38')).toEqual(['jacket', 'dress', 'tired', 'boots']);
    expect(find('38')).toEqual(find('size 38'));
    expect(find('coat size M')).toEqual(['coat']);
    expect(find('coats size s')).toEqual([]);
    expect(find('dresses in size 40')).toEqual(['slip']);
  });

  it('puts first what is called so, then what is only of that kind', () => {
    expect(find('vase')).toEqual(['vase', 'mug']);
    expect(find('mugs')).toEqual(['mug', 'vase']);
    expect(find('coats')).toEqual(['coat', 'jacket']);
  });

  it('knows what others call it', () => {
    for (const [said, word] of [
      ['pants', 'trousers'],
      ['high heels', 'pumps'],
      ['kids coat', 'children coat'],
    ] as const)
      expect(find(said)).toEqual(find(word));
    const scents = finder('en', [
      ['scent', 'Amber perfume, 50 ml', '琥珀香水 50 ml', 'ceramics', {}, { one: 1 }],
      ['tee', 'Boxy cotton tee', '宽松棉T恤', 'dresses', {}, { one: 1 }],
    ]);
    expect(scents.find('perfume 50ml')).toEqual(['scent']);
    expect(scents.find('perfume 50 ml')).toEqual(['scent']);
    expect([scents.find('T-shirt'), scents.find('tshirts')]).toEqual([['tee'], ['tee']]);
  });

  it('finds nothing for nothing', () => {
    expect(find('')).toEqual([]);
    expect(find('the')).toEqual([]);
  });

  it('finds windows by brand and title', () => {
    expect(sales('vetch')).toBe(true);
    expect(sales('coat')).toBe(true);
    expect(sales('at')).toBe(false);
  });
});

describe('a search in Chinese', () => {
  const { find, sales } = finder('zh');

  it('needs no spaces', () => {
    expect(find('红色连衣裙')).toEqual(['dress']);
    expect(find('羊毛大衣')).toEqual(['coat']);
    expect(find('砖红色羊毛大衣')).toEqual(['coat']);
    expect(find('缎面连衣裙')).toEqual(['slip', 'tired']);
  });

  it('puts names first that have the whole word', () => {
    const { find: among } = finder('zh', MORE);
    expect(among('牛仔裤')).toEqual(['jeans', 'dungarees']);
  });

  it('knows a colour by its family', () => {
    expect(find('红色')).toEqual(['coat', 'dress']);
    expect(find('黑色短靴')).toEqual(['boots']);
  });

  it('knows sizes', () => {
    expect(find('38码')).toEqual(['jacket', 'dress', 'tired', 'boots']);
    expect(find('连衣裙 40 码')).toEqual(['slip']);
    expect(find('M码大衣')).toEqual(['coat']);
  });

  it('knows who goods are for, and names with one sign or two', () => {
    expect(find('女士大衣')).toEqual(['coat', 'jacket']);
    expect(find('靴子')).toEqual(['boots']);
  });

  it('finds the words of names that are no kind of goods', () => {
    expect(find('花瓶')).toEqual(['vase']);
    expect(find('单枝花瓶')).toEqual(['vase']);
  });

  it('knows the shop’s English words, where its feed names kinds and colours by them', () => {
    expect(find('dresses')).toEqual(find('连衣裙'));
    expect(find('wool coat')).toEqual(['coat']);
    expect(find('ire')).toEqual([]);
  });

  it('finds windows', () => {
    expect(sales('大衣')).toBe(true);
    expect(sales('短靴')).toBe(false);
  });
});
