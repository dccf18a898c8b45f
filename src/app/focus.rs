//! Which ticket the engineer looks at, and which tab belongs to which case.

use super::World;
use super::command::{Action, CaseCommand};
use super::effect::Effect;
use super::model::{Model, Site, UserPage};
use super::update::next_page;
use crate::case::chain::AsideReason;
use crate::case::check::{Answer, Verdict, checks, verdict};
use crate::case::{Case, CaseKey};
use crate::portal::address;
use crate::zendesk::address::{Front, front as zendesk_front, ticket_url};

/// Where a tab was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// The tab.
    pub tab: i64,
    /// Its window; none where the browser did not say.
    pub window: Option<i64>,
    /// Whether it is the active tab of its window.
    pub active: bool,
    /// Whether the engineer works in that window.
    pub focused: bool,
}

pub(super) fn tab_seen(model: &mut Model, seen: Seen, url: &str, world: World<'_>) {
    let Seen { tab, active, .. } = seen;
    let known = model.tabs.get(&tab).and_then(|t| t.window);
    let window = seen.window.or(known).unwrap_or(model.here);
    let zendesk = zendesk_front(url, &world.profile.zendesk);
    let ticket = match &zendesk {
        Some(Front::Ticket { host, id }) => Some(CaseKey {
            host: host.clone(),
            ticket: *id,
        }),
        _ => None,
    };
    let user = match &zendesk {
        Some(Front::User { host, id }) => Some(UserPage {
            host: host.clone(),
            id: *id,
        }),
        _ => None,
    };
    let site = match &zendesk {
        Some(Front::Refused { .. }) => None,
        Some(Front::Ticket { host, .. } | Front::User { host, .. } | Front::Other { host }) => {
            Some(Site::Zendesk(host.clone()))
        }
        None => address::place(url, &world.profile.portal).map(|_| Site::Portal),
    };
    if zendesk.is_some() || site.is_some() || model.tabs.contains_key(&tab) {
        let entry = model.tabs.entry(tab).or_default();
        entry.window = seen.window.or(known);
        entry.ticket = ticket.clone();
        entry.user = user;
        entry.site = site;
        // Links in another ticket, looked at later in this tab, are not this case's.
        if zendesk.is_some() {
            entry.belongs_to = None;
        }
    }
    if seen.focused {
        model.here = window;
    }
    // A tab that went to another window is in front in its old one no more.
    for (id, other) in &mut model.windows {
        if *id != window && other.front_tab == Some(tab) {
            other.front_tab = None;
            other.refused_host = None;
        }
    }
    if !active {
        return;
    }
    let entry = model.windows.entry(window).or_default();
    entry.front_tab = Some(tab);
    entry.refused_host = match zendesk {
        Some(Front::Refused { host }) => Some(host),
        _ => None,
    };
    // What is looked at for a ticket that Tether refuses must not fill the case before it.
    if entry.refused_host.is_some() {
        entry.focus = None;
        forget_said(model, window);
    }
    if let Some(key) = ticket {
        show(model, window, key, world);
    }
}

fn show(model: &mut Model, window: i64, key: CaseKey, world: World<'_>) {
    if model.windows.get(&window).and_then(|w| w.focus.as_ref()) != Some(&key) {
        forget_said(model, window);
    }
    model.look_at(&key, world.now_ms);
    model.windows.entry(window).or_default().focus = Some(key);
}

/// What was said there was about the case before.
fn forget_said(model: &mut Model, window: i64) {
    if model.said_in.is_none_or(|said_in| said_in == window) {
        model.said = None;
    }
}

/// A page opened from a ticket, or from a page of a case, belongs to that case.
pub(super) fn tab_created(model: &mut Model, tab: i64, opener: Option<i64>) {
    let case = opener
        .and_then(|o| model.tabs.get(&o))
        .and_then(|t| t.belongs_to.clone().or_else(|| t.ticket.clone()));
    if case.is_some() {
        model.tabs.entry(tab).or_default().belongs_to = case;
    }
}

pub(super) fn tab_closed(model: &mut Model, tab: i64) {
    model.tabs.remove(&tab);
    model.filled.remove(&tab);
    for window in model
        .windows
        .values_mut()
        .filter(|w| w.front_tab == Some(tab))
    {
        window.front_tab = None;
        window.refused_host = None;
    }
}

/// The browser gave a tab another number: everything that was known by the old one is known by the new one.
pub(super) fn tab_replaced(model: &mut Model, old: i64, new: i64) {
    if old == new {
        return;
    }
    if let Some(mut tab) = model.tabs.remove(&old) {
        tab.last_page = 0;
        model.tabs.insert(new, tab);
    }
    if let Some(key) = model.filled.remove(&old) {
        model.filled.insert(new, key);
    }
    if let Some(filling) = model.filling.remove(&old) {
        model.filling.insert(new, filling);
    }
    for window in model
        .windows
        .values_mut()
        .filter(|w| w.front_tab == Some(old))
    {
        window.front_tab = Some(new);
    }
    super::page_jobs::tab_replaced(model, old, new);
}

/// A window is gone, and its panel with it; its tabs are closed or moved one by one.
pub(super) fn window_closed(model: &mut Model, window: i64) {
    model.windows.remove(&window);
    model.panel_open = !model.panels().is_empty();
}

pub(super) fn panel_opened(model: &mut Model, window: i64) {
    model.windows.entry(window).or_default().panel = true;
    model.panel_open = true;
}

pub(super) fn panel_gone(model: &mut Model, window: i64) {
    if let Some(window) = model.windows.get_mut(&window) {
        window.panel = false;
    }
    model.panel_open = !model.panels().is_empty();
}

pub(super) fn panels_closed(model: &mut Model) {
    model
        .windows
        .values_mut()
        .for_each(|window| window.panel = false);
    model.panel_open = false;
}

