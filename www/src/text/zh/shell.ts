/** 每一页的外框：页眉、页脚、提示，以及各页共用的话。 */

import type { shell as Said } from '../en/shell';

export const shell: typeof Said = {
  code: 'zh',
  htmlLang: 'zh-CN',
  locale: 'zh-CN',
  other: { code: 'en', label: 'EN', htmlLang: 'en', searchFor: (term) => `Search in English for “${term}”` },

  title: (page) => (page ? `${page} | Windowshop 逛橱窗` : 'Windowshop 逛橱窗：今日橱窗'),
  skip: '直接看橱窗',
  pair: (word, what) => `${word}：${what}`,
  both: (one, other) => `${one}，${other}`,
  gap: '',
  inSize: (size) => `（${size}）`,
  sentence: (...parts) => parts.map((part) => `${part}`.replace(/[。]?$/, '。')).join(''),

  header: {
    yours: '您的',
    search: '搜索',
    searchHint: '品牌、大衣、38 码……',
    onThisDevice: '只在本机',
    onThisDeviceLong: '只在本机：它记着什么',
    reminders: '提醒',
    bag: '购物袋',
    categories: '品类',
    today: '今日橱窗',
    coming: '预告',
  },

  zones: { 'Asia/Shanghai': '上海时间', 'Europe/Berlin': '柏林时间' },
  zone: (name) => `${name} 时间`,
  date: (weekday, day, month) => `${month} ${day} 日，${weekday}`,

  consent: {
    label: '这个浏览器可以记多久',
    text: '这家店可以在您的浏览器里为您挑选，您看过什么不会离开本机。要不要让它记着？',
    report: '选“记着”后，一周最多送出一条打乱过的答案。',
    noReport: '您的浏览器要求不向外透露，所以从不送出报告。',
    reportLink: '送出之前可先看',
    keep: '记着',
    visit: '这一次',
    off: '不记',
    keptSaid: '已记在这台设备上，随时可以在“只在本机”里擦掉。',
    heldSaid: '这个浏览器不让存放：只记到关上或刷新这一页为止。',
    visitSaid: '记到关上或刷新这一页为止。',
    offSaid: '什么也不记，您看到的是店铺原来的顺序。',
    waiting: '挑选的程序还在路上，一到就照您选的办。',
  },

  vow: {
    title: '您看橱窗，橱窗不看您',
    text: (reports) => `您看过、收藏、试想过的一切，都由这台设备记着，也只由它来挑选。今天送出的报告：${reports} 条。`,
    textOff: '您同意之后，您看过什么由这台设备记着，也只由它来挑选。关着的时候，什么报告也不送。',
    textBlind: '挑选的程序没有启动，本机记着什么现在读不出。这期间什么也不会送出。',
    link: '查看本机记着什么',
  },

  setClock: {
    says: (when) => `这一页的时钟由网址拨到了 ${when}。`,
    brief: (when) => `时钟拨到了 ${when}`,
    apart: '在这里记下的另放一处，与平日的分开，也不送出报告。选“不记”或全部擦掉，两处都立刻清空。',
    trial: '这一页供试用，在这里做的都算数。',
    back: '回到现在',
  },

  footer: {
    label: '关于本店',
    returns: '退货：7 天',
    genuine: '正品保险',
    privacy: '隐私：本机记着什么',
    back: '回到橱窗',
  },

  errors: {
    offline: '没有网络。照常可以逛、可以往购物袋里放，只有下单和换语言要等网络恢复。',
    language: '另一种语言没能取到，所以还用现在的语言。什么也没有丢。',
    turning: '正在取另一种语言……',
    engine: '个人排序没能启动，您看到的是店铺原来的顺序。照常可以买，什么也没丢。',
    files: '货架没能取到，什么也没变。',
    again: '再试一次',
    code: (code) => `代码：${code}`,
    page: '画这一页时出了错。购物袋和本机记着的都没有动。',
  },

  notHere: {
    title: '这里什么也没有',
    text: '这个网址不通往店里任何地方，可能是旧的，也可能写错了。',
  },

  loading: '正在拉起卷帘……',
};
