//! Which views may be shown again at once when a panel opens, before the core has started.
//!
//! The background stores such a view with its case, in the session's storage, and the panel shows
//! it only while the same ticket is in front. What is not allowed here is not stored.

use super::model::Model;
use crate::case::load::Load;
use crate::case::{Case, CaseKey};
use crate::reading::ReadError;

/// The panels whose view may be stored, by window, each with the case that it shows: the ticket was
/// read, and the engineer has access to it.
pub fn storable(model: &Model) -> Vec<(i64, CaseKey)> {
    // What `Check setup` found goes when it is closed, and belongs to no ticket.
    if model.setup.open || model.setup.report.is_some() {
        return Vec::new();
    }
    model
        .tabs
        .panels()
        .into_iter()
        .filter_map(|window| {
            let behind = model.tabs.behind(window)?;
            let case = model.case(behind.focus.as_ref()?)?;
            let may = behind.refused_host.is_none()
                && case.ticket.got().is_some()
                && !is_signed_out(case);
            may.then(|| (window, case.key.clone()))
        })
        .collect()
}

/// The Zendesk hosts that the engineer is signed out of, as far as a case in focus shows it: the
/// stored views of their tickets are dropped.
pub fn signed_out(model: &Model) -> Vec<String> {
    let mut hosts: Vec<String> = model
        .tabs
        .in_focus()
        .iter()
        .filter_map(|key| model.case(key))
        .filter(|case| is_signed_out(case))
        .map(|case| case.key.host.clone())
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

fn is_signed_out(case: &Case) -> bool {
    let by = |error: Option<&ReadError>| error == Some(&ReadError::SignedOut);
    [
        by(error_of(&case.ticket)),
        by(error_of(&case.written)),
        by(error_of(&case.form)),
        by(error_of(&case.organization.load)),
        by(error_of(&case.precheck.details)),
        by(error_of(&case.precheck.people)),
    ]
    .contains(&true)
}

fn error_of<T>(load: &Load<T>) -> Option<&ReadError> {
    if let Load::Failed(error) = load {
        Some(error)
    } else {
        None
    }
}
