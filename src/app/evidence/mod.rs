//! Collects what the requester gave as proof (steps 6 to 8): in comments, in files, and in what is
//! selected, pasted or dropped.
//!
//! Only recognized proof is kept. A case keeps an activation code masked; the code itself exists
//! only in the model's memory.

mod files;
mod validate;

pub(super) use files::{fetched, forget, from_comments, host_access, refresh, wanted};
pub(super) use validate::{FILL_MS, decide_again, fill_ended, tab_closed, tab_opened, tab_seen};

use base64ct::{Base64, Encoding};
use time::format_description::well_known::Rfc3339;

use self::validate::validate;
use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::focus::case_around;
use super::model::Model;
use super::trace;
use super::world::World;
use crate::case::CaseKey;
use crate::case::proof::{EmptyHand, Place, Standing};
use crate::case::trace::Trace;
use crate::evidence::file::{self, FILE_MAX, FileError};
use crate::evidence::{self, Evidence, Found, Nothing, open_key, why_nothing};
use crate::map::Map;
use crate::profile::{Profile, PublicKey};

/// A command about proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take what was pasted. It may hold a secret, so only what is recognized is kept.
    Use(String),
    /// Choose one of several pieces.
    Choose {
        /// Its number.
        number: u64,
        /// Whether Trace starts from it.
        trace: bool,
    },
    /// Open Validate License with the chosen key in its text area.
    Validate,
}

/// Longest text taken from a paste or a selection, in bytes.
const TEXT_MAX: usize = FILE_MAX;

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str);
    Ok(Some(match name {
        "use_proof" => match field("proof_text") {
            text if text.trim().is_empty() => {
                return Err(bad("proof_text", "Paste something first."));
            }
            text if text.len() > TEXT_MAX => {
                return Err(bad(
                    "proof_text",
                    "This is more than 15 MB. Paste the part with the key only.",
                ));
            }
            text => Command::Use(text.to_owned()),
        },
        "choose_proof" => Command::Choose {
            number: field("proof")
                .parse()
                .map_err(|_| bad("proof", "Choose a proof first."))?,
            trace: field("trace") == "true",
        },
        "fill_validate" => Command::Validate,
        _ => return Ok(None),
    }))
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Use(text) => {
            by_hand(model, key, &text, Place::Pasted, world);
            Vec::new()
        }
        Command::Choose { number, trace } => {
            let known = model
                .case(key)
                .is_some_and(|c| c.proofs.found.iter().any(|p| p.number == number));
            if known {
                choose(model, key, number);
                if trace {
                    return trace::command(model, key, trace::Command::Start, world);
                }
            }
            Vec::new()
        }
        Command::Validate => validate(model, key, world).into_iter().collect(),
    }
}

/// Choosing another piece starts another walk; what the first one found stays in the chain.
fn choose(model: &mut Model, key: &CaseKey, number: u64) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let other = case.proofs.chosen().map(|p| p.number) != Some(number);
    case.proofs.chosen = Some(number);
    if other {
        trace::stop(model, key);
        if let Some(case) = model.case_mut(key) {
            case.trace = Trace::default();
        }
    }
}

/// The public keys that open license keys.
fn keys(profile: &Profile) -> Vec<PublicKey> {
    PublicKey::published()
        .into_iter()
        .chain(profile.license_keys.iter().map(|k| k.key().clone()))
        .collect()
}

/// Keeps what was found. Returns the first piece's number.
fn keep(
    model: &mut Model,
    key: &CaseKey,
    found: Vec<Found>,
    place: &Place,
    at: &str,
    profile: &Profile,
) -> Option<u64> {
    let mut first = None;
    for Found {
        evidence,
        guessed,
        taken_back,
        passed_on,
        ..
    } in found
    {
        if let Evidence::ActivationCode(code) = &evidence {
            model.secrets.insert(
                (key.clone(), code.masked().as_str().to_owned()),
                code.clone(),
            );
        }
        let kept = evidence.kept();
        let standing = Standing {
            guessed,
            taken_back,
            passed_on,
        };
        let case = model.case(key)?;
        // Opening a key is slow, so a known one is not opened again.
        let known = case.proofs.found.iter().any(|p| p.kept == kept);
        let opened = evidence
            .key()
            .filter(|_| !known)
            .map(|text| open_key(text, &keys(profile)));
        let number = model.case_mut(key).and_then(|case| {
            case.proofs
                .keep_as(kept, place.clone(), at, opened, standing)
        });
        first = first.or(number);
    }
    first
}

/// Takes a text that was selected on a page to be used as proof.
pub(super) fn selected(model: &mut Model, tab: i64, text: &str, world: World<'_>) {
    let Some(key) = case_around(model, tab) else {
        return;
    };
    by_hand(model, &key, text, Place::Selected, world);
}

/// Takes a file that was dropped into the panel. Its bytes are in base64, because messages carry
/// only text.
pub(super) fn given(
    model: &mut Model,
    key: CaseKey,
    name: &str,
    size: u64,
    base64: &str,
    world: World<'_>,
) {
    let place = Place::Dropped {
        name: crate::text::line::one_line(name, 200),
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size > FILE_MAX {
        let error = FileError::TooLarge { bytes: size };
        return nothing(
            model,
            &key,
            EmptyHand::File(format!("{} {}", error.says(), error.next())),
        );
    }
    let Ok(bytes) = Base64::decode_vec(base64) else {
        return nothing(
            model,
            &key,
            EmptyHand::File("The file could not be read. Drop it again.".to_owned()),
        );
    };
    match evidence::recognize_file(&bytes) {
        Err(error) => nothing(
            model,
            &key,
            EmptyHand::File(format!("{} {}", error.says(), error.next())),
        ),
        Ok(read) if read.found.is_empty() => {
            nothing(model, &key, EmptyHand::Text(nothing_in(&bytes)));
        }
        Ok(read) => take(model, &key, read.found, &place, world),
    }
}

fn by_hand(model: &mut Model, key: &CaseKey, text: &str, place: Place, world: World<'_>) {
    let found = evidence::recognize_pasted(text);
    if found.is_empty() {
        nothing(model, key, EmptyHand::Text(why_nothing(text)));
    } else {
        take(model, key, found, &place, world);
    }
}

/// Makes what the engineer gave the proof that counts.
fn take(model: &mut Model, key: &CaseKey, found: Vec<Found>, place: &Place, world: World<'_>) {
    let Some(number) = keep(model, key, found, place, &now(world), world.profile) else {
        return;
    };
    if let Some(case) = model.case_mut(key) {
        case.proofs.empty = None;
    }
    choose(model, key, number);
    let what = model
        .case(key)
        .and_then(|c| c.proofs.found.iter().find(|p| p.number == number))
        .map(|p| p.kept.kind());
    if let Some(what) = what {
        model.say(format!("{what} found."));
    }
}

fn nothing(model: &mut Model, key: &CaseKey, why: EmptyHand) {
    if let Some(case) = model.case_mut(key) {
        case.proofs.empty = Some(why);
    }
}

/// The current time in Zendesk's format.
fn now(world: World<'_>) -> String {
    let seconds = i64::try_from(world.now_ms / 1000).unwrap_or(0);
    time::OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Describes a file in which nothing was found.
fn nothing_in(bytes: &[u8]) -> Nothing {
    file::text_of(bytes).map_or(Nothing::Other, |(text, encoding)| {
        match why_nothing(&text) {
            Nothing::Other if !encoding.is_unicode() => Nothing::GuessedEncoding,
            known => known,
        }
    })
}
