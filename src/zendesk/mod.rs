//! Zendesk: its addresses, the requests that Tether reads with, and what their answers say.

pub mod address;
pub mod answer;
pub mod diagnose;
pub mod macros;
pub mod request;
pub mod write;

mod harvest;
mod markdown;
mod wish;

pub use address::{Front, front};
