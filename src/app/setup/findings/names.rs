//! Whether the names of the profile exist in Zendesk, and which exist instead.

use super::super::candidates::ranked;
use super::outcome::{Mend, Outcome, quoted, seen};
use crate::app::model::setup::{Look, Seen, Setup};
use crate::app::world::World;
use crate::case::product::Product;
use crate::case::reply::Outcome as Reply;
use crate::profile::zendesk::{ZendeskWords, is_one_of};
use crate::record::ticket::{FieldOption, TicketFields};
use crate::zendesk::macros;

/// A name that was not found among those that could be read.
pub(super) fn missing<'a>(
    what: &str,
    path: &str,
    wanted: &[String],
    found: impl IntoIterator<Item = &'a str>,
    unreadable: usize,
) -> Outcome {
    if unreadable > 0 {
        return Outcome::Unknown(format!(
            "No {what} {} is among those that can be read, and {unreadable} can’t be.",
            quoted(wanted)
        ));
    }
    Outcome::Wrong {
        found: format!("No {what} is called {}.", quoted(wanted)),
        mend: Mend::Choose(ranked(path, wanted, found)),
    }
}

pub(super) fn form(setup: &Setup, world: World<'_>) -> Outcome {
    let forms = &world.profile.zendesk.ticket_forms;
    let (found, unreadable) = match seen(setup, Look::Forms) {
        Ok(Seen::Named(found, unreadable)) => (found, *unreadable),
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    if found.is_empty() && unreadable == 0 {
        return Outcome::Unknown(
            "Zendesk shows you no active ticket form. Without forms, Tether needs none.".to_owned(),
        );
    }
    let is_it =
        |(id, name): &&(u64, String)| forms.ids.contains(id) || is_one_of(name, &forms.titles);
    match found.iter().find(is_it) {
        Some((_, name)) => Outcome::Good(format!("“{name}”")),
        None => missing(
            "active ticket form",
            "zendesk.ticket_forms.titles",
            &forms.titles,
            found.iter().map(|(_, name)| name.as_str()),
            unreadable,
        ),
    }
}

fn titles<'w>(words: &'w ZendeskWords, name: &str) -> &'w [String] {
    match name {
        "problem_type" => &words.ticket_fields.problem_type,
        "product_type" => &words.ticket_fields.product_type,
        _ => &words.ticket_fields.subscription_email,
    }
}

fn id(fields: &TicketFields, name: &str) -> Option<u64> {
    match name {
        "problem_type" => fields.problem_type,
        "product_type" => fields.product_type,
        _ => fields.subscription_email,
    }
}

pub(super) fn fields(setup: &Setup) -> Result<(&TicketFields, &[String]), Outcome> {
    match seen(setup, Look::Fields)? {
        Seen::Fields(found, others) => Ok((found, others)),
        _ => Err(Outcome::Looking),
    }
}

pub(super) fn field(setup: &Setup, name: &'static str, world: World<'_>) -> Outcome {
    let (found, others) = match fields(setup) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let titles = titles(&world.profile.zendesk, name);
    if id(found, name).is_some() {
        return Outcome::Good(quoted(titles));
    }
    missing(
        "active ticket field",
        &format!("zendesk.ticket_fields.{name}"),
        titles,
        others.iter().map(String::as_str),
        found.unreadable,
    )
}

/// The options of a dropdown field, if the field was found.
fn options<'s>(setup: &'s Setup, name: &str) -> Result<&'s [FieldOption], Outcome> {
    let (found, _) = fields(setup)?;
    if id(found, name).is_none() {
        return Err(Outcome::NotLooked("Its field was not found.".to_owned()));
    }
    Ok(if name == "problem_type" {
        &found.problem_options
    } else {
        &found.product_options
    })
}

