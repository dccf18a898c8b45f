//! The diagnosed page without its values, for the maintainers: shown before the engineer saves it, and
//! never sent.

use crate::app::effect::{Effect, Job};
use crate::app::event::Outcome;
use crate::app::model::Model;
use crate::app::model::diagnosis::{Found, Progress, Saving};
use crate::app::model::jobs::{End, JobId, Owner};
use crate::app::model::tabs::Site;
use crate::app::world::World;
use crate::case::page_problem::PageProblem;
use crate::portal::address;
use crate::without_values::{file, page};

/// The largest file, in bytes: what the panel shows is kept in memory with everything else.
const LARGEST: usize = 1_500_000;

/// The tab of the diagnosed page, if it can be saved.
pub fn savable(model: &Model) -> Option<i64> {
    match &model.diagnosing.now {
        Progress::Done { tab, found } => match **found {
            Found::Portal(_) | Found::Zendesk { .. } => *tab,
            Found::Refused | Found::Elsewhere => None,
        },
        _ => None,
    }
}

/// Asks the page for its HTML.
pub(super) fn ask(model: &mut Model, world: World<'_>) -> Option<Effect> {
    let tab = savable(model)?;
    let (effect, page) = model.give_page(Owner::Diagnosis, tab, world, |effect| Job::TakePage {
        effect,
    });
    model.diagnosing.saving = Saving::Asking { effect, tab };
    Some(page)
}

/// The tab that was asked by this page job.
pub(super) fn asked(model: &Model, effect: JobId) -> Option<i64> {
    match model.diagnosing.saving {
        Saving::Asking { effect: asked, tab } if asked == effect => Some(tab),
        _ => None,
    }
}

/// Takes the page. Only what is left without its values is kept.
pub(super) fn ended(model: &mut Model, tab: i64, end: End, world: World<'_>) {
    let outcome = match end {
        Ok(outcome) => outcome,
        Err(problem) => {
            model.diagnosing.saving = Saving::Problem(problem);
            return;
        }
    };
    let Outcome::Page { url, html } = outcome else {
        model.diagnosing.saving = Saving::Problem(PageProblem::Unexpected);
        return;
    };
    let site = model.tabs.get(&tab).and_then(|entry| entry.site.clone());
    let name = match site {
        Some(Site::Portal) if address::host_of(&url, &world.profile.portal).is_some() => {
            "tether-portal-page.html"
        }
        Some(Site::Zendesk(host)) if is_at(&url, &host) => "tether-zendesk-page.html",
        _ => {
            model.diagnosing.saving = Saving::Problem(PageProblem::Moved);
            return;
        }
    };
    let saved = page(&url, &html, world.profile).map(|saved| file::content(&saved));
    model.diagnosing.saving = match saved {
        Ok(content) if content.len() <= LARGEST => Saving::Done {
            name: name.to_owned(),
            content,
        },
        _ => Saving::TooLarge,
    };
}

/// Whether a URL is on a host.
fn is_at(url: &str, host: &str) -> bool {
    crate::address::https(url).is_some_and(|(of, _)| of == host)
}
