// The facts of a pack that the ranking of `home` looks at as plain objects: what a shop's API would answer in JSON, and what
// the baseline over objects and the rows that read JSON start from. Names are not among them: they travel in the pack's own
// companion, for every engine alike.

/** The facts, ready for `JSON.stringify`. */
export function factsOf(columns) {
  const { items, brands, categories, sales, sizes, attributeTexts, priors, covisitation } = columns;
  const range = (starts, row, value) => Array.from({ length: starts[row + 1] - starts[row] }, (_, at) => value(starts[row] + at));
  const neighbours = ([id, row]) => [id, range(covisitation.starts, row, (at) => [items[covisitation.items[at]], covisitation.weights[at]])];
  return {
    weights: columns.weights,
    offsets: columns.offsets,
    priceEdges: columns.priceEdges,
    brands: brands.map((id, row) => ({ id, prior: priors.brand[row] })),
    categories: categories.map((id, row) => ({ id, parent: categories[columns.parents[row]], replenishDays: columns.replenishDays[row], prior: priors.category[row] })),
    sizes: sizes.map((size, row) => ({ size, prior: priors.size[row] })),
    attributes: attributeTexts.map((attribute, row) => ({ attribute, prior: priors.attribute[row] })),
    bandPriors: Array.from(priors.priceBand),
    sales: sales.map((id, row) => ({ id, opens: columns.opens[row], closes: columns.closes[row] })),
    covisitation: Object.fromEntries(Array.from(covisitation.rows, neighbours)),
    items: items.map((id, row) => ({
      id,
      sale: sales[columns.itemSale[row]],
      brand: brands[columns.itemBrand[row]],
      category: categories[columns.itemCategory[row]],
      price: columns.price[row],
      percentOff: columns.percentOff[row],
      rating: columns.rating[row],
      ratingCount: columns.ratingCount[row],
      sold: columns.sold[row],
      returned: columns.returned[row],
      role: columns.role[row],
      sensitive: (columns.flags[row] & 1) !== 0,
      attributes: range(columns.attributeStarts, row, (at) => attributeTexts[columns.attributes[at]]),
      sizes: range(columns.stockStarts, row, (at) => ({ size: sizes[columns.stockSize[at]], left: columns.stockLeft[at] })),
    })),
  };
}
