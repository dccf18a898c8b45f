//! Tether's own pages beside the panel: the settings, and the welcome after installing.

mod find;
mod hosts;
mod names;
mod options;
mod pictures;
mod setting;
mod share;
mod shortcuts;
mod welcome;

use crate::app::pages::Page;
use crate::app::{Model, World};

/// A page's HTML.
pub fn page(page: Page, model: &Model, world: World<'_>) -> String {
    match page {
        Page::Options => options::options(model, world),
        Page::Welcome => welcome::welcome(model, world),
    }
    .into_string()
}
