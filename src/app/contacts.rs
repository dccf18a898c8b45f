//! Step 2 (adding the contacts that a pre-authorized requester names) and the removal of associated users.

mod gates;
mod typed;

pub use gates::{adding, adding_list, removing, removing_list};

use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::notice::Notice;
use super::model::reads::{ContactsRead, Waiting};
use super::work;
use super::world::World;
use crate::case::CaseKey;
use crate::case::change::Change;
use crate::case::check::REASON_MAX;
use crate::case::contacts::{Contacts, Known, Named};
use crate::case::load::Load;
use crate::mail::{Address, AddressText};
use crate::map::Map;
use crate::reading::ReadError;
use crate::record::ids::UserId;
use crate::record::people::User;
use crate::record::ticket::{Comment, Wish};
use crate::text::line::one_line;
use crate::zendesk::{answer, request};

/// How many reads about contacts may run at once for a case.
const READS_AT_ONCE: usize = 2;
/// How many users' second addresses are read when a search for an address finds users with another
/// primary one.
const SIMILAR_MAX: usize = 10;
/// How many pages of a user's addresses are read.
const IDENTITY_PAGES: usize = 3;
/// How many pages of 100 tickets of a user are read.
const TICKET_PAGES: usize = 5;

/// What the engineer can press about contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tick or untick an address of the list.
    Tick {
        /// The address.
        email: AddressText,
        /// Whether it is to be ticked.
        wanted: bool,
    },
    /// Make the list what the engineer left in its text area.
    EditList {
        /// The addresses that the panel showed there.
        shown: Vec<AddressText>,
        /// What became of them.
        typed: typed::Typed,
    },
    /// `Add contacts`: associate those that are ticked.
    Add {
        /// The list that the panel showed.
        shown: String,
    },
    /// Pick or unpick a contact for removal.
    PickLeaver {
        /// Who.
        user: UserId,
        /// Whether the contact is to be picked.
        wanted: bool,
    },
    /// Remove a contact although they have open tickets.
    RemoveAllTheSame {
        /// Who.
        user: UserId,
        /// Why.
        reason: String,
    },
    /// Withdraw that decision.
    KeepForTickets(UserId),
    /// `Remove contacts`: remove the picked contacts.
    Remove {
        /// The list that the panel showed.
        shown: String,
    },
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    let email = || AddressText::from(field("email"));
    let user = || {
        UserId::parse(field("user"))
            .map_err(|_| bad("user", "This contact is not known. Reopen the panel."))
    };
    let wanted = || match field("wanted") {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(bad(
            "contact",
            "It is not known whether to tick or to untick. Reopen the panel.",
        )),
    };
    let shown = || field("list").to_owned();
    Ok(Some(match name {
        "toggle_contact" => Command::Tick {
            email: email(),
            wanted: wanted()?,
        },
        "edit_list" => {
            let shown: Vec<AddressText> = field("list").lines().map(AddressText::from).collect();
            let typed =
                typed::read(field("addresses"), &shown).map_err(|says| bad("addresses", says))?;
            Command::EditList { shown, typed }
        }
        "add_contacts" => Command::Add { shown: shown() },
        "pick_leaver" => Command::PickLeaver {
            user: user()?,
            wanted: wanted()?,
        },
        "remove_all_the_same" => {
            let reason = one_line(field("reason"), REASON_MAX);
            if reason.is_empty() {
                return Err(bad(
                    "leave_reason",
                    "Say why they are removed all the same: the reason goes into the note.",
                ));
            }
            Command::RemoveAllTheSame {
                user: user()?,
                reason,
            }
        }
        "keep_for_tickets" => Command::KeepForTickets(user()?),
        "remove_contacts" => Command::Remove { shown: shown() },
        _ => return Ok(None),
    }))
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Tick { email, wanted } => {
            let against = change(model, key, |c| c.tick(&email, wanted)).flatten();
            if against.is_some() {
                let says = format!(
                    "{} cannot be ticked: see its mark.",
                    one_line(email.as_str(), 200)
                );
                model.said = Some(Notice::wrong("contact", says));
            }
        }
        Command::EditList { shown, typed } => {
            let rewritten = change(model, key, |c| c.rewrite(&shown, &typed.listed));
            let (text, error) = typed::says(&rewritten.unwrap_or_default(), &typed.not_taken);
            let left: Vec<&str> = typed.not_taken.iter().map(|n| n.word.as_str()).collect();
            model.said = Some(Notice {
                error,
                left: left.join("\n"),
                ..Notice::wrong("addresses", text)
            });
        }
        Command::Add { shown } => {
            let changes = model
                .case(key)
                .and_then(|case| adding(case, world.rules()).ok())
                .unwrap_or_default();
            if !changes.is_empty()
                && model
                    .case(key)
                    .is_some_and(|case| adding_list(case) != shown)
            {
                model.said = Some(Notice::changed("The list of contacts to add"));
                return Vec::new();
            }
            work::start(model, key, changes);
        }
        Command::PickLeaver { user, wanted } => {
            // Only a listed contact can be picked. To be unpicked, they need not be listed any
            // more.
            let known = model.case(key).is_some_and(|case| {
                case.contacts.leaver(user).is_some() || gates::contact(case, user).is_some()
            });
            if known {
                change(model, key, |c| c.pick_leaver(user, wanted));
            }
        }
        Command::RemoveAllTheSame { user, reason } => {
            _ = change(model, key, |c| c.decide_leaver(user, reason))
        }
        Command::KeepForTickets(user) => _ = change(model, key, |c| c.undecide_leaver(user)),
        Command::Remove { shown } => {
            let Some(changes) = model
                .case(key)
                .and_then(|case| removing(case, world.rules()).ok())
            else {
                return Vec::new();
            };
            if model
                .case(key)
                .is_some_and(|case| removing_list(case) != shown)
            {
                model.said = Some(Notice::changed("The list of contacts to remove"));
                return Vec::new();
            }
            // The changes rest on what is known about the contacts' tickets.
            work::start(model, key, changes.clone());
            removal_began(model, key, &changes);
        }
    }
    Vec::new()
}

