//! What a change rests on: the facts that must be the same when it is written as when the engineer
//! pressed. One function lists a change's facts; the queue reads each of them again and compares.

use serde::{Deserialize, Serialize};

use super::Case;
use super::change::{Change, Task};
use crate::mail::Address;
use crate::map::{Map, Set};
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::organization::Details;
use crate::record::people::{OpenTicket, User};
use crate::record::ticket::{Comment, OrganizationRef, Ticket};
use crate::text::line::one_line;

/// How many names a difference lists at most.
const NAMED_MAX: usize = 5;

/// One fact in Zendesk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The ticket, with its requester and their organization.
    Ticket,
    /// A user.
    User(UserId),
    /// The organizations that a user is in.
    Memberships(UserId),
    /// An organization: its name, notes, details and holds.
    Organization(OrganizationId),
    /// The users of an organization.
    People(OrganizationId),
    /// A user's tickets that are not closed.
    OpenTickets(UserId),
    /// The users who have an address, as their primary or another one.
    Holders(Address),
    /// The agent who is signed in. Read only if the ticket has changed since.
    Me,
    /// The newest comments of the ticket. Read only if the ticket has changed since.
    Comments,
}

impl Fact {
    /// The kind of fact, in a word or two.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::User(_) => "user",
            Self::Memberships(_) => "memberships",
            Self::Organization(_) => "organization",
            Self::People(_) => "people",
            Self::OpenTickets(_) => "open tickets",
            Self::Holders(_) => "holders",
            Self::Me => "agent",
            Self::Comments => "comments",
        }
    }
}

/// The value of a fact when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The ticket.
    Ticket(Box<Ticket>),
    /// The user.
    User(Box<User>),
    /// The user's organizations.
    Memberships(Vec<OrganizationRef>),
    /// The organization.
    Organization(Box<Details>),
    /// The organization's users.
    People {
        /// The users who could be read.
        users: Vec<User>,
        /// How many could not be read. They count as well.
        unreadable: usize,
    },
    /// The user's open tickets, except the case's own.
    OpenTickets(Vec<OpenTicket>),
    /// Who has the address.
    Holders {
        /// The users who are known to have it.
        users: Vec<User>,
        /// Users whom the search found by something else: their other addresses decide.
        unsure: Vec<User>,
    },
    /// The agent who is signed in.
    Me(UserId),
    /// The newest comments.
    Comments(Vec<CommentSeen>),
}

/// What counts of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentSeen {
    /// Who wrote it; none for the system.
    pub author: Option<UserId>,
    /// When, as Zendesk prints it.
    pub at: String,
    /// The text of an internal one, cut.
    pub note: Option<String>,
}

/// Longest text kept of an internal comment, in characters: a note of Tether's is shorter.
const NOTE_MAX: usize = 20_000;

impl CommentSeen {
    /// What counts of a comment.
    pub fn of(comment: &Comment) -> Self {
        Self {
            author: comment.author,
            at: comment.created_at.clone(),
            note: (!comment.public).then(|| comment.text.chars().take(NOTE_MAX).collect()),
        }
    }

    /// Whether it is an internal note with all these lines.
    pub fn is_note(&self, lines: &[String]) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.note.as_deref().is_some_and(|note| {
            let note = plain(note);
            lines.iter().all(|line| note.contains(&plain(line)))
        })
    }
}

/// A fresh look for one change: what has been read of its basis, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Each fact with the time of the read, in ms since 1970, and its value.
    pub readings: Vec<(Fact, u64, Said)>,
}

impl Look {
    /// The current value of a fact.
    pub fn of(&self, fact: &Fact) -> Option<&Said> {
        self.readings
            .iter()
            .find(|(f, ..)| f == fact)
            .map(|(.., said)| said)
    }

    /// The ticket now.
    pub fn ticket(&self) -> Option<&Ticket> {
        if let Some(Said::Ticket(ticket)) = self.of(&Fact::Ticket) {
            Some(ticket)
        } else {
            None
        }
    }

    /// A user now.
    pub fn user(&self, id: UserId) -> Option<&User> {
        if let Some(Said::User(user)) = self.of(&Fact::User(id)) {
            Some(user)
        } else {
            None
        }
    }

    /// The organizations that a user is in now.
    pub fn memberships(&self, id: UserId) -> Option<&[OrganizationRef]> {
        if let Some(Said::Memberships(all)) = self.of(&Fact::Memberships(id)) {
            Some(all)
        } else {
            None
        }
    }

    /// Whether every reading is younger than `ms`. A clock that jumped makes readings old.
    pub fn is_fresh(&self, now_ms: u64, ms: u64) -> bool {
        self.readings
            .iter()
            .all(|(_, at, _)| now_ms.abs_diff(*at) <= ms)
    }
}

