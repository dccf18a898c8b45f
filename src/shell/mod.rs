//! The WebAssembly boundary: events in, effects and view out. It holds no rules.

pub mod file;
pub mod read;

mod arrivals;
mod js;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use js::to_js;

use crate::app::pages::Page;
use crate::app::turn::{Hosts, Turn};
use crate::app::{self, Event, Model, World};
use crate::mail;
use crate::map::Map;
use crate::plain;
use crate::profile::{Profile, Settings};
use crate::view;

struct Core {
    profile: Profile,
    model: Model,
    last_views: Map<i64, String>,
    last_pages: Map<Page, String>,
}

thread_local! {
    static CORE: RefCell<Option<Core>> = const { RefCell::new(None) };
}

/// Takes the shipped site profile, what was saved in this browser session, and the settings
/// (`{sync, managed}`, each value as JSON text). Throws if the shipped profile is invalid; an
/// invalid setting is only left out.
#[wasm_bindgen]
pub fn start(profile_json: &str, saved: JsValue, settings: JsValue) -> Result<(), JsError> {
    let settings: Settings = plain::read(serde_wasm_bindgen::from_value(settings)?)
        .map_err(|e| JsError::new(&format!("no settings: {e}")))?;
    let profile = Profile::start(profile_json, &settings).map_err(|e| JsError::new(&e))?;
    let saved: Map<String, String> = serde_wasm_bindgen::from_value(saved)?;
    let model = Model::restore(saved.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    CORE.with_borrow_mut(|core| {
        *core = Some(Core {
            profile,
            model,
            last_views: Map::new(),
            last_pages: Map::new(),
        })
    });
    Ok(())
}

/// Takes `free-mail.txt`, before the first event. Throws if it is incomplete.
#[wasm_bindgen]
pub fn know_free_mail(list: Vec<u8>) -> Result<(), JsError> {
    mail::provide_free(list).map_err(|e| JsError::new(&e))
}

/// Handles an event and returns a [`Turn`]; its `views` contain the panels that changed, each with
/// its window.
#[wasm_bindgen]
pub fn handle(event: JsValue, now_ms: f64) -> Result<JsValue, JsError> {
    let mut event: Event = plain::read(serde_wasm_bindgen::from_value(event)?)
        .map_err(|e| JsError::new(&format!("no event: {e}")))?;
    arrivals::put_in(&mut event);
    CORE.with_borrow_mut(|core| {
        let Some(Core {
            profile,
            model,
            last_views,
            last_pages,
        }) = core.as_mut()
        else {
            return Err(JsError::new("Tether was not started"));
        };
        // Milliseconds since 1970 are whole and positive, so the cast loses nothing.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let now_ms = now_ms as u64;
        match event {
            Event::PanelOpened => *last_views = Map::new(),
            Event::PanelIn { window } => _ = last_views.remove(&window),
            _ => {}
        }
        if let Event::PageOpened { page, .. } = event {
            last_pages.remove(&page);
        }
        let effects = app::handle(profile, model, event, now_ms);
        let world = World { profile, now_ms };
        let mut views = Vec::new();
        for window in model.tabs.panels() {
            let html = model.saying_in(window, |model| view::panel_in(model, window, world));
            if last_views.get(&window) != Some(&html) {
                last_views.insert(window, html.clone());
                views.push((window, html));
            }
        }
        let shown = model
            .pages
            .open
            .iter()
            .map(|&page| (page, view::page(page, model, world)));
        let pages: Vec<(Page, String)> = shown
            .filter(|(page, html)| last_pages.get(page) != Some(html))
            .collect();
        last_pages.extend(pages.iter().cloned());
        let wake_at = view::wake_at(model);
        to_js(&Turn {
            effects,
            save: model.save(),
            views,
            storable: app::storable_views(model),
            signed_out: app::signed_out_hosts(model),
            wake_at,
            pages,
        })
    })
}

/// The browser has saved what the last events returned to be saved.
#[wasm_bindgen]
pub fn saved() {
    CORE.with_borrow_mut(|core| {
        if let Some(core) = core {
            core.model.confirm_saved();
        }
    });
}

/// The hosts on which Tether works: `{portal, zendesk}`, from the profile in force.
#[wasm_bindgen]
pub fn hosts() -> Result<JsValue, JsError> {
    CORE.with_borrow(|core| match core {
        Some(Core { profile, .. }) => to_js(&Hosts {
            portal: &profile.portal.hosts,
            zendesk: &profile.zendesk.hosts,
        }),
        None => Err(JsError::new("Tether was not started")),
    })
}
