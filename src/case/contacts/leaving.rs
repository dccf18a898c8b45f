//! Users to remove from the organization. Each may leave only if none of their tickets is open, or
//! if the engineer gave a reason.

use super::leaver::{Decision, Leaver, Tickets};
use super::{Contacts, Kept};
use crate::case::load::Load;
use crate::reading::ReadError;
use crate::record::ids::{TicketId, UserId};
use crate::record::people::OpenTicket;
use crate::text::line::one_line;

/// The most tickets that the note names.
const TICKETS_SHOWN: usize = 5;

impl Contacts {
    /// The users to remove, in the order of the clicks.
    pub fn leaving(&self) -> &[Leaver] {
        &self.leaving
    }

    /// The entry of a user who was picked.
    pub fn leaver(&self, user: UserId) -> Option<&Leaver> {
        self.leaving.iter().find(|l| l.user == user)
    }

    fn leaver_mut(&mut self, user: UserId) -> Option<&mut Leaver> {
        self.leaving.iter_mut().find(|l| l.user == user)
    }

    /// Picks or unpicks a user for removal.
    pub fn pick_leaver(&mut self, user: UserId, wanted: bool) {
        if !wanted {
            self.leaving.retain(|l| l.user != user);
        } else if self.leaver(user).is_none() {
            self.leaving.push(Leaver {
                user,
                tickets: Load::NotAsked,
                decision: None,
            });
        }
    }

    /// Allows removing a user despite open tickets. Returns whether there was anything to decide.
    pub fn decide_leaver(&mut self, user: UserId, reason: String) -> bool {
        match self.leaver_mut(user) {
            Some(Leaver {
                tickets: Load::Got(open),
                decision,
                ..
            }) if !open.is_empty() => {
                *decision = Some(Decision {
                    reason,
                    about: open.iter().map(|t| t.id).collect(),
                });
                true
            }
            _ => false,
        }
    }

    /// Withdraws that decision.
    pub fn undecide_leaver(&mut self, user: UserId) {
        if let Some(leaver) = self.leaver_mut(user) {
            leaver.decision = None;
        }
    }

    /// The users whose tickets are to be read now. None after a failure that every other user would run into too.
    pub fn to_read_tickets_of(&self, now_ms: u64) -> impl Iterator<Item = UserId> {
        let held = self
            .leaving
            .iter()
            .any(|l| super::is_general(&l.tickets, now_ms));
        self.leaving
            .iter()
            .filter(move |l| !held && l.tickets.wants_asking(now_ms))
            .map(|l| l.user)
    }

    /// Records that a user's tickets are being read, or no longer.
    pub fn reading_tickets(&mut self, user: UserId, load: Load<Vec<OpenTicket>>) {
        if let Some(leaver) = self.leaver_mut(user) {
            leaver.tickets = load;
        }
    }

    /// Takes a user's tickets that are not closed; the case's own ticket does not count.
    pub fn tickets_read(
        &mut self,
        user: UserId,
        own: TicketId,
        read: Result<Vec<OpenTicket>, ReadError>,
    ) {
        if let Some(leaver) = self.leaver_mut(user).filter(|l| l.tickets == Load::Asking) {
            leaver.tickets = read.map_or_else(Load::Failed, |all| {
                Load::Got(all.into_iter().filter(|t| t.id != own).collect())
            });
        }
    }

    /// Called when the picked users are being removed: keeps what was decided about them and picks nobody. `who` returns a user's name.
    pub fn removal_began(&mut self, who: impl Fn(UserId) -> String) {
        for leaver in std::mem::take(&mut self.leaving) {
            self.kept.retain(|k| k.user != leaver.user);
            if let Tickets::Decided(open, reason) = leaver.tickets() {
                let tickets = match open {
                    [one] => format!("ticket #{}", one.id),
                    several => {
                        let numbers: Vec<String> = several
                            .iter()
                            .take(TICKETS_SHOWN)
                            .map(|t| format!("#{}", t.id))
                            .collect();
                        let more = several.len().saturating_sub(TICKETS_SHOWN);
                        let more = if more == 0 {
                            String::new()
                        } else {
                            format!(" and {more} more")
                        };
                        format!("tickets {}{more}", numbers.join(", "))
                    }
                };
                let line = format!(
                    "{} removed with {tickets} not closed: {reason}",
                    one_line(&who(leaver.user), 200)
                );
                self.kept.push(Kept {
                    user: leaver.user,
                    line,
                });
            }
        }
    }

    /// Why users were removed despite open tickets, one line of the note for each. A removal that
    /// was undone has none.
    pub fn decisions(&self) -> Vec<String> {
        self.kept.iter().map(|k| k.line.clone()).collect()
    }
}
