//! The diagnosed page without its values: shown before it is saved, and gone when the engineer drops it.

use tether::app::effect::Job;
use tether::app::event::{Outcome, Unreachable};
use tether::app::{Effect, Event};

use super::fixtures::{diagnosed, order};
use crate::support::pages::{Version, field, show, url};
use crate::support::{Browser, Web, text_of, ticket_address};

fn license() -> Web {
    let fields = vec![field("company", "Company", "Quibbleton &lt;b&gt; Widgets")];
    (
        url("license", 410_233),
        show(Version::V3, "license", 410_233, &[fields]),
    )
}

/// The number of the page job that takes the page.
fn taken(effects: &[Effect]) -> u64 {
    let jobs: Vec<u64> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Page {
                job: Job::TakePage { effect },
                ..
            } => Some(*effect),
            _ => None,
        })
        .collect();
    assert_eq!(jobs.len(), 1, "{effects:?}");
    jobs[0]
}

fn saved(page: &Web) -> Browser {
    let mut browser = diagnosed(page);
    let effect = taken(&browser.press("save_page", &[]));
    let (url, html) = page.clone();
    browser.outcome(effect, Outcome::Page { url, html });
    browser
}

/// What the file would hold: the text of the preview.
fn file(html: &str) -> Option<String> {
    let document = scraper::Html::parse_fragment(html);
    let preview = scraper::Selector::parse("#page-without-values").unwrap();
    let found = document.select(&preview).next()?;
    Some(found.text().collect())
}

#[test]
fn a_page_is_previewed_without_its_values_and_dropped_when_told() {
    let page = license();
    let browser = diagnosed(&page);
    assert!(browser.view().contains("Save page without its values"));
    let mut browser = saved(&page);
    let view = browser.view();
    let content = file(&view).expect("a preview");
    assert!(!view.to_lowercase().contains("quibbleton"), "{view}");
    assert!(!view.contains("410233"), "{view}");
    assert!(
        content.starts_with(
            "<!-- Without its values, by Tether: https://customers.gitlab.com/admin/license/"
        ),
        "{content}"
    );
    assert!(content.contains(" Company\n"), "{content}");
    assert!(view.contains(
        "data-save-file=\"tether-portal-page.html\" data-save-from=\"page-without-values\""
    ));
    let stored = format!("{:?}", browser.model);
    assert!(!stored.contains("&lt;b&gt; Widgets"));
    browser.press("close_saved_page", &[]);
    assert_eq!(file(&browser.view()), None);
    let mut browser = saved(&page);
    browser.press("close_diagnosis", &[]);
    assert_eq!(file(&browser.view()), None);
    let mut browser = saved(&page);
    order(&browser.press("diagnose", &[]));
    assert_eq!(file(&browser.view()), None);
}

#[test]
fn a_page_that_moved_on_or_gave_nothing_is_not_saved() {
    let page = license();
    for (outcome, says) in [
        (
            Outcome::Page {
                url: "https://elsewhere.example/".to_owned(),
                html: "<p>Quibbleton</p>".to_owned(),
            },
            "Quibbleton",
        ),
        (Outcome::NoToken, "Quibbleton"),
    ] {
        let mut browser = diagnosed(&page);
        let effect = taken(&browser.press("save_page", &[]));
        browser.outcome(effect, outcome);
        let view = browser.view();
        assert_eq!(file(&view), None);
        assert!(text_of(&view).contains("Try again"), "{view}");
        assert!(!view.contains(says));
    }
    let mut browser = diagnosed(&page);
    let effect = taken(&browser.press("save_page", &[]));
    browser.tell(Event::PageUnreachable {
        effect,
        why: Unreachable::Lost,
    });
    assert!(text_of(&browser.view()).contains("Try again"));
    let mut browser = diagnosed(&page);
    let effect = taken(&browser.press("save_page", &[]));
    let html = "<p>Quibbleton</p>".repeat(200_000);
    browser.outcome(
        effect,
        Outcome::Page {
            url: page.0.clone(),
            html,
        },
    );
    assert!(browser.view().contains("too large for Tether"));
    // Without a diagnosis there is nothing to save.
    let mut browser = Browser::at_ticket();
    browser.look(1, &ticket_address(41));
    let effects = browser.press("save_page", &[]);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Page { .. })));
}
