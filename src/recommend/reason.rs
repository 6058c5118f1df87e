//! Why an item is where it is: a code with arguments, which one message file a language turns into a sentence.

use crate::base::ids::ItemIndex;
use crate::catalogue::Catalogue;
use crate::shopper::EventId;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Deref;

/// Reasons given for an item at most, strongest first.
pub const REASONS_MAX: usize = 3;

/// A reason. Only signals that speak from memory have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What the signal added to the score, in millionths; positive.
    pub contribution: i32,
    /// All the rest, which it may share with other reasons.
    pub ground: Arc<Ground>,
}

impl Deref for Reason {
    type Target = Ground;

    fn deref(&self) -> &Ground {
        &self.ground
    }
}

/// What a reason says, and what it rests on: the same for every item that a signal says the same of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ground {
    /// The signal's code.
    pub code: &'static str,
    /// The key of its message; a language may have another for a count of one, under `.one` behind it.
    pub message: &'static str,
    /// What its message counts: events it rests on, in all; things looked at (`brand_affinity.kind`); or the minutes,
    /// hours or days until a sale opens (`reminder.minutes` and its like).
    pub count: u32,
    /// Name of the remembered item it rests on, as shown then.
    pub item: Option<String>,
    /// Stable id of the brand it speaks of.
    pub brand: Option<String>,
    /// Stable id of the category it speaks of.
    pub category: Option<String>,
    /// Attribute `name=value` it speaks of.
    pub attribute: Option<String>,
    /// Size it speaks of.
    pub size: Option<String>,
    /// The newest of those events, at most three.
    pub events: Vec<EventId>,
}

impl Reason {
    /// That the item stands in a slot of exploration. It added nothing to the score.
    pub(super) fn exploration(catalogue: &Catalogue, item: ItemIndex) -> Self {
        let brand = catalogue.brand_id(catalogue.item_brand(item));
        let code = "exploration";
        let ground = Ground { code, message: code, brand: Some(brand.into()), ..Ground::default() };
        Self { contribution: 0, ground: Arc::new(ground) }
    }

    /// Makes a reason that speaks of looks one that speaks of the subject of a list: it rests on no remembered event.
    pub(super) fn speak_of_subject(&mut self, surface: &str) {
        let ground = Arc::make_mut(&mut self.ground);
        ground.message = match (surface, ground.code) {
            ("cart", "covisitation") => "cart.covisitation",
            ("cart", "brand_affinity") => "cart.brand_affinity",
            ("cart", "category_affinity") => "cart.category_affinity",
            ("cart", "price_affinity") => "cart.price_affinity",
            ("cart", "attribute_affinity") => "cart.attribute_affinity",
            (_, "covisitation") => "similar.covisitation",
            (_, "brand_affinity") => "similar.brand_affinity",
            (_, "category_affinity") => "similar.category_affinity",
            (_, "price_affinity") => "similar.price_affinity",
            (_, "attribute_affinity") => "similar.attribute_affinity",
            (_, _) => "similar.other",
        };
        ground.events.clear();
        ground.count = 0;
        ground.item = None;
    }
}

/// The grounds of a list's reasons, each by the first reason that has it.
pub(crate) struct Grounds<'a> {
    /// They, by their numbers.
    pub(crate) met: Vec<&'a Ground>,
    /// By hash, one more than a number; 0 where none is. At most half of the places are taken.
    places: Vec<u32>,
    /// By where a ground stands, the last that stood there or at the like and its number: most are met again where they stand.
    last: [Option<(&'a Ground, u32)>; LAST],
}

/// Grounds that are known by where they stand, at most.
const LAST: usize = 64;

impl<'a> Grounds<'a> {
    /// None yet, with room for those of so many reasons.
    pub(crate) fn with_room_for(reasons: usize) -> Self {
        Self { met: Vec::new(), places: vec![0; (2 * reasons).next_power_of_two()], last: [None; LAST] }
    }

    /// The number of a ground: how many others were met before it.
    pub(crate) fn number(&mut self, ground: &'a Ground) -> u32 {
        let stands = (core::ptr::from_ref(ground).addr() / size_of::<Ground>()) % LAST;
        match self.last[stands] {
            Some((known, number)) if core::ptr::eq(known, ground) => number,
            _ => {
                let number = self.find(ground);
                self.last[stands] = Some((ground, number));
                number
            }
        }
    }

    fn find(&mut self, ground: &'a Ground) -> u32 {
        let last = self.places.len() - 1;
        let mut at = hash_of(ground) as usize & last;
        while let Some(place) = self.places.get_mut(at) {
            let number = *place;
            let Some(known) = self.met.get(number.wrapping_sub(1) as usize) else {
                *place = self.met.len() as u32 + 1;
                break;
            };
            if core::ptr::eq(*known, ground) || *known == ground {
                return number - 1;
            }
            at = (at + 1) & last;
        }
        self.met.push(ground);
        self.met.len() as u32 - 1
    }
}

/// Equal for grounds that are. Ends of texts tell ids apart; where they do not, the grounds are compared.
fn hash_of(ground: &Ground) -> u32 {
    let newest = ground.events.first().map_or(0, |event| event.sequence);
    let mut hash = newest ^ ground.count.rotate_left(8) ^ (ground.message.len() as u32).rotate_left(16);
    for text in [&ground.item, &ground.brand, &ground.category, &ground.attribute, &ground.size] {
        if let Some(end) = text.as_ref().and_then(|text| text.as_bytes().last_chunk()) {
            hash = (hash ^ u32::from_le_bytes(*end)).wrapping_mul(0x9E37_79B1).rotate_right(15);
        }
    }
    hash
}
