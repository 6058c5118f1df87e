//! `sales`: when each brand's flash sale opens and closes.

use super::super::clock;
use super::super::row::Row;
use super::super::shop::Shop;
use super::{Table, put};
use serde_json::{Map, Value};
use windowshop::catalogue::input::SaleInput;

impl Table for SaleInput {
    const NAME: &'static str = "sales";
    const SHOWN: &'static str = "title";
    const COLUMNS: &'static [&'static str] = &["id", "brand", "opens", "closes"];
    const NEEDED: &'static [&'static str] = Self::COLUMNS;

    fn read(row: &mut Row<'_>) -> Self {
        let sale = Self {
            id: row.id("id"),
            brand: row.id("brand"),
            opens: row.required("opens", Row::instant),
            closes: row.required("closes", Row::instant),
        };
        if row.sound(&["opens", "closes"]) && sale.closes <= sale.opens {
            row.problem("closes", "is not after opens");
        }
        sale
    }

    fn fields(&self, shop: &Shop) -> Map<String, Value> {
        let zone = shop.time_zone();
        let mut fields = Map::new();
        put(&mut fields, "id", Some(self.id.clone().into()));
        put(&mut fields, "brand", Some(self.brand.clone().into()));
        put(&mut fields, "opens", Some(clock::text(self.opens, &zone).into()));
        put(&mut fields, "closes", Some(clock::text(self.closes, &zone).into()));
        fields
    }
}