pub(super) fn tab_opened(model: &mut Model, tab: i64, token: u64) {
    if let Some(key) = model.opening.remove(&token) {
        let entry = model.tabs.entry(tab).or_default();
        if entry.ticket.is_none() {
            entry.belongs_to = Some(key);
        }
    }
}

/// Whose a page in a tab is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Its tab was opened for this case.
    Bound(CaseKey),
    /// Its tab is nobody's, and is in front where the engineer works on this case.
    Front(CaseKey),
    /// It may be this case's: only the engineer knows.
    Asks(CaseKey, AsideReason),
}

impl Home {
    pub(super) fn key(&self) -> &CaseKey {
        match self {
            Self::Bound(key) | Self::Front(key) | Self::Asks(key, _) => key,
        }
    }

    /// Whether the page fills the case by itself.
    pub(super) fn fills(&self) -> bool {
        !matches!(self, Self::Asks(..))
    }
}

/// Whose the page in a tab is; nobody's where no case is looked at.
pub(super) fn home_of_tab(model: &Model, tab: i64) -> Option<Home> {
    let bound = model.tabs.get(&tab).and_then(|t| t.belongs_to.clone());
    if let Some(key) = bound.filter(|key| model.case(key).is_some()) {
        return Some(Home::Bound(key));
    }
    let own = model
        .tabs
        .get(&tab)
        .and_then(|t| t.window)
        .unwrap_or(model.here);
    let refused = |id: i64| {
        model
            .windows
            .get(&id)
            .is_some_and(|w| w.refused_host.is_some())
    };
    if refused(own) {
        return None;
    }
    if model.front_tab() == Some(tab)
        && let Some(key) = model.focus()
    {
        return Some(Home::Front(key.clone()));
    }
    // Visible in another window, or in front for a moment only: the case is the one beside it, else the one that the engineer works on, else
    // the only one that another panel shows.
    let focus = |id: i64| model.windows.get(&id).and_then(|w| w.focus.clone());
    let key = focus(own).or_else(|| model.focus().cloned()).or_else(|| {
        let mut shown = model
            .windows
            .values()
            .filter(|w| w.panel)
            .filter_map(|w| w.focus.clone());
        shown.next().filter(|_| shown.next().is_none())
    })?;
    Some(Home::Asks(key, AsideReason::Unfocused))
}

/// The case on which the engineer works in the window of that tab: the one that its panel shows.
pub(super) fn case_around(model: &Model, tab: i64) -> Option<CaseKey> {
    let own = model
        .tabs
        .get(&tab)
        .and_then(|t| t.ticket.clone().or_else(|| t.belongs_to.clone()));
    let window = || {
        model
            .tabs
            .get(&tab)
            .and_then(|t| t.window)
            .unwrap_or(model.here)
    };
    own.filter(|key| model.case(key).is_some())
        .or_else(|| model.windows.get(&window())?.focus.clone())
}

pub(super) fn show_case(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    if model.case(key).is_none() {
        return Vec::new();
    }
    show(model, model.here, key.clone(), world);
    show_ticket(model, key)
}

fn show_ticket(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    match model.tab_of_ticket(key) {
        Some(tab) => vec![Effect::FocusTab { tab }],
        None => vec![model.open_for(key, ticket_url(&key.host, key.ticket))],
    }
}

pub(super) fn open(
    model: &mut Model,
    CaseCommand { key, action }: CaseCommand,
    world: World<'_>,
) -> Vec<Effect> {
    let host = world.profile.portal_host(&key.host);
    let url = match action {
        Action::OpenLicense(id) => Some(address::license_url(host, id)),
        Action::OpenActivation(code) => Some(address::cloud_activation_search_url(host, &code)),
        Action::OpenValidate => Some(address::validate_url(host)),
        Action::OpenNext => next_page(model, &key, world).map(|next| next.url),
        Action::OpenRecord(wanted) => {
            let held = model
                .case(&key)
                .and_then(|c| c.chain.held().find(|r| r.reference() == wanted));
            held.map(|r| r.address().to_owned())
        }
        Action::ShowTicket => return show_ticket(model, &key),
        _ => None,
    };
    url.map(|url| model.open_for(&key, url))
        .into_iter()
        .collect()
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
    let (text, color, title) = match (model.refused_host(), model.focused()) {
        (Some(host), _) => ("–", CALM, format!("Tether does not act on {host}")),
        (None, _) if !model.missing_access.is_empty() => (
            "!",
            OPEN,
            "Tether has no access to the sites yet: open its panel".to_owned(),
        ),
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
    Some(Effect::Badge {
        text: text.to_owned(),
        color: color.to_owned(),
        title,
    })
}

fn state(case: &Case, world: World<'_>) -> (&'static str, &'static str, String) {
    if case.conflict.is_some() {
        return ("?", OPEN, " has a record to choose".to_owned());
    }
    if case.trace.is_running() {
        return ("…", MORE, " is being traced".to_owned());
    }
    let checks = checks(case, world.rules());
    let to_decide = checks
        .iter()
        .find(|c| matches!(c.answer, Answer::ToDecide(_)) && !c.name.is_pre_check());
    match verdict(&checks) {
        Verdict::Entitled => ("✓", GOOD, " is entitled".to_owned()),
        _ if case.chain.is_empty() => ("", CALM, String::new()),
        Verdict::NotEntitled(_) => ("✕", BAD, " is not entitled".to_owned()),
        Verdict::Incomplete(_) => match to_decide {
            Some(check) => (
                "?",
                OPEN,
                format!(
                    " is incomplete: “{}” is for you to decide",
                    check.name.title()
                ),
            ),
            None => ("…", MORE, " is incomplete".to_owned()),
        },
    }
}
