//! The changes of a case, one after the other: what a change rests on is read anew, the page in front writes, and it is read back before
//! it counts.

mod command;
mod expected;
mod fresh;
mod gates;
mod look;
mod outcome;
mod progress;
mod queue;
mod read_back;
mod send;
mod turn;

pub use command::Command;
pub(super) use command::{command, parse as parse_command};
pub(super) use look::{LOOK_MS, Read, parse, url};
pub(super) use outcome::{decide_again, ended, waited, woke};
pub(super) use progress::is_at_hand;
pub(super) use queue::{forget_bases, leave, retry, start, start_on};
pub(super) use read_back::answered;
pub(super) use turn::advance;

/// How long a page may take to write, in ms: its own patience with Zendesk and a throttled tab included.
pub const PATIENCE_MS: u64 = 45_000;
/// How long a user's page may take to open, in ms.
pub const OPENING_MS: u64 = 30_000;
/// Most changes kept with a case.
const TASKS_MAX: usize = 200;
