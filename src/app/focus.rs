//! Which ticket the engineer looks at, and which tab belongs to which case.

use super::World;
use super::command::Command;
use super::effect::Effect;
use super::model::{Model, Site, UserPage};
use super::update::next_page;
use crate::case::CaseKey;
use crate::case::check::{Verdict, checks, verdict};
use crate::case::ids::TicketId;
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

/// The badge says the state of the case in focus, and only when it changes.
pub(super) fn badge(model: &mut Model, world: World<'_>) -> Option<Effect> {
    let (text, color, title) = match model.focused() {
        None => ("", "#68737d", "Tether".to_owned()),
        Some(case) if case.conflict.is_some() => ("?", "#ad5e18", format!("Tether: #{} has a record to choose", case.key.ticket)),
        Some(case) if case.chain.is_empty() => ("", "#68737d", format!("Tether: #{}", case.key.ticket)),
        Some(case) => match verdict(&checks(case, world.rules())) {
            Verdict::Entitled => ("✓", "#037f52", format!("Tether: #{} is entitled", case.key.ticket)),
            Verdict::NotEntitled(_) => ("!", "#cc3340", format!("Tether: #{} is not entitled", case.key.ticket)),
            Verdict::Incomplete(_) => ("…", "#1f73b7", format!("Tether: #{} is incomplete", case.key.ticket)),
        },
    };
    let now = format!("{text} {title}");
    if model.badge.as_ref() == Some(&now) {
        return None;
    }
    model.badge = Some(now);
    Some(Effect::Badge { text: text.to_owned(), color: color.to_owned(), title })
}
