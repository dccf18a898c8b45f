//! What every part of a case's panel looks at, computed once for each view.

use crate::app::{Model, World, plan_offered, plan_shown};
use crate::case::Case;
use crate::case::check::{Answer, Check, CheckName, Verdict, checks, verdict};
use crate::case::plan::{Offer, Run, StepKind, StepState};
use crate::case::route::Route;

/// A case with its checks, verdict, route and plan.
pub(super) struct CaseView<'a> {
    pub(super) model: &'a Model,
    pub(super) case: &'a Case,
    pub(super) world: World<'a>,
    pub(super) checks: Vec<Check>,
    pub(super) verdict: Verdict,
    pub(super) route: Route,
    /// The steps that are left.
    pub(super) offer: Option<Offer>,
}

impl<'a> CaseView<'a> {
    pub(super) fn of(model: &'a Model, case: &'a Case, world: World<'a>) -> Self {
        let checks = checks(case, world.rules());
        Self {
            model,
            case,
            world,
            verdict: verdict(&checks),
            checks,
            route: case.route(&world.profile.zendesk),
            offer: plan_offered(model, case, world),
        }
    }

    /// The run that the card shows.
    pub(super) fn run(&self) -> Option<&'a Run> {
        plan_shown(self.case, self.offer.as_ref())
    }

    /// Whether the run that is shown made that step, is making it, or stopped at it: then the run says so.
    pub(super) fn in_run(&self, kind: StepKind) -> bool {
        self.run().is_some_and(|run| {
            run.steps.iter().any(|step| {
                step.what.kind() == kind
                    && !matches!(step.state, StepState::Waiting | StepState::Skipped)
            })
        })
    }

    pub(super) fn is_pre_authorized(&self) -> bool {
        matches!(self.route, Route::PreAuthorized(_))
    }

    pub(super) fn is_dot_com(&self) -> bool {
        self.case.is_dot_com(&self.world.profile.zendesk)
    }

    pub(super) fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// The checks that only the engineer can answer now. Without the billing account, Sold-to may still answer itself.
    pub(super) fn to_decide(&self) -> impl Iterator<Item = &Check> {
        let account = self.case.chain.billing_account().is_some();
        self.checks.iter().filter(move |check| {
            matches!(check.answer, Answer::ToDecide(_))
                && (account || check.name != CheckName::SoldToMatches)
        })
    }
}
