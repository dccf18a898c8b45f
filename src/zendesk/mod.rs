//! Zendesk: its addresses, the requests that Tether reads with, and what their answers say.

pub mod address;
pub mod answer;
pub mod request;
pub mod words;

mod harvest;

pub use address::{Front, front};
pub use words::ZendeskWords;
