//! What may happen next: mostly an answer to a request, and often enough something that disturbs
//! it.

use tether::app::effect::Job;
use tether::app::event::{Fetched, Outcome, Reminder, StatusChoice};
use tether::app::{Effect, Event};
use tether::reading::Answer;

use super::colleague;
use super::commands::command;
use super::dice::Dice;
use super::ledger::Ledger;
use super::stage::{HOSTILE, KEY_TEXT, Stage};
use crate::support::office::Office;
use crate::support::sites::{decoded, html};
use crate::support::*;

/// Sometimes an unknown number, otherwise the usual one.
fn perhaps(dice: &mut Dice, usual: Option<u64>) -> u64 {
    match usual {
        Some(n) if !dice.one_in(6) => n,
        _ => dice.below(400),
    }
}

/// A useless answer.
fn bad(dice: &mut Dice) -> Answer {
    match dice.below(14) {
        0 => Answer::Redirected,
        1 => Answer::TooLarge,
        2 => Answer::Offline,
        3 => Answer::TimedOut,
        4 => Answer::Failed,
        5 => status(200, "{\"ticket\": 7, \"user\": [], \"users\": {}}", None),
        6 => status(200, "<html>", None),
        7 => status(429, "", Some("20")),
        8 => status(409, "{}", None),
        9 => html(
            "https://customers.gitlab.com/customers/sign_in",
            200,
            "<input type=password>",
        ),
        10 => status(
            422,
            r#"{"error":"RecordInvalid","details":{"email":[{"error":"DuplicateValue"}]}}"#,
            None,
        ),
        _ => status(u16::try_from(dice.below(600)).unwrap(), HOSTILE, None),
    }
}

/// An answer that says nothing of what became of a write.
fn lost(dice: &mut Dice) -> Answer {
    match dice.below(5) {
        0 => Answer::Offline,
        1 => Answer::TimedOut,
        2 => Answer::Failed,
        3 => status(200, "<html>", None),
        _ => status(500, HOSTILE, None),
    }
}

/// Any outcome that a page may report, whatever its job was.
fn outcome(dice: &mut Dice) -> Outcome {
    let front = if dice.one_in(2) {
        None
    } else {
        Some(40 + dice.below(4))
    };
    let hostile = HOSTILE.to_owned();
    match dice.below(22) {
        0 => Outcome::AlreadyThere,
        1 => Outcome::WrongTicket { front },
        2 => Outcome::NoComposer,
        3 => Outcome::NotInternal { channel: hostile },
        4 => Outcome::NotArrived { text: hostile },
        5 => Outcome::Moved { front },
        6 => Outcome::Ambiguous { what: hostile },
        7 => Outcome::Failed { why: hostile },
        8 => Outcome::NotPublic { channel: hostile },
        9 => Outcome::InternalDraft { text: hostile },
        10 => Outcome::WrongPage { front: hostile },
        11 => Outcome::Hidden,
        12 => Outcome::SignedOut,
        13 => Outcome::NoToken,
        14 => Outcome::NoField,
        15 => Outcome::Several {
            count: dice.below(9),
        },
        16 => Outcome::NoEntry {
            seen: vec![hostile],
        },
        17 => Outcome::Already { shown: hostile },
        18 => Outcome::Chosen { shown: hostile },
        19 => Outcome::Written {
            text: "- License: …".to_owned(),
            status: *dice.of(&[None, Some(StatusChoice::Left), Some(StatusChoice::NotFound)]),
        },
        _ => Outcome::Answered { answer: bad(dice) },
    }
}

/// A page carries out its job, perhaps right after a colleague acted. The write is checked against
/// what it rests on.
fn obey(dice: &mut Dice, office: &mut Office, ledger: Option<&Ledger>, job: &Job) -> Outcome {
    let writes = matches!(job, Job::Request { .. } | Job::FillOrganization { .. });
    if !writes {
        return office.sites.obey(job);
    }
    if dice.one_in(4) {
        colleague::meddles(dice, office);
    }
    let before = office.sites.clone();
    let outcome = office.sites.obey(job);
    if let Some(ledger) = ledger
        && office.sites.written.len() > before.written.len()
    {
        ledger.check_write(&before, job);
    }
    outcome
}