/// Those who leave are on their way out: the decisions about them go into the note.
pub(super) fn removal_began(model: &mut Model, key: &CaseKey, changes: &[Change]) {
    let names = gates::names(changes);
    change(model, key, |c| {
        c.removal_began(|user| {
            names
                .get(&user)
                .cloned()
                .unwrap_or_else(|| format!("user {user}"))
        })
    });
}

fn change<T>(
    model: &mut Model,
    key: &CaseKey,
    change: impl FnOnce(&mut Contacts) -> T,
) -> Option<T> {
    model.case_mut(key).map(|case| change(&mut case.contacts))
}

/// Looks through one page of the ticket's comments for addresses that the requester names.
pub(super) fn from_comments(model: &mut Model, key: &CaseKey, comments: &[Comment]) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let Some(requester) = case.ticket.got().map(|t| &t.requester) else {
        return;
    };
    let written = answer::written_addresses(comments, requester.id);
    let broken = answer::broken_addresses(comments, requester.id);
    let named = written.iter().filter(|w| !w.in_signature()).map(|w| Named {
        email: AddressText::from(w.email.as_str()),
        wish: w.wish,
        oddity: w.oddity,
    });
    let broken = broken.iter().map(|text| Named {
        email: AddressText::from(text.as_str()),
        wish: Wish::Add,
        oddity: None,
    });
    let (id, own) = (requester.id, requester.email.clone());
    case.contacts.name(id, own.as_ref(), named.chain(broken));
}

/// Updates the list from what the case knows. While the ticket is being read again, nothing is
/// removed.
fn settle(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let Some(case) = model.case(key).filter(|c| c.ticket.got().is_some()) else {
        return;
    };
    let organization = case.manages(&world.profile.zendesk).map(|o| o.id);
    let people = case
        .precheck
        .people
        .got()
        .filter(|_| case.precheck.organization == organization);
    let own = case.ticket.got().and_then(|t| t.requester.email.as_ref());
    let mut contacts = case.contacts.clone();
    contacts.settle(organization, own, people.map(Vec::as_slice), &case.tasks);
    if contacts != case.contacts {
        change(model, key, |c| *c = contacts);
    }
}

/// Starts the reads about contacts that are needed and not started yet.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    settle(model, key, world);
    let on_their_way = model
        .waiting
        .values()
        .filter(|w| matches!(w, Waiting::Contacts(k, _) if k == key))
        .count();
    // Contacts of the organization need not be looked up.
    let Some(case) = model.case(key).filter(|case| case.people().is_some()) else {
        return Vec::new();
    };
    let users = case
        .contacts
        .to_look_up(world.now_ms)
        .map(|email| ContactsRead::Users(email.clone()));
    let tickets =
        case.contacts
            .to_read_tickets_of(world.now_ms)
            .map(|user| ContactsRead::Tickets {
                user,
                so_far: Vec::new(),
                page: 1,
            });
    // The reads for contacts whom the engineer picked come first.
    let next: Vec<ContactsRead> = tickets
        .chain(users)
        .take(READS_AT_ONCE.saturating_sub(on_their_way))
        .collect();
    next.into_iter()
        .map(|asked| {
            mark(model, key, &asked, true);
            let url = match &asked {
                ContactsRead::Users(email) => request::users_by_email(&key.host, email.as_str()),
                ContactsRead::Identities { user, .. } => {
                    request::identities(&key.host, user.id, None)
                }
                ContactsRead::Tickets { user, .. } => {
                    request::requested_tickets(&key.host, *user, None)
                }
            };
            model.ask(Waiting::Contacts(key.clone(), asked), url)
        })
        .collect()
}

