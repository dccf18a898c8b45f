//! What has changed since the engineer pressed, in words.

use super::{Basis, Fact, Look, Said, TicketBasis, Told, contacts_of};
use crate::case::Case;
use crate::case::change::{Change, Task};
use crate::map::Set;
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::organization::Details;
use crate::record::people::OpenTicket;
use crate::record::ticket::{OrganizationRef, Ticket, is_over};
use crate::text::line::one_line;

/// How many names a difference lists at most.
const NAMED_MAX: usize = 5;

/// What a look is for.
#[derive(Clone, Debug)]
pub enum For<'a> {
    /// A change.
    Change(&'a Change),
    /// A reply.
    Reply {
        /// Whether it lists the organization's contacts.
        lists: bool,
        /// The users who, according to the reply, joined or left an organization.
        told: Vec<Told>,
    },
}

impl For<'_> {
    fn change(&self) -> Option<&Change> {
        match self {
            Self::Change(change) => Some(change),
            Self::Reply { .. } => None,
        }
    }

    /// Whether it rests on who all the organization's contacts are.
    fn counts_contacts(&self) -> bool {
        match self {
            Self::Change(_) => true,
            Self::Reply { lists, .. } => *lists,
        }
    }
}

impl Case {
    /// What has changed since the engineer pressed, each a phrase with the old and the new value.
    /// Effects of this case's own changes are not differences.
    pub fn differences(&self, of: &For<'_>, basis: &Basis, look: &Look) -> Vec<String> {
        let mut found = Vec::new();
        let change = of.change();
        if let For::Reply { told, .. } = of {
            found.extend(told.iter().filter_map(|told| told.difference(look)));
        }
        for (fact, _, said) in &look.readings {
            match (fact, said) {
                (Fact::Ticket, Said::Ticket(now)) => {
                    self.ticket_differences(change, basis, now, look, &mut found)
                }
                (Fact::Organization(id), Said::Organization(now)) => match &basis.organization {
                    Some((known, was)) if known == id => details_differences(was, now, &mut found),
                    _ => {
                        found.push("what the organization’s notes say had not been read".to_owned())
                    }
                },
                (Fact::People(_), Said::People { unreadable, .. })
                    if of.counts_contacts() && *unreadable != basis.unreadable =>
                {
                    found.push(format!(
                        "{unreadable} of the organization’s users cannot be read now, before {}",
                        basis.unreadable
                    ));
                }
                (Fact::People(id), Said::People { users: now, .. }) if of.counts_contacts() => {
                    match &basis.contacts {
                        Some((known, was)) if known == id => {
                            self.contacts_differences(*id, was, &contacts_of(now), &mut found)
                        }
                        _ => found.push("the organization’s contacts had not been read".to_owned()),
                    }
                }
                // The number stays if a user becomes another person.
                (Fact::User(user), Said::User(now)) => {
                    if let Some(was) = basis.named(*user).filter(|was| **was != now.label()) {
                        found.push(format!(
                            "{} is {} now",
                            one_line(was, 200),
                            one_line(&now.label(), 200)
                        ));
                    }
                }
                (Fact::OpenTickets(user), Said::OpenTickets(now)) => {
                    let was: Vec<TicketId> = basis.open_tickets_of(*user).collect();
                    self.tickets_differences(*user, &was, now, &mut found);
                }
                _ => {}
            }
        }
        found
    }