/// A page does its job or not, and reports it or not.
fn obeyed(
    dice: &mut Dice,
    office: &mut Office,
    ledger: Option<&Ledger>,
    mood: Mood,
) -> Option<Event> {
    let (its, job) = dice.take(&mut office.jobs)?;
    let effect = job.number();
    office.taken.insert(effect);
    // Sometimes another page reports it: that is ignored, and the right page never reports.
    let tab = if dice.one_in(20) { its + 1 } else { its };
    let goes_well = mood == Mood::Eager && !dice.one_in(3);
    Some(match if goes_well { 19 } else { dice.below(20) } {
        0 => {
            let why = (*dice.of(&["no_access", "closed", "busy", "asleep", "lost", HOSTILE]))
                .to_owned()
                .into();
            Event::PageUnreachable { effect, why }
        }
        1 | 2 => Event::PageResult {
            tab,
            effect,
            outcome: outcome(dice),
        },
        5..=7 if matches!(job, Job::FillOrganization { .. }) => {
            let outcome = if dice.one_in(2) {
                Outcome::NoField
            } else {
                Outcome::NoEntry { seen: Vec::new() }
            };
            Event::PageResult {
                tab,
                effect,
                outcome,
            }
        }
        // The job was done, but the answer got lost.
        3 => {
            obey(dice, office, ledger, &job);
            let outcome = if dice.one_in(2) {
                let answer = if office.sites.pages_stay && matches!(job, Job::Request { .. }) {
                    lost(dice)
                } else {
                    bad(dice)
                };
                Outcome::Answered { answer }
            } else {
                Outcome::Failed {
                    why: HOSTILE.to_owned(),
                }
            };
            Event::PageResult {
                tab,
                effect,
                outcome,
            }
        }
        // No report ever comes.
        4 => {
            if dice.one_in(2) {
                obey(dice, office, ledger, &job);
            }
            Event::PanelOpened
        }
        _ => Event::PageResult {
            tab,
            effect,
            outcome: obey(dice, office, ledger, &job),
        },
    })
}

/// The window in which a ticket is.
fn window_of(ticket: u64) -> i64 {
    if matches!(ticket, 43 | 44) { 2 } else { 1 }
}

/// A page that the engineer opened from a ticket, in a tab behind it or in front.
fn followed(
    dice: &mut Dice,
    stage: &Stage,
    office: &mut Office,
    pending: &mut Vec<Event>,
) -> Event {
    let opener: i64 = *dice.of(&[41, 42, 43, 44]);
    office.last_tab = 50 + (office.last_tab + 1) % 40;
    let tab = office.last_tab;
    let (url, html) = dice.of(&stage.pages).clone();
    let active = dice.one_in(2);
    pending.push(Event::PortalPage {
        tab,
        url: url.clone(),
        html,
    });
    pending.push(Event::TabSeenIn {
        tab,
        window: window_of(opener.unsigned_abs()),
        url,
        active,
        focused: active,
    });
    Event::TabCreated {
        tab,
        opener: Some(opener),
    }
}

/// Answers one request.
fn wanted(
    dice: &mut Dice,
    office: &mut Office,
    ledger: Option<&Ledger>,
    mood: Mood,
) -> Option<Event> {
    if dice.one_in(3)
        && let Some(event) = obeyed(dice, office, ledger, mood)
    {
        return Some(event);
    }
    // A page says whether it has the job that it is asked about.
    if let Some(effect) = dice.take(&mut office.asked) {
        let has = office.taken.contains(&effect)
            || office.jobs.iter().any(|(_, job)| job.number() == effect);
        return Some(Event::PageHasJob { effect, has });
    }
    if let Some(id) = dice.take(&mut office.waits) {
        return Some(Event::Waited { id });
    }
    if let Some((id, url)) = dice.take(&mut office.fetches) {
        let file = match dice.below(6) {
            0 => Fetched::Not(bad(dice)),
            1 => Fetched::Bytes(HOSTILE.as_bytes().to_vec()),
            _ => office.sites.file(&url),
        };
        return Some(Event::Fetched { id, file });
    }
    if let Some((id, url)) = dice.take(&mut office.browser.reads) {
        let answer = if dice.one_in(if mood == Mood::Eager { 100 } else { 25 }) {
            bad(dice)
        } else {
            office.sites.answer(&url)
        };
        return Some(Event::Answered { id, answer });
    }
    None
}

