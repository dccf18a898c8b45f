//! The Customers portal's admin: its URLs, and the reader that turns its pages into records.
//!
//! A page comes from a content script (the live document) or from a fetch; the same code reads
//! both. What cannot be read is unreadable, never guessed.

pub mod address;
pub mod diagnose;
mod diagnosis;
pub mod form;
pub mod label;
pub mod page;
pub mod reader;

mod fields;
mod head;
mod license_table;
mod license_text;
mod lists;
mod outline;
mod pairs;
mod record;
mod rows;
mod validation;
mod values;
mod witness;

pub use address::{Place, place};
pub use page::{OtherPage, Page};
pub use reader::read;
pub(crate) use values::{SHAPES, disowns, is_sign};
