// What the measured pages ask for, where more than one page asks for it.

/** A list of 200 open items, spread over the catalogue, in a shopper's order. */
export function explained(columns, now) {
  const open = columns.items.filter((_, row) => columns.opens[columns.itemSale[row]] <= now && now < columns.closes[columns.itemSale[row]]);
  const step = Math.floor(open.length / 200);
  return { surface: 'search', items: Array.from({ length: 200 }, (_, at) => open[at * step]), limit: 200, explore: false };
}
