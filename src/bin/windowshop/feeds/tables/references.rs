//! What must hold between rows: ids are unique, and every id that is named is there.

use super::super::problem::Problems;
use super::super::{Feed, FileNames, Named};
use windowshop::base::maps::Map;

/// Notes every id that is there twice or not at all.
pub(in super::super) fn check(feed: &Feed, files: &FileNames, problems: &mut Problems) {
    let brands = ids(&files.brands, &feed.brands, |row| &row.id, problems);
    let categories = ids(&files.categories, &feed.categories, |row| &row.id, problems);
    let sales = ids(&files.sales, &feed.sales, |row| &row.id, problems);
    ids(&files.items, &feed.items, |row| &row.id, problems);

    for named in &feed.categories {
        let Some(parent) = &named.row.parent else { continue };
        if parent == &named.row.id {
            problems.add(
                &files.categories,
                named.line,
                "parent",
                "is the category itself; leave the field out",
            );
        }
        names(&categories, &files.categories, named.line, "parent", parent, problems);
    }
    for named in &feed.sales {
        names(&brands, &files.sales, named.line, "brand", &named.row.brand, problems);
    }
    for named in &feed.items {
        names(&sales, &files.items, named.line, "sale", &named.row.sale, problems);
        names(&categories, &files.items, named.line, "category", &named.row.category, problems);
    }
}

fn ids<'a, T>(
    file: &str,
    rows: &'a [Named<T>],
    id: impl Fn(&'a T) -> &'a String,
    problems: &mut Problems,
) -> Map<&'a str, u64> {
    let mut lines: Map<&str, u64> = Map::default();
    for named in rows {
        let id = id(&named.row).as_str();
        if let Some(first) = lines.get(id) {
            problems.add(file, named.line, "id", format!("{id:?} is on line {first} too; ids are unique"));
        } else {
            lines.insert(id, named.line);
        }
    }
    lines
}

fn names(there: &Map<&str, u64>, file: &str, line: u64, field: &str, id: &str, problems: &mut Problems) {
    if !there.contains_key(id) {
        problems.add(file, line, field, format!("names {id:?}, which is not in the feed"));
    }
}
