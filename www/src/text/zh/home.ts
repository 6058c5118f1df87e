/** 首页与各个列表：橱窗、搜到的和推荐的。 */

import type { home as Said } from '../en/home';
import { count, grouped, han } from './words';

export const home: typeof Said = {
  today: {
    opened: (n) => (n === 0 ? '今早没有新开的橱窗' : `今早新开了${count(n)}扇橱窗`),
    openIn: (n, left) => `还有 ${left}，${n ? `${count(n)}扇橱窗` : '新橱窗'}就开`,
    asked: (n) => `其中${count(n)}家是您预约过的品牌。`,
    yesterday: (n) => `昨天开的${count(n)}扇，灯还亮着。`,
    rail: '店里的一天，从一次开张到下一次',
    startToday: '今天 10:00',
    startYesterday: '昨天 10:00',
    endTomorrow: '明天 10:00',
    endToday: '今天 10:00',
    now: (time) => `现在 ${time}，`,
    next: (left) => `下一场还有 ${left}`,
    noNext: '还没有下一场的预告',
    noneAnnounced: '还没有橱窗预告',
    some: (shown, total) => `以上${count(shown)}扇，今日共${han(total)}扇。没有第${han(total + 1)}扇，逛完就是逛完了。`,
    someYesterday: (shown, total) => `以上${count(shown)}扇，昨日共开${han(total)}扇。`,
    every: (total) => `共${count(total)}扇，都在这里。逛完就是逛完了。`,
    seeAll: (n) => `看全部${count(n)}扇`,
    nowOpen: (n) => `${count(n)}扇橱窗开了。`,
    allTitle: '今日橱窗',
    allTitleYesterday: '昨日橱窗',
    stillOpen: '前几天开的，还没关',
    stillOpenSub: (n) => `前几天的 ${n} 扇。`,
  },

  five: {
    link: '五分钟看完',
    title: '五分钟看完今天',
    sub: (n) => `今早新开的 ${n} 件，先每扇橱窗一件。`,
    subYesterday: (n) => `昨天开的 ${n} 件，先每扇橱窗一件。`,
    titleYesterday: '五分钟看完昨天',
    end: '就这些，逛完就是逛完了。',
  },

  again: {
    title: '快用完了吗',
    sub: '您买过，大约该补了。在此设备上算出。',
  },

  taste: {
    title: '您会先看哪一件',
    sub: (chosen, choices) =>
      chosen === 0
        ? `最多选 ${choices} 件，也可不选。选中算作收藏，再点一次就取消。`
        : `已选 ${chosen} 件，共可选 ${choices} 件。下面的单子会跟着变。`,
    skip: '不用了',
    done: '好了',
  },

  windows: {
    list: '橱窗',
    to: '低至',
    closes: (when) => `${when} 结束`,
    opens: (when) => `${when} 开`,
    asked: '您预约过',
    open: '已开',
    ended: '已结束',
    endedBack: (date) => `已结束，约 ${date}再来`,
    pieces: (n) => `${n} 件`,
    lookInside: '先看看',
    visit: (brand) => `先看看：${brand}`,
  },

  feed: {
    personal: '在您这台设备上为您选的',
    shop: '开着的橱窗里的',
    from: (n) => `依据您看过的 ${n} 件商品。挑选在本机完成，我们没有看到这份清单。`,
    shopOff: '店铺原来的顺序，人人相同。什么也没有记。',
    shopEmpty: '现在是店铺原来的顺序。您逛一逛，它就跟着您变，只在这个浏览器里。',
    shopChosen: '店铺原来的顺序，因为您关掉了个人排序。',
    shopRefused: '店铺原来的顺序，人人相同。',
    on: '个人排序：开',
    offLabel: '个人排序：关',
    shown: (n, total) => `已显示 ${n} 件，共挑出 ${total} 件`,
    more: (n) => `再看${count(n)}件`,
    end: (n) => `共 ${n} 件，都在这里了。`,
    added: (n) => `又显示了 ${n} 件。`,
    nothing: '现在没有在售的商品',
    empty: '有橱窗开了，里面的东西就会出现在这里。',
    emptyNext: (when) => `下一批橱窗 ${when} 开。`,
  },

  closing: {
    title: '下一个 10:00 结束',
    sub: '还剩什么，看到的就是什么。时间一到，卷帘落下。',
    none: '下一个 10:00 没有橱窗要关。',
  },

  sale: {
    list: '商品',
    items: (n) => `${grouped(n)} 件`,
    shown: (n, total) => (n === total ? `共 ${grouped(total)} 件` : `${grouped(n)} 件，共 ${grouped(total)} 件`),
    filters: '筛选',
    category: '品类',
    size: '尺码',
    all: '全部',
    inStock: '只看有货',
    sort: '顺序',
    sorts: { shop: '店铺顺序', up: '价格从低到高', down: '价格从高到低', saving: '折扣最大' },
    sortNote: '不论哪种顺序，售罄的都排在最后。',
    more: (n) => `再看 ${n} 件`,
    end: (n) => `共 ${n} 件，都在这里了。`,
    none: '没有合适的。放宽尺码或品类试试。',
    clear: '清除',
    preview: '还没开：可以看、可以收藏、可以预约提醒，开张之前不能买。',
    unknownTitle: '没有这扇橱窗',
    unknown: '它可能已经关了，也可能是网址有误。',
    others: '相近的橱窗，现在开着',
    like: (brand) => `与 ${brand} 相近，现在有售`,
  },

  search: {
    title: (term) => `“${term}”`,
    found: (items, sales) => `${grouped(items)} 件商品，${grouped(sales)} 扇橱窗`,
    none: '在售的商品里没有合适的。',
    nearest: '您要找的是不是：',
    shorter: '词少一些，找到的多一些：',
    categories: '也可以按品类看：',
    otherSizes: (size) => `这类商品没有 ${size} 码，下面是有的尺码：`,
    waiting: '正在一扇扇看……',
  },

  category: {
    sub: (n) => (n ? `现在开着 ${n} 扇橱窗。` : '这一类现在没有开着的橱窗。'),
    coming: '接下来要开的',
  },
};
