//! Collects what the requester gave as proof (steps 6 to 8): in comments, in files, and in what is
//! selected, pasted or dropped.
//!
//! Only recognised proof is kept. A case keeps an activation code masked; the code itself exists
//! only in the model's memory.

use base64ct::{Base64, Encoding};
use time::format_description::well_known::Rfc3339;

use super::effect::{Effect, Job};
use super::event::{Fetched, Outcome};
use super::fields::{BadInput, bad};
use super::focus::case_around;
use super::model::Model;
use super::model::jobs::{End, JobId, Owner};
use super::model::notice::Notice;
use super::model::reads::{EvidenceRead, Waiting};
use super::model::validate::Filling;
use super::trace;
use super::world::World;
use crate::address::https;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::proof::{EmptyHand, FileState, Place, ProofFile};
use crate::case::trace::Trace;
use crate::case::{Case, CaseKey};
use crate::evidence::file::{self, FILE_MAX, FileError};
use crate::evidence::{self, Evidence, Found, Nothing, open_key, why_nothing};
use crate::map::Map;
use crate::portal::{Place as PortalPlace, address, place};
use crate::profile::{Profile, PublicKey};
use crate::reading::{Answer, asks_to_sign_in, json};
use crate::record::ticket::{Attachment, Comment};

/// A command about proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take what was pasted. It may hold a secret, so only what is recognised is kept.
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

/// The most files that are searched for one case.
const FILES_MAX: usize = 10;

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
        evidence, guessed, ..
    } in found
    {
        if let Evidence::ActivationCode(code) = &evidence {
            model.secrets.insert(
                (key.clone(), code.masked().as_str().to_owned()),
                code.clone(),
            );
        }
        let kept = evidence.kept();
        let case = model.case(key)?;
        // Opening a key is slow, so a known one is not opened again.
        let known = case.proofs.found.iter().any(|p| p.kept == kept);
        let opened = evidence
            .key()
            .filter(|_| !known)
            .map(|text| open_key(text, &keys(profile)));
        let number = model.case_mut(key).and_then(|case| {
            case.proofs
                .keep_as(kept, place.clone(), at, opened, guessed)
        });
        first = first.or(number);
    }
    first
}

/// Takes one page of the ticket's comments. `first` is the number of its first comment in the
/// ticket.
pub(super) fn from_comments(
    model: &mut Model,
    key: &CaseKey,
    comments: &[Comment],
    first: usize,
    world: World<'_>,
) {
    let Some(requester) = model
        .case(key)
        .and_then(|c| c.ticket.got())
        .map(|t| t.requester.id)
    else {
        return;
    };
    for (nth, comment) in (first..).zip(comments) {
        if !comment.public || comment.author != Some(requester) {
            continue;
        }
        keep(
            model,
            key,
            evidence::recognise(&comment.text),
            &Place::Comment {
                id: comment.id,
                nth,
            },
            &comment.created_at,
            world.profile,
        );
        let Some(case) = model.case_mut(key) else {
            return;
        };
        for file in &comment.attachments {
            let known = case.proofs.files.iter().any(|f| f.file.id == file.id);
            if !known && case.proofs.files.len() < FILES_MAX && may_hold_proof(file, &key.host) {
                let state = FileState::NotAsked;
                case.proofs.files.push(ProofFile {
                    file: file.clone(),
                    nth,
                    at: comment.created_at.clone(),
                    state,
                });
            }
        }
    }
}

/// Whether a file is worth searching: small enough, harmless, on the ticket's host, and not an
/// image, audio, video, archive or PDF.
fn may_hold_proof(file: &Attachment, host: &str) -> bool {
    const NOT_TEXT: [&str; 22] = [
        "png", "jpg", "jpeg", "gif", "webp", "bmp", "svg", "heic", "tif", "tiff", "pdf", "zip",
        "gz", "tgz", "7z", "rar", "xlsx", "xls", "docx", "doc", "mp4", "mov",
    ];
    const NO_TYPES: [&str; 9] = [
        "image/",
        "video/",
        "audio/",
        "font/",
        "application/pdf",
        "application/zip",
        "application/gzip",
        "application/x-",
        "application/vnd.openxmlformats",
    ];
    let kind = file.content_type.to_ascii_lowercase();
    let ending = file
        .file_name
        .rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let size = usize::try_from(file.size).unwrap_or(usize::MAX);
    let ours =
        https(&file.url).is_some_and(|(at, path)| at == host && path.starts_with("/attachments/"));
    (1..=FILE_MAX).contains(&size)
        && !file.harmful
        && ours
        && !NO_TYPES.iter().any(|no| kind.starts_with(no))
        && !NOT_TEXT.contains(&ending.as_str())
}

