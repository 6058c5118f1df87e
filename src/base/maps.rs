//! Maps and sets whose hasher is fixed, so that two runs behave alike.
//!
//! Their order is still an accident: they are for looking up and are never iterated unsorted (law 1).

use core::hash::BuildHasherDefault;
use rustc_hash::FxHasher;

/// A hash map with a fixed hasher. Look things up in it; sort before you walk it.
pub type Map<K, V> = hashbrown::HashMap<K, V, BuildHasherDefault<FxHasher>>;

/// A hash set with a fixed hasher. Look things up in it; sort before you walk it.
pub type Set<K> = hashbrown::HashSet<K, BuildHasherDefault<FxHasher>>;
