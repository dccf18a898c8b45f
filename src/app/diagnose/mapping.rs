//! Mapping on the spot: reads a missed field under another label of the page, saved as one of the
//! engineer's settings.

use serde_json::Value;

use super::report;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::diagnosis::{Diagnosing, Found, Mapping, MappingState, Progress};
use crate::app::settings;
use crate::app::world::World;
use crate::case::load::Load;
use crate::portal::diagnose::{Document, Named, ReadAs, Secrecy, Unread, plain_label};
use crate::portal::label::Name;
use crate::profile::portal::PortalWords;
use crate::profile::portal::{Field, NoTrialRow};
use crate::profile::zendesk::{TicketFieldTitles, is_one_of};
use crate::profile::{Layer, Profile};
use crate::record::RecordKind;

/// Something that was missed and may have another name on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The key of its group in the profile: a record kind's, or `ticket_fields`.
    pub group: &'static str,
    /// Its name in the profile.
    pub field: String,
    /// What the site calls it.
    pub title: String,
}

/// A name on the page, or in Zendesk, that no field reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its number in the list, by which a command refers to it.
    pub at: usize,
    /// What is shown.
    pub says: String,
    /// Why it cannot be chosen for anything.
    pub refused: Option<&'static str>,
}

/// The key of the group of Zendesk's ticket fields.
pub const TICKET_FIELDS: &str = "ticket_fields";

/// The path of the setting that says how to read a cloud activation's page without a Trial row.
pub const NO_TRIAL_ROW: &str = "portal.no_trial_row";

/// Whether the diagnosed page is a cloud activation's without a Trial row, and no setting says what
/// that means.
pub fn lacks_trial_row(model: &Model, world: World<'_>) -> bool {
    let Progress::Done { found, .. } = &model.diagnosing.now else {
        return false;
    };
    let Found::Portal(page) = &**found else {
        return false;
    };
    world.profile.portal.no_trial_row == NoTrialRow::Unknown
        && records_of(page.read_as, page.names) == Some(RecordKind::CloudActivation)
        && matches!(page.read_as, ReadAs::Record(_))
        && page.document.as_ref().is_some_and(|document| {
            report::missing(document)
                .iter()
                .any(|field| field.name == "trial")
        })
}

/// Sets that a cloud activation's page without a Trial row is not a trial, or says why it can't.
pub(super) fn no_trial_row(
    model: &mut Model,
    number: u64,
    world: World<'_>,
) -> Result<Vec<Effect>, String> {
    if number != model.diagnosing.number || !lacks_trial_row(model, world) {
        return Err(
            "The page was diagnosed again meanwhile, or is read in another way now.".to_owned(),
        );
    }
    let layers = &world.profile.layers;
    if layers.layer(NO_TRIAL_ROW) == Layer::Managed {
        return Err(format!(
            "Your organization has set {NO_TRIAL_ROW}: ask whoever looks after its policy."
        ));
    }
    let effect = settings::set(NO_TRIAL_ROW, Value::from("no"), world)
        .map_err(|fault| format!("{NO_TRIAL_ROW} cannot be set: {fault}."))?;
    let before = layers.user().get(NO_TRIAL_ROW).map(Value::to_string);
    let (path, what, under) = (NO_TRIAL_ROW.to_owned(), "Trial".to_owned(), "no".to_owned());
    model.diagnosing.mapping = Some(Mapping {
        path,
        what,
        under,
        before,
        now: MappingState::Keeping,
    });
    Ok(vec![effect])
}

/// What can be mapped after the finished diagnosis: the missed fields and the available names.
pub fn mappable(model: &Model, world: World<'_>) -> (Vec<Missed>, Vec<Offer>) {
    let Progress::Done { found, .. } = &model.diagnosing.now else {
        return (Vec::new(), Vec::new());
    };
    match &**found {
        Found::Portal(page) => match (records_of(page.read_as, page.names), &page.document) {
            (Some(records), Some(document)) => portal(records, document, &world.profile.portal),
            _ => (Vec::new(), Vec::new()),
        },
        Found::Zendesk { host, .. } => ticket_fields(model, host, world),
        Found::Refused | Found::Elsewhere => (Vec::new(), Vec::new()),
    }
}

fn records_of(read_as: ReadAs, named: Named) -> Option<RecordKind> {
    match (read_as, named) {
        (ReadAs::Record(records), Named::Record(_)) | (ReadAs::List(records), Named::List(_)) => {
            Some(records)
        }
        _ => None,
    }
}

