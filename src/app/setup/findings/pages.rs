//! Whether the pages of the portal and of Zendesk are those that Tether reads.

use super::super::candidates::{Candidate, LIKELY, ranked};
use super::outcome::{Mend, Outcome, quoted, seen};
use crate::app::diagnose::{found_list, missing, name_for, plain};
use crate::app::model::setup::{Look, Looking, Seen, Setup, Unseen};
use crate::app::world::World;
use crate::portal::diagnose::{Came, Diagnosis, Document, FieldFound, Named, ReadAs};
use crate::reading::ReadError;
use crate::record::RecordKind;
use crate::zendesk::diagnose::Expected;

/// What the engineer can do about a page that Tether cannot read.
const DIAGNOSE: &str =
    "Open this page and press “Diagnose this page”: the report says what differs.";

pub(super) fn portal_signed_in(setup: &Setup) -> Outcome {
    match setup.looks.get(&Look::Portal) {
        Some(Looking::Not(Unseen::Read(ReadError::SignedOut))) => Outcome::Wrong {
            found: "You are signed out of the portal.".to_owned(),
            mend: Mend::ByHand(
                "Sign in to the portal in this browser, then check again.".to_owned(),
            ),
        },
        Some(Looking::Not(Unseen::Read(ReadError::NotAllowed))) => Outcome::Wrong {
            found: "Your account may not see the portal’s licenses.".to_owned(),
            mend: Mend::Administrator("Ask for access to the portal’s admin pages.".to_owned()),
        },
        Some(Looking::Not(Unseen::Read(ReadError::WrongShape { .. } | ReadError::NotFound))) => {
            Outcome::Wrong {
                found: "The portal answers, but not with its list of licenses.".to_owned(),
                mend: Mend::ByHand(DIAGNOSE.to_owned()),
            }
        }
        _ => match seen(setup, Look::Portal) {
            Ok(_) => Outcome::Good("It shows its list of licenses.".to_owned()),
            Err(outcome) => outcome,
        },
    }
}

fn look(kind: RecordKind) -> Look {
    match kind {
        RecordKind::License | RecordKind::CloudActivation => Look::Proof,
        RecordKind::Order => Look::Order,
        RecordKind::BillingAccount => Look::BillingAccount,
        RecordKind::Contact => Look::Contact,
    }
}

/// The page of a kind that was looked at.
fn page_of(setup: &Setup, kind: RecordKind) -> Result<&Diagnosis, Outcome> {
    let other = match (kind, setup.chain.proof) {
        (RecordKind::License, Some((RecordKind::CloudActivation, _))) => {
            Some("This chain begins with a cloud activation.")
        }
        (RecordKind::CloudActivation, Some((RecordKind::License, _))) => {
            Some("This chain begins with a license.")
        }
        _ => None,
    };
    if let Some(why) = other {
        return Err(Outcome::NotLooked(why.to_owned()));
    }
    match seen(setup, look(kind))? {
        Seen::Page(page) => Ok(page),
        _ => Err(Outcome::Looking),
    }
}

/// The fields of such a page, if the reader takes it for one.
fn document_of(page: &Diagnosis, kind: RecordKind) -> Option<&Document> {
    let is_it = page.read_as == ReadAs::Record(kind) && page.names == Named::Record(kind);
    page.document.as_ref().filter(|_| is_it)
}

pub(super) fn page(setup: &Setup, kind: RecordKind) -> Outcome {
    let page = match page_of(setup, kind) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    match document_of(page, kind) {
        Some(document) => {
            let found = document.fields.iter().filter(|f| !f.is_missing()).count();
            Outcome::Good(format!(
                "Tether reads it; {found} of {} fields are there.",
                document.fields.len()
            ))
        }
        None => Outcome::Wrong {
            found: "Tether can’t read this page.".to_owned(),
            mend: Mend::ByHand(DIAGNOSE.to_owned()),
        },
    }
}

pub(super) fn field(
    setup: &Setup,
    kind: RecordKind,
    name: &'static str,
    world: World<'_>,
) -> Outcome {
    let document = match page_of(setup, kind) {
        Ok(page) => document_of(page, kind),
        Err(outcome) => return outcome,
    };
    let Some(document) = document else {
        return Outcome::NotLooked("Its page can’t be read.".to_owned());
    };
    let Some(found) = document.fields.iter().find(|field| field.name == name) else {
        return Outcome::NotLooked("It was not needed on this page.".to_owned());
    };
    if !found.is_missing() {
        return of_found(found);
    }
    if !missing(document).iter().any(|field| field.name == name) {
        return Outcome::NotLooked("Another field of this page holds it.".to_owned());
    }
    let words = &world.profile.portal;
    let all = words.fields.of(kind);
    let Some((_, spec)) = all.iter().find(|(own, _)| *own == name) else {
        return Outcome::Looking;
    };
    let absent = format!("The page has no field {}.", quoted(&spec.labels));
    let secret = spec.keys.iter().any(|key| words.secrets.keys.contains(key));
    if secret {
        return Outcome::Wrong {
            found: absent,
            mend: Mend::Administrator(
                "It is a secret: only an administrator can choose its label safely.".to_owned(),
            ),
        };
    }
    let mut names: Vec<Candidate> = Vec::new();
    for one in &document.unread {
        if let Ok((list, value)) = name_for(kind, document, one, words) {
            let path = format!("portal.fields.{}.{name}.{list}", kind.key());
            names.extend(ranked(&path, &spec.labels, [value.as_str()]));
        }
    }
    names.sort_by_key(|one| std::cmp::Reverse(one.likeness));
    // The portal leaves out what is empty, so a missing field need not have another name.
    let likely = names.first().is_some_and(|one| one.likeness >= LIKELY);
    if !likely && !is_always_there(kind, name) {
        return Outcome::Unknown(format!(
            "{absent} It may be empty in this record, or have another label."
        ));
    }
    Outcome::Wrong {
        found: absent,
        mend: Mend::Choose(names),
    }
}