/// The parts of a ticket that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketBasis {
    requester: UserId,
    who: String,
    email: Option<String>,
    organization: Option<OrganizationRef>,
    form: Option<u64>,
    status: String,
    subscription_email: Option<String>,
    product: Option<String>,
    problem_type: Option<String>,
    assignee: Option<UserId>,
    group: Option<u64>,
    subject: String,
    tags: Vec<String>,
    field_values: Map<u64, String>,
    updated_at: String,
}

/// What the engineer saw when they pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The ticket.
    pub ticket: Option<TicketBasis>,
    /// The organization that is changed, or that users join.
    organization: Option<(OrganizationId, Details)>,
    /// Its contacts, with their names.
    contacts: Option<(OrganizationId, Vec<(UserId, String)>)>,
    /// How many of its users could not be read.
    unreadable: usize,
    /// The open tickets of those who leave.
    open_tickets: Vec<(UserId, Vec<TicketId>)>,
}

impl Basis {
    /// Whether the ticket was changed since, by whomever.
    pub fn is_older_than(&self, now: &Ticket) -> bool {
        self.ticket
            .as_ref()
            .is_none_or(|was| was.updated_at != now.updated_at)
    }

    /// What a contact was called when the engineer pressed.
    fn named(&self, user: UserId) -> Option<&String> {
        let (_, contacts) = self.contacts.as_ref()?;
        contacts
            .iter()
            .find(|(known, _)| *known == user)
            .map(|(_, who)| who)
    }

    /// Takes the contact's name from the look that just read it.
    pub fn take_name(&mut self, user: UserId, look: &Look) {
        let Some(now) = look.user(user).map(User::label) else {
            return;
        };
        for (_, who) in self
            .contacts
            .iter_mut()
            .flat_map(|(_, contacts)| contacts)
            .filter(|(known, _)| *known == user)
        {
            who.clone_from(&now);
        }
    }

    /// Takes the open tickets of a leaving user from the look that just read them.
    pub fn take_tickets(&mut self, user: UserId, look: &Look) {
        if let Some(Said::OpenTickets(all)) = look.of(&Fact::OpenTickets(user)) {
            self.open_tickets.retain(|(of, _)| *of != user);
            self.open_tickets
                .push((user, all.iter().map(|t| t.id).collect()));
        }
    }

    /// The open tickets of a user who leaves, as the engineer saw them.
    pub fn open_tickets_of(&self, user: UserId) -> impl Iterator<Item = TicketId> {
        let of = self.open_tickets.iter().filter(move |(of, _)| *of == user);
        of.flat_map(|(_, all)| all.iter().copied())
    }

    /// Whether a look found open tickets of a user that were unknown when the engineer pressed.
    pub fn has_new_tickets(&self, user: UserId, look: &Look) -> bool {
        let known = |id: &TicketId| self.open_tickets_of(user).any(|known| known == *id);
        matches!(look.of(&Fact::OpenTickets(user)), Some(Said::OpenTickets(all)) if all.iter().any(|t| !known(&t.id)))
    }
}

/// The contacts among an organization's users.
fn contacts_of(people: &[User]) -> Vec<(UserId, String)> {
    people
        .iter()
        .filter(|u| u.is_contact())
        .map(|u| (u.id, u.label()))
        .collect()
}

impl Change {
    /// The facts that a change rests on. `look` holds what was read so far, because some facts lead
    /// to others.
    pub fn basis(&self, basis: &Basis, look: &Look) -> Vec<Fact> {
        let mut facts = match self {
            // A note that is in the ticket already is not written again.
            Self::Note { .. } => vec![Fact::Ticket, Fact::Comments],
            Self::Assign { note_lines, .. } if !note_lines.is_empty() => {
                vec![Fact::Ticket, Fact::Comments]
            }
            Self::ProblemType { .. } | Self::RestoreField { .. } | Self::Assign { .. } => {
                vec![Fact::Ticket]
            }
            Self::Join {
                user, organization, ..
            } => {
                let organization = organization.id;
                vec![
                    Fact::Ticket,
                    Fact::User(*user),
                    Fact::Memberships(*user),
                    Fact::Organization(organization),
                    Fact::People(organization),
                ]
            }
            Self::Add {
                email,
                organization,
                user,
            } => {
                let organization = organization.id;
                let mut facts = vec![
                    Fact::Ticket,
                    Fact::Holders(email.clone()),
                    Fact::Organization(organization),
                    Fact::People(organization),
                ];
                if let Some(user) = user {
                    facts.extend([Fact::User(*user), Fact::Memberships(*user)]);
                }
                facts
            }
            Self::Leave { user, .. } => vec![
                Fact::Ticket,
                Fact::User(*user),
                Fact::Memberships(*user),
                Fact::OpenTickets(*user),
            ],
            // An undo restores what was written, whoever the requester is now.
            Self::Restore { user, .. } => vec![Fact::User(*user), Fact::Memberships(*user)],
        };
        let changed = |ticket: &Ticket| {
            basis
                .ticket
                .as_ref()
                .is_some_and(|b| b.updated_at != ticket.updated_at)
        };
        if facts.contains(&Fact::Ticket) && look.ticket().is_some_and(changed) {
            facts.push(Fact::Me);
            if !facts.contains(&Fact::Comments) {
                facts.push(Fact::Comments);
            }
        }
        facts
    }
}

