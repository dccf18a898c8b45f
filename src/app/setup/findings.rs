//! What a check found for each assumption, under the settings in force.

mod hand_on;
mod names;
mod outcome;
mod pages;
mod rights;

use super::assumption::{Assumption, all};
use crate::app::model::Model;
use crate::app::world::World;
use crate::profile::host_pattern::{host_of, pattern_of};

pub use outcome::{Mend, Outcome};

/// The finding about one assumption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The assumption.
    pub assumption: Assumption,
    /// What was found.
    pub outcome: Outcome,
}

/// Every finding, in the handbook's order; none without a check.
pub fn findings(model: &Model, world: World<'_>) -> Vec<Finding> {
    if model.setup.looks.is_empty() {
        return Vec::new();
    }
    all(world.profile)
        .into_iter()
        .map(|assumption| Finding {
            assumption,
            outcome: outcome(assumption, model, world),
        })
        .collect()
}

/// The finding about one assumption.
pub(super) fn outcome(assumption: Assumption, model: &Model, world: World<'_>) -> Outcome {
    let setup = &model.setup;
    let found = match assumption {
        Assumption::ZendeskAccess => access(model, &world.profile.zendesk.hosts),
        Assumption::PortalAccess => access(model, &world.profile.portal.hosts),
        Assumption::SignedIn => rights::signed_in(setup),
        Assumption::Rights => rights::rights(setup),
        Assumption::NoteSaved => rights::note(setup),
        Assumption::TicketForm => names::form(setup, world),
        Assumption::TicketField(name) => names::field(setup, name, world),
        Assumption::ProblemTypeOption => names::problem_type(setup, world),
        Assumption::ProductOption(product) => names::product(setup, product, world),
        Assumption::OrganizationField(name) => names::organization_field(setup, name, world),
        Assumption::OneOrganization => names::one_organization(setup),
        Assumption::Macro(reply) => names::macro_of(setup, reply, world),
        Assumption::HandOverGroup => names::group(
            setup,
            "zendesk.hand_over.groups",
            &world.profile.zendesk.hand_over.groups,
        ),
        Assumption::HandOverPerson => names::person(setup, world),
        Assumption::HandOnGroup => names::group(
            setup,
            "zendesk.hand_on.groups",
            &world.profile.zendesk.hand_on.groups,
        ),
        Assumption::HandOnForm => hand_on::form(setup, world),
        Assumption::HandOnField => hand_on::field(setup, world),
        Assumption::HandOnStage => hand_on::stage(setup, world),
        Assumption::HandOnTags => hand_on::tags(setup, world),
        Assumption::PortalSignedIn => pages::portal_signed_in(setup),
        Assumption::Page(kind) => pages::page(setup, kind),
        Assumption::Field(kind, name) => pages::field(setup, kind, name, world),
        Assumption::OrderList => pages::order_list(setup),
        Assumption::OrganizationFound => pages::organization(setup),
        Assumption::Selectors(name) => pages::selectors(setup, name, world),
    };
    locked(assumption, found, world)
}

/// What the organization's policy sets cannot be changed here.
fn locked(assumption: Assumption, found: Outcome, world: World<'_>) -> Outcome {
    match found {
        Outcome::Wrong {
            found,
            mend: Mend::Choose(names),
        } if names
            .first()
            .is_some_and(|one| crate::app::settings::is_locked(&one.path, world)) =>
        {
            let path = names.first().map_or("", |one| one.path.as_str());
            Outcome::Wrong {
                found,
                mend: Mend::Administrator(format!(
                    "Your organization sets {path}: ask whoever looks after its policy."
                )),
            }
        }
        Outcome::Wrong {
            found,
            mend: Mend::Choose(names),
        } if names.is_empty() => Outcome::Wrong {
            found,
            mend: Mend::ByHand(format!(
                "Nothing else could be it. Ask an administrator of the site about “{}”.",
                assumption.title()
            )),
        },
        other => other,
    }
}

fn access(model: &Model, hosts: &[String]) -> Outcome {
    let missing: Vec<String> = hosts
        .iter()
        .filter(|host| !model.has_access(host))
        .map(|host| pattern_of(host))
        .collect();
    if hosts.is_empty() {
        return Outcome::NotLooked("The settings switch every host off.".to_owned());
    }
    if missing.is_empty() {
        return Outcome::Good(hosts.join(", "));
    }
    let names: Vec<&str> = missing.iter().map(|pattern| host_of(pattern)).collect();
    Outcome::Wrong {
        found: format!("The browser gives no access to {}.", names.join(" and ")),
        mend: Mend::Grant(missing),
    }
}