fn portal(
    records: RecordKind,
    document: &Document,
    words: &PortalWords,
) -> (Vec<Missed>, Vec<Offer>) {
    let all = words.fields.of(records);
    let secret = |spec: &Field| spec.keys.iter().any(|key| words.secrets.keys.contains(key));
    let missed = report::missing(document).into_iter().filter_map(|field| {
        let (_, spec) = all.iter().find(|(name, _)| *name == field.name)?;
        // A secret's label is also listed among the profile's secrets, and no page may add to
        // those.
        (!secret(spec)).then(|| Missed {
            group: records.key(),
            field: field.name.clone(),
            title: spec.labels.first().unwrap_or(&field.name).clone(),
        })
    });
    let offers = document.unread.iter().enumerate().filter_map(|(at, one)| {
        let name = one
            .label
            .told()
            .map(str::to_owned)
            .or_else(|| one.class.told().map(|class| format!("{class}_field")))?;
        let form = one
            .form
            .as_ref()
            .filter(|_| one.secret == Secrecy::None)
            .map_or(String::new(), |form| format!(" ({form})"));
        let refused = (one.secret == Secrecy::Named).then_some("a secret");
        Some(Offer {
            at,
            says: format!("{name}{form}").replace('`', ""),
            refused,
        })
    });
    (missed.collect(), offers.collect())
}

fn titles_of<'w>(titles: &'w TicketFieldTitles, field: &str) -> Option<&'w Vec<String>> {
    match field {
        "problem_type" => Some(&titles.problem_type),
        "product_type" => Some(&titles.product_type),
        "subscription_email" => Some(&titles.subscription_email),
        _ => None,
    }
}

fn ticket_fields(model: &Model, host: &str, world: World<'_>) -> (Vec<Missed>, Vec<Offer>) {
    let Some(reading) = model.fields.get(host) else {
        return (Vec::new(), Vec::new());
    };
    let Load::Got(found) = &reading.load else {
        return (Vec::new(), Vec::new());
    };
    let titles = &world.profile.zendesk.ticket_fields;
    let all = [
        ("problem_type", found.problem_type),
        ("product_type", found.product_type),
        ("subscription_email", found.subscription_email),
    ];
    let missed = all
        .into_iter()
        .filter(|(_, id)| id.is_none())
        .filter_map(|(field, _)| {
            let title = titles_of(titles, field)?.first()?.clone();
            Some(Missed {
                group: TICKET_FIELDS,
                field: field.to_owned(),
                title,
            })
        });
    let offers = reading.titles.iter().enumerate().map(|(at, title)| Offer {
        at,
        says: title.clone(),
        refused: None,
    });
    (missed.collect(), offers.collect())
}

/// A mapping that the engineer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The diagnosis it was chosen in.
    pub number: u64,
    /// See [`Missed`].
    pub group: String,
    /// See [`Missed`].
    pub field: String,
    /// The chosen offer, if any.
    pub at: Option<usize>,
}

/// Makes the mapping, or says why not.
pub(super) fn map(model: &mut Model, wish: &Wish, world: World<'_>) -> Result<Vec<Effect>, String> {
    if wish.number != model.diagnosing.number {
        return Err("The page was diagnosed again meanwhile. Choose again.".to_owned());
    }
    let at = wish.at.ok_or("Choose a label first.")?;
    let (missed, _) = mappable(model, world);
    let missed = missed
        .into_iter()
        .find(|m| m.group == wish.group && m.field == wish.field);
    let missed = missed.ok_or("This field is not missing any more. Diagnose again.")?;
    let (path, under) = place(model, &missed, at, world)?;
    let layers = &world.profile.layers;
    if layers.layer(&path) == Layer::Managed {
        return Err(format!(
            "Your organization has set {path}: ask whoever looks after its policy to add “{under}”."
        ));
    }
    let mut list = layers
        .value(&path)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    list.push(Value::from(under.clone()));
    let refused = |fault| format!("“{under}” cannot be added to {path}: {fault}.");
    let effect = settings::set(&path, Value::Array(list), world).map_err(refused)?;
    let before = layers.user().get(&path).map(Value::to_string);
    model.diagnosing.mapping = Some(Mapping {
        path,
        what: missed.title,
        under,
        before,
        now: MappingState::Keeping,
    });
    Ok(vec![effect])
}

/// The setting that gets another name, and its new value.
fn place(
    model: &Model,
    missed: &Missed,
    at: usize,
    world: World<'_>,
) -> Result<(String, String), String> {
    let Progress::Done { found, .. } = &model.diagnosing.now else {
        return Err("Diagnose the page first.".to_owned());
    };
    match &**found {
        Found::Portal(page) => {
            let (Some(records), Some(document)) =
                (records_of(page.read_as, page.names), &page.document)
            else {
                return Err("This page is not read. Diagnose another.".to_owned());
            };
            let one = document
                .unread
                .get(at)
                .ok_or("This label is not on the page any more. Diagnose again.")?;
            let (list, under) = name_for(records, document, one, &world.profile.portal)?;
            Ok((
                format!("portal.fields.{}.{}.{list}", records.key(), missed.field),
                under,
            ))
        }
        Found::Zendesk { host, .. } => {
            let title = model
                .fields
                .get(host)
                .and_then(|f| f.titles.get(at))
                .ok_or("This title is not known any more. Diagnose again.")?;
            let titles = &world.profile.zendesk.ticket_fields;
            let others = ["problem_type", "product_type", "subscription_email"]
                .into_iter()
                .filter(|name| *name != missed.field);
            for other in others {
                if titles_of(titles, other).is_some_and(|list| is_one_of(title, list)) {
                    return Err(format!("“{title}” is the title of {other} already."));
                }
            }
            Ok((
                format!("zendesk.ticket_fields.{}", missed.field),
                title.clone(),
            ))
        }
        Found::Refused | Found::Elsewhere => {
            Err("This page is not read. Diagnose another.".to_owned())
        }
    }
}

