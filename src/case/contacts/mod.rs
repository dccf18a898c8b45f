//! Step 2 and the removal of associated users: whom the requester names, what is known about them, and whom the engineer picked.

mod doubt;
mod entry;
mod leaver;
mod leaving;
mod named;

pub use doubt::{CustomerDomains, Doubt, doubt};
pub use entry::{Entry, Known, Mark};
pub use leaver::{Leaver, Tickets};
pub use named::{Named, NamedBy};

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::change::{Change, Task};
use super::load::Load;
use crate::mail::{Address, AddressText};
use crate::reading::ReadError;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::User;
use crate::record::ticket::Wish;

/// The most addresses that the list holds.
pub const ENTRIES_MAX: usize = 100;
/// The most addresses that are kept from the requester's comments.
const NAMED_MAX: usize = 250;

/// What a rewritten list differs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// How many addresses are new.
    pub added: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many found no room.
    pub left: usize,
}

/// Who is to be added or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// The requester's organization, whose contacts are added or removed. None: nobody is.
    organization: Option<OrganizationId>,
    /// Who wrote the named addresses.
    named_by: Option<UserId>,
    /// The addresses that the requester named, in their order.
    named: Vec<Named>,
    /// The addresses to add, in their order.
    entries: Vec<Entry>,
    /// Named addresses that the engineer removed from the list or changed; they do not come back automatically.
    dropped: Vec<AddressText>,
    /// The users to remove, in the order of the clicks.
    leaving: Vec<Leaver>,
    /// Why users were removed despite open tickets, one line of the note for each.
    kept: Vec<Kept>,
}

/// A decision that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    user: UserId,
    line: String,
}