pub(super) fn problem_type(setup: &Setup, world: World<'_>) -> Outcome {
    let options = match options(setup, "problem_type") {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    let wanted = &world.profile.zendesk.problem_types;
    let fitting: Vec<&FieldOption> = options
        .iter()
        .filter(|option| is_one_of(&option.name, wanted))
        .collect();
    match fitting.as_slice() {
        [one] => Outcome::Good(format!("“{}”", one.name)),
        [] => missing(
            "option",
            "zendesk.problem_types",
            wanted,
            options.iter().map(|option| option.name.as_str()),
            0,
        ),
        several => Outcome::Wrong {
            found: format!("{} options are called {}.", several.len(), quoted(wanted)),
            mend: Mend::ByHand(
                "Keep the right one in the settings, or ask an administrator of Zendesk."
                    .to_owned(),
            ),
        },
    }
}

pub(super) fn product(setup: &Setup, product: Product, world: World<'_>) -> Outcome {
    let options = match options(setup, "product_type") {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    let names = &world.profile.zendesk.products;
    let wanted = match product {
        Product::GitLabCom => &names.gitlab_com,
        Product::SelfManaged => &names.self_managed,
        Product::Dedicated => &names.dedicated,
    };
    let meant = |option: &FieldOption| Product::named(&option.name, names);
    match options.iter().find(|option| meant(option) == Some(product)) {
        Some(option) => Outcome::Good(format!("“{}”", option.name)),
        None => missing(
            "option",
            &format!("zendesk.products.{}", product.key()),
            wanted,
            options
                .iter()
                .filter(|option| meant(option).is_none())
                .map(|option| option.name.as_str()),
            0,
        ),
    }
}

pub(super) fn organization_field(setup: &Setup, name: &'static str, world: World<'_>) -> Outcome {
    let (found, unreadable) = match seen(setup, Look::OrganizationFields) {
        Ok(Seen::Keys(found, unreadable)) => (found, *unreadable),
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    let all = world.profile.zendesk.organization_fields.all();
    let Some((_, wanted)) = all.iter().find(|(own, _)| *own == name) else {
        return Outcome::Looking;
    };
    if found.contains(wanted) {
        return Outcome::Good(format!("“{wanted}”"));
    }
    let others = found
        .iter()
        .filter(|key| !all.iter().any(|(_, used)| used == key))
        .map(String::as_str);
    missing(
        "active organization field",
        &format!("zendesk.organization_fields.{name}"),
        std::slice::from_ref(*wanted),
        others,
        unreadable,
    )
}

pub(super) fn one_organization(setup: &Setup) -> Outcome {
    match seen(setup, Look::Account) {
        Ok(Seen::Several(Some(false))) => {
            Outcome::Good("A user has one organization.".to_owned())
        }
        Ok(Seen::Several(Some(true))) => Outcome::Wrong {
            found: "This Zendesk lets a user be in several organizations.".to_owned(),
            mend: Mend::ByHand(
                "Tether reads a user’s organizations before it changes them, and stops if there are several."
                    .to_owned(),
            ),
        },
        Ok(_) => Outcome::Unknown("Zendesk’s settings don’t say.".to_owned()),
        Err(outcome) => outcome,
    }
}

/// The last part of a macro's title, by which it is found.
fn short(title: &str) -> &str {
    title.rsplit("::").next().unwrap_or(title).trim()
}

pub(super) fn macro_of(setup: &Setup, reply: Reply, world: World<'_>) -> Outcome {
    let all = &world.profile.zendesk.macros;
    let wanted = reply.titles(all);
    let (found, unreadable) = match seen(setup, Look::Macros) {
        Ok(Seen::Named(found, unreadable)) => (found, *unreadable),
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    if wanted.is_empty() {
        return Outcome::NotLooked(
            "The settings name no macro for this; Tether’s own text is used.".to_owned(),
        );
    }
    let titles = found.iter().map(|(id, title)| (*id, title.as_str()));
    match macros::find(titles, wanted) {
        macros::Found::One(_, title) => Outcome::Good(format!("“{title}”")),
        macros::Found::Several(several) => Outcome::Wrong {
            found: format!("{} macros have the title: {}.", several.len(), quoted(&several)),
            mend: Mend::ByHand(
                "Tether can’t tell which is meant, and uses its own text. Retire one of them in Zendesk."
                    .to_owned(),
            ),
        },
        macros::Found::None => {
            let used = |title: &str| {
                Reply::ALL
                    .iter()
                    .any(|other| *other != reply && macros::fits(title, other.titles(all)))
            };
            let others = found
                .iter()
                .filter(|(_, title)| !used(title))
                .map(|(_, title)| short(title));
            missing(
                "macro",
                &format!("zendesk.macros.{}", reply.key()),
                wanted,
                others,
                unreadable,
            )
        }
    }
}

pub(super) fn group(setup: &Setup, path: &str, wanted: &[String]) -> Outcome {
    let (found, unreadable) = match seen(setup, Look::Groups) {
        Ok(Seen::Groups(found, unreadable)) => (found, *unreadable),
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    if wanted.is_empty() {
        return Outcome::NotLooked("The settings name no group.".to_owned());
    }
    match found.iter().find(|group| is_one_of(&group.name, wanted)) {
        Some(group) => Outcome::Good(format!("“{}”", group.name)),
        None => missing(
            "group",
            path,
            wanted,
            found.iter().map(|group| group.name.as_str()),
            unreadable,
        ),
    }
}

pub(super) fn person(setup: &Setup, world: World<'_>) -> Outcome {
    if world.profile.zendesk.hand_over.assignee.is_none() {
        return Outcome::NotLooked("The settings name nobody: the group is assigned.".to_owned());
    }
    if !setup.looks.contains_key(&Look::Person) {
        return Outcome::NotLooked("Check again to look for this person.".to_owned());
    }
    match seen(setup, Look::Person) {
        Ok(Seen::Person(true)) => Outcome::Good("One agent has this address.".to_owned()),
        Ok(_) => Outcome::Wrong {
            found: "No agent, or more than one, has the address in the settings.".to_owned(),
            mend: Mend::ByHand(
                "Correct the hand-over’s assignee in the settings, or leave it empty.".to_owned(),
            ),
        },
        Err(outcome) => outcome,
    }
}