    fn ticket_differences(
        &self,
        change: Option<&Change>,
        basis: &Basis,
        now: &Ticket,
        look: &Look,
        found: &mut Vec<String>,
    ) {
        let Some(was) = &basis.ticket else {
            return found.push("the ticket had not been read".to_owned());
        };
        let is = self.ticket_basis(now);
        let known = found.len();
        let text = |value: &Option<String>| {
            value
                .as_deref()
                .map_or_else(|| "empty".to_owned(), |v| format!("“{}”", one_line(v, 120)))
        };
        let organization = |o: &Option<OrganizationRef>| {
            o.as_ref()
                .map_or_else(|| "no organization".to_owned(), OrganizationRef::label)
        };
        if was.requester != is.requester {
            found.push(format!(
                "the requester is {} now, no longer {}",
                one_line(&is.who, 200),
                one_line(&was.who, 200)
            ));
        } else if was.email != is.email {
            found.push(format!(
                "the requester’s address is {} now, it was {}",
                text(&is.email),
                text(&was.email)
            ));
        }
        let (before, after) = (
            was.organization.as_ref().map(|o| o.id),
            is.organization.as_ref().map(|o| o.id),
        );
        if was.requester == is.requester && before != after && !self.made_by_us(is.requester, after)
        {
            found.push(format!(
                "the requester is in {} now, before in {}",
                organization(&is.organization),
                organization(&was.organization)
            ));
        }
        if was.form != is.form {
            found.push("the ticket’s form is another".to_owned());
        }
        // A write into the ticket itself rests on everything that the engineer saw of it.
        let writes_ticket = change.is_some_and(Change::writes_ticket);
        let was = &self.with_our_fields(was, &is);
        if was.status != is.status && (writes_ticket || is_over(&is.status)) {
            found.push(format!(
                "the status is “{}” now, it was “{}”",
                one_line(&is.status, 40),
                one_line(&was.status, 40)
            ));
        }
        if writes_ticket && was.subject != is.subject {
            found.push("the subject is another".to_owned());
        }
        if writes_ticket && was.tags != is.tags {
            found.push("its tags were changed".to_owned());
        }
        if was.subscription_email != is.subscription_email {
            found.push(format!(
                "Subscription Email is {} now, it was {}",
                text(&is.subscription_email),
                text(&was.subscription_email)
            ));
        }
        if was.product != is.product {
            found.push(format!(
                "the product type is {} now, it was {}",
                text(&is.product),
                text(&was.product)
            ));
        }
        // Fields that have a phrase of their own are compared above and below.
        if writes_ticket
            && found.len() == known
            && was.problem_type == is.problem_type
            && was.field_values != is.field_values
        {
            found.push("its fields were changed".to_owned());
        }
        match change {
            Some(change)
                if change.sets_field().is_some() && was.problem_type != is.problem_type =>
            {
                found.push(format!(
                    "the problem type is {} now, it was {}",
                    text(&is.problem_type),
                    text(&was.problem_type)
                ));
            }
            Some(Change::Assign { .. } | Change::HandOn(_))
                if was.assignee != is.assignee || was.group != is.group =>
            {
                found.push("the ticket is assigned to someone else now".to_owned());
            }
            _ => {}
        }
        // The time stamp alone proves nothing: the engineer's own note changes it, too.
        let asked = change.is_some() || look.of(&Fact::Comments).is_some();
        if asked && found.len() == known && was.updated_at != is.updated_at {
            written_since(&was.updated_at, look, found);
        }
    }

    /// What the ticket was, with the fields that this case's own changes set since, and the tags that Zendesk keeps for their options.
    fn with_our_fields(&self, was: &TicketBasis, is: &TicketBasis) -> TicketBasis {
        let mut was = was.clone();
        let Some(field) = self.fields.as_ref().and_then(|f| f.problem_type) else {
            return was;
        };
        let ours = |value: Option<&str>| {
            let sets = |task: &Task| task.change.sets_field() == Some((field, value));
            self.tasks.iter().any(|t| t.may_be_written() && sets(t))
        };
        if was.problem_type == is.problem_type || !ours(is.problem_type.as_deref()) {
            return was;
        }
        if let Some(before) = was.problem_type.take() {
            was.tags.retain(|tag| *tag != before);
        }
        was.problem_type.clone_from(&is.problem_type);
        match is.field_values.get(&field) {
            Some(value) => _ = was.field_values.insert(field, value.clone()),
            None => _ = was.field_values.remove(&field),
        }
        if let Some(tag) = is
            .problem_type
            .as_ref()
            .filter(|tag| is.tags.contains(tag) && !was.tags.contains(tag))
        {
            was.tags.push(tag.clone());
        }
        // Zendesk may keep them in an order of its own.
        if was.tags.len() == is.tags.len() && is.tags.iter().all(|tag| was.tags.contains(tag)) {
            was.tags.clone_from(&is.tags);
        }
        was
    }