/// Fetches the files that have not been searched yet.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model
        .case(key)
        .filter(|c| c.chain.proof().is_none() || c.trace.wants_code())
    else {
        return Vec::new();
    };
    let files: Vec<(u64, String)> = case
        .proofs
        .files
        .iter()
        .filter(|f| f.state == FileState::NotAsked)
        .map(|f| (f.file.id, f.file.url.clone()))
        .collect();
    let follow = model
        .may_fetch_files
        .then(|| world.profile.zendesk.file_host.clone());
    files
        .into_iter()
        .map(|(file, url)| {
            set(model, key, file, FileState::Asking);
            let id = model.next_effect();
            model
                .waiting
                .insert(id, Waiting::Evidence(key.clone(), EvidenceRead::File(file)));
            Effect::Fetch {
                id,
                url,
                follow: follow.clone(),
            }
        })
        .collect()
}

fn set(model: &mut Model, key: &CaseKey, file: u64, state: FileState) {
    if let Some(found) = model
        .case_mut(key)
        .and_then(|c| c.proofs.files.iter_mut().find(|f| f.file.id == file))
    {
        found.state = state;
    }
}

/// Takes a fetched file, unless nothing waits for it any more.
pub(super) fn fetched(model: &mut Model, id: u64, fetched: Fetched, world: World<'_>) {
    let Some(Waiting::Evidence(key, EvidenceRead::File(file))) = model.waiting.get(&id).cloned()
    else {
        return;
    };
    model.waiting.remove(&id);
    let Some(known) = model
        .case(&key)
        .and_then(|c| c.proofs.files.iter().find(|f| f.file.id == file))
        .cloned()
    else {
        return;
    };
    let state = match fetched {
        Fetched::Bytes(bytes) => match evidence::recognise_file(&bytes) {
            Ok(read) if read.found.is_empty() && is_sign_in(&bytes) => FileState::Failed(
                "You are signed out of Zendesk. Sign in, then try again. Or open it in the ticket and drop the file here.".to_owned(),
            ),
            Ok(read) if read.found.is_empty() => FileState::Nothing(nothing_in(&bytes)),
            Ok(read) => {
                let count = read.found.len();
                let place = Place::File { id: file, nth: known.nth, name: known.file.file_name.clone() };
                keep(model, &key, read.found, &place, &known.at, world.profile);
                FileState::Read(count)
            }
            Err(error) => FileState::Failed(format!("{} {}", error.says(), error.next())),
        },
        Fetched::Not(Answer::Redirected) if !model.may_fetch_files => FileState::Elsewhere,
        Fetched::Not(Answer::Redirected) => FileState::Failed(
            "Zendesk leads to a host from which Tether fetches nothing. Open it in the ticket and drop the file here.".to_owned(),
        ),
        Fetched::Not(answer) => match json(&answer, world.now_ms) {
            Err(error) => FileState::Failed(format!("{} Or open it in the ticket and drop the file here.", error.says())),
            Ok(_) => FileState::Nothing(Nothing::Empty),
        },
    };
    set(model, &key, file, state);
}