impl Contacts {
    /// The organization whose contacts are added or removed.
    pub fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }

    /// The addresses to add.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The addresses that are ticked; none if nobody may be added.
    pub fn ticked_addresses(&self) -> impl Iterator<Item = &Address> {
        self.entries
            .iter()
            .filter(|e| self.organization.is_some() && e.is_ticked())
            .filter_map(|e| e.email.address().ok())
    }

    /// The ticked addresses as text.
    pub fn ticked(&self) -> impl Iterator<Item = &str> {
        self.ticked_addresses().map(Address::as_str)
    }

    /// Whether the requester named that address.
    pub fn names(&self, email: &AddressText) -> bool {
        self.named.iter().any(|named| named.email == *email)
    }

    /// Whether the requester asked to remove that address.
    pub fn asks_to_remove(&self, email: &AddressText) -> bool {
        self.named
            .iter()
            .any(|named| named.email == *email && named.wish == Wish::Remove)
    }

    fn entry_mut(&mut self, email: &AddressText) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.email == *email)
    }

    /// Takes the addresses that the requester wrote, except their own. Those of an earlier requester are dropped.
    pub fn name(
        &mut self,
        by: UserId,
        own: Option<&AddressText>,
        addresses: impl Iterator<Item = Named>,
    ) {
        if self.named_by != Some(by) {
            self.named_by = Some(by);
            self.named.clear();
            self.entries.retain(|e| e.by == NamedBy::Engineer);
            self.dropped.clear();
        }
        for named in addresses {
            if own == Some(&named.email) {
                continue;
            }
            let room = self.named.len() < NAMED_MAX;
            match self
                .named
                .iter_mut()
                .find(|known| known.email == named.email)
            {
                // If the requester asks for different things in different places, the wish that does less counts.
                Some(known) => {
                    known.wish = less(known.wish, named.wish);
                    known.oddity = known.oddity.or(named.oddity);
                }
                None if room => self.named.push(named),
                None => {}
            }
        }
    }

    /// Updates the list from what the case knows now. `own`: the requester's address; `people`: the users of the organization, if they were read.
    pub fn settle(
        &mut self,
        organization: Option<OrganizationId>,
        own: Option<&AddressText>,
        people: Option<&[User]>,
        tasks: &[Task],
    ) {
        if self.organization != organization {
            self.organization = organization;
            self.leaving.clear();
            for entry in &mut self.entries {
                (entry.here, entry.added_by) = (None, None);
            }
        }
        if organization.is_some() {
            let mut held: HashSet<AddressText> = self
                .entries
                .iter()
                .map(|e| &e.email)
                .chain(&self.dropped)
                .cloned()
                .collect();
            for named in &self.named {
                if self.entries.len() < ENTRIES_MAX && held.insert(named.email.clone()) {
                    self.entries.push(Entry::new(
                        named.email.clone(),
                        NamedBy::Requester(named.wish, named.oddity),
                    ));
                }
            }
        }
        let domains = CustomerDomains::of(own, people.unwrap_or_default());
        for entry in &mut self.entries {
            if let (NamedBy::Requester(wish, oddity), Some(named)) = (
                &mut entry.by,
                self.named.iter().find(|n| n.email == entry.email),
            ) {
                (*wish, *oddity) = (named.wish, named.oddity);
            }
            if let Some(organization) = organization {
                entry.take_additions(tasks, organization);
            }
            let before = entry.added_by.map(|_| Doubt::AddedBefore);
            entry.doubt = doubt(&entry.email, entry.by, &domains).or(before);
        }
        if let Some(people) = people {
            let mut by_email: HashMap<&AddressText, &User> = HashMap::new();
            for user in people {
                if let Some(email) = &user.email {
                    by_email.entry(email).or_insert(user);
                }
            }
            for entry in &mut self.entries {
                let here = by_email.get(&entry.email).map(|user| Known::of(user));
                // The user is no longer in the organization, so the earlier search result is outdated.
                if entry.here.is_some() && here.is_none() {
                    entry.users = Load::NotAsked;
                }
                entry.here = here;
            }
            let contacts: HashSet<UserId> = people
                .iter()
                .filter(|u| u.is_contact())
                .map(|u| u.id)
                .collect();
            self.leaving.retain(|l| contacts.contains(&l.user));
        }
        let undone = |user: UserId| {
            let last = tasks
                .iter()
                .rev()
                .find(|t| matches!(t.change, Change::Leave { user: u, .. } if u == user));
            last.is_some_and(|t| t.undone)
        };
        self.kept.retain(|k| !undone(k.user));
    }

    /// Makes the list what the engineer left of the addresses that the panel showed, with what they wrote besides. What the list gained
    /// since it was shown stays.
    pub fn rewrite(&mut self, shown: &[AddressText], listed: &[AddressText]) -> Rewritten {
        let goes = |email: &AddressText| shown.contains(email) && !listed.contains(email);
        let gone: Vec<AddressText> = self
            .entries
            .iter()
            .map(|e| e.email.clone())
            .filter(goes)
            .collect();
        self.entries.retain(|e| !gone.contains(&e.email));
        let mut made = Rewritten {
            removed: gone.len(),
            ..Rewritten::default()
        };
        for email in gone {
            self.drop_named(email);
        }
        for email in listed {
            let known = self.entries.iter().any(|e| e.email == *email);
            if known || email.address().is_err() {
                continue;
            }
            if self.entries.len() >= ENTRIES_MAX {
                made.left += 1;
                continue;
            }
            self.entries
                .push(Entry::new(email.clone(), NamedBy::Engineer));
            made.added += 1;
        }
        let place = |email: &AddressText| listed.iter().position(|l| l == email);
        self.entries
            .sort_by_key(|e| place(&e.email).unwrap_or(usize::MAX));
        made
    }

    fn drop_named(&mut self, email: AddressText) {
        if self.names(&email) && !self.dropped.contains(&email) {
            self.dropped.push(email);
        }
    }

    /// Ticks or unticks an address. Fails with the mark that forbids ticking it.
    pub fn tick(&mut self, email: &AddressText, wanted: bool) -> Option<Mark> {
        let entry = self.entry_mut(email)?;
        let mark = entry.mark();
        if !mark.may_be_ticked() {
            return Some(mark);
        }
        entry.choice = Some(wanted);
        None
    }

    /// The addresses to look up now, in their order. None after a failure that every other address would run into too.
    pub fn to_look_up(&self, now_ms: u64) -> impl Iterator<Item = &Address> {
        let held = self.entries.iter().any(|e| is_general(&e.users, now_ms))
            || self.leaving.iter().any(|l| is_general(&l.tickets, now_ms));
        self.entries
            .iter()
            .filter(move |e| !held && e.wants_look_up(now_ms))
            .filter_map(|e| e.email.address().ok())
    }

    /// Records that an address is being looked up, or no longer.
    pub fn looking_up(&mut self, email: &Address, load: Load<Vec<Known>>) {
        if let Some(entry) = self.entries.iter_mut().find(|e| e.email.is(email)) {
            entry.users = load;
        }
    }

    /// Takes the users who have an address: found by a search, and by the identities of whom it found.
    pub fn looked_up(&mut self, email: &Address, found: Result<Vec<Known>, ReadError>) {
        let load = found.map_or_else(Load::Failed, Load::Got);
        if let Some(entry) = self
            .entries
            .iter_mut()
            .find(|e| e.email.is(email) && e.users == Load::Asking)
        {
            entry.users = load;
        }
    }

    /// Forgets what was looked up about a user whose organization was changed.
    pub fn forget_look_ups_of(&mut self, user: UserId) {
        for entry in self.entries.iter_mut().filter(|e| e.names(user)) {
            entry.users = Load::NotAsked;
        }
    }

    /// Reads again what failed or, with `all`, everything.
    pub fn ask_again(&mut self, all: bool) {
        for entry in &mut self.entries {
            if all || matches!(entry.users, Load::Failed(_)) {
                entry.users = Load::NotAsked;
            }
        }
        for leaver in &mut self.leaving {
            if all || matches!(leaver.tickets, Load::Failed(_)) {
                leaver.tickets = Load::NotAsked;
            }
        }
    }

    /// Each kind of failure once, because the panel should not repeat the same sentence a hundred
    /// times.
    pub fn failures(&self) -> Vec<&ReadError> {
        let users = self
            .entries
            .iter()
            .filter(|e| e.here.is_none())
            .filter_map(|e| error(&e.users));
        let mut all: Vec<&ReadError> = Vec::new();
        for one in users.chain(self.leaving.iter().filter_map(|l| error(&l.tickets))) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    /// When a failed read is due to be repeated automatically, in ms since 1970.
    pub fn waits_until(&self) -> Option<u64> {
        self.failures()
            .iter()
            .filter_map(|error| error.waits_until())
            .min()
    }
}

/// Of two wishes, the one that does less.
fn less(a: Wish, b: Wish) -> Wish {
    match (a, b) {
        (Wish::Remove, _) | (_, Wish::Remove) => Wish::Remove,
        (Wish::Add, _) | (_, Wish::Add) => Wish::Add,
        (Wish::Mention, Wish::Mention) => Wish::Mention,
    }
}

fn error<T>(load: &Load<T>) -> Option<&ReadError> {
    if let Load::Failed(error) = load {
        Some(error)
    } else {
        None
    }
}

/// Whether the next request would fail in the same way.
fn is_general<T>(load: &Load<T>, now_ms: u64) -> bool {
    match error(load) {
        Some(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => {
            now_ms < *until_ms
        }
        Some(
            ReadError::SignedOut
            | ReadError::NotAllowed
            | ReadError::Blocked
            | ReadError::Offline
            | ReadError::Failed,
        ) => true,
        _ => false,
    }
}
