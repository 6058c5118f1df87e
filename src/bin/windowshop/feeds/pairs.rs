//! The compact notations of CSV cells: `a=b|c=d` and `S:3/10|M:0/8`.

use windowshop::catalogue::input::StockInput;

/// Reads `a=b|c=d`, in the order given.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |part: &str| match part.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.to_string(), value.to_string()))
        }
        _ => Err(format!("{part:?} is not name=value")),
    };
    text.split('|').map(pair).collect()
}

/// Reads `S:3/10|M:0/8`: size, units left, units at opening (which may be left out where nothing was sold).
pub(super) fn stock(text: &str) -> Result<Vec<StockInput>, String> {
    let row = |part: &str| {
        let problem = || format!("{part:?} is not size:left/at_opening, such as S:3/10");
        let (size, units) = part.rsplit_once(':').filter(|(size, _)| !size.is_empty()).ok_or_else(problem)?;
        let (left, at_opening) = units.split_once('/').unwrap_or((units, units));
        let count = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().ok()).flatten().ok_or_else(problem)
        };
        Ok(StockInput { size: size.into(), left: count(left)?, at_opening: count(at_opening)? })
    };
    text.split('|').map(row).collect()
}

/// Writes stock as [`stock`] reads it. `None` where a size holds a `|` or is empty.
pub(super) fn stock_text(rows: &[StockInput]) -> Option<String> {
    let fits = rows.iter().all(|row| !row.size.is_empty() && !row.size.contains('|'));
    let parts: Vec<String> =
        rows.iter().map(|row| format!("{}:{}/{}", row.size, row.left, row.at_opening)).collect();
    fits.then(|| parts.join("|"))
}