/// Whether every record of a kind has a value for a field.
fn is_always_there(kind: RecordKind, name: &str) -> bool {
    matches!(
        (kind, name),
        (
            RecordKind::License,
            "trial" | "subscription_name" | "expires_at"
        ) | (
            RecordKind::CloudActivation,
            "activation_code" | "trial" | "subscription_name"
        ) | (RecordKind::Order, "subscription_name" | "billing_account")
            | (RecordKind::BillingAccount, "salesforce_account" | "sold_to")
            | (RecordKind::Contact, "email")
    )
}

fn of_found(found: &FieldFound) -> Outcome {
    if found.count(Came::Twice) > 0 {
        return Outcome::Wrong {
            found: "It is there several times with different values.".to_owned(),
            mend: Mend::ByHand(DIAGNOSE.to_owned()),
        };
    }
    if found.count(Came::Unreadable) > 0 {
        return Outcome::Wrong {
            found: "It is there, and its value is unreadable.".to_owned(),
            mend: Mend::ByHand(DIAGNOSE.to_owned()),
        };
    }
    Outcome::Good(if found.count(Came::Value) > 0 {
        "It is read.".to_owned()
    } else {
        "It is there, and empty.".to_owned()
    })
}

pub(super) fn order_list(setup: &Setup) -> Outcome {
    match seen(setup, Look::Orders) {
        Ok(Seen::Orders {
            of_it,
            unknown,
            of_others,
        }) => orders(*of_it, *unknown, *of_others),
        Ok(_) => Outcome::Wrong {
            found: "Tether can’t read this list.".to_owned(),
            mend: Mend::ByHand(DIAGNOSE.to_owned()),
        },
        Err(outcome) => outcome,
    }
}

/// A list that the portal did not filter shows orders of other subscriptions, too.
fn orders(of_it: usize, unknown: usize, of_others: usize) -> Outcome {
    match (of_it, unknown, of_others) {
        (0, 0, 0) => Outcome::Wrong {
            found: "The list shows no order of this subscription.".to_owned(),
            mend: Mend::ByHand("Look for the order in the portal by hand.".to_owned()),
        },
        (0, 0, _) => Outcome::Wrong {
            found: "The list shows orders of other subscriptions only.".to_owned(),
            mend: Mend::ByHand(DIAGNOSE.to_owned()),
        },
        (1, 0, 0) => Outcome::Good("It shows 1 order.".to_owned()),
        (many, 0, 0) => Outcome::Good(format!("It shows {many} orders.")),
        (_, 0, others) => Outcome::Unknown(format!(
            "It also shows orders of other subscriptions ({others}): perhaps it is not filtered. Tether leaves those out."
        )),
        (_, unknown, _) => Outcome::Unknown(format!(
            "It doesn’t show which subscription {unknown} of its orders belong to. Tether reads the order itself."
        )),
    }
}

pub(super) fn organization(setup: &Setup) -> Outcome {
    match seen(setup, Look::Organization) {
        Ok(Seen::Organizations(1)) => {
            Outcome::Good("Exactly one organization has the account.".to_owned())
        }
        Ok(Seen::Organizations(0)) => Outcome::Wrong {
            found: "No organization has the account.".to_owned(),
            mend: Mend::ByHand(
                "Look at the organization fields above; perhaps this organization is not synchronized yet."
                    .to_owned(),
            ),
        },
        Ok(Seen::Organizations(many)) => Outcome::Wrong {
            found: format!("{many} organizations have the account."),
            mend: Mend::ByHand("You choose in the panel.".to_owned()),
        },
        Ok(_) => Outcome::Looking,
        Err(outcome) => outcome,
    }
}

/// Which of the page's elements is looked for.
fn meant(name: &str) -> &'static str {
    if name == "composer" {
        "Choose the editor of the ticket’s own replies and notes."
    } else {
        "Choose the field of the user’s organization."
    }
}

pub(super) fn selectors(setup: &Setup, name: &'static str, world: World<'_>) -> Outcome {
    let of_user = matches!(name, "user_pane" | "organization_field");
    let look = if of_user {
        Look::UserPage
    } else {
        Look::TicketPage
    };
    let page = match seen(setup, look) {
        Ok(Seen::Zendesk(page)) => page,
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    let Some(list) = page.lists.iter().find(|list| list.name == name) else {
        return Outcome::NotLooked("The page’s script did not look for it.".to_owned());
    };
    // The same line as in a diagnosis of the page.
    let line = plain(&found_list(list).text);
    match (list.is_right(), list.expected) {
        // Only what is written into is offered: what is clicked could submit the ticket.
        (false, _) if !list.offers.is_empty() => {
            let all = world.profile.zendesk.selectors.all();
            let own = all.iter().find(|(known, _)| *known == name);
            Outcome::Wrong {
                found: format!("{line}. {}", meant(name)),
                mend: Mend::Choose(ranked(
                    &format!("zendesk.selectors.{name}"),
                    own.map_or(&[][..], |(_, list)| list.as_slice()),
                    list.offers.iter().map(String::as_str),
                )),
            }
        }
        (false, _) => Outcome::Wrong {
            found: line,
            mend: Mend::ByHand(
                "Report it with “Diagnose this page” there; whoever knows the page can add a selector in the settings."
                    .to_owned(),
            ),
        },
        (true, Expected::NotHere) => Outcome::NotLooked(
            "It is seen only on another page, or while its menu is open.".to_owned(),
        ),
        (true, _) => Outcome::Good(line),
    }
}
