//! The decisions: `update` takes an event and the model to the next model and the effects. Pure, and without a browser.

pub mod command;
pub mod effect;
pub mod event;
pub mod model;

mod capture;
mod choices;
mod focus;
mod note;
mod reads;
mod update;

pub use command::Command;
pub use effect::Effect;
pub use event::Event;
pub use model::Model;
pub use note::{PATIENCE_MS as NOTE_PATIENCE_MS, note_of};
pub use update::{NextPage, next_page, update};

use time::Date;

use crate::profile::Profile;

/// What `update` and `view` know of the world around them.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The site profile.
    pub profile: &'a Profile,
    /// Now, in ms since 1970.
    pub now_ms: u64,
}

impl World<'_> {
    /// Today, in UTC.
    pub fn today(&self) -> Date {
        let seconds = i64::try_from(self.now_ms / 1000).unwrap_or(0);
        time::OffsetDateTime::from_unix_timestamp(seconds).map_or(Date::MIN, time::OffsetDateTime::date)
    }
}
