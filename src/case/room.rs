//! Limits the stored size of a case: the browser's storage holds some ten megabytes for all of
//! them. What the engineer gave, what counts as proof and what is running always stays. What can be
//! read again, or is over, is dropped if necessary, and the panel says so.

use super::Case;
use super::change::{Task, TaskState};
use super::left_out::LeftOut;

/// The most bytes stored for a case, as long as anything can be dropped.
pub const CASE_BYTES_MAX: usize = 512 * 1024;
/// How many finished changes are kept, the newest ones.
const OVER_KEPT: usize = 20;
/// How many of the addresses that the requester wrote are kept.
const ADDRESSES_KEPT: usize = 100;

impl Case {
    /// Drops things until the case has at most `max` bytes, as `bytes` counts them, or until
    /// nothing more can be dropped.
    pub fn keep_within(&mut self, max: usize, bytes: impl Fn(&Self) -> usize) {
        if bytes(self) <= max {
            return;
        }
        // What was read for stopped changes is no longer needed.
        for task in self.tasks.iter_mut().filter(|t| !t.in_flight()) {
            task.look = None;
        }
        let mut new = Vec::new();
        for part in LeftOut::ALL {
            while bytes(self) > max && self.leave_out(part) {
                if !self.left_out.contains(&part) {
                    self.left_out.push(part);
                    new.push(part.says());
                }
            }
        }
        if !new.is_empty() {
            let says = format!(
                "This ticket holds more than Tether keeps. Left out: {}.",
                new.join(", ")
            );
            self.add_notice(&says);
        }
    }

    /// Drops one thing of that kind. Returns whether there was any.
    fn leave_out(&mut self, part: LeftOut) -> bool {
        match part {
            LeftOut::ContactNotes => {
                let people = self.precheck.people.got_mut().into_iter().flatten();
                let mut any = false;
                for user in people.filter(|u| !u.notes.is_empty() || !u.details.is_empty()) {
                    (user.notes, user.details) = (String::new(), String::new());
                    any = true;
                }
                any
            }
            LeftOut::Evidence => self.requester.proofs.drop_longest(),
            LeftOut::Addresses => match self.requester.written.got_mut() {
                Some(all) if all.len() > ADDRESSES_KEPT => {
                    all.truncate(ADDRESSES_KEPT);
                    true
                }
                _ => false,
            },
            LeftOut::Asides if self.asides.is_empty() => false,
            LeftOut::Asides => {
                self.asides.remove(0);
                true
            }
            LeftOut::OldChanges => {
                let goes = |task: &Task| match &task.state {
                    TaskState::Done => true,
                    TaskState::Problem(problem) => !problem.blocks(),
                    _ => false,
                };
                let over = self.tasks.iter().filter(|t| goes(t)).count();
                let oldest = self.tasks.iter().position(goes);
                match oldest.filter(|_| over > OVER_KEPT) {
                    Some(at) => {
                        self.tasks.remove(at);
                        true
                    }
                    None => false,
                }
            }
        }
    }
}
