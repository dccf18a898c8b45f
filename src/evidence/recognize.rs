//! Searches a text or a file for every kind of evidence, and puts named evidence before forwarded
//! and guessed evidence.

use std::ops::Range;

use super::file::{self, Encoding, FileError};
use super::rank::Rank;
use super::work::Work;
use super::{
    ActivationCode, Evidence, FOUND_MAX, Found, activation_code, license_id, license_key, mail,
    usage_export,
};
use crate::record::ids::LicenseId;
use crate::text::checkbox::only_chosen;
use crate::text::correction::{Given, TakenBack, taken_back};
use crate::text::normal::normal;
use crate::text::quotation::{self, Part};

/// Finds the evidence in free text, each piece once: first what is named, then what is forwarded,
/// then what is guessed, each in the text's order. Quotations of older mails count only for license
/// keys and exports.
pub fn recognize(text: &str) -> Vec<Found> {
    recognize_counting(text, &mut Work::default())
}

/// Like [`recognize`], but counts its work.
pub fn recognize_counting(text: &str, work: &mut Work) -> Vec<Found> {
    look_through(text, How::Written { after_id: false }, work).found
}

/// What a comment gives as proof, and whether it takes back what its author gave before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it gives.
    pub found: Vec<Found>,
    /// Whether it takes back what earlier comments gave.
    pub takes_back: bool,
}

/// Reads a comment. `after_id` says whether an earlier one of its author gave a license ID: then "sorry,
/// I meant 1048577" gives another one.
pub fn recognize_comment(text: &str, after_id: bool) -> Said {
    look_through(text, How::Written { after_id }, &mut Work::default())
}

/// How a text came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// The requester wrote it.
    Written {
        /// Whether they gave a license ID before.
        after_id: bool,
    },
    /// The engineer gave it.
    Given,
}

/// The longest text in which quotations are detected, in bytes: a longer one is no mail.
const MAIL_MAX: usize = 1024 * 1024;

fn look_through(written: &str, how: How, work: &mut Work) -> Said {
    let read = normal(written);
    work.add(written.len());
    let is_written = how != How::Given;
    let chosen = if is_written {
        only_chosen(&read.text)
    } else {
        (&*read.text).into()
    };
    let text: &str = &chosen;
    let mut found: Vec<(Evidence, Range<usize>, u8)> = Vec::new();
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while found.len() < FOUND_MAX {
        let Some((key, range)) = license_key::find_key(text, at, work) else {
            break;
        };
        let (evidence, start, end) = match usage_export::delimiter_before(text, range.start) {
            Some(delimiter) => {
                let (export, end) =
                    usage_export::read_export(text, key, range.end, delimiter, work);
                (Evidence::UsageExport(Box::new(export)), range.start, end)
            }
            None => (Evidence::LicenseKey(key), range.start, range.end),
        };
        gaps.push(at..start);
        // Move past the prefix in any case: a key of length zero would be found forever.
        at = end.max(range.start + license_key::MARK.len());
        if !found.iter().any(|(known, _, _)| *known == evidence) {
            found.push((evidence, start..end, 0));
        }
    }
    gaps.push(at..text.len());
    let parts = if is_written && text.len() <= MAIL_MAX {
        parts(text, work)
    } else {
        vec![(0..text.len(), Part::Own)]
    };
    let mut asked = false;
    let mut places: Vec<(Evidence, Range<usize>)> = found
        .iter()
        .map(|(evidence, range, _)| (evidence.clone(), range.clone()))
        .collect();
    for (stretch, part) in stretches(&gaps, &parts) {
        let Some(piece) = text.get(stretch.clone()) else {
            continue;
        };
        let answers = std::mem::take(&mut asked) && part == Part::Own;
        if matches!(part, Part::Quoted | Part::Marked) {
            let last = piece
                .trim_end_matches(|c: char| c == '>' || c.is_whitespace())
                .lines()
                .next_back()
                .unwrap_or_default();
            asked = license_id::asks(last, work);
        }
        let passed_on = u8::from(part == Part::Forwarded);
        let mut keep = |evidence: Evidence, range: Range<usize>, rank: Rank| {
            let rank = if rank == Rank::Guess { 2 } else { passed_on };
            let room = found.len() < FOUND_MAX;
            if part == Part::Own && places.len() < PLACES_MAX {
                places.push((evidence.clone(), range.clone()));
            }
            match found.iter_mut().find(|(known, _, _)| *known == evidence) {
                Some(known) if known.2 > rank => *known = (evidence, range, rank),
                Some(_) => {}
                None if room => found.push((evidence, range, rank)),
                None => {}
            }
        };
        for (code, range, rank) in
            activation_code::find_codes(piece, stretch.start, FOUND_MAX, work)
        {
            if part != Part::Quoted {
                keep(Evidence::ActivationCode(code), range, rank);
            }
        }
        if answers && let Some((id, range)) = license_id::answer(piece, stretch.start) {
            keep(Evidence::license_id(id), range, Rank::Named);
        }
        if !matches!(part, Part::Quoted | Part::Marked) {
            for (id, range, rank) in license_id::find_ids(piece, stretch.start, FOUND_MAX, work) {
                keep(Evidence::license_id(id), range, rank);
            }
        }
    }
    let takes_back = match how {
        How::Written { after_id } => correct(text, &parts, after_id, places, &mut found, work),
        How::Given => false,
    };
    // If something is named, a number that only might be an ID does not help.
    if found.iter().any(|(_, _, rank)| *rank < 2) {
        found.retain(|(evidence, _, rank)| {
            *rank != 2 || !matches!(evidence, Evidence::LicenseId { .. })
        });
    }
    found.sort_by_key(|(_, range, _)| range.start);
    let mut found: Vec<(Found, u8)> = with_lines(text, found, work);
    found.sort_by_key(|(_, rank)| *rank);
    let found = found
        .into_iter()
        .map(|(piece, _)| Found {
            range: read.origin(piece.range.start)..read.origin(piece.range.end),
            ..piece
        })
        .collect();
    Said { found, takes_back }
}

