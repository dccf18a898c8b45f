//! The files of a ticket's comments that may hold proof: which are fetched, and what was found in them.

use super::{keep, nothing_in};
use crate::address::https;
use crate::app::effect::Effect;
use crate::app::event::Fetched;
use crate::app::model::Model;
use crate::app::model::reads::{EvidenceRead, Waiting};
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::proof::{FileState, Place, ProofFile};
use crate::evidence::file::{self, FILE_MAX};
use crate::evidence::{self, Nothing};
use crate::reading::{Answer, asks_to_sign_in, json};
use crate::record::ticket::{Attachment, Comment};

/// The most files that are searched for one case.
const FILES_MAX: usize = 10;

/// Takes one page of the ticket's comments. `first` is the number of its first comment in the
/// ticket.
pub(in crate::app) fn from_comments(
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
        let Some(case) = model.case_mut(key) else {
            return;
        };
        let after_id = case.proofs.has_id_before(nth);
        let said = evidence::recognize_comment(&comment.text, after_id);
        if said.takes_back {
            case.proofs.take_back_before(nth);
        }
        keep(
            model,
            key,
            said.found,
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
pub(in crate::app) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
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
pub(in crate::app) fn fetched(model: &mut Model, id: u64, fetched: Fetched, world: World<'_>) {
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
        Fetched::Bytes(bytes) => match evidence::recognize_file(&bytes) {
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

/// Fetches failed files again when everything is read again.
pub(in crate::app) fn refresh(model: &mut Model, key: &CaseKey) {
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
pub(in crate::app) fn host_access(model: &mut Model, missing: &[String], world: World<'_>) {
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
pub(in crate::app) fn forget(
    model: &mut Model,
    key: &CaseKey,
    EvidenceRead::File(file): EvidenceRead,
) {
    set(model, key, file, FileState::NotAsked);
}
