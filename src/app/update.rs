//! The only place where events change the model and become effects.

use super::capture::Report;
use super::effect::Effect;
use super::event::Event;
use super::focus::Seen;
use super::model::Model;
use super::model::reads::{TaskRead, Waiting};
use super::press::{command, pressed, refuse};
use super::world::World;
use super::{
    badge, capture, diagnose, evidence, focus, page_jobs, plan, reads, settings, setup, trace, work,
};
use crate::case::CaseKey;
use crate::map::Map;
use crate::profile::host_pattern::pattern_of;
use crate::text::line::one_line;
use crate::zendesk::address::{Front, front as zendesk_front};

/// Handles an event: changes the model and returns the effects.
pub fn update(model: &mut Model, event: Event, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    model.trail.event(&event, world.now_ms);
    match event {
        Event::Woke => {
            reads::forget_waiting(model);
            effects.extend(work::woke(model));
            // Page jobs that took too long end here.
            page_jobs::give_up_waiting(model, world);
            effects.extend(page_jobs::woke(model));
            effects.extend(plan::woke(model, world));
        }
        Event::Browser { agent } => model.browser = diagnose::browser(&agent),
        Event::TabSeen { tab, url, front } => {
            effects.extend(tab_seen(
                model,
                Seen {
                    tab,
                    window: None,
                    active: front,
                    focused: front,
                },
                &url,
                world,
            ));
        }
        Event::TabSeenIn {
            tab,
            window,
            url,
            active,
            focused,
        } => {
            effects.extend(tab_seen(
                model,
                Seen {
                    tab,
                    window: Some(window),
                    active,
                    focused,
                },
                &url,
                world,
            ));
        }
        Event::TabReplaced { old, new } => focus::tab_replaced(model, old, new),
        Event::WindowClosed { window } => {
            focus::window_closed(model, window);
            plan::panel_closed(model);
        }
        Event::TabCreated { tab, opener } => focus::tab_created(model, tab, opener),
        Event::TabClosed { tab } => {
            // A closed page never answers.
            page_jobs::tab_closed(model, tab, world);
            focus::tab_closed(model, tab);
            evidence::tab_closed(model, tab);
        }
        Event::TabOpened { tab, token } => {
            focus::tab_opened(model, tab, token);
            evidence::tab_opened(model, tab, token);
        }
        Event::HostAccess { missing } => {
            evidence::host_access(model, &missing, world);
            // A page of a refused Zendesk is not worth asking about.
            let profile = &world.profile;
            let used = |pattern: &String| {
                profile
                    .portal
                    .hosts
                    .iter()
                    .chain(&profile.zendesk.hosts)
                    .any(|host| *pattern == pattern_of(host))
            };
            model.missing_access = missing.into_iter().filter(used).collect();
        }
        Event::PanelOpened => focus::panel_opened(model, model.tabs.here),
        Event::PanelIn { window } => focus::panel_opened(model, window),
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
            capture::page(model, tab, &url, &html, Report::Looked, world);
            trace::portal_seen(model, &url, world);
        }
        Event::PortalPageOpenBefore { tab, url, html } => {
            capture::page(model, tab, &url, &html, Report::OpenBefore, world);
            trace::portal_seen(model, &url, world);
        }
        Event::Fetched { id, file } => evidence::fetched(model, id, file, world),
        Event::Selected { tab, text } => evidence::selected(model, tab, &text, world),
        Event::FileGiven {
            case,
            window,
            name,
            size,
            base64,
        } => {
            let window = window.unwrap_or(model.tabs.here);
            match pressed(model, window, case) {
                Ok(key) => evidence::given(model, key, &name, size, &base64, world),
                Err(refusal) => refuse(
                    model,
                    window,
                    format!(
                        "{refusal} The file “{}” was not taken: drop it again.",
                        one_line(&name, 100)
                    ),
                ),
            }
        }
        Event::Answered { id, answer } => {
            effects.extend(reads::answered(model, id, &answer, world))
        }
        Event::Waited { id } => {
            if let Some(Waiting::Task {
                case,
                task,
                step: TaskRead::Reopen,
            }) = model.waiting.remove(&id)
            {
                effects.extend(work::reopen(model, &case, task, world));
            }
        }
        Event::PageResult {
            tab,
            effect,
            outcome,
        } => page_jobs::reported(model, tab, effect, outcome, world),
        Event::PageUnreachable { effect, why } => page_jobs::unreachable(model, effect, why, world),
        Event::PageHasJob { effect, has } => {
            effects.extend(page_jobs::page_has(model, effect, has, world))
        }
        Event::Reminders { set } => model.reminders = set,
        // `handle` has already applied them to the profile.
        Event::Settings { .. } => effects.extend(diagnose::settings_changed(model, world)),
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
        } => {
            // If a ticket is in front, it is the one that the engineer sees; otherwise it is the
            // one that the panel shows.
            let ticket = match zendesk_front(&url, &world.profile.zendesk) {
                Some(Front::Ticket { host, id }) => Some(CaseKey { host, ticket: id }),
                _ => None,
            };
            let seen = model
                .tabs
                .windows
                .get(&window)
                .filter(|w| w.front_tab == Some(tab))
                .and_then(|w| w.focus.clone());
            effects.extend(command(
                model,
                window,
                ticket.or(seen),
                &name,
                &Map::new(),
                world,
            ));
        }
        Event::Command {
            case,
            window,
            name,
            fields,
        } => {
            let window = window.unwrap_or(model.tabs.here);
            effects.extend(command(model, window, case, &name, &fields, world));
        }
    }
    if model.said.is_none() {
        model.said_in = None;
    }
    page_jobs::give_up_waiting(model, world);
    effects.extend(work::advance(model, world));
    effects.extend(plan::advance(model, world));
    effects.extend(trace::advance(model, world));
    effects.extend(reads::wanted(model, world));
    effects.extend(badge::badge(model, world));
    model.bound_cases();
    effects
}

fn tab_seen(model: &mut Model, seen: Seen, url: &str, world: World<'_>) -> Option<Effect> {
    focus::tab_seen(model, seen, url, world);
    plan::page_seen(model, seen.tab);
    trace::portal_seen(model, url, world);
    evidence::tab_seen(model, seen.tab, url, world)
}
