//! The WebAssembly boundary: events in, effects and view out. It holds no rules.

pub mod file;
pub mod read;

mod came;

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::app::{Effect, Event, Model, World, update};
use crate::plain;
use crate::profile::Profile;
use crate::view;

struct Core {
    profile: Profile,
    model: Model,
    last_view: Option<String>,
}

thread_local! {
    static CORE: RefCell<Option<Core>> = const { RefCell::new(None) };
}

/// What an event led to.
#[derive(Serialize)]
struct Outcome {
    effects: Vec<Effect>,
    save: Vec<(String, Option<String>)>,
    view: Option<String>,
    wake_at: Option<u64>,
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|e| JsError::new(&e.to_string()))
}

/// Takes the site profile and what was saved in this browser session. Throws where the profile cannot be used.
#[wasm_bindgen]
pub fn start(profile_json: &str, saved: JsValue) -> Result<(), JsError> {
    let profile = Profile::parse(profile_json).map_err(|e| JsError::new(&e))?;
    let saved: BTreeMap<String, String> = serde_wasm_bindgen::from_value(saved)?;
    let model = Model::restore(saved.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    CORE.with_borrow_mut(|core| *core = Some(Core { profile, model, last_view: None }));
    Ok(())
}

/// Takes an event: `{effects, save, view, wake_at}`; `view` is null where it did not change or no panel is open.
#[wasm_bindgen]
pub fn handle(event: JsValue, now_ms: f64) -> Result<JsValue, JsError> {
    let mut event: Event = plain::read(serde_wasm_bindgen::from_value(event)?).map_err(|e| JsError::new(&format!("no event: {e}")))?;
    came::put_in(&mut event);
    CORE.with_borrow_mut(|core| {
        let Some(Core { profile, model, last_view }) = core.as_mut() else {
            return Err(JsError::new("Tether was not started"));
        };
        // Milliseconds since 1970 are whole and positive: nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let world = World { profile, now_ms: now_ms as u64 };
        if matches!(event, Event::PanelOpened) {
            *last_view = None;
        }
        let effects = update(model, event, world);
        let html = model.panel_open.then(|| view::panel(model, world)).filter(|html| last_view.as_ref() != Some(html));
        if let Some(html) = &html {
            *last_view = Some(html.clone());
        }
        let wake_at = view::wake_at(model);
        to_js(&Outcome { effects, save: model.save(), view: html, wake_at })
    })
}