impl Case {
    /// What the engineer sees now: the basis of their next press.
    pub fn basis(&self) -> Basis {
        let organization = self.precheck.organization;
        Basis {
            ticket: self.ticket.got().map(|ticket| self.ticket_basis(ticket)),
            organization: organization.zip(self.precheck.details.got().cloned()),
            contacts: organization
                .zip(self.precheck.people.got().map(|people| contacts_of(people))),
            unreadable: self.precheck.unreadable,
            open_tickets: self
                .contacts
                .leaving()
                .iter()
                .filter_map(|l| Some((l.user, l.tickets.got()?.iter().map(|t| t.id).collect())))
                .collect(),
        }
    }

    fn ticket_basis(&self, ticket: &Ticket) -> TicketBasis {
        let value = |id: Option<u64>| {
            id.and_then(|id| ticket.field_values.get(&id))
                .filter(|v| !v.trim().is_empty())
                .cloned()
        };
        let fields = self.fields.as_ref();
        TicketBasis {
            requester: ticket.requester.id,
            who: ticket.requester.label(),
            email: ticket.requester.email.as_ref().map(ToString::to_string),
            organization: ticket.requester.organization.clone(),
            form: ticket.form_id,
            status: ticket.status.clone(),
            subscription_email: value(fields.and_then(|f| f.subscription_email)),
            product: value(fields.and_then(|f| f.product_type)),
            problem_type: value(fields.and_then(|f| f.problem_type)),
            assignee: ticket.assignee,
            group: ticket.group,
            subject: ticket.subject.clone(),
            tags: ticket.tags.clone(),
            field_values: ticket.field_values.clone(),
            updated_at: ticket.updated_at.clone(),
        }
    }

    /// What has changed since the engineer pressed, each a phrase with the old and the new value.
    /// `change` is the change that the look was for; a reply has none. Effects of this case's own
    /// changes are not differences.
    pub fn differences(&self, change: Option<&Change>, basis: &Basis, look: &Look) -> Vec<String> {
        let mut found = Vec::new();
        for (fact, _, said) in &look.readings {
            match (fact, said) {
                (Fact::Ticket, Said::Ticket(now)) => {
                    self.ticket_differences(change, basis, now, look, &mut found)
                }
                (Fact::Organization(id), Said::Organization(now)) => match &basis.organization {
                    Some((of, was)) if of == id => details_differences(was, now, &mut found),
                    _ => {
                        found.push("what the organization's notes say had not been read".to_owned())
                    }
                },
                (Fact::People(_), Said::People { unreadable, .. })
                    if *unreadable != basis.unreadable =>
                {
                    found.push(format!(
                        "{unreadable} of the organization's users cannot be read now, before {}",
                        basis.unreadable
                    ));
                }
                (Fact::People(id), Said::People { users: now, .. }) => match &basis.contacts {
                    Some((of, was)) if of == id => {
                        self.contacts_differences(*id, was, &contacts_of(now), &mut found)
                    }
                    _ => found.push("the organization's contacts had not been read".to_owned()),
                },
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
                "the requester's address is {} now, it was {}",
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
            found.push("the ticket's form is another".to_owned());
        }
        // A write into the ticket itself rests on everything that the engineer saw of it.
        let writes_ticket = change.is_some_and(Change::writes_ticket);
        let was = &self.with_our_fields(was, &is);
        let over = |status: &str| matches!(status, "closed" | "solved");
        if was.status != is.status && (writes_ticket || over(&is.status)) {
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
            Some(Change::Assign { .. }) if was.assignee != is.assignee || was.group != is.group => {
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
            "partner's customer",
            flag(was.partner_customer),
            flag(is.partner_customer),
        ),
    ];
    for (name, was, is) in rows.into_iter().filter(|(_, was, is)| was != is) {
        found.push(format!("the organization's {name}: {is} now, it was {was}"));
    }
    // Two long texts may differ after the part that is shown.
    for (name, was, is) in [
        ("notes", &was.notes, &is.notes),
        ("details", &was.details, &is.details),
    ] {
        if was != is {
            found.push(format!(
                "the organization's {name}: {} now, before {}",
                text(is),
                text(was)
            ));
        }
    }
}
