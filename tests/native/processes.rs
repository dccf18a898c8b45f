//! The process that a case follows: the handbook's, or the contact management app's.

use crate::fresh_look::work;
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::{Event, plan_offered};
use tether::case::check::{Answer, CheckName, checks};
use tether::case::plan::{RunState, StepKind, What};
use tether::case::trouble::preferred;
use tether::profile::Profile;
use tether::profile::zendesk::Process;
use tether::record::people::Group;

const APP: Process = Process::ContactManagementApp;

/// Ticket 41, entitled, with everything left to do.
fn entitled(process: Process, sites: Sites) -> Office {
    let mut office = Office::new(sites);
    office.browser.profile.zendesk.process = process;
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    work(&mut office);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    office
}

fn press(office: &mut Office, name: &str, fields: &[(&str, &str)]) {
    office.press(name, fields);
    work(office);
}

fn offered(office: &Office, ticket: u64) -> Vec<(StepKind, bool, Vec<String>)> {
    let browser = &office.browser;
    let offer =
        plan_offered(&browser.model, browser.case(ticket), browser.world()).expect("a plan");
    let steps = offer.steps.iter().map(|step| {
        let lines = match &step.what {
            What::Note(lines) => lines.clone(),
            _ => Vec::new(),
        };
        (step.what.kind(), step.ticked, lines)
    });
    steps.collect()
}

fn ticked(office: &Office, ticket: u64) -> Vec<(StepKind, bool)> {
    let all = offered(office, ticket).into_iter();
    all.map(|(kind, ticked, _)| (kind, ticked)).collect()
}

#[test]
fn with_the_app_tether_associates_nobody_unless_it_is_asked_to() {
    let mut office = entitled(APP, Sites::new());
    assert_eq!(
        ticked(&office, 41),
        [
            (StepKind::ProblemType, true),
            (StepKind::Note, false),
            (StepKind::Associate, false),
            (StepKind::Reply, false)
        ]
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(office.sites.organization_of(7), None);
    assert_eq!(office.sites.written.len(), 1, "the problem type alone");
    // The engineer asks for it.
    press(
        &mut office,
        "plan_choose",
        &[("step", "associate"), ("wanted", "true")],
    );
    press(&mut office, "run_plan", &[]);
    let run = office.browser.case(41).plan.run.clone().unwrap();
    assert_eq!(run.state, RunState::Over, "{run:#?}");
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));

    let handbook = entitled(Process::Handbook, Sites::new());
    assert!(ticked(&handbook, 41).iter().all(|(_, ticked)| *ticked));
}

#[test]
fn the_reply_follows_once_the_app_has_associated_the_requester() {
    let mut office = entitled(APP, Sites::new());
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(ORGANIZATION);
    press(&mut office, "refresh", &[]);
    office.look_at_ticket(41);
    work(&mut office);
    let ticked = ticked(&office, 41);
    assert!(ticked.contains(&(StepKind::Reply, true)), "{ticked:?}");
    assert!(!ticked.iter().any(|(kind, _)| *kind == StepKind::Associate));
}

#[test]
fn with_the_app_the_note_is_the_bare_ids_and_then_what_was_decided() {
    let office = entitled(APP, Sites::new());
    let note = |office: &Office| {
        let all = offered(office, 41).into_iter();
        let note = all.filter(|(kind, ..)| *kind == StepKind::Note);
        note.map(|(_, ticked, lines)| (ticked, lines))
            .next()
            .expect("a note")
    };
    let (ticked, lines) = note(&office);
    assert!(!ticked, "the app notes the records itself");
    assert_eq!(
        lines,
        [
            "License ID: 410233",
            "Order ID: 700101",
            "Billing account ID: 9001",
            "Salesforce account: 0014M00001hHV5CQAW",
            "Sold-to: ada@example.com"
        ]
    );
    assert!(!lines.iter().any(|line| line.contains("://")));

    // A reason or a decision is nothing that the app knows: then the note is ticked.
    let mut case = crate::support::entitled();
    let mut trial = license(410_233, SUB);
    trial.record.trial = tether::record::Shown::Value(true);
    case.chain
        .take(tether::record::seen::Record::License(trial));
    let all = checks(&case, rules(TODAY));
    let verdict = tether::case::check::verdict(&all);
    let short = tether::case::note::Note::of(&case, &all, &verdict, APP).reading();
    let long = tether::case::note::Note::of(&case, &all, &verdict, Process::Handbook).reading();
    assert!(short[0].starts_with("License ID: "), "{short:?}");
    let failed = |lines: &[String]| {
        let failed = lines
            .iter()
            .filter(|l| l.starts_with("Failed validation: "));
        failed.cloned().collect::<Vec<_>>()
    };
    assert!(!failed(&short).is_empty());
    assert_eq!(failed(&short), failed(&long), "the same reasons in both");
}

