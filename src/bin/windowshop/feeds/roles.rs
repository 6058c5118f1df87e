//! `roles.json`: what outfits, and brands' goods of a category, are for, as `windowshop roles` worked it out. The file may
//! be missing. An item whose row has a role keeps it.

use super::Named;
use super::files::read_json;
use super::problem::{FeedError, Problems};
use crate::fitting::roles::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use windowshop::catalogue::Role;
use windowshop::catalogue::input::{ItemInput, SaleInput};

/// The file's name.
pub(crate) const FILE: &str = "roles.json";

#[derive(Deserialize)]
struct File {
    roles: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    outfit: Option<String>,
    brand: Option<String>,
    category: Option<String>,
    role: Role,
}

/// Gives items the role of their outfit, or else of their brand and category.
///
/// # Errors
/// [`FeedError`] where the file cannot be read; what is off in it is noted.
pub(super) fn apply(
    folder: &Path,
    items: &mut [Named<ItemInput>],
    sales: &[Named<SaleInput>],
    problems: &mut Problems,
) -> Result<(), FeedError> {
    let Some(File { roles }) = read_json(folder, FILE)? else { return Ok(()) };
    let mut known: BTreeMap<Unit, Role> = BTreeMap::new();
    for (at, row) in roles.into_iter().enumerate() {
        let unit = match (row.outfit, row.brand, row.category) {
            (Some(outfit), None, None) => Unit::Outfit { outfit },
            (None, Some(brand), Some(category)) => Unit::Goods { brand, category },
            _ => {
                let reason = "names either an outfit, or a brand and a category";
                problems.add(FILE, 0, &format!("roles[{at}]"), reason);
                continue;
            }
        };
        if known.insert(unit, row.role).is_some() {
            problems.add(FILE, 0, &format!("roles[{at}]"), "is there twice");
        }
    }
    let brands: BTreeMap<&str, &String> =
        sales.iter().map(|sale| (sale.row.id.as_str(), &sale.row.brand)).collect();
    for item in items.iter_mut().filter(|item| item.row.role == Role::None) {
        let outfit = item.row.outfit.clone().map(|outfit| Unit::Outfit { outfit });
        let goods = brands
            .get(item.row.sale.as_str())
            .map(|brand| Unit::Goods { brand: (*brand).clone(), category: item.row.category.clone() });
        let role = outfit.iter().chain(&goods).find_map(|unit| known.get(unit));
        item.row.role = role.copied().unwrap_or_default();
    }
    Ok(())
}
