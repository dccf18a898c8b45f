//! Common issues and troubleshooting: no organization found, the hand-over, assigning the ticket to
//! oneself, and reminders.

use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::notice::Notice;
use super::model::reads::{TroubleRead, Waiting};
use super::work;
use super::world::World;
use crate::case::CaseKey;
use crate::case::change::{Change, TaskState};
use crate::case::hand_over::{Person, Trouble};
use crate::case::load::Load;
use crate::case::trouble::{
    Need, REMIND_HOURS, TEXT_MAX, internal_note, known, lines_of, preferred,
};
use crate::mail::Address;
use crate::map::Map;
use crate::reading::ReadError;
use crate::record::people::{Group, Me, Role, User};
use crate::zendesk::address::ticket_url;
use crate::zendesk::{answer, request};

/// How many pages of 100 groups are read: the groups are only a suggestion.
const GROUP_PAGES: usize = 10;
/// How many pages of 100 ticket fields are read for the stage's.
const FIELD_PAGES: usize = 20;
/// Longest text kept of a field, in characters. A text that is too long is kept so that it can be
/// shortened.
const TYPED_MAX: usize = 4 * TEXT_MAX;
const HOUR_MS: u64 = 3_600_000;

/// A command for a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open or fold the section.
    Open(bool),
    /// Assign the ticket to the engineer.
    AssignToMe,
    /// The same, with an internal note that says what happened.
    NoteAndAssign(String),
    /// Assign the ticket to a group, with an internal note that says why.
    HandOver {
        /// Why, as typed.
        reason: String,
        /// The chosen group's number; without one, the profile's group.
        group: Option<u64>,
    },
    /// Remind the engineer of the ticket after this many hours.
    Remind(u64),
    /// Forget the reminder.
    Forget,
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str);
    let text = |key: &str| {
        field(key)
            .replace("\r\n", "\n")
            .chars()
            .take(TYPED_MAX)
            .collect::<String>()
    };
    Ok(Some(match name {
        "open_trouble" => Command::Open(field("open") != "false"),
        "assign_to_me" => Command::AssignToMe,
        "note_and_assign" => Command::NoteAndAssign(text("text")),
        "hand_over" => Command::HandOver {
            reason: text("reason"),
            group: field("group").trim().parse().ok(),
        },
        "remind" => {
            let hours = field("hours")
                .trim()
                .parse()
                .ok()
                .filter(|h| REMIND_HOURS.contains(h));
            Command::Remind(
                hours.ok_or_else(|| bad("hours", "This time is not known. Reopen the panel."))?,
            )
        }
        "forget_reminder" => Command::Forget,
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
        Command::Open(open) => with(model, key, |trouble| trouble.opened = open),
        Command::AssignToMe => assign_to_me(model, key, None, world),
        Command::NoteAndAssign(text) => assign_to_me(model, key, Some(text), world),
        Command::HandOver { reason, group } => hand_over(model, key, reason, group, world),
        Command::Remind(hours) => {
            return vec![remind(key, hours, world)];
        }
        Command::Forget => {
            return vec![Effect::Forget {
                url: ticket_url(&key.host, key.ticket),
            }];
        }
    }
    Vec::new()
}

/// Reminds the engineer of a case's ticket in some hours.
pub(super) fn remind(key: &CaseKey, hours: u64, world: World<'_>) -> Effect {
    Effect::Remind {
        url: ticket_url(&key.host, key.ticket),
        at_ms: world.now_ms.saturating_add(hours * HOUR_MS),
    }
}

fn with(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut Trouble)) {
    if let Some(case) = model.case_mut(key) {
        change(&mut case.trouble);
    }
}

fn complain(model: &mut Model, field: &str, says: impl Into<String>) {
    model.said = Some(Notice::wrong(field, says));
}

/// The note's lines, or what is wrong with the text.
fn noted(text: &str) -> Result<Vec<String>, String> {
    let lines = lines_of(text);
    let count = text.trim().chars().count();
    if lines.is_empty() {
        return Err("Say what is going on: it goes into the internal note.".to_owned());
    }
    if count > TEXT_MAX {
        return Err(format!(
            "The text has {count} characters. Shorten it to {TEXT_MAX}."
        ));
    }
    Ok(lines)
}