/// Whether a sign-in page came instead of the file.
fn is_sign_in(bytes: &[u8]) -> bool {
    file::text_of(bytes)
        .is_ok_and(|(text, _)| text.trim_start().starts_with('<') && asks_to_sign_in(&text))
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

/// Fetches failed files again when everything is read again.
pub(super) fn refresh(model: &mut Model, key: &CaseKey) {
    let files = model
        .case_mut(key)
        .into_iter()
        .flat_map(|case| &mut case.proofs.files);
    for file in files.filter(|f| matches!(f.state, FileState::Failed(_) | FileState::Elsewhere)) {
        file.state = FileState::NotAsked;
    }
}

/// Takes whether the browser grants access to Zendesk's file host. With access, the files there are
/// fetched again.
pub(super) fn host_access(model: &mut Model, missing: &[String], world: World<'_>) {
    let granted = !missing.contains(&world.profile.zendesk.file_pattern());
    if granted && !model.may_fetch_files {
        let keys: Vec<CaseKey> = model
            .cases()
            .filter(|c| c.proofs.elsewhere())
            .map(|c| c.key.clone())
            .collect();
        for key in keys {
            let files = model
                .case_mut(&key)
                .into_iter()
                .flat_map(|case| &mut case.proofs.files);
            files
                .filter(|f| f.state == FileState::Elsewhere)
                .for_each(|f| f.state = FileState::NotAsked);
        }
    }
    model.may_fetch_files = granted;
}

/// Forgets a fetch that a restart of the background cut off, so that it starts again.
pub(super) fn forget(model: &mut Model, key: &CaseKey, EvidenceRead::File(file): EvidenceRead) {
    set(model, key, file, FileState::NotAsked);
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
    match evidence::recognise_file(&bytes) {
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
    let found = evidence::recognise_pasted(text);
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

/// Opens Validate License. Its page is filled in once it has loaded.
fn validate(model: &mut Model, key: &CaseKey, world: World<'_>) -> Option<Effect> {
    let proof = model
        .case(key)
        .and_then(|c| c.proofs.chosen())
        .filter(|p| p.key_text().is_some())?
        .number;
    let url = address::validate_url(&world.profile.portal, world.profile.portal_host(&key.host));
    let effect = model.open_for(key, url);
    if let Effect::OpenTab { token, .. } = &effect {
        model.filling_soon.insert(
            *token,
            Filling {
                case: key.clone(),
                proof,
                effect: None,
            },
        );
    }
    Some(effect)
}

/// Takes the tab that was opened for Validate License.
pub(super) fn tab_opened(model: &mut Model, tab: i64, token: u64) {
    if let Some(filling) = model.filling_soon.remove(&token) {
        model.filling.insert(tab, filling);
    }
}

/// Fills in Validate License once, when its tab shows it.
pub(super) fn tab_seen(model: &mut Model, tab: i64, url: &str, world: World<'_>) -> Option<Effect> {
    if place(url, &world.profile.portal) != Some(PortalPlace::Validate) {
        return None;
    }
    let filling = model
        .filling
        .get(&tab)
        .filter(|f| f.effect.is_none())
        .cloned()?;
    let text = key_of(model.case(&filling.case)?, filling.proof)?;
    let owner = Owner::FillKey {
        case: filling.case.clone(),
        proof: filling.proof,
    };
    let (effect, page) = model.give_page(owner, tab, world, |effect| Job::FillKey {
        effect,
        key: text,
    });
    if let Some(filling) = model.filling.get_mut(&tab) {
        filling.effect = Some(effect);
    }
    Some(page)
}

fn key_of(case: &Case, proof: u64) -> Option<String> {
    case.proofs
        .found
        .iter()
        .find(|p| p.number == proof)?
        .key_text()
}

/// How long a page may take to be filled in, in ms.
pub(super) const FILL_MS: u64 = 20_000;

/// The page never got the job: it is filled in when it is seen again, or at once if it is open now.
pub(super) fn decide_again(
    model: &mut Model,
    tab: i64,
    effect: JobId,
    world: World<'_>,
) -> Vec<Effect> {
    let key = match model.filling.get_mut(&tab) {
        Some(filling) if filling.effect == Some(effect) => {
            filling.effect = None;
            filling.case.clone()
        }
        _ => return Vec::new(),
    };
    let url = address::validate_url(&world.profile.portal, world.profile.portal_host(&key.host));
    tab_seen(model, tab, &url, world).into_iter().collect()
}

/// Takes the end of the page job, unless the page waits for another one.
pub(super) fn fill_ended(model: &mut Model, key: &CaseKey, tab: i64, effect: JobId, end: End) {
    if model
        .filling
        .get(&tab)
        .is_none_or(|f| f.effect != Some(effect) || f.case != *key)
    {
        return;
    }
    let done = model.filling.remove(&tab);
    let problem = match end {
        Ok(Outcome::Filled | Outcome::Written { .. }) => {
            // What Validate License shows in that tab is now about this key.
            if let Some(done) = done {
                model.filled.insert(tab, (done.case, done.proof));
            }
            return;
        }
        Ok(_) => PageProblem::Unexpected,
        Err(problem) => problem,
    };
    model.said = Some(Notice::error(problem.says(PageWork::Key)));
}

pub(super) fn tab_closed(model: &mut Model, tab: i64) {
    model.filling.remove(&tab);
}
