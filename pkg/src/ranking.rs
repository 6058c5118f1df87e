//! Which items, in what order, and why.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use windowshop::engine::views::words_of;
use windowshop::engine::{Engine, EngineError};
use windowshop::target::arms::local_id;

pub(crate) const REQUEST: &str = "the request cannot be read";

/// Says by which secret this browser's variant, its tries and its arms are drawn; nothing where there is none.
pub(crate) fn know(engine: &mut Engine, asked: &mut Question<'_>, _: &mut Writer) -> Result<(), Refusal> {
    engine.set_local_id(asked.bytes().map(local_id));
    Ok(())
}

/// Ranks. The answer comes as words, in the order of `windowshop::engine::views::words_of`. `request_invalid` says what is
/// allowed.
pub(crate) fn recommend(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let request = asked.read("request_invalid", REQUEST)?;
    let decision = engine.decide(&request, asked.instant())?.1;
    answer.words(&words_of(engine.catalogue(), &decision));
    Ok(())
}

/// Ranks brands. `request_invalid` says what is allowed.
pub(crate) fn ranked_brands(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let request = asked.read("request_invalid", REQUEST)?;
    answer.write(&engine.ranked_brands(&request, asked.instant())?);
    Ok(())
}

/// Every signal behind one item's score; `not_in_catalogue` where the item is not there.
pub(crate) fn explain(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let item = asked.text();
    if engine.catalogue().find_item(item).is_none() {
        return Err(EngineError::Unknown { kind: "item", id: item.into() }.into());
    }
    answer.write(&engine.explain(item, asked.instant())?);
    Ok(())
}

/// A decision on record, for `windowshop replay`. `request_invalid` says what is allowed.
pub(crate) fn record(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let request = asked.read("request_invalid", REQUEST)?;
    answer.write(&engine.record(&request, asked.instant())?);
    Ok(())
}