fn anything(dice: &mut Dice, stage: &Stage, office: &Office) -> Event {
    let tab = i64::try_from(40 + dice.below(10)).unwrap();
    match dice.below(20) {
        0..=1 => Event::TabSeen {
            tab,
            url: dice.of(&stage.addresses).clone(),
            front: !dice.one_in(3),
        },
        2..=3 => Event::TabSeenIn {
            tab,
            window: *dice.of(&[1, 2]),
            url: dice.of(&stage.addresses).clone(),
            active: !dice.one_in(3),
            focused: dice.one_in(2),
        },
        4 if dice.one_in(2) => Event::TabReplaced {
            old: tab,
            new: tab + 100,
        },
        4 => Event::TabCreated {
            tab,
            opener: (!dice.one_in(3)).then(|| *dice.of(&[41, 42, 43, 44])),
        },
        5 => Event::TabClosed { tab },
        6 => {
            let token = office
                .browser
                .model
                .tabs
                .opening
                .keys()
                .next_back()
                .copied();
            Event::TabOpened {
                tab,
                token: perhaps(dice, token),
            }
        }
        7 => Event::HostAccess {
            missing: if dice.one_in(3) {
                vec![
                    format!("https://{ZENDESK}/*"),
                    format!("https://{PORTAL}/*"),
                ]
            } else {
                Vec::new()
            },
        },
        8 if dice.one_in(3) => Event::WindowClosed { window: 2 },
        8 => Event::PanelGone {
            window: *dice.of(&[1, 2]),
        },
        9..=12 => {
            let (url, html) = dice.of(&stage.pages).clone();
            Event::PortalPage { tab, url, html }
        }
        13 => Event::Answered {
            id: perhaps(dice, Some(office.browser.model.last_effect)),
            answer: bad(dice),
        },
        14 => Event::PageResult {
            tab,
            effect: perhaps(dice, Some(office.browser.model.last_effect)),
            outcome: Outcome::Failed {
                why: HOSTILE.to_owned(),
            },
        },
        15 => Event::Selected {
            tab,
            text: (*dice.of(&[CODE, KEY_TEXT, HOSTILE, "license ID 410233"])).to_owned(),
        },
        16 => {
            let mut event = office.browser.dropped(
                HOSTILE,
                30,
                dice.of::<&str>(&["bGljZW5zZSBJRCA0MTAyMzM=", "!", ""]),
            );
            // The engineer dropped it on another ticket.
            if let Event::FileGiven { case, .. } = &mut event
                && dice.one_in(5)
            {
                *case = Some(key(*dice.of(&[41, 42, 43, 44])));
            }
            event
        }
        17 => Event::Reminders {
            set: vec![Reminder {
                url: ticket_address(41),
                at_ms: dice.below(NOW * 2),
            }],
        },
        18 => Event::Fetched {
            id: dice.below(400),
            file: Fetched::Bytes(KEY_TEXT.as_bytes().to_vec()),
        },
        _ => Event::Woke,
    }
}