#[test]
fn an_organization_with_a_contact_management_project_is_warned_of() {
    let project = "it seems to have a contact management project: its contacts are changed there";
    for (field, text, warned) in [
        (
            "notes",
            "See https://gitlab.com/x/contact-management-project",
            true,
        ),
        ("details", "Has a Contact Management Project.", true),
        ("details", "CMP since 2025", true),
        ("notes", "The contact manager is on leave. cmpx", false),
    ] {
        let mut sites = Sites::new();
        sites.organizations.get_mut(&ORGANIZATION).unwrap()[field] = json!(text);
        for process in [Process::Handbook, APP] {
            let office = entitled(process, sites.clone());
            let browser = &office.browser;
            let found = checks(browser.case(41), browser.world().rules());
            let notes = found
                .iter()
                .find(|c| c.name == CheckName::OrganizationNotes)
                .unwrap();
            let Answer::ToDecide(why) = &notes.answer else {
                panic!("{:?}", notes.answer)
            };
            assert_eq!(why.contains(project), warned, "{text}: {why}");
            // Nothing is associated before the engineer has decided.
            let offer = plan_offered(&browser.model, browser.case(41), browser.world());
            let steps = offer.map_or(Vec::new(), |offer| offer.steps);
            assert!(!steps.iter().any(|s| s.what.kind() == StepKind::Associate));
        }
    }
}

#[test]
fn a_case_is_handed_over_to_support_ops_if_zendesk_has_no_other_of_the_groups() {
    let profile = Profile::parse(include_str!("../../extension/site-profile.json")).unwrap();
    let group = |id, name: &str| Group {
        id,
        name: name.to_owned(),
    };
    let only = [group(1, "Sales"), group(2, "Support Ops")];
    let wanted = &profile.zendesk.hand_over;
    assert_eq!(preferred(&only, wanted).map(|g| g.id), Some(2));
    let both = [group(2, "Support Ops"), group(3, "Support Ops Fullstack")];
    assert_eq!(preferred(&both, wanted).map(|g| g.id), Some(3));
}

#[test]
fn no_text_of_a_reply_assumes_that_support_ops_writes_it() {
    use tether::case::reply::{Outcome, starting_text};
    for outcome in Outcome::ALL {
        let text = starting_text(*outcome);
        assert!(!text.contains("Support Op"), "{text}");
        assert!(text.contains("GitLab Support"), "{text}");
    }
}

#[test]
fn with_the_app_copy_ids_is_first_until_the_app_has_done_its_work() {
    let primary = |office: &Office| {
        let html = scraper::Html::parse_fragment(&office.browser.view());
        let wanted = scraper::Selector::parse(".next .primary").unwrap();
        let all: Vec<String> = html.select(&wanted).map(|b| b.text().collect()).collect();
        all
    };
    let mut office = entitled(APP, Sites::new());
    assert_eq!(primary(&office), ["Copy IDs"]);
    assert_eq!(office.browser.view().matches(">Copy IDs<").count(), 1);
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(ORGANIZATION);
    press(&mut office, "refresh", &[]);
    office.look_at_ticket(41);
    work(&mut office);
    assert_eq!(primary(&office), ["Run 2 steps"]);
    let handbook = entitled(Process::Handbook, Sites::new());
    assert_eq!(primary(&handbook), ["Run 4 steps"]);
}
