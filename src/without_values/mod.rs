//! A page, or an answer of Zendesk's API, without its values, for the maintainers: the same structure, known labels, and invented values
//! of the same form.
//!
//! The page is parsed and written anew. A text, an attribute or an address gets into the result only if it is known, and is invented
//! otherwise: letter by letter, digit by digit, dates as other dates. Equal values become equal inventions within one page, and a value
//! that begins like another one still does, so that links and cut texts still match.

mod answer;
mod attributes;
mod calendar;
mod dates;
pub mod file;
mod invent;
mod page;
mod texts;
mod words;
mod zendesk_words;

pub use answer::answer;
pub use page::{Saved, page};
pub use words::Known;
