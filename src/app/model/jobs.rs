//! Running page jobs: which tab has each, and who waits for it.

use serde::{Deserialize, Serialize};

use super::setup::Look;
use crate::app::event::Outcome;
use crate::case::CaseKey;
use crate::case::page_problem::PageProblem;

/// A page job's number.
pub type JobId = u64;

/// How long after the press the page is still asked if the browser stopped the background in
/// between, in ms. Later, the engineer may be doing something else, so Tether reports it and lets
/// them decide.
pub(in crate::app) const FRESH_MS: u64 = 10_000;

/// A running page job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageJob {
    /// The tab that has it; an outcome from another tab is dropped.
    pub tab: i64,
    /// Who waits for it.
    pub owner: Owner,
    /// When it was given, in ms since 1970.
    pub since_ms: u64,
    /// Its progress.
    pub stage: Stage,
}

/// Who waits for a page job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A case's internal note.
    Note(CaseKey),
    /// A case's reply.
    Reply(CaseKey),
    /// A case's drafted reply, which is taken out of the composer.
    ReplyUndo(CaseKey),
    /// A case's reply that is to be drafted: whether the ticket's page is up to date.
    ReplyPage(CaseKey),
    /// A change of a case, by its number.
    Change(CaseKey, u64),
    /// A license key for Validate License.
    FillKey {
        /// The case of the key.
        case: CaseKey,
        /// The piece of proof with the key.
        proof: u64,
    },
    /// `Diagnose this page`.
    Diagnosis,
    /// `Check setup`.
    Setup(Look),
}

/// The progress of a page job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Decided and saved. Whether the page has it is not known.
    Decided,
    /// The page has it.
    Taken,
}

/// How a page job ended: the page's report, or why there is none.
pub(in crate::app) type End = Result<Outcome, PageProblem>;

impl Owner {
    /// The case that it belongs to.
    pub(in crate::app) fn case(&self) -> Option<&CaseKey> {
        match self {
            Self::Note(case)
            | Self::Reply(case)
            | Self::ReplyUndo(case)
            | Self::ReplyPage(case)
            | Self::Change(case, _)
            | Self::FillKey { case, .. } => Some(case),
            Self::Diagnosis | Self::Setup(_) => None,
        }
    }
}
