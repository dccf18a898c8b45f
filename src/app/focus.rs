//! Which ticket the engineer is looking at, and which case each tab belongs to.

use super::model::Model;
use super::model::tabs::{Site, UserPage};
use super::world::World;
use crate::case::CaseKey;
use crate::case::chain::AsideReason;
use crate::portal::address;
use crate::profile::host_pattern::pattern_of;
use crate::zendesk::address::{Front, front as zendesk_front};

/// Where a tab was seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// The tab.
    pub tab: i64,
    /// Its window, if the browser says.
    pub window: Option<i64>,
    /// Whether it is the active tab of its window.
    pub active: bool,
    /// Whether the engineer works in that window.
    pub focused: bool,
}

impl Seen {
    /// A tab of a browser that doesn't say in which window it is.
    pub(super) fn without_window(tab: i64, front: bool) -> Self {
        Self {
            tab,
            window: None,
            active: front,
            focused: front,
        }
    }
}

pub(super) fn tab_seen(model: &mut Model, seen: Seen, url: &str, world: World<'_>) {
    let Seen { tab, active, .. } = seen;
    let known = model.tabs.get(&tab).and_then(|t| t.window);
    let window = seen.window.or(known).unwrap_or(model.tabs.here);
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
    if zendesk.is_some() || site.is_some() || model.tabs.all.contains_key(&tab) {
        let entry = model.tabs.all.entry(tab).or_default();
        entry.window = seen.window.or(known);
        entry.ticket = ticket.clone();
        entry.user = user;
        entry.site = site;
        // The tab shows another ticket now, so links opened from it no longer belong to the old
        // case.
        if zendesk.is_some() {
            entry.belongs_to = None;
        }
    }
    if seen.focused {
        model.tabs.here = window;
    }
    // A tab that moved to another window is no longer in front in the old one.
    for (id, other) in &mut model.tabs.windows {
        if *id != window && other.front_tab == Some(tab) {
            other.front_tab = None;
            other.refused_host = None;
        }
    }
    if !active {
        return;
    }
    let entry = model.tabs.windows.entry(window).or_default();
    entry.front_tab = Some(tab);
    entry.refused_host = match zendesk {
        Some(Front::Refused { host }) => Some(host),
        _ => None,
    };
    // Pages opened for a ticket that Tether refuses must not fill the case that was in focus before
    // it.
    if entry.refused_host.is_some() {
        entry.focus = None;
        clear_notice(model, window);
    }
    if let Some(key) = ticket {
        show(model, window, key, world);
    }
}

pub(super) fn show(model: &mut Model, window: i64, key: CaseKey, world: World<'_>) {
    if model
        .tabs
        .windows
        .get(&window)
        .and_then(|w| w.focus.as_ref())
        != Some(&key)
    {
        clear_notice(model, window);
    }
    model.look_at(&key, world.now_ms);
    model.tabs.windows.entry(window).or_default().focus = Some(key);
}

/// Clears the window's notice, which was about the case before.
fn clear_notice(model: &mut Model, window: i64) {
    if model.said_in.is_none_or(|said_in| said_in == window) {
        model.said = None;
    }
}

/// Binds a tab that was opened from a ticket, or from a page of a case, to that case.
pub(super) fn tab_created(model: &mut Model, tab: i64, opener: Option<i64>) {
    let case = opener
        .and_then(|o| model.tabs.get(&o))
        .and_then(|t| t.belongs_to.clone().or_else(|| t.ticket.clone()));
    if case.is_some() {
        model.tabs.all.entry(tab).or_default().belongs_to = case;
    }
}

pub(super) fn tab_closed(model: &mut Model, tab: i64) {
    model.tabs.all.remove(&tab);
    model.filled.remove(&tab);
    for window in model
        .tabs
        .windows
        .values_mut()
        .filter(|w| w.front_tab == Some(tab))
    {
        window.front_tab = None;
        window.refused_host = None;
    }
}

