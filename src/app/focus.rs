//! Which ticket the engineer looks at, and which tab belongs to which case.

use super::World;
use super::command::Command;
use super::effect::Effect;
use super::model::{Model, Site, UserPage};
use super::update::next_page;
use crate::case::check::{Answer, Verdict, checks, verdict};
use crate::case::ids::TicketId;
use crate::case::{Case, CaseKey};
use crate::portal::address;
use crate::zendesk::address::{Front, front as zendesk_front, ticket_url};

pub(super) fn tab_seen(model: &mut Model, tab: i64, url: &str, front: bool, world: World<'_>) {
    let zendesk = zendesk_front(url, &world.profile.zendesk);
    let ticket = match &zendesk {
        Some(Front::Ticket { host, id }) => Some(CaseKey { host: host.clone(), ticket: *id }),
        _ => None,
    };
    let user = match &zendesk {
        Some(Front::User { host, id }) => Some(UserPage { host: host.clone(), id: *id }),
        _ => None,
    };
    let site = match &zendesk {
        Some(Front::Refused { .. }) => None,
        Some(Front::Ticket { host, .. } | Front::User { host, .. } | Front::Other { host }) => Some(Site::Zendesk(host.clone())),
        None => address::place(url, &world.profile.portal).map(|_| Site::Portal),
    };
    if zendesk.is_some() || site.is_some() || model.tabs.contains_key(&tab) {
        let entry = model.tabs.entry(tab).or_default();
        entry.ticket = ticket.clone();
        entry.user = user;
        entry.site = site;
        // Links in another ticket, looked at later in this tab, are not this case's.
        if zendesk.is_some() {
            entry.belongs_to = None;
        }
    }
    if !front {
        return;
    }
    model.front_tab = Some(tab);
    model.refused_host = match zendesk {
        Some(Front::Refused { host }) => Some(host),
        _ => None,
    };
    // What is looked at for a ticket that Tether refuses must not fill the case before it.
    if model.refused_host.is_some() {
        model.focus = None;
        model.said = None;
    }
    if let Some(key) = ticket {
        show(model, key, world);
    }
}

fn show(model: &mut Model, key: CaseKey, world: World<'_>) {
    if model.focus.as_ref() != Some(&key) {
        model.said = None;
    }
    model.look_at(&key, world.now_ms);
    model.focus = Some(key);
}

/// A page opened from a page of a case belongs to that case too.
pub(super) fn tab_created(model: &mut Model, tab: i64, opener: Option<i64>) {
    let case = opener.and_then(|o| model.tabs.get(&o)).and_then(|t| t.belongs_to.clone());
    if case.is_some() {
        model.tabs.entry(tab).or_default().belongs_to = case;
    }
}

pub(super) fn tab_closed(model: &mut Model, tab: i64) {
    model.tabs.remove(&tab);
    if model.front_tab == Some(tab) {
        model.front_tab = None;
        model.refused_host = None;
    }
}

pub(super) fn tab_opened(model: &mut Model, tab: i64, token: u64) {
    if let Some(key) = model.opening.remove(&token) {
        let entry = model.tabs.entry(tab).or_default();
        if entry.ticket.is_none() {
            entry.belongs_to = Some(key);
        }
    }
}

/// The case to which a page in that tab speaks: the one that it was opened for, else the one in focus.
pub(super) fn case_of_tab(model: &Model, tab: i64) -> Option<CaseKey> {
    let bound = model.tabs.get(&tab).and_then(|t| t.belongs_to.clone());
    bound.filter(|key| model.case(key).is_some()).or_else(|| model.focus.clone())
}

pub(super) fn show_case(model: &mut Model, ticket: TicketId, world: World<'_>) -> Vec<Effect> {
    let Some(key) = model.key_of(ticket) else { return Vec::new() };
    show(model, key.clone(), world);
    show_ticket(model, &key)
}

fn show_ticket(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    match model.tab_of_ticket(key) {
        Some(tab) => vec![Effect::FocusTab { tab }],
        None => vec![model.open_for(key, ticket_url(&key.host, key.ticket))],
    }
}

pub(super) fn open(model: &mut Model, key: &CaseKey, command: Command, world: World<'_>) -> Vec<Effect> {
    let host = model.portal_host(world.profile).to_owned();
    let url = match command {
        Command::OpenLicense(id) => Some(address::license_url(&host, id)),
        Command::OpenActivation(code) => Some(address::cloud_activation_search_url(&host, &code)),
        Command::OpenValidate => Some(address::validate_url(&host)),
        Command::OpenNext => next_page(model, key, world).map(|next| next.url),
        Command::OpenRecord(slot) => model.case(key).and_then(|c| c.chain.at(slot)).map(|r| r.address().to_owned()),
        Command::ShowTicket => return show_ticket(model, key),
        _ => None,
    };
    url.map(|url| model.open_for(key, url)).into_iter().collect()
}

/// The colours of a badge: each bears white text.
const CALM: &str = "#68737d";
const GOOD: &str = "#037f52";
const BAD: &str = "#cc3340";
const OPEN: &str = "#ad5e18";
const MORE: &str = "#1f73b7";

/// The badge says the state of the case in focus, by a sign of its own and not by colour alone, and only when it changes; its tooltip says
/// the same in words.
pub(super) fn badge(model: &mut Model, world: World<'_>) -> Option<Effect> {
    let (text, color, title) = match (&model.refused_host, model.focused()) {
        (Some(host), _) => ("–", CALM, format!("Tether does not act on {host}")),
        (None, _) if !model.missing_access.is_empty() => ("!", OPEN, "Tether may not read the sites yet: open its panel".to_owned()),
        (None, None) => ("", CALM, "Tether".to_owned()),
        (None, Some(case)) => {
            let (text, color, says) = state(case, world);
            (text, color, format!("Tether: #{}{says}", case.key.ticket))
        }
    };
    let now = format!("{text} {title}");
    if model.badge.as_ref() == Some(&now) {
        return None;
    }
    model.badge = Some(now);
    Some(Effect::Badge { text: text.to_owned(), color: color.to_owned(), title })
}

fn state(case: &Case, world: World<'_>) -> (&'static str, &'static str, String) {
    if case.conflict.is_some() {
        return ("?", OPEN, " has a record to choose".to_owned());
    }
    if case.trace.is_running() {
        return ("…", MORE, " is being traced".to_owned());
    }
    let checks = checks(case, world.rules());
    let to_decide = checks.iter().find(|c| matches!(c.answer, Answer::ToDecide(_)) && !c.name.is_pre_check());
    match verdict(&checks) {
        Verdict::Entitled => ("✓", GOOD, " is entitled".to_owned()),
        _ if case.chain.is_empty() => ("", CALM, String::new()),
        Verdict::NotEntitled(_) => ("✕", BAD, " is not entitled".to_owned()),
        Verdict::Incomplete(_) => match to_decide {
            Some(check) => ("?", OPEN, format!(" is incomplete: “{}” is to decide", check.name.title())),
            None => ("…", MORE, " is incomplete".to_owned()),
        },
    }
}
