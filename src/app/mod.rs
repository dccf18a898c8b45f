//! The decisions. `update` takes an event, changes the model and returns the effects; it is pure
//! and needs no browser.

pub mod command;
pub mod diagnose;
pub mod effect;
pub mod event;
pub mod fields;
pub mod model;
pub mod page_jobs;
pub mod pages;
pub mod settings;
pub mod setup;
pub mod storage;
pub mod turn;

mod adopt;
mod associate;
mod association_gate;
mod badge;
mod capture;
mod choices;
mod contacts;
mod dot_com;
mod evidence;
mod first_view;
mod focus;
mod handle;
mod metadata;
mod next_page;
mod note;
mod open;
mod organization;
mod plan;
mod press;
mod reads;
mod refresh;
mod reply;
mod ticket;
mod trace;
mod trouble;
mod update;
mod work;
mod world;

pub use association_gate::gate as association_gate;
pub use command::Command;
pub use contacts::{
    adding as contacts_to_add, adding_list as contacts_to_add_list, removing as contacts_to_remove,
    removing_list as contacts_to_remove_list,
};
pub use effect::Effect;
pub use event::Event;
pub use first_view::{signed_out as signed_out_hosts, storable as storable_views};
pub use handle::handle;
pub use model::Model;
pub use next_page::{NextPage, next_page};
pub use note::{PATIENCE_MS as NOTE_PATIENCE_MS, note_of};
pub use plan::{looks_at as plan_looks_at, offered as plan_offered, shown_run as plan_shown};
pub use reply::{about_of as reply_about, own_reply};
pub use trace::can_start as trace_can_start;
pub use update::update;
pub use work::{OPENING_MS as TASK_OPENING_MS, PATIENCE_MS as TASK_PATIENCE_MS};
pub use world::World;