fn assign_to_me(model: &mut Model, key: &CaseKey, text: Option<String>, world: World<'_>) {
    if let Some(text) = &text {
        with(model, key, |trouble| trouble.waiting = Some(text.clone()));
    }
    let Some(case) = model
        .case(key)
        .filter(|c| c.ticket.got().is_some() && !c.is_assigning())
    else {
        return;
    };
    let Some(me) = case.trouble.me.got() else {
        return;
    };
    let (note_html, note_lines) = match text.as_deref().map(noted) {
        None => (None, Vec::new()),
        Some(Err(says)) => return complain(model, "waiting", says),
        Some(Ok(lines)) => {
            let (html, lines) = internal_note(&lines, &known(case, world.rules()));
            (Some(html), lines)
        }
    };
    let change = Change::Assign {
        to: "you".to_owned(),
        assignee: Some(me.id),
        group: None,
        note_html,
        note_lines,
    };
    send(model, key, change);
}

fn hand_over(
    model: &mut Model,
    key: &CaseKey,
    reason: String,
    group: Option<u64>,
    world: World<'_>,
) {
    with(model, key, |trouble| {
        trouble.reason.clone_from(&reason);
        trouble.group = group;
    });
    let Some(case) = model
        .case(key)
        .filter(|c| c.ticket.got().is_some() && !c.is_assigning())
    else {
        return;
    };
    let lines = match noted(&reason) {
        Ok(lines) => lines,
        Err(says) => return complain(model, "hand_over_reason", says),
    };
    let groups = case.trouble.groups.got().map_or(&[][..], Vec::as_slice);
    let Some(chosen) = groups.iter().find(|g| Some(g.id) == group) else {
        return complain(
            model,
            "group",
            "Choose the group that is to look at the ticket.",
        );
    };
    // The profile's person belongs to the profile's group; in another group, Zendesk would refuse
    // them.
    let person = case.hand_over_person(&world.profile.zendesk).filter(|_| {
        preferred(groups, &world.profile.zendesk.hand_over).is_some_and(|g| g.id == chosen.id)
    });
    let to = person.map_or_else(
        || chosen.name.clone(),
        |p| format!("{}, {}", chosen.name, p.label),
    );
    let (html, note_lines) = internal_note(&lines, &known(case, world.rules()));
    let change = Change::Assign {
        to,
        assignee: person.map(|p| p.id),
        group: Some(chosen.id),
        note_html: Some(html),
        note_lines,
    };
    send(model, key, change);
}

fn send(model: &mut Model, key: &CaseKey, change: Change) {
    let noted = matches!(
        &change,
        Change::Assign {
            note_html: Some(_),
            ..
        }
    );
    work::start(model, key, vec![change.clone()]);
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let task = case
        .tasks
        .iter()
        .rev()
        .find(|t| t.change == change && !t.is_over())
        .map(|t| t.id);
    if noted {
        case.trouble.sent = task;
    } else {
        // The card shows how the change gets on.
        case.trouble.opened = false;
    }
}

/// What was typed is in the ticket now, so the fields are emptied. If the engineer leaves the
/// change, the text comes back.
fn settle(model: &mut Model, key: &CaseKey) {
    let Some(case) = model.case(key) else { return };
    let Some(sent) = case.trouble.sent else {
        return;
    };
    match case.task(sent).map(|t| t.state == TaskState::Done) {
        Some(false) => {}
        Some(true) => with(model, key, |trouble| {
            (trouble.waiting, trouble.reason, trouble.group, trouble.sent) =
                (None, String::new(), None, None);
            trouble.opened = false;
        }),
        None => with(model, key, |trouble| trouble.sent = None),
    }
}

