//! The laws of the house that no compiler holds: who may know whom, and documents that say what is there.

#[path = "laws/documents.rs"]
mod documents;
#[path = "laws/imports.rs"]
mod imports;
