//! The diagnosed page without its values: the offer, a preview, and the file.

use maud::{Markup, html};

use crate::app::Model;
use crate::app::diagnose::savable;
use crate::app::model::diagnosis::Saving;
use crate::case::page_problem::PageWork;

/// The element whose text becomes the file.
const PREVIEW: &str = "page-without-values";

/// Nothing if the page in front can't be saved.
pub(super) fn page_without_values(model: &Model) -> Markup {
    if savable(model).is_none() {
        return html! {};
    }
    let offer = |label: &str| {
        html! {
            div.actions {
                button.quiet type="button" data-command="save_page" { (label) }
            }
        }
    };
    html! {
        @match &model.diagnosing.saving {
            Saving::Closed => (offer("Save page without its values")),
            Saving::Asking { .. } => p.busy aria-busy="true" { "Replacing the page’s values…" },
            Saving::TooLarge => p.error role="alert" {
                "This page is too large for Tether. Save it with the browser, then run " code { "./build.sh inspect without-values" } " on the file."
            },
            Saving::Problem(problem) => {
                p.error role="alert" { bdi { (problem.says(PageWork::Diagnosis)) } }
                (offer("Try again"))
            }
            Saving::Done { name, content } => {
                p role="status" { "The page is ready without its values. Nothing is sent: look at it, save it, and attach it to an issue." }
                p.hint {
                    "Names, numbers, dates and addresses are invented; known labels and the page’s structure are real. "
                    "Scripts, styles and comments are left out."
                }
                details {
                    summary { "Preview" }
                    pre.preview id=(PREVIEW) tabindex="0" role="group" aria-label="The page without its values" { (content) }
                }
                div.actions {
                    button type="button" data-save-file=(name) data-save-from=(PREVIEW) { "Save file" }
                    button.quiet type="button" data-command="close_saved_page" { "Discard" }
                }
            }
        }
    }
}
