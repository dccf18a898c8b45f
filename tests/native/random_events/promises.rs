//! What must hold at any moment, and for every effect.

use std::collections::HashSet;

use tether::app::effect::Job;
use tether::app::model::reads::Waiting;
use tether::app::{Effect, Event, Model, note_of, update};
use tether::case::Case;
use tether::evidence::Kept;

use super::events::searches;
use super::stage::KEY;
use crate::support::*;

/// The text of the note that a view shows: tags removed, characters still encoded.
fn note_in(view: &str) -> Option<String> {
    let rest = &view[view.find(" aria-label=\"Internal note\">")?..];
    let inside = &rest[rest.find('>')? + 1..rest.find("</pre>")?];
    Some(
        inside
            .split('<')
            .enumerate()
            .map(|(n, part)| {
                if n == 0 {
                    part
                } else {
                    part.split_once('>').map_or("", |(_, text)| text)
                }
            })
            .collect(),
    )
}

fn secret(text: &str) -> bool {
    text.contains(&CODE[4..20])
}

fn holds_key(text: &str) -> bool {
    text.contains(KEY)
}

/// What `update` promises about the effects of one event.
pub fn check_effects(browser: &Browser, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Page {
                job: Job::FillKey { .. },
                ..
            } => {}
            Effect::Page {
                job: Job::WriteNote { html, .. } | Job::WriteReply { html, .. },
                ..
            } => {
                assert!(!secret(html) && !holds_key(html), "a secret in {html}");
            }
            Effect::Page { job, .. } => {
                let told = serde_json::to_string(job).unwrap();
                assert!(!secret(&told) && !holds_key(&told), "a secret in {told}");
            }
            Effect::Fetch { url, .. } => assert!(
                url.starts_with("https://gitlab.zendesk.com/attachments/"),
                "{url}"
            ),
            Effect::Read { id, url, accept } => {
                assert!(!secret(url) || searches(url), "a secret in {url}");
                read(browser, *id, url, accept);
            }
            Effect::Wait { ms, .. } => assert!((1..=10_000).contains(ms)),
            Effect::Remind { url, .. } | Effect::Forget { url } => {
                assert!(
                    url.starts_with("https://gitlab.zendesk.com/agent/tickets/"),
                    "{url}"
                );
            }
            Effect::OpenTab { url, .. } => {
                assert!(!secret(url) || searches(url), "a secret in {url}");
                let known = url.starts_with("https://customers.gitlab.com/admin")
                    || url.starts_with("https://gitlab.zendesk.com/agent/");
                assert!(known, "{url}");
            }
            Effect::FocusTab { tab } | Effect::ReloadTab { tab } => {
                assert!(browser.model.tabs.all.contains_key(tab))
            }
            Effect::Settings { entries } => {
                let told = serde_json::to_string(entries).unwrap();
                assert!(!secret(&told) && !holds_key(&told), "a secret in {told}");
            }
            Effect::ReleaseHost { origin } => {
                assert!(
                    !origin.contains("customers.gitlab.com")
                        && !origin.contains("//gitlab.zendesk"),
                    "{origin}"
                )
            }
            Effect::OpenSettings | Effect::OpenShortcuts => {}
            Effect::AskPage { effect, .. } => {
                assert!(
                    browser.model.page_jobs.contains_key(effect),
                    "only what is on its way is asked about"
                )
            }
            Effect::Badge { text, title, .. } => {
                assert!(text.chars().count() <= 2 && !secret(title))
            }
        }
    }
    if effects
        .iter()
        .any(|e| matches!(e, Effect::Read { .. } | Effect::Fetch { .. }))
    {
        let waiting: Vec<String> = browser
            .model
            .waiting
            .values()
            .map(|w| format!("{w:?}"))
            .collect();
        let once: HashSet<&String> = waiting.iter().collect();
        assert_eq!(
            once.len(),
            waiting.len(),
            "asked twice at once: {waiting:?}"
        );
    }
}

