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

/// For each query the number of its session. Files name no sessions: of two queries in a row, they are of one where
/// one prefix begins with the other and is longer, whichever way round the file unrolls its sessions.
pub(crate) fn sessions(queries: &[Query]) -> Vec<usize> {
    let one = |before: &Query, query: &Query| {
        let (before, after) = (&before.prefix, &query.prefix);
        before.len() != after.len() && (before.starts_with(after) || after.starts_with(before))
    };
    let mut session = 0;
    let mut latest: Option<&Query> = None;
    let number = |query| {
        session += usize::from(latest.is_some_and(|latest| !one(latest, query)));
        latest = Some(query);
        session
    };
    queries.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_told_by_their_prefixes() {
        let prefixes = ["a", "a b", "a b c", "x y", "x", "x", "z"];
        let query = |prefix: &str| Query {
            id: "q".into(),
            prefix: prefix.split(' ').map(String::from).collect(),
            target: "t".into(),
        };
        // Unrolled forwards, then backwards; the second `x` stands for itself, for it extends nothing.
        let queries: Vec<Query> = prefixes.into_iter().map(query).collect();
        assert_eq!(sessions(&queries), [0, 0, 0, 1, 1, 2, 3]);
        assert!(sessions(&[]).is_empty());
    }

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