/// The tabs that were asked for open, one event at a time: the tab, its address, its page.
fn tabs(dice: &mut Dice, office: &mut Office, pending: &mut Vec<Event>) -> Option<Event> {
    let (token, url) = dice.take(&mut office.opening)?;
    office.last_tab = 50 + (office.last_tab + 1) % 40;
    let tab = office.last_tab;
    if let Some(html) = office.sites.portal.get(&url) {
        pending.push(Event::PortalPage {
            tab,
            url: url.clone(),
            html: html.clone(),
        });
    }
    // In the engineer's window, or in the other one, where they look at nothing.
    let here = office.browser.model.tabs.here;
    let window = if dice.one_in(12) {
        3 - here.clamp(1, 2)
    } else {
        here
    };
    pending.push(Event::TabSeenIn {
        tab,
        window,
        url,
        active: true,
        focused: window == here,
    });
    Some(Event::TabOpened { tab, token })
}

/// What happens next.
pub fn event(
    dice: &mut Dice,
    stage: &Stage,
    office: &mut Office,
    ledger: Option<&Ledger>,
    pending: &mut Vec<Event>,
) -> Event {
    next(dice, stage, office, ledger, pending, Mood::Wild)
}

/// How a run goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Anything happens at any time.
    Wild,
    /// The engineer gets on with the case in front of them, and less happens around them.
    Eager,
}

/// What happens next in a run of that mood.
pub fn next(
    dice: &mut Dice,
    stage: &Stage,
    office: &mut Office,
    ledger: Option<&Ledger>,
    pending: &mut Vec<Event>,
    mood: Mood,
) -> Event {
    if let Some(event) = pending.pop() {
        return event;
    }
    let eager = mood == Mood::Eager;
    // Whoever is busy looks at nothing else, and presses once the last press came to something.
    let busy = eager && !dice.one_in(12) && !is_idle(office);
    match if busy { 99 } else { dice.below(100) } {
        0..=34 if eager && dice.one_in(4) => {}
        0..=9 if eager && !dice.one_in(4) => return command(dice, office, eager),
        0..=4 => return anything(dice, stage, office),
        5..=9 => {
            let ticket = *dice.of(&[41, 41, 41, 42, 42, 43, 43, 44, 45, 46]);
            return Event::TabSeenIn {
                tab: i64::try_from(ticket).unwrap(),
                window: window_of(ticket),
                url: ticket_address(ticket),
                active: true,
                focused: !dice.one_in(4),
            };
        }
        10..=34 => return command(dice, office, eager),
        35..=36 => {
            let window = *dice.of(&[1, 2]);
            return Event::PanelIn { window };
        }
        37 => {
            return Event::HostAccess {
                missing: Vec::new(),
            };
        }
        38 => return followed(dice, stage, office, pending),
        39..=44 => {
            if let Some(event) = tabs(dice, office, pending) {
                return event;
            }
        }
        _ => {}
    }
    wanted(dice, office, ledger, mood)
        .or_else(|| obeyed(dice, office, ledger, mood))
        .or_else(|| tabs(dice, office, pending))
        .unwrap_or_else(|| command(dice, office, eager))
}

/// Whether nothing is on its way.
fn is_idle(office: &Office) -> bool {
    office.browser.reads.is_empty()
        && office.jobs.is_empty()
        && office.waits.is_empty()
        && office.fetches.is_empty()
        && office.opening.is_empty()
}

/// A tab that Tether brings to the front, or loads anew, is seen there.
pub fn brought(office: &Office, effects: &[Effect], pending: &mut Vec<Event>) {
    for effect in effects {
        let (Effect::FocusTab { tab } | Effect::ReloadTab { tab }) = effect else {
            continue;
        };
        let Some(known) = office.browser.model.tabs.get(tab) else {
            continue;
        };
        let url = match (&known.ticket, &known.user) {
            (Some(ticket), _) => ticket_address(ticket.ticket.get()),
            (None, Some(user)) => format!("https://{}/agent/users/{}", user.host, user.id),
            (None, None) => continue,
        };
        pending.push(Event::TabSeenIn {
            tab: *tab,
            window: known.window.unwrap_or(1),
            url,
            active: true,
            focused: true,
        });
    }
}

/// Whether an address searches the portal for an activation code.
pub fn searches(url: &str) -> bool {
    url.starts_with("https://customers.gitlab.com/admin/cloud_activation?query=")
        && decoded(url).contains(CODE)
}