    fn contacts_differences(
        &self,
        id: OrganizationId,
        was: &[(UserId, String)],
        is: &[(UserId, String)],
        found: &mut Vec<String>,
    ) {
        let only_in = |these: &'_ [(UserId, String)],
                       those: &'_ [(UserId, String)],
                       made: Option<OrganizationId>|
         -> Vec<String> {
            let those: Set<UserId> = those.iter().map(|(user, _)| *user).collect();
            let others = these
                .iter()
                .filter(|(user, _)| !those.contains(user) && !self.made_by_us(*user, made));
            others.map(|(_, who)| who.clone()).collect()
        };
        let (new, gone) = (only_in(is, was, Some(id)), only_in(was, is, None));
        if new.is_empty() && gone.is_empty() {
            return;
        }
        let parts = [("new", new), ("no longer", gone)];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, who)| !who.is_empty())
            .map(|(what, who)| format!("{what}: {}", listed(&who)))
            .collect();
        found.push(format!(
            "the organization has {} contacts now, it had {} ({})",
            is.len(),
            was.len(),
            parts.join("; ")
        ));
    }

    fn tickets_differences(
        &self,
        user: UserId,
        was: &[TicketId],
        is: &[OpenTicket],
        found: &mut Vec<String>,
    ) {
        let who = one_line(&self.user_label(user), 200);
        for ticket in is.iter().filter(|t| !was.contains(&t.id)) {
            found.push(format!(
                "{who} has ticket #{} now, which is {}",
                ticket.id,
                one_line(&ticket.status, 40)
            ));
        }
        for ticket in was.iter().filter(|t| !is.iter().any(|now| now.id == **t)) {
            found.push(format!("ticket #{ticket} of {who} is closed now"));
        }
    }
}

fn listed(all: &[String]) -> String {
    let named: Vec<String> = all
        .iter()
        .take(NAMED_MAX)
        .map(|who| one_line(who, 120))
        .collect();
    let more = all.len().saturating_sub(NAMED_MAX);
    if more == 0 {
        named.join(", ")
    } else {
        format!("{} and {more} more", named.join(", "))
    }
}

/// Who wrote a comment after that time stamp: the engineer must see it first.
fn written_since(stamp: &str, look: &Look, found: &mut Vec<String>) {
    let (Some(Said::Me(me)), Some(Said::Comments(all))) =
        (look.of(&Fact::Me), look.of(&Fact::Comments))
    else {
        return found.push("the ticket was changed".to_owned());
    };
    let others = all
        .iter()
        .filter(|comment| comment.at.as_str() > stamp && comment.author != Some(*me))
        .count();
    match others {
        0 => {}
        1 => found.push("someone else wrote a comment in the ticket".to_owned()),
        n => found.push(format!("others wrote {n} comments in the ticket")),
    }
}

fn details_differences(was: &Details, is: &Details, found: &mut Vec<String>) {
    let text = |value: &str| {
        if value.trim().is_empty() {
            "empty".to_owned()
        } else {
            format!("“{}”", one_line(value, 120))
        }
    };
    let option = |value: &Option<String>| value.as_deref().map_or_else(|| "empty".to_owned(), text);
    let flag = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let rows = [
        ("name", text(&was.name), text(&is.name)),
        (
            "account type",
            option(&was.account_type),
            option(&is.account_type),
        ),
        (
            "support level",
            option(&was.support_level),
            option(&is.support_level),
        ),
        (
            "end of support",
            option(&was.expiration_date),
            option(&is.expiration_date),
        ),
        (
            "Salesforce account",
            option(&was.salesforce_id),
            option(&is.salesforce_id),
        ),
        (
            "short Salesforce account",
            option(&was.salesforce_short_id),
            option(&is.salesforce_short_id),
        ),
        (
            "support hold",
            flag(was.support_hold),
            flag(is.support_hold),
        ),
        (
            "restricted account",
            flag(was.restricted_account),
            flag(is.restricted_account),
        ),
        (
            "partner’s customer",
            flag(was.partner_customer),
            flag(is.partner_customer),
        ),
    ];
    for (name, was, is) in rows.into_iter().filter(|(_, was, is)| was != is) {
        found.push(format!("the organization’s {name}: {is} now, it was {was}"));
    }
    // Two long texts may differ after the part that is shown.
    for (name, was, is) in [
        ("notes", &was.notes, &is.notes),
        ("details", &was.details, &is.details),
    ] {
        if was != is {
            found.push(format!(
                "the organization’s {name}: {} now, before {}",
                text(is),
                text(was)
            ));
        }
    }
}