fn read(browser: &Browser, id: u64, url: &str, accept: &str) {
    let model = &browser.model;
    match model.waiting.get(&id) {
        Some(Waiting::Trace(key, _)) => {
            assert!(
                model.case(key).unwrap().trace.is_running(),
                "nobody walks: {url}"
            );
            assert!(
                url.starts_with("https://customers.gitlab.com/admin/"),
                "{url}"
            );
            assert_eq!(
                accept, "text/html",
                "with anything else the portal answers with the record's data"
            );
        }
        Some(Waiting::Setup { run, look }) => {
            assert_eq!(*run, model.setup.run, "an earlier check reads: {url}");
            let (of_site, accepts) = if look.is_of_portal() {
                ("https://customers.gitlab.com/admin/", "text/html")
            } else {
                ("https://gitlab.zendesk.com/api/v2/", "application/json")
            };
            assert!(url.starts_with(of_site), "{look:?}: {url}");
            assert_eq!(accept, accepts);
            let host = url.split('/').nth(2).unwrap();
            assert!(
                !model.missing_access.iter().any(|m| m.contains(host)),
                "read without access: {look:?}"
            );
        }
        Some(waiting) => {
            assert!(
                url.starts_with("https://gitlab.zendesk.com/api/v2/"),
                "{url}"
            );
            assert_eq!(accept, "application/json");
            // Reads for a press are made whether a panel is open or not.
            if !matches!(
                waiting,
                Waiting::Task { .. } | Waiting::Reply(..) | Waiting::SavedAnswer(_)
            ) {
                assert!(model.panel_open, "read without a panel: {waiting:?}");
                assert!(
                    !model.missing_access.iter().any(|m| m.contains(ZENDESK)),
                    "read without access: {waiting:?}"
                );
            }
        }
        None => panic!("nobody waits for {url}"),
    }
}

/// A public reply reveals nothing, and its HTML is clean.
pub fn check_reply(case: &Case, html: &str, lines: &[String]) {
    let said = format!("{html}\n{}", lines.join("\n")).to_lowercase();
    if let Some(sold_to) = case.chain.sold_to_email() {
        assert!(
            !said.contains(&sold_to.to_lowercase()),
            "{sold_to} in a public reply: {said}"
        );
    }
    assert!(
        !secret(html) && !holds_key(html) && !html.contains("eyJkYXRhIjoi"),
        "a secret in {html}"
    );
    assert!(
        !html.contains("<img") && !html.contains("<script") && !html.contains("onclick"),
        "{html}"
    );
}

/// The restored model continues like the live one.
pub fn goes_on_alike(
    mut live: Model,
    stored: &[(String, String)],
    event: &Event,
    browser: &Browser,
    effects: &[Effect],
) {
    let mut restored = Model::restore(stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    // The codes are deliberately in memory only, and so are the last events.
    restored.secrets = std::mem::take(&mut live.secrets);
    restored.trail = std::mem::take(&mut live.trail);
    let next = update(&mut restored, event.clone(), browser.world());
    assert_eq!(
        next, effects,
        "after a stop the next effects are others: {event:?}"
    );
    assert_eq!(
        serde_json::to_value(&restored).unwrap(),
        serde_json::to_value(&browser.model).unwrap()
    );
    assert!(
        restored.cases().eq(browser.model.cases()),
        "after a stop the cases are others: {event:?}"
    );
}

/// What holds at any moment.
pub fn check_state(browser: &Browser) {
    let view = browser.view();
    let restored = Model::restore(browser.stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    assert_eq!(
        tether::view::panel(&restored, browser.world()),
        view,
        "what is stored shows as what is live"
    );
    assert!(
        !view.contains("<img") && !view.contains("href=\"javascript:") && !view.contains("<script"),
        "hostile text is text: {view}"
    );
    assert!(!secret(&view) && !holds_key(&view), "a secret in the view");
    assert!(!secret(&browser.storage()), "a code in storage");
    for case in browser.model.cases() {
        if let Some(ticket) = case.ticket.got() {
            assert_eq!(
                case.requester.user,
                Some(ticket.requester.id),
                "what is known is of the ticket's requester"
            );
        }
        let alone: Case = serde_json::from_str(&serde_json::to_string(case).unwrap()).unwrap();
        let without_key = |mut case: Case| {
            case.proofs
                .found
                .retain(|p| !matches!(p.kept, Kept::LicenseKey(_) | Kept::UsageExport(_)));
            serde_json::to_string(&case).unwrap()
        };
        assert!(
            !holds_key(&without_key(alone.clone())),
            "a key outside of the proof that it is"
        );
        let note = note_of(case, browser.world());
        assert_eq!(
            note_of(&alone, browser.world()),
            note,
            "the note depends on the case alone"
        );
        assert!(!note.lines.is_empty());
        assert_eq!(
            note.plain().lines().count(),
            note.lines.len(),
            "no line is forged: {}",
            note.plain()
        );
        assert!(!note.plain().contains(['\u{2028}', '\u{202E}']));
        let is_shown = browser.model.tabs.focus() == Some(&case.key)
            && browser.model.tabs.refused_host().is_none()
            && case.has_something_to_note()
            && !case.trouble.opened
            && !case.is_noted(&note.reading());
        if is_shown {
            let shown = note
                .plain()
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;");
            assert_eq!(
                note_in(&view).as_deref(),
                Some(shown.as_str()),
                "the panel shows the note of the case in focus"
            );
        }
    }
}
