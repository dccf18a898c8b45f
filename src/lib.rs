//! Tether's core: decides what an event means (`app`), shows it (`view`), and is called by the extension's background (`shell`).

pub mod app;
pub mod case;
pub mod day;
pub mod evidence;
pub mod html;
pub mod mail;
pub mod map;
pub mod plain;
pub mod portal;
pub mod profile;
pub mod reading;
pub mod record;
pub mod text;
pub mod view;
pub mod without_values;
pub mod zendesk;

mod address;

#[cfg(not(target_arch = "wasm32"))]
pub mod inspect;
#[cfg(target_arch = "wasm32")]
pub mod shell;