/// Starts the reads for a hand-over that are needed and not started yet.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    settle(model, key);
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let words = &world.profile.zendesk;
    let used = case.trouble.opened || !Need::of(case, world.rules()).is_empty();
    let hands_on = case.may_be_handed_on(words);
    // Whoever takes a ticket that was handed on goes on with it: it may be the engineer.
    let may_come_back = case.was_handed_on();
    if !(used || hands_on || may_come_back) || case.ticket.got().is_none() {
        return Vec::new();
    }
    let now = world.now_ms;
    let known = case.fields.as_ref();
    let stage = hands_on
        && !words.hand_on.stage_field.is_empty()
        && known.is_some_and(|fields| fields.stage.is_none())
        && case.trouble.stage.wants_asking(now);
    let (me, groups, forms) = (
        (used || may_come_back) && case.trouble.me.wants_asking(now),
        (used || hands_on) && case.trouble.groups.wants_asking(now),
        hands_on && !words.hand_on.forms.is_empty() && case.trouble.forms.wants_asking(now),
    );
    let email = world
        .profile
        .zendesk
        .hand_over
        .assignee
        .clone()
        .filter(|_| used && case.trouble.person.wants_asking(now));
    let mut effects = Vec::new();
    if me {
        effects.push(model.ask(
            Waiting::Trouble(key.clone(), TroubleRead::Me),
            request::me(&key.host),
        ));
        with(model, key, |trouble| trouble.me = Load::Asking);
    }
    if groups {
        let asked = TroubleRead::Groups {
            so_far: Vec::new(),
            unreadable: 0,
            page: 1,
        };
        effects.push(model.ask(
            Waiting::Trouble(key.clone(), asked),
            request::groups(&key.host, None),
        ));
        with(model, key, |trouble| trouble.groups = Load::Asking);
    }
    if forms {
        let asked = TroubleRead::Forms {
            so_far: Vec::new(),
            page: 1,
        };
        effects.push(model.ask(
            Waiting::Trouble(key.clone(), asked),
            request::ticket_forms(&key.host, 1),
        ));
        with(model, key, |trouble| trouble.forms = Load::Asking);
    }
    if stage {
        effects.push(model.ask(
            Waiting::Trouble(key.clone(), TroubleRead::Stage { page: 1 }),
            request::ticket_fields(&key.host, None),
        ));
        with(model, key, |trouble| trouble.stage = Load::Asking);
    }
    if let Some(email) = email {
        effects.push(model.ask(
            Waiting::Trouble(key.clone(), TroubleRead::Person),
            request::users_by_email(&key.host, &email),
        ));
        with(model, key, |trouble| trouble.person = Load::Asking);
    }
    effects
}

