//! Reads test queries: CSV with `query_id`, `prefix` (item ids, oldest first, spaces between) and `target`.

use crate::training::rows::{Rows, RowsError};
use std::path::Path;
use windowshop::base::ids::check_id;

/// A prefix of a session and its next item, by stable ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// Its id in the file.
    pub(crate) id: String,
    /// The clicks so far, oldest first.
    pub(crate) prefix: Vec<String>,
    /// The next item.
    pub(crate) target: String,
}

/// Reads all queries of a file.
///
/// # Errors
/// [`RowsError`] at the first row that is off, with file, line and field.
pub(crate) fn read(file: &Path) -> Result<Vec<Query>, RowsError> {
    let mut rows = Rows::open(file)?;
    let (id, prefix, target) = (rows.need("query_id")?, rows.need("prefix")?, rows.need("target")?);
    let mut queries = Vec::new();
    while rows.advance()? {
        for (field, text) in [("query_id", rows.cell(id)), ("target", rows.cell(target))] {
            check_id(text).map_err(|error| rows.wrong(field, error))?;
        }
        let clicks: Vec<String> = rows.cell(prefix).split(' ').map(String::from).collect();
        for item in &clicks {
            check_id(item).map_err(|error| rows.wrong("prefix", error))?;
        }
        queries.push(Query { id: rows.cell(id).into(), prefix: clicks, target: rows.cell(target).into() });
    }
    Ok(queries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_and_bad_ones_refused_with_their_place() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("queries.csv");
        std::fs::write(&file, "query_id,prefix,target,ts\n0,coat hat,boot,9\n1,coat,coat,9\n")?;
        let queries = read(&file)?;
        assert_eq!(
            (queries.len(), queries[0].prefix.join("+"), queries[1].target.as_str()),
            (2, "coat+hat".into(), "coat")
        );
        for (rows, expected) in [
            ("0,coat  hat,boot", "line 2, prefix: an id cannot be empty"),
            ("0,,boot", "line 2, prefix: an id cannot be empty"),
            ("0,coat,\"a b\"", "line 2, target: an id holds no spaces"),
            ("0,coat", "line 2, row: has 2 fields, the header has 3"),
        ] {
            std::fs::write(&file, format!("query_id,prefix,target\n{rows}\n"))?;
            let error = read(&file).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(expected), "{error}");
        }
        std::fs::write(&file, "query_id,prefix\n")?;
        assert!(matches!(read(&file), Err(RowsError::Column { column: "target", .. })));
        Ok(())
    }
}
