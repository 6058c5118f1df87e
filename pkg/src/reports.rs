//! What may leave, and the ledger of what did.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use windowshop::engine::Engine;

/// The secret of reports, 32 bytes of chance.
fn secret<'a>(asked: &mut Question<'a>) -> Result<&'a [u8; 32], Refusal> {
    let words = "the secret of reports has 32 bytes";
    let secret = asked.bytes().unwrap_or_default();
    secret.try_into().map_err(|_| Refusal::new("report_refused", &words))
}

/// The week's report, entered into the ledger; nothing where there is none. `report_refused` says why.
pub(crate) fn report(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let now = asked.instant();
    answer.write(&engine.report(now, secret(asked)?)?);
    Ok(())
}

/// What the week's report would be now; nothing is entered. `report_refused` says why.
pub(crate) fn preview_report(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let now = asked.instant();
    answer.write(&engine.preview_report(now, secret(asked)?)?);
    Ok(())
}

/// The item of the survey that may be put to the shopper now, three texts at a time: its id and then each answer, each
/// with how it reads in English and in Chinese. Nothing where there is none; `report_refused` says why.
pub(crate) fn survey_question(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let now = asked.instant();
    let spoken = engine.survey_question(now, secret(asked)?)?.unwrap_or_default();
    answer.texts(spoken.into_iter().flat_map(|spoken| [spoken.id, spoken.en, spoken.zh]));
    Ok(())
}

/// Notes that the endpoint accepted a report.
pub(crate) fn report_sent(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.report_sent(asked.text(), asked.instant()));
    Ok(())
}

/// Notes that a report is about to be handed to the network; `false` where it must not go.
pub(crate) fn report_tried(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.report_tried(asked.text(), asked.instant()));
    Ok(())
}

/// Leaves this week's report out; `false` where it has left or may have.
pub(crate) fn skip_report(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.skip_report(asked.instant()));
    Ok(())
}

/// Every report made, newest week first.
pub(crate) fn ledger(engine: &mut Engine, _: &mut Question<'_>, answer: &mut Writer) -> Result<(), Refusal> {
    answer.write(&engine.ledger());
    Ok(())
}

/// The ledger as it is kept.
pub(crate) fn ledger_bytes(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.bytes(&engine.ledger_bytes());
    Ok(())
}

/// Takes in a kept ledger; `report_refused` where it cannot be read.
pub(crate) fn load_ledger(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    _: &mut Writer,
) -> Result<(), Refusal> {
    engine.load_ledger(asked.bytes().unwrap_or_default())?;
    Ok(())
}

/// How the privacy budget stands.
pub(crate) fn budget(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.budget(asked.instant()));
    Ok(())
}
