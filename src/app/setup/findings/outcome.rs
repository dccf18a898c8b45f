//! What can come of looking at an assumption.

use crate::app::model::setup::{Look, Looking, Seen, Setup};
use crate::app::setup::candidates::Candidate;

/// What a check found about an assumption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds: what was found.
    Good(String),
    /// It does not hold.
    Wrong {
        /// What was found instead, as a sentence.
        found: String,
        /// What can be done about it.
        mend: Mend,
    },
    /// It was looked at, and nothing follows from what was found.
    Unknown(String),
    /// It was not looked at, and why.
    NotLooked(String),
    /// It is being looked at.
    Looking,
}

/// What can be done about an assumption that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// One of these names can be taken.
    Choose(Vec<Candidate>),
    /// The browser can give access to these hosts, as patterns.
    Grant(Vec<String>),
    /// Only an administrator may choose, and why.
    Administrator(String),
    /// What the engineer can do.
    ByHand(String),
}

/// What a look found; otherwise the outcome that follows from how far it is.
pub(super) fn seen(setup: &Setup, look: Look) -> Result<&Seen, Outcome> {
    match setup.looks.get(&look) {
        Some(Looking::Seen(seen)) => Ok(seen),
        Some(Looking::Wanted | Looking::Asking { .. }) => Err(Outcome::Looking),
        Some(Looking::Not(why)) if why.was_tried() => Err(Outcome::Unknown(why.says(look))),
        Some(Looking::Not(why)) => Err(Outcome::NotLooked(why.says(look))),
        None if leads_to(setup, look) => Err(Outcome::Looking),
        None => Err(Outcome::NotLooked(
            "What leads there was not read.".to_owned(),
        )),
    }
}

/// Whether a look that has not begun may still begin.
fn leads_to(setup: &Setup, look: Look) -> bool {
    let before = match look {
        Look::Role => &[Look::Me][..],
        Look::Orders => &[Look::Proof],
        Look::Order => &[Look::Proof, Look::Orders],
        Look::BillingAccount => &[Look::Proof, Look::Orders, Look::Order],
        Look::Contact | Look::Organization => {
            &[Look::Proof, Look::Orders, Look::Order, Look::BillingAccount]
        }
        _ => &[],
    };
    before
        .iter()
        .any(|look| setup.looks.get(look).is_some_and(Looking::is_open))
}

/// Quotes names, the first ones of many.
pub(super) fn quoted(names: &[String]) -> String {
    let all: Vec<String> = names.iter().take(3).map(|n| format!("“{n}”")).collect();
    all.join(" or ")
}
