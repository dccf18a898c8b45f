//! Whether contacts may be added or removed now, and which changes that takes.

use crate::app::association_gate::{NOT_DONE, UNDER_WAY, UNDOING, pre_checked};
use crate::case::Case;
use crate::case::change::{Change, Task};
use crate::case::check::Rules;
use crate::case::contacts::{Entry, Leaver, Mark, Tickets};
use crate::map::Map;
use crate::record::ids::UserId;
use crate::record::people::User;
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;
use crate::zendesk::address::ticket_url;

/// The changes that `Add contacts` starts, in the list's order, or why it is refused: a sentence
/// without its full stop.
pub fn adding(case: &Case, rules: Rules<'_>) -> Result<Vec<Change>, String> {
    let organization = organization(case, rules)?;
    no_change_in_the_way(case, |change| matches!(change, Change::Add { .. }))?;
    let ticked: Vec<_> = case
        .contacts
        .entries()
        .iter()
        .filter(|e| e.is_ticked())
        .collect();
    if ticked.is_empty() {
        return Err("no address is ticked".to_owned());
    }
    let count = |of: fn(&Mark) -> bool| ticked.iter().filter(|e| of(&e.mark())).count();
    match count(|mark| matches!(mark, Mark::NotRead(_))) {
        0 => {}
        1 => return Err("one ticked address could not be looked up".to_owned()),
        n => return Err(format!("{n} ticked addresses could not be looked up")),
    }
    if case.people().is_none() {
        return Err("the organization’s contacts have not been read".to_owned());
    }
    match count(|mark| matches!(mark, Mark::Pending)) {
        0 => {}
        1 => return Err("one ticked address is still being looked up".to_owned()),
        n => return Err(format!("{n} ticked addresses are still being looked up")),
    }
    pre_checked(case, rules)?;
    let stuck = case.not_added();
    let changes: Vec<Change> = ticked
        .into_iter()
        .filter_map(|e| Some((e, e.email.address().ok()?)))
        .filter(|(_, email)| !stuck.contains(email))
        .map(|(e, email)| Change::Add {
            email: email.clone(),
            organization: organization.clone(),
            user: e.user(),
        })
        .collect();
    if changes.is_empty() {
        Err(NOT_DONE.to_owned())
    } else {
        Ok(changes)
    }
}

/// The changes that `Remove contacts` starts, in the order of picking, or why it is refused: a
/// sentence without its full stop. The requester goes last: once they are out, nobody else leaves for them.
pub fn removing(case: &Case, rules: Rules<'_>) -> Result<Vec<Change>, String> {
    let organization = organization(case, rules)?;
    no_change_in_the_way(case, |change| matches!(change, Change::Leave { .. }))?;
    if case.contacts.leaving().is_empty() {
        return Err("nobody is picked".to_owned());
    }
    let mut changes = Vec::new();
    for leaver in case.contacts.leaving() {
        let user =
            contact(case, leaver.user).ok_or("the organization’s contacts have not been read")?;
        let who = one_line(&user.label(), 200);
        match leaver.tickets() {
            Tickets::None | Tickets::Decided(..) => {}
            Tickets::Unknown => {
                return Err(format!(
                    "it is not known whether {who} has tickets that are not closed"
                ));
            }
            Tickets::Open(_) => return Err(format!("{who} has tickets that are not closed")),
        }
        changes.push(Change::Leave {
            user: user.id,
            who: user.label(),
            organization: organization.id,
            line: format!(
                "De-associated as per {}",
                ticket_url(&case.key.host, case.key.ticket)
            ),
            kept_in: rules.words.removal_trace,
        });
    }
    let requester = case.ticket.got().map(|t| t.requester.id);
    changes.sort_by_key(|change| change.user() == requester);
    Ok(changes)
}

/// What `Add contacts` is about, carried by the press: the organization and the ticked addresses,
/// each with its user.
pub fn adding_list(case: &Case) -> String {
    let entries = case.contacts.entries().iter().filter(|e| e.is_ticked());
    let one = |e: &Entry| {
        e.user().map_or_else(
            || e.email.to_string(),
            |user| format!("{} of {user}", e.email),
        )
    };
    list_of(case, entries.map(one))
}

/// What `Remove contacts` is about, carried by the press: the organization, the users, and whether
/// each goes despite open tickets.
pub fn removing_list(case: &Case) -> String {
    let one = |leaver: &Leaver| match leaver.tickets() {
        Tickets::Decided(open, _) => format!("{} despite {}", leaver.user, open.len()),
        Tickets::None | Tickets::Open(_) | Tickets::Unknown => leaver.user.to_string(),
    };
    list_of(case, case.contacts.leaving().iter().map(one))
}

fn list_of(case: &Case, items: impl Iterator<Item = String>) -> String {
    let organization = case
        .contacts
        .organization()
        .map(|o| o.to_string())
        .unwrap_or_default();
    std::iter::once(organization)
        .chain(items)
        .collect::<Vec<_>>()
        .join(", ")
        .trim()
        .to_owned()
}

/// The organization whose contacts may be changed.
fn organization(case: &Case, rules: Rules<'_>) -> Result<OrganizationRef, String> {
    if let Some(form) = case.form_stops(rules.words) {
        return Err(format!(
            "the ticket was filed with the form “{}”, which is not for association",
            one_line(&form, 80)
        ));
    }
    let managed = case
        .manages(rules.words)
        .ok_or("the requester is not in the organization")?;
    if case.contacts.organization() == Some(managed.id) {
        Ok(managed)
    } else {
        Err("the organization’s contacts have not been read".to_owned())
    }
}

/// Refuses while a change of the kind, or any undo, is on its way.
fn no_change_in_the_way(case: &Case, kind: impl Fn(&Change) -> bool) -> Result<(), String> {
    if case
        .tasks
        .iter()
        .any(|t| kind(&t.change) && !Task::is_over(t))
    {
        return Err(UNDER_WAY.to_owned());
    }
    if case.is_undoing() {
        return Err(UNDOING.to_owned());
    }
    Ok(())
}

/// A contact who can be removed: an active end user whose default organization this is. A user who
/// merely belongs to it as well cannot.
pub(super) fn contact(case: &Case, user: UserId) -> Option<&User> {
    let organization = case.contacts.organization();
    case.people()?
        .iter()
        .find(|u| u.id == user && u.is_contact() && u.organization == organization)
}

/// The names of the users whom the changes remove.
pub(super) fn names(changes: &[Change]) -> Map<UserId, String> {
    let name = |change: &Change| {
        if let Change::Leave { user, who, .. } = change {
            Some((*user, who.clone()))
        } else {
            None
        }
    };
    changes.iter().filter_map(name).collect()
}