/// The browser gave a tab another number: moves everything known about the old number to the new
/// one.
pub(super) fn tab_replaced(model: &mut Model, old: i64, new: i64) {
    if old == new {
        return;
    }
    if let Some(mut tab) = model.tabs.all.remove(&old) {
        tab.last_page = 0;
        model.tabs.all.insert(new, tab);
    }
    if let Some(key) = model.filled.remove(&old) {
        model.filled.insert(new, key);
    }
    if let Some(filling) = model.filling.remove(&old) {
        model.filling.insert(new, filling);
    }
    for window in model
        .tabs
        .windows
        .values_mut()
        .filter(|w| w.front_tab == Some(old))
    {
        window.front_tab = Some(new);
    }
    model
        .page_jobs
        .values_mut()
        .filter(|job| job.tab == old)
        .for_each(|job| job.tab = new);
}

/// Drops a closed window and its panel. Its tabs are reported one by one, as closed or moved.
pub(super) fn window_closed(model: &mut Model, window: i64) {
    model.tabs.windows.remove(&window);
    model.panel_open = !model.tabs.panels().is_empty();
}

pub(super) fn panel_opened(model: &mut Model, window: i64) {
    model.tabs.windows.entry(window).or_default().panel = true;
    model.panel_open = true;
}

pub(super) fn panel_gone(model: &mut Model, window: i64) {
    if let Some(window) = model.tabs.windows.get_mut(&window) {
        window.panel = false;
    }
    model.panel_open = !model.tabs.panels().is_empty();
}

pub(super) fn panels_closed(model: &mut Model) {
    model
        .tabs
        .windows
        .values_mut()
        .for_each(|window| window.panel = false);
    model.panel_open = false;
}

pub(super) fn tab_opened(model: &mut Model, tab: i64, token: u64) {
    if let Some(key) = model.tabs.opening.remove(&token) {
        let entry = model.tabs.all.entry(tab).or_default();
        if entry.ticket.is_none() {
            entry.belongs_to = Some(key);
        }
    }
}

/// Remembers which of the hosts that Tether uses it may not read. A page of a refused Zendesk is not worth asking about.
pub(super) fn host_access(model: &mut Model, missing: Vec<String>, world: World<'_>) {
    let hosts = || (world.profile.portal.hosts.iter()).chain(&world.profile.zendesk.hosts);
    model.missing_access = missing
        .into_iter()
        .filter(|pattern| hosts().any(|host| *pattern == pattern_of(host)))
        .collect();
}

/// The case that a tab's page belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Its tab was opened for this case.
    Bound(CaseKey),
    /// Its tab belongs to no case and is in front while the engineer works on this one.
    Front(CaseKey),
    /// It may belong to this case: only the engineer knows.
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

/// The case that a tab's page belongs to, if the engineer looks at one.
pub(super) fn home_of_tab(model: &Model, tab: i64) -> Option<Home> {
    let bound = model.tabs.get(&tab).and_then(|t| t.belongs_to.clone());
    if let Some(key) = bound.filter(|key| model.case(key).is_some()) {
        return Some(Home::Bound(key));
    }
    let own = model
        .tabs
        .get(&tab)
        .and_then(|t| t.window)
        .unwrap_or(model.tabs.here);
    let refused = |id: i64| {
        model
            .tabs
            .windows
            .get(&id)
            .is_some_and(|w| w.refused_host.is_some())
    };
    if refused(own) {
        return None;
    }
    if model.tabs.front_tab() == Some(tab)
        && let Some(key) = model.tabs.focus()
    {
        return Some(Home::Front(key.clone()));
    }
    // For a page visible in another window, or in front only briefly: the case of its own window,
    // otherwise the one that the engineer works on, otherwise the only one that any panel shows.
    let focus = |id: i64| model.tabs.windows.get(&id).and_then(|w| w.focus.clone());
    let key = focus(own)
        .or_else(|| model.tabs.focus().cloned())
        .or_else(|| {
            let mut shown = model
                .tabs
                .windows
                .values()
                .filter(|w| w.panel)
                .filter_map(|w| w.focus.clone());
            shown.next().filter(|_| shown.next().is_none())
        })?;
    Some(Home::Asks(key, AsideReason::Unfocused))
}

/// The case that the panel in that tab's window shows.
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
            .unwrap_or(model.tabs.here)
    };
    own.filter(|key| model.case(key).is_some())
        .or_else(|| model.tabs.windows.get(&window())?.focus.clone())
}