/// The rank of a piece that its author takes back.
const TAKEN_BACK: u8 = 3;

/// The most mentions of pieces that are held against what the text takes back.
const PLACES_MAX: usize = 500;

/// Puts last what the text takes back, and adds the bare number that it says is right instead. Of a piece
/// that is mentioned often, the last mention counts. Returns whether earlier texts are taken back, too.
fn correct(
    text: &str,
    parts: &[(Range<usize>, Part)],
    after_id: bool,
    mut places: Vec<(Evidence, Range<usize>)>,
    found: &mut Vec<(Evidence, Range<usize>, u8)>,
    work: &mut Work,
) -> bool {
    if text.len() > MAIL_MAX {
        return false;
    }
    work.add(text.len());
    let own = only_own(text, parts);
    places.sort_by_key(|(_, range)| range.start);
    let ranges: Vec<Range<usize>> = places.iter().map(|(_, range)| range.clone()).collect();
    let TakenBack {
        pieces,
        earlier,
        instead,
    } = taken_back(&own, &ranges, Given::Proof);
    let mut turned_id = false;
    for (evidence, _, rank) in found.iter_mut() {
        let last = places.iter().rposition(|(known, _)| known == evidence);
        if last.and_then(|last| pieces.get(last)) == Some(&true) {
            *rank = TAKEN_BACK;
            turned_id |= matches!(evidence, Evidence::LicenseId { .. });
        }
    }
    if let Some(from) = instead
        && (turned_id || (earlier && after_id))
        && !found.iter().any(|(_, range, _)| range.start >= from)
        && let Some((id, range)) = license_id::instead(&own, from)
        && !found
            .iter()
            .any(|(known, ..)| *known == Evidence::license_id(id))
    {
        found.push((Evidence::license_id(id), range, 0));
    }
    earlier
}

