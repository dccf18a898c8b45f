//! The only place where events change the model and become effects.

use super::capture::Report;
use super::effect::Effect;
use super::event::Event;
use super::focus::Seen;
use super::model::Model;
use super::world::World;
use super::{
    badge, capture, diagnose, evidence, focus, page_jobs, plan, press, reads, reply, settings,
    setup, trace, work,
};

/// Handles an event: changes the model and returns the effects.
pub fn update(model: &mut Model, event: Event, world: World<'_>) -> Vec<Effect> {
    model.trail.event(&event, world.now_ms);
    let mut effects = take(model, event, world);
    if model.said.is_none() {
        model.said_in = None;
    }
    page_jobs::give_up_waiting(model, world);
    effects.extend(work::advance(model, world));
    effects.extend(reply::advance(model, world));
    effects.extend(plan::advance(model, world));
    effects.extend(trace::advance(model, world));
    effects.extend(reads::wanted(model, world));
    effects.extend(badge::badge(model, world));
    model.bound_cases();
    effects
}

/// Hands an event to its feature.
fn take(model: &mut Model, event: Event, world: World<'_>) -> Vec<Effect> {
    match event {
        Event::Woke => return woke(model, world),
        Event::Browser { agent } => model.browser = diagnose::browser(&agent),
        Event::TabSeen { tab, url, front } => {
            return tab_seen(model, Seen::without_window(tab, front), &url, world);
        }
        Event::TabSeenIn {
            tab,
            window,
            url,
            active,
            focused,
        } => {
            let seen = Seen {
                tab,
                window: Some(window),
                active,
                focused,
            };
            return tab_seen(model, seen, &url, world);
        }
        Event::TabReplaced { old, new } => focus::tab_replaced(model, old, new),
        Event::TabCreated { tab, opener } => focus::tab_created(model, tab, opener),
        Event::TabClosed { tab } => tab_closed(model, tab, world),
        Event::TabOpened { tab, token } => {
            focus::tab_opened(model, tab, token);
            evidence::tab_opened(model, tab, token);
        }
        Event::HostAccess { missing } => {
            evidence::host_access(model, &missing, world);
            focus::host_access(model, missing, world);
        }
        Event::PanelOpened => focus::panel_opened(model, model.tabs.here),
        Event::PanelIn { window } => focus::panel_opened(model, window),
        Event::WindowClosed { window } => {
            focus::window_closed(model, window);
            plan::panel_closed(model);
        }
        Event::PanelGone { window } => {
            focus::panel_gone(model, window);
            plan::panel_closed(model);
        }
        Event::PanelClosed => {
            focus::panels_closed(model);
            plan::panel_closed(model);
        }
        Event::NotSaved { why } => model.not_saved(&why),
        Event::SavedAgain => model.save_problem = None,
        Event::PortalPage { tab, url, html } => {
            portal_page(model, tab, &url, &html, Report::Looked, world);
        }
        Event::PortalPageOpenBefore { tab, url, html } => {
            portal_page(model, tab, &url, &html, Report::OpenBefore, world);
        }
        Event::Fetched { id, file } => evidence::fetched(model, id, file, world),
        Event::Selected { tab, text } => evidence::selected(model, tab, &text, world),
        Event::FileGiven {
            case,
            window,
            name,
            size,
            base64,
        } => press::file_given(model, window, case, &name, size, &base64, world),
        Event::Answered { id, answer } => {
            return Vec::from_iter(reads::answered(model, id, &answer, world));
        }
        Event::Waited { id } => return Vec::from_iter(work::waited(model, id, world)),
        Event::PageResult {
            tab,
            effect,
            outcome,
        } => page_jobs::reported(model, tab, effect, outcome, world),
        Event::PageUnreachable { effect, why } => page_jobs::unreachable(model, effect, why, world),
        Event::PageHasJob { effect, has } => return page_jobs::page_has(model, effect, has, world),
        Event::Reminders { set } => model.reminders = set,
        // `handle` has already applied them to the profile.
        Event::Settings { .. } => {
            return Vec::from_iter(diagnose::settings_changed(model, world));
        }
        Event::PageOpened {
            page,
            keys,
            extension,
        } => settings::page_opened(model, page, keys, extension),
        Event::PageClosed { page } => _ = model.pages.open.remove(&page),
        Event::ImportGiven { text } => settings::import_given(model, &text, world),
        Event::SettingsNotSaved { paths, why } => {
            setup::not_saved(model, &paths);
            settings::not_saved(model, paths, &why);
        }
        Event::Shortcut {
            name,
            tab,
            window,
            url,
        } => return press::shortcut(model, window, tab, &url, &name, world),
        Event::Command {
            case,
            window,
            name,
            fields,
        } => {
            let window = window.unwrap_or(model.tabs.here);
            return press::command(model, window, case, &name, &fields, world);
        }
    }
    Vec::new()
}

fn woke(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    reads::forget_waiting(model);
    let mut effects = work::woke(model);
    // Page jobs that took too long end here.
    page_jobs::give_up_waiting(model, world);
    effects.extend(page_jobs::woke(model));
    effects.extend(plan::woke(model, world));
    reply::woke(model, world);
    effects
}

fn tab_seen(model: &mut Model, seen: Seen, url: &str, world: World<'_>) -> Vec<Effect> {
    focus::tab_seen(model, seen, url, world);
    let mut effects = reply::page_seen(model, seen.tab, world);
    trace::portal_seen(model, url, world);
    effects.extend(evidence::tab_seen(model, seen.tab, url, world));
    effects
}

fn tab_closed(model: &mut Model, tab: i64, world: World<'_>) {
    // A closed page never answers.
    page_jobs::tab_closed(model, tab, world);
    focus::tab_closed(model, tab);
    evidence::tab_closed(model, tab);
}

fn portal_page(
    model: &mut Model,
    tab: i64,
    url: &str,
    html: &str,
    report: Report,
    world: World<'_>,
) {
    capture::page(model, tab, url, html, report, world);
    trace::portal_seen(model, url, world);
}