/// Takes an answer. Returns the request for the next page, if there is one to read.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    asked: TroubleRead,
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Option<Effect> {
    match asked {
        TroubleRead::Me => {
            let me: Result<Me, ReadError> = json.and_then(|v| answer::me(&v));
            with(model, key, |trouble| {
                trouble.me = me.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        TroubleRead::Person => {
            let person = found_person(json, world);
            with(model, key, |trouble| {
                trouble.person = person.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        TroubleRead::Stage { page } => stage_answered(model, key, page, json, world),
        TroubleRead::Forms { so_far, page } => forms_answered(model, key, so_far, page, json),
        TroubleRead::Groups {
            so_far,
            unreadable,
            page,
        } => groups_answered(model, key, (so_far, unreadable), page, json),
    }
}

/// The agent whom the settings name for the hand-over.
fn found_person(
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Result<Option<Person>, ReadError> {
    let hand_over = &world.profile.zendesk.hand_over;
    let email = hand_over.assignee.as_deref().unwrap_or_default();
    let has = |user: &User| Address::parse(email).is_ok_and(|email| user.has_email(&email));
    let users = json
        .and_then(|v| answer::users_found(&v))
        .and_then(|page| page.seeking_all(has))?;
    Ok(only_agent(users, email))
}

fn stage_answered(
    model: &mut Model,
    key: &CaseKey,
    page: usize,
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Option<Effect> {
    let load = match json.and_then(|v| answer::ticket_fields(&v, &world.profile.zendesk)) {
        Err(error) => Load::Failed(error),
        Ok((found, after)) => {
            let after = after.filter(|_| found.stage.is_none() && page < FIELD_PAGES);
            if let Some(after) = after {
                return Some(model.ask(
                    Waiting::Trouble(key.clone(), TroubleRead::Stage { page: page + 1 }),
                    request::ticket_fields(&key.host, Some(&after)),
                ));
            }
            Load::Got(found)
        }
    };
    with(model, key, |trouble| trouble.stage = load);
    None
}

fn forms_answered(
    model: &mut Model,
    key: &CaseKey,
    mut so_far: Vec<(u64, String)>,
    page: usize,
    json: Result<serde_json::Value, ReadError>,
) -> Option<Effect> {
    let load = match json.and_then(|v| answer::ticket_forms(&v)) {
        Err(error) => Load::Failed(error),
        // One that can't be read may be the one that is looked for.
        Ok((found, _)) if found.unreadable > 0 => Load::Failed(ReadError::WrongShape {
            what: "one of the ticket forms".to_owned(),
        }),
        Ok((found, more)) => {
            so_far.extend(found.items);
            if more && page < GROUP_PAGES {
                let page = page + 1;
                return Some(model.ask(
                    Waiting::Trouble(key.clone(), TroubleRead::Forms { so_far, page }),
                    request::ticket_forms(&key.host, page),
                ));
            }
            Load::Got(so_far)
        }
    };
    with(model, key, |trouble| trouble.forms = load);
    None
}

/// Takes a page of the groups. `so_far` has the groups of the pages before it, and how many of them were unreadable.
fn groups_answered(
    model: &mut Model,
    key: &CaseKey,
    (mut so_far, mut unreadable): (Vec<Group>, usize),
    page: usize,
    json: Result<serde_json::Value, ReadError>,
) -> Option<Effect> {
    let found = match json.and_then(|v| answer::groups(&v)) {
        Ok(found) => found,
        Err(error) => {
            with(model, key, |trouble| trouble.groups = Load::Failed(error));
            return None;
        }
    };
    so_far.extend(found.items);
    unreadable += found.unreadable;
    if let Some(after) = found.after.filter(|_| page < GROUP_PAGES) {
        let asked = TroubleRead::Groups {
            so_far,
            unreadable,
            page: page + 1,
        };
        return Some(model.ask(
            Waiting::Trouble(key.clone(), asked),
            request::groups(&key.host, Some(&after)),
        ));
    }
    if unreadable > 0 {
        let groups = if unreadable == 1 {
            "A group"
        } else {
            "Some groups"
        };
        let says = format!(
            "{groups} of this Zendesk cannot be read and cannot be chosen here: assign the ticket in Zendesk then."
        );
        model.with_case(key, |case| case.add_notice(&says));
    }
    with(model, key, |trouble| trouble.groups = Load::Got(so_far));
    None
}

/// The only agent with exactly this address; none if there are several, or if a customer has it.
fn only_agent(users: Vec<User>, email: &str) -> Option<Person> {
    let email = &Address::parse(email).ok()?;
    let mut fitting = users
        .into_iter()
        .filter(|u| u.has_email(email) && u.role == Role::Team && !u.suspended);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Some(Person {
            id: one.id,
            label: one.label(),
        }),
        _ => None,
    }
}

/// Forgets a read that a restart of the background cut off, so that it starts again.
pub(super) fn forget(model: &mut Model, key: &CaseKey, asked: TroubleRead) {
    with(model, key, |trouble| match asked {
        TroubleRead::Me => trouble.me = Load::NotAsked,
        TroubleRead::Groups { .. } => trouble.groups = Load::NotAsked,
        TroubleRead::Stage { .. } => trouble.stage = Load::NotAsked,
        TroubleRead::Forms { .. } => trouble.forms = Load::NotAsked,
        TroubleRead::Person => trouble.person = Load::NotAsked,
    });
}

/// Repeats the failed reads.
pub(super) fn retry(model: &mut Model, key: &CaseKey) {
    with(model, key, |trouble| {
        if matches!(trouble.me, Load::Failed(_)) {
            trouble.me = Load::NotAsked;
        }
        if matches!(trouble.groups, Load::Failed(_)) {
            trouble.groups = Load::NotAsked;
        }
        if matches!(trouble.stage, Load::Failed(_)) {
            trouble.stage = Load::NotAsked;
        }
        if matches!(trouble.forms, Load::Failed(_)) {
            trouble.forms = Load::NotAsked;
        }
        if matches!(trouble.person, Load::Failed(_)) {
            trouble.person = Load::NotAsked;
        }
    });
}