/// Marks a read as started, or as not asked.
fn mark(model: &mut Model, key: &CaseKey, asked: &ContactsRead, asking: bool) {
    change(model, key, |contacts| match asked {
        ContactsRead::Users(email) | ContactsRead::Identities { email, .. } => {
            contacts.looking_up(email, if asking { Load::Asking } else { Load::NotAsked })
        }
        ContactsRead::Tickets { user, .. } => {
            contacts.reading_tickets(*user, if asking { Load::Asking } else { Load::NotAsked })
        }
    });
}

/// Takes an answer.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    asked: ContactsRead,
    json: Result<serde_json::Value, ReadError>,
    _world: World<'_>,
) -> Option<Effect> {
    match asked {
        ContactsRead::Users(email) => {
            let found = json
                .and_then(|v| answer::users_found(&v))
                .and_then(|page| page.seeking_all(|user| user.has_email(&email)));
            let (having, others): (Vec<User>, Vec<User>) = match found {
                Err(error) => {
                    change(model, key, |c| c.looked_up(&email, Err(error)));
                    return None;
                }
                Ok(users) => users.into_iter().partition(|user| user.has_email(&email)),
            };
            let having: Vec<Known> = having.iter().map(Known::of).collect();
            // A search matches any of a user's addresses, but shows only the primary one.
            let others = if having.is_empty() {
                others.iter().map(Known::by_other_address).collect()
            } else {
                Vec::new()
            };
            ask_identities(model, key, email, others, having)
        }
        ContactsRead::Identities {
            email,
            user,
            rest,
            mut found,
            page,
        } => {
            let read = json
                .and_then(|v| answer::identities(&v, user.id))
                .and_then(|page| {
                    let after = page.after.clone();
                    page.seeking(|identity| identity.email.is(&email))
                        .map(|all| (all.iter().any(|identity| identity.email.is(&email)), after))
                });
            match read {
                Err(error) => change(model, key, |c| c.looked_up(&email, Err(error))),
                Ok((true, _)) => {
                    found.push(user);
                    return ask_identities(model, key, email, rest, found);
                }
                Ok((false, None)) => return ask_identities(model, key, email, rest, found),
                Ok((false, Some(after))) if page < IDENTITY_PAGES => {
                    let url = request::identities(&key.host, user.id, Some(&after));
                    let asked = ContactsRead::Identities {
                        email,
                        user,
                        rest,
                        found,
                        page: page + 1,
                    };
                    return Some(model.ask(Waiting::Contacts(key.clone(), asked), url));
                }
                Ok((false, Some(_))) => change(model, key, |c| {
                    c.looked_up(&email, Err(ReadError::TooLarge))
                }),
            };
            None
        }
        ContactsRead::Tickets {
            user,
            mut so_far,
            page,
        } => {
            let read = match json.and_then(|v| answer::open_tickets(&v, user)) {
                Err(error) => Err(error),
                Ok((open, next)) => {
                    so_far.extend(open);
                    match next {
                        None => Ok(so_far),
                        Some(after) if page < TICKET_PAGES => {
                            let url = request::requested_tickets(&key.host, user, Some(&after));
                            return Some(model.ask(
                                Waiting::Contacts(
                                    key.clone(),
                                    ContactsRead::Tickets {
                                        user,
                                        so_far,
                                        page: page + 1,
                                    },
                                ),
                                url,
                            ));
                        }
                        // One open ticket is enough to refuse the removal. Finding none so far is
                        // not enough to allow it.
                        Some(_) if so_far.iter().any(|t| t.id != key.ticket) => Ok(so_far),
                        Some(_) => Err(ReadError::TooLarge),
                    }
                }
            };
            change(model, key, |c| c.tickets_read(user, key.ticket, read));
            None
        }
    }
}

/// Reads the addresses of the next user who may have the address. After the last one, its owner is
/// known.
fn ask_identities(
    model: &mut Model,
    key: &CaseKey,
    email: Address,
    mut users: Vec<Known>,
    found: Vec<Known>,
) -> Option<Effect> {
    if users.is_empty() {
        change(model, key, |c| c.looked_up(&email, Ok(found)));
        return None;
    }
    if users.len() > SIMILAR_MAX {
        change(model, key, |c| {
            c.looked_up(&email, Err(ReadError::TooLarge))
        });
        return None;
    }
    let user = users.remove(0);
    let url = request::identities(&key.host, user.id, None);
    Some(model.ask(
        Waiting::Contacts(
            key.clone(),
            ContactsRead::Identities {
                email,
                user,
                rest: users,
                found,
                page: 1,
            },
        ),
        url,
    ))
}

/// Forgets a read that a restart of the background cut off, so that it starts again.
pub(super) fn forget(model: &mut Model, key: &CaseKey, asked: ContactsRead) {
    mark(model, key, &asked, false);
}

/// Repeats the failed reads.
pub(super) fn retry(model: &mut Model, key: &CaseKey) {
    change(model, key, |c| c.ask_again(false));
}

/// Repeats all reads.
pub(super) fn refresh(model: &mut Model, key: &CaseKey) {
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Contacts(k, _) if k == key));
    change(model, key, |c| c.ask_again(true));
}