/// The text with spaces in place of what its author did not write.
fn only_own(text: &str, parts: &[(Range<usize>, Part)]) -> String {
    let mut out = String::with_capacity(text.len());
    for (range, part) in parts {
        let piece = text.get(range.clone()).unwrap_or_default();
        if *part == Part::Own {
            out.push_str(piece);
        } else {
            out.extend(piece.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        }
    }
    out
}

/// Splits a mail into stretches of lines that belong to the same part.
fn parts(text: &str, work: &mut Work) -> Vec<(Range<usize>, Part)> {
    work.add(text.len());
    let mut out: Vec<(Range<usize>, Part)> = Vec::new();
    for line in quotation::lines(text) {
        match out.last_mut() {
            Some((_, part)) if *part == line.part => {}
            Some((range, _)) => {
                range.end = line.start;
                out.push((line.start..text.len(), line.part));
            }
            None => out.push((line.start..text.len(), line.part)),
        }
    }
    out
}

/// The intersection of both lists, in order.
fn stretches(gaps: &[Range<usize>], parts: &[(Range<usize>, Part)]) -> Vec<(Range<usize>, Part)> {
    let mut out = Vec::new();
    let mut first = 0;
    for gap in gaps {
        while parts
            .get(first)
            .is_some_and(|(part, _)| part.end <= gap.start)
        {
            first += 1;
        }
        for (range, part) in parts
            .iter()
            .skip(first)
            .take_while(|(range, _)| range.start < gap.end)
        {
            let (start, end) = (range.start.max(gap.start), range.end.min(gap.end));
            if start < end {
                out.push((start..end, *part));
            }
        }
    }
    out
}

fn with_lines(
    text: &str,
    found: Vec<(Evidence, Range<usize>, u8)>,
    work: &mut Work,
) -> Vec<(Found, u8)> {
    let (mut line, mut at) = (1, 0);
    found
        .into_iter()
        .map(|(evidence, range, rank)| {
            let between = text.get(at..range.start).unwrap_or_default();
            work.add(between.len());
            line += between.bytes().filter(|b| *b == b'\n').count();
            at = range.start;
            (
                Found {
                    evidence,
                    range,
                    line,
                    guessed: rank == 2,
                    taken_back: rank == TAKEN_BACK,
                    passed_on: rank == 1,
                },
                rank,
            )
        })
        .collect()
}

/// Finds the evidence in what the engineer pasted, dropped or selected: a number alone is a license
/// ID, 24 letters and digits alone are an activation code. Everything else is read as [`recognize`]
/// does.
pub fn recognize_pasted(text: &str) -> Vec<Found> {
    let read = normal(text);
    let bare = read
        .text
        .trim_matches(|c: char| c.is_whitespace() || "#\"'`.,;:()[]<>\u{FEFF}\u{200B}".contains(c));
    let alone = |evidence: Evidence| {
        let start = read.text.find(bare).unwrap_or_default();
        let line = 1 + read
            .text
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count();
        vec![Found {
            evidence,
            range: read.origin(start)..read.origin(start + bare.len()),
            line,
            guessed: false,
            taken_back: false,
            passed_on: false,
        }]
    };
    if bare.len() <= 10
        && let Ok(id) = LicenseId::parse(bare)
    {
        return alone(Evidence::license_id(id));
    }
    if let Some(code) = ActivationCode::parse(bare) {
        return alone(Evidence::ActivationCode(code));
    }
    // The engineer has looked at what they entered, so quotations count, too.
    look_through(text, How::Given, &mut Work::default()).found
}

/// The result of searching a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The encoding of its bytes.
    pub encoding: Encoding,
    /// The evidence. Ranges and lines refer to the text, or to the part of the mail that holds it.
    pub found: Vec<Found>,
}

/// Finds the evidence in a file by its content alone, whatever its name.
///
/// # Errors
/// If it is empty, larger than [`file::FILE_MAX`], or not text.
pub fn recognize_file(bytes: &[u8]) -> Result<FileRead, FileError> {
    recognize_within(bytes, 0)
}

/// A text with uncertain characters proves no difference.
fn make_inexact(found: &mut [Found]) {
    for piece in found {
        if let Evidence::UsageExport(export) = &mut piece.evidence {
            export.exact = false;
        }
    }
}

/// How many levels of files within mails are searched.
const WITHIN_MAX: usize = 3;

fn recognize_within(bytes: &[u8], depth: usize) -> Result<FileRead, FileError> {
    let (text, encoding) = file::text_of(bytes)?;
    if depth >= WITHIN_MAX || !mail::is_mail(bytes) {
        let mut found = recognize(&text);
        if !encoding.is_unicode() || text.contains(char::REPLACEMENT_CHARACTER) {
            make_inexact(&mut found);
        }
        return Ok(FileRead { encoding, found });
    }
    let mut found: Vec<Found> = Vec::new();
    for piece in mail::pieces(bytes) {
        let more = match piece {
            mail::Piece::Text { text, is_inexact } => {
                let mut found = recognize(&text);
                // An encoding that was not decoded.
                if is_inexact || mail::is_undecoded(&text) {
                    make_inexact(&mut found);
                }
                found
            }
            mail::Piece::File(bytes) => recognize_within(&bytes, depth + 1)
                .map(|read| read.found)
                .unwrap_or_default(),
        };
        for piece in more {
            if found.len() < FOUND_MAX
                && !found.iter().any(|known| known.evidence == piece.evidence)
            {
                found.push(piece);
            }
        }
    }
    // A key is the strongest evidence in a mail.
    found.sort_by_key(|piece| piece.evidence.key().is_none());
    Ok(FileRead { encoding, found })
}