/// The name by which an unread field can be found without matching another field or a secret: its
/// label, otherwise its class.
pub(in crate::app) fn name_for(
    records: RecordKind,
    document: &Document,
    one: &Unread,
    words: &PortalWords,
) -> Result<(&'static str, String), String> {
    let label = one.label.told();
    let class = one.class.told();
    let name = label.or(class).ok_or("It has no name that can be used.")?;
    match one.secret {
        Secrecy::None => {}
        Secrecy::Named => {
            return Err(format!(
                "“{name}” is a secret: Tether neither shows nor compares its value."
            ));
        }
        Secrecy::Looks => {
            return Err(format!(
                "The value of “{name}” looks like a code or a key: Tether doesn’t read it."
            ));
        }
    }
    let all = words.fields.of(records);
    if let Some(class) = class
        && let Some((other, _)) = all
            .iter()
            .find(|(_, spec)| spec.keys.iter().any(|key| key == class))
    {
        return Err(format!(
            "“{name}” is the field {class}_field, which {other} is read from."
        ));
    }
    let same = |a: &str, b: &str| plain_label(a) == plain_label(b);
    if let Some(label) = label {
        if words
            .secrets
            .labels
            .iter()
            .any(|secret| same(secret, label))
        {
            return Err(format!("“{label}” is the label of a secret."));
        }
        if let Some((other, _)) = all
            .iter()
            .find(|(_, spec)| spec.labels.iter().any(|l| same(l, label)))
        {
            return Err(format!("“{label}” is the label of {other} already."));
        }
        let alone = document
            .unread
            .iter()
            .filter(|u| u.label.told().is_some_and(|l| same(l, label)))
            .count()
            == 1;
        if alone {
            return Ok(("labels", label.to_owned()));
        }
    }
    // A field without a label is found by its class.
    let alone = |class: &str| {
        document
            .unread
            .iter()
            .filter(|u| u.class == Name::Told(class.to_owned()))
            .count()
            == 1
    };
    match class {
        Some(class) if alone(class) => Ok(("keys", class.to_owned())),
        _ => Err(format!(
            "“{name}” is on the page more than once, so it’s unclear which is meant."
        )),
    }
}

/// Undoes the mapping: restores the earlier setting.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let mapping = model.diagnosing.mapping.as_mut();
    mapping.and_then(restore).into_iter().collect()
}

/// Gives the setting of a mapping the value that it had before. Only a kept one can be undone.
pub(in crate::app) fn restore(mapping: &mut Mapping) -> Option<Effect> {
    if mapping.now != MappingState::Kept {
        return None;
    }
    mapping.now = MappingState::Undoing;
    let value = mapping
        .before
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or(Value::Null);
    Some(Effect::Settings {
        entries: [(mapping.path.clone(), value)].into(),
    })
}

/// What new settings mean for a mapping.
pub(in crate::app) enum Settled {
    /// It is kept, or still waits.
    Stays,
    /// The setting that it waited for is in force.
    Kept,
    /// The earlier setting is in force again, as the engineer asked.
    Undone,
    /// Somebody undid it in the settings.
    Gone,
}

/// Settles a mapping with the settings in force.
pub(in crate::app) fn settle(mapping: &mut Mapping, profile: &Profile) -> Settled {
    let holds = match profile.layers.value(&mapping.path) {
        Some(Value::Array(list)) => list.iter().any(|v| *v == *mapping.under),
        value => value.is_some_and(|v| *v == *mapping.under),
    };
    match (mapping.now, holds) {
        (MappingState::Keeping, true) => {
            mapping.now = MappingState::Kept;
            Settled::Kept
        }
        (MappingState::Undoing, false) => Settled::Undone,
        (MappingState::Kept, false) => Settled::Gone,
        (MappingState::Keeping, false)
        | (MappingState::Kept, true)
        | (MappingState::Undoing, true) => Settled::Stays,
    }
}

/// Whether the settings in force are the ones that the mapping waited for. If so, the page or
/// Zendesk is read again with them.
pub(super) fn settled(diagnosing: &mut Diagnosing, world: World<'_>) -> bool {
    let Some(mapping) = &mut diagnosing.mapping else {
        return false;
    };
    let settled = settle(mapping, world.profile);
    if matches!(settled, Settled::Undone | Settled::Gone) {
        diagnosing.mapping = None;
    }
    matches!(settled, Settled::Kept | Settled::Undone)
}
