//! The decisions: `update` takes an event and the model to the next model and the effects. Pure, and without a browser.

pub mod command;
pub mod effect;
pub mod event;
pub mod model;
pub mod settings;
pub mod storage;
pub mod turn;

mod associate;
mod capture;
mod choices;
mod contacts;
pub mod diagnose;
mod dot_com;
mod evidence;
mod focus;
mod listing;
mod metadata;
mod note;
pub mod page_jobs;
mod reads;
mod reply;
mod trace;
mod trouble;
mod update;
mod work;

pub use associate::gate as association_gate;
pub use command::Command;
pub use contacts::{
    adding as contacts_to_add, adding_list as contacts_to_add_list, removing as contacts_to_remove,
    removing_list as contacts_to_remove_list,
};
pub use effect::Effect;
pub use event::Event;
pub use evidence::Filling;
pub use model::Model;
pub use note::{PATIENCE_MS as NOTE_PATIENCE_MS, note_of};
pub use reply::{about_of as reply_about, own_reply};
pub use settings::handle;
pub use trace::can_start as trace_can_start;
pub use update::{NextPage, next_page, update};
pub use work::{OPENING_MS as TASK_OPENING_MS, PATIENCE_MS as TASK_PATIENCE_MS};

use time::Date;

use crate::case::check::Rules;
use crate::profile::Profile;

/// What `update` and `view` know of the world around them.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The site profile.
    pub profile: &'a Profile,
    /// Now, in ms since 1970.
    pub now_ms: u64,
}

impl<'a> World<'a> {
    /// By what the checks are answered.
    pub fn rules(&self) -> Rules<'a> {
        Rules {
            today: self.today(),
            words: &self.profile.zendesk,
        }
    }

    /// Today, in UTC.
    pub fn today(&self) -> Date {
        let seconds = i64::try_from(self.now_ms / 1000).unwrap_or(0);
        time::OffsetDateTime::from_unix_timestamp(seconds)
            .map_or(Date::MIN, time::OffsetDateTime::date)
    }
}
