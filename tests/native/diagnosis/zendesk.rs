//! What the report says about Zendesk's pages.

use tether::app::diagnose::{Mark, Report, report_of};
use tether::app::event::Outcome;
use tether::map::Map;
use tether::zendesk::diagnose::{ChannelSeen, ComposerSeen, FieldSeen, Looked};

use super::fixtures::order;
use crate::support::{Browser, text_of, ticket_address};

const LISTS: [&str; 12] = [
    "active_pane",
    "pane_ticket",
    "active_tab",
    "composer",
    "channel_button",
    "channel_internal",
    "channel_public",
    "submit_button",
    "submit_menu_button",
    "submit_menu_entry",
    "user_pane",
    "organization_field",
];

/// A ticket in front with everything where it should be, and another ticket mounted beside it.
pub fn ticket() -> Looked {
    let browser = Browser::new();
    let selectors = &browser.profile.zendesk.selectors;
    let mut counts = Map::new();
    for (name, variants) in selectors.all() {
        let here = !name.starts_with("channel_")
            && !name.contains("entry")
            && !name.starts_with("user")
            && !name.starts_with("organization");
        let first = if here || name == "channel_button" {
            (2, 1)
        } else {
            (0, 0)
        };
        counts.insert(
            name.to_owned(),
            variants
                .iter()
                .enumerate()
                .map(|(at, _)| Some(if at == 0 { first } else { (0, 0) }))
                .collect(),
        );
    }
    Looked {
        path: "/agent/tickets/41".to_owned(),
        hidden: false,
        counts,
        offers: Map::new(),
        composer: Some(ComposerSeen::Composer),
        channel: Some(ChannelSeen::Public),
        organization: None,
    }
}

fn diagnosed(address: &str, looked: Looked) -> (Browser, Report) {
    let mut browser = Browser::at_ticket();
    browser.look(1, address);
    browser.settle();
    let (_, effect) = order(&browser.press("diagnose", &[]));
    browser.outcome(effect, Outcome::Looked(looked));
    let report = report_of(&browser.model, browser.world()).unwrap();
    (browser, report)
}

fn line(report: &Report, begins: &str) -> (Mark, String) {
    let found = report
        .parts
        .iter()
        .flat_map(|p| &p.lines)
        .find(|l| l.text.starts_with(begins));
    let found = found.unwrap_or_else(|| panic!("{begins}: {}", report.markdown()));
    (found.mark, found.text.clone())
}

#[test]
fn a_ticket_with_everything_in_its_place_has_nothing_to_complain_of() {
    let (_, report) = diagnosed(&ticket_address(41), ticket());
    assert_eq!(
        report.summary,
        "Tether sees a ticket. Its selectors find what they should."
    );
    assert!(
        !report
            .parts
            .iter()
            .flat_map(|p| &p.lines)
            .any(|l| l.mark == Mark::Bad),
        "{}",
        report.markdown()
    );
    for name in LISTS {
        line(&report, &format!("`{name}`: "));
    }
    assert_eq!(
        line(&report, "`composer`").1,
        "`composer`: 1 found by selector 1 of 2, 1 expected; 2 in the whole page"
    );
    assert_eq!(
        line(&report, "`problem_type`"),
        (
            Mark::Good,
            "`problem_type`: found by its title (`Support Ops Problem Type`)".to_owned()
        )
    );
    assert_eq!(line(&report, "Channel").1, "Channel: public reply");
    assert_eq!(
        line(&report, "`gitlab.zendesk.com`").1,
        "`gitlab.zendesk.com`: access is granted"
    );
    assert!(
        report
            .markdown()
            .contains("- Address: `/agent/tickets/<id>`")
    );
}

#[test]
fn a_selector_that_finds_nothing_is_named_with_its_count() {
    let mut looked = ticket();
    looked
        .counts
        .insert("composer".to_owned(), vec![Some((0, 0)), None]);
    looked.composer = Some(ComposerSeen::NoComposer);
    let (browser, report) = diagnosed(&ticket_address(41), looked);
    assert_eq!(
        report.summary,
        "Tether sees a ticket. 1 of its lists of selectors does not find what it should."
    );
    let (mark, text) = line(&report, "`composer`");
    assert_eq!(mark, Mark::Bad);
    assert_eq!(
        text,
        "`composer`: 0 found by none of 2 selectors, 1 expected; 0 in the whole page; no selector in this browser: 2"
    );
    assert_eq!(
        line(&report, "No active pane, or no composer in it").0,
        Mark::Bad
    );
    let view = text_of(&browser.view());
    assert!(
        view.contains("composer: 0 found by none of 2 selectors"),
        "{view}"
    );
}

#[test]
fn a_users_page_is_judged_by_its_organization_field() {
    let mut looked = ticket();
    looked.path = "/agent/users/377005/Ada Lindqvist/requested_tickets".to_owned();
    looked.composer = None;
    looked.organization = Some(FieldSeen::Field);
    let (_, report) = diagnosed(
        "https://gitlab.zendesk.com/agent/users/377005/requested_tickets",
        looked.clone(),
    );
    assert_eq!(
        report.summary,
        "Tether sees a user’s page. Its selectors find what they should."
    );
    assert_eq!(
        line(&report, "Organization field").1,
        "Organization field: one, by its label"
    );
    assert!(
        report
            .markdown()
            .contains("- Address: `/agent/users/<id>/<…>/requested_tickets`"),
        "{}",
        report.markdown()
    );
    assert!(!report.markdown().contains("377005") && !report.markdown().contains("Ada"));
    looked.organization = Some(FieldSeen::NoField);
    let (_, report) = diagnosed("https://gitlab.zendesk.com/agent/users/377005", looked);
    assert_eq!(line(&report, "`organization_field`").0, Mark::Bad);
    assert_eq!(
        line(&report, "Organization field").1,
        "Organization field: none, neither by selector nor by label"
    );
}

#[test]
fn what_an_old_or_odd_script_reports_counts_as_unknown() {
    let told = serde_json::json!({
        "kind": "looked", "path": "/agent/tickets/41", "hidden": true, "counts": {"composer": [[1, 1]], "made_up": [[3, 3]]},
        "composer": "something new", "channel": "telepathy", "organization": null,
    });
    let Outcome::Looked(looked) = tether::plain::read(told).unwrap() else {
        panic!("not taken for counts")
    };
    let (_, report) = diagnosed(&ticket_address(41), looked);
    let markdown = report.markdown();
    assert!(
        !markdown.contains("telepathy")
            && !markdown.contains("made_up")
            && !markdown.contains("something new"),
        "{markdown}"
    );
    assert_eq!(line(&report, "Channel").0, Mark::Bad);
    assert_eq!(line(&report, "The page is out of sight").0, Mark::Bad);
}
