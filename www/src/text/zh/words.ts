/** 数目、属性值与答案怎样写成中文。 */

const DIGITS = '零一二三四五六七八九';

/** 标题里的数目写成汉字，一百以上写数字。 */
export function han(n: number): string {
  if (n > 99 || n < 0) return String(n);
  if (n < 10) return DIGITS[n]!;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return (tens > 1 ? DIGITS[tens] : '') + '十' + (ones ? DIGITS[ones] : '');
}

/** 量词前的二读作两。 */
export const count = (n: number) => (n === 2 ? '两' : han(n));

/** 数字分节，与英文页一样。 */
export const grouped = (n: number) => n.toLocaleString('zh-CN');

/** 商店问题的答案。 */
export const ANSWERS: Record<string, string> = {
  yes: '是',
  no: '否',
  none: '没有',
  other: '其他',
  potential: '还没有',
  new: '第一次',
  active: '偶尔',
  loyal: '常来',
  lapsing: '有一阵子没来',
  lost: '很久没来',
  not_my_style: '不是我的风格',
  wrong_size: '尺码不对',
  too_dear: '太贵',
  seen_enough: '看够了',
  too_small: '偏小',
  too_large: '偏大',
  differs_from_picture: '与图片不符',
  quality: '质量',
  fabric: '面料',
  does_not_suit: '不适合我',
  late: '到货晚',
  very_satisfied: '非常满意',
  satisfied: '满意',
  fair: '一般',
  dissatisfied: '不满意',
  very_dissatisfied: '非常不满意',
  unknown: '不知道',
  advertisement: '广告',
  friend: '朋友介绍',
  chance: '偶然看到',
  very_strong: '非常想',
  strong: '想',
  weak: '不太想',
  no_wish: '不想',
  beauty: '页面好看',
  simplicity: '操作简单',
  pictures: '图片效果',
  low_price: '价格便宜',
  supply: '货源稳定',
  expectation: '与期望相符',
  safe_payment: '支付安全',
  varied_payment: '支付方式多样',
  easy_payment: '支付方便',
  special_services: '特色服务',
  order_enquiry: '查询订单',
  grievances: '抱怨的解决',
  complaints: '投诉的处理',
  messages: '留言的答复',
  courier_manner: '配送员的态度',
  fast_delivery: '送货又快又安全',
  order_updates: '订单信息更新',
  delivery_answers: '物流反馈的答复',
};

/** 指数的五个方面。 */
export const DIMENSIONS: Record<string, string> = {
  site: '网站',
  goods: '商品',
  payment: '支付',
  service: '服务',
  delivery: '物流',
};
