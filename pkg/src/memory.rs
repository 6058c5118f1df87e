//! What this browser remembers, handed to and fro.

use crate::question::Question;
use crate::refusal::Refusal;
use crate::writer::Writer;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use windowshop::engine::Engine;
use windowshop::shopper::reminders::Reminder;
use windowshop::shopper::{Consent, Event, EventId};

/// Changes what is allowed: `off`, `session` or `on`; `request_invalid` for anything else. Off forgets events and orders.
pub(crate) fn set_consent(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    _: &mut Writer,
) -> Result<(), Refusal> {
    let consent: Consent = asked.read("request_invalid", "consent is 'off', 'session' or 'on'")?;
    engine.set_consent(consent);
    Ok(())
}

/// Takes in what happened: `{ event, dropped, reminders }`. Nothing is kept where it is `event_unknown`, `event_invalid` or
/// `reminders_full`.
pub(crate) fn observe(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let input = asked.read("event_invalid", "the event cannot be read")?;
    answer.write(&engine.observe(&input, asked.instant())?);
    Ok(())
}

/// Takes in rows of a log; rows that cannot be read are left out and counted: `{ added, known, refused }`.
pub(crate) fn load(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let (events, unread) = asked.readable::<Event>();
    let mut loaded = engine.load(events);
    loaded.refused += unread;
    answer.write(&loaded);
    Ok(())
}

/// Lets go of what is beyond the bounds; the ids that went.
pub(crate) fn trim(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.texts(engine.trim(asked.instant()).iter().map(ToString::to_string));
    Ok(())
}

/// The ids of all that is remembered, newest first.
pub(crate) fn event_ids(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.texts(engine.history().iter().map(|event| event.id.to_string()));
    Ok(())
}

/// Events and orders, newest first.
pub(crate) fn history(engine: &mut Engine, _: &mut Question<'_>, answer: &mut Writer) -> Result<(), Refusal> {
    answer.write(&engine.history());
    Ok(())
}

/// Orders, newest first.
pub(crate) fn orders(engine: &mut Engine, _: &mut Question<'_>, answer: &mut Writer) -> Result<(), Refusal> {
    answer.write(&engine.orders());
    Ok(())
}

/// What was worked out from memory.
pub(crate) fn derived(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.derived(asked.instant()));
    Ok(())
}

/// Items marked, by id.
pub(crate) fn favourites(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.texts(engine.favourites());
    Ok(())
}

/// Forgets events by id, as if they had never been; how many there were.
pub(crate) fn forget(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let (ids, _) = asked.readable::<String>();
    let ids: Vec<EventId> = ids.iter().filter_map(|id| EventId::from_text(id)).collect();
    answer.write(&engine.forget(&ids));
    Ok(())
}

/// Forgets everything: history, orders, reminders and the ledger.
pub(crate) fn erase(engine: &mut Engine, _: &mut Question<'_>, _: &mut Writer) -> Result<(), Refusal> {
    engine.erase();
    Ok(())
}

/// The history in bytes: a cache for the next visit.
pub(crate) fn snapshot(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.bytes(&engine.snapshot());
    Ok(())
}

/// Takes in a snapshot, unless it is `snapshot_damaged` or `snapshot_newer`.
pub(crate) fn restore(engine: &mut Engine, asked: &mut Question<'_>, _: &mut Writer) -> Result<(), Refusal> {
    engine.restore(asked.bytes().unwrap_or_default())?;
    Ok(())
}

/// The reminders with what is known of their brands.
pub(crate) fn reminders(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.reminders(asked.instant()));
    Ok(())
}

/// The reminders as they are kept: `{ brand, since }`.
pub(crate) fn kept_reminders(
    engine: &mut Engine,
    _: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(engine.kept_reminders());
    Ok(())
}

/// Takes in kept reminders; those that cannot be read are left out.
pub(crate) fn load_reminders(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    let (reminders, _) = asked.readable::<Reminder>();
    answer.write(&engine.load_reminders(&reminders));
    Ok(())
}

/// Everything remembered, readable.
pub(crate) fn export(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    answer.write(&engine.export(asked.instant()));
    Ok(())
}

/// Adds what an export holds: `{ added, known, refused }`. Nothing is added where it is `import_refused`, naming the place.
pub(crate) fn import(
    engine: &mut Engine,
    asked: &mut Question<'_>,
    answer: &mut Writer,
) -> Result<(), Refusal> {
    // `ts/imported.ts` has said where a part is off; the words of the reader would tell what is remembered.
    let unread = |_| Refusal::new("import_refused", &"the file is no export");
    let memory = asked.read("import_refused", "").map_err(unread)?;
    answer.write(&engine.import(memory)?);
    Ok(())
}
