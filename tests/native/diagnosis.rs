//! `Diagnose this page`: it agrees with the reader, names what to mend, and contains no value of a
//! page.

pub mod fixtures;
mod mapping;
mod saving;
mod values;
mod words;
mod zendesk;

pub use zendesk::ticket as looked_at_ticket;
