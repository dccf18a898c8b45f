//! The results of reads: the answer as the browser's edge reports it, and why a read failed.

mod answer;
pub mod charset;
pub mod decoder;
mod error;
pub(crate) mod firewall;
mod json;
mod sign_in;
mod words;

pub use answer::{Answer, Response};
pub use error::{LONGEST_WAIT_MS, ReadError};
pub use json::json;
pub(crate) use sign_in::{asks_to_sign_in, is_sign_in_page};
pub use words::SAID_MAX;
pub(crate) use words::bounded;
