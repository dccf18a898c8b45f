//! What `update` and the view know about the outside world.

use time::Date;

use crate::case::check::Rules;
use crate::profile::Profile;

/// The profile and the time.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The site profile.
    pub profile: &'a Profile,
    /// Now, in ms since 1970.
    pub now_ms: u64,
}

impl<'a> World<'a> {
    /// What the checks need.
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
