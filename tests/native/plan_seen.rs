//! Each step of a plan is what the engineer saw when they pressed, and what they ticked for it is used up by it.

use crate::fresh_look::{office, work};
use crate::plan_slips::until;
use crate::plans::{
    entitled, notes, offered, press, run, start_contacts, start_license, states, writes_to,
};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::reply_about;
use tether::case::plan::{RunState, StepKind, StepProblem, StepState};
use tether::case::reply_progress::Progress;

/// The organization's namesake in Salesforce: the engineer has to choose one of the two.
const TWIN: u64 = 92;

fn stopped_as_another(office: &Office, ticket: u64, kind: StepKind) {
    let states = states(office, ticket);
    let another = StepState::Failed(StepProblem::Another);
    assert!(states.contains(&(kind, another)), "{states:?}");
    assert_eq!(run(office, ticket).state, RunState::Stopped);
}

/// The ticket goes to another group, so there is no plan to be shown any more; the one that stopped can still be continued.
fn hand_over(office: &mut Office, ticket: u64) {
    press(office, "open_trouble", &[("open", "true")]);
    let handed = [("reason", "Somebody else looks."), ("group", "82")];
    press(office, "hand_over", &handed);
    office.look_at_ticket(ticket);
    assert_eq!(offered(office, ticket), []);
}

#[test]
fn a_plan_that_goes_on_associates_with_the_organization_that_it_showed_or_stops() {
    let mut sites = Sites::new();
    let twin = organization_json(TWIN, "Twin", Some(SFDC18), None);
    sites.organizations.insert(TWIN, twin);
    let mut office = office(41, sites);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    let first = ORGANIZATION.to_string();
    press(
        &mut office,
        "choose_organization",
        &[("organization", &first)],
    );
    office.press("run_plan", &[]);
    until(&mut office, |office| !office.sites.written.is_empty());
    office.press("stop_plan", &[]);
    work(&mut office);
    let second = TWIN.to_string();
    press(
        &mut office,
        "choose_organization",
        &[("organization", &second)],
    );
    hand_over(&mut office, 41);
    press(&mut office, "continue_plan", &[]);
    stopped_as_another(&office, 41, StepKind::Associate);
    assert_eq!(office.sites.organization_of(7), None);
}

#[test]
fn whom_the_engineer_ticks_during_a_run_is_not_added_by_it() {
    let mut office = start_contacts();
    let jo = [("email", "jo@lindqvist.example"), ("wanted", "true")];
    office.press("run_plan", &[]);
    let ian = [("email", "ian@lindqvist.example"), ("wanted", "false")];
    office.press("toggle_contact", &ian);
    office.press("toggle_contact", &jo);
    work(&mut office);
    stopped_as_another(&office, 42, StepKind::AddContacts);
    assert_eq!(writes_to(&office, "/users"), 0);
}

#[test]
fn a_reply_that_the_case_no_longer_calls_for_is_not_drafted_and_is_nobodys_choice() {
    let mut sites = Sites::new();
    sites.comments.get_mut(&41).unwrap().clear();
    sites.says(41, 7, "Please associate me.");
    let mut office = office(41, sites);
    let left = offered(&office, 41);
    assert_eq!(left.last(), Some(&(StepKind::Reply, true)), "{left:?}");
    office.press("run_plan", &[]);
    // The engineer finds the proof while the step before the reply is made.
    office.press("use_proof", &[("proof_text", "license ID 410233")]);
    work(&mut office);
    stopped_as_another(&office, 41, StepKind::Reply);
    assert!(office.sites.composers.is_empty());
    let browser = &office.browser;
    let about = reply_about(browser.case(41), browser.world());
    assert_eq!(about, None, "nobody chose it");
}

#[test]
fn what_a_colleague_wrote_after_the_last_change_is_seen_before_the_reply() {
    for (ticket, start) in [
        (41, start_license as fn() -> Office),
        (42, start_contacts as fn() -> Office),
    ] {
        let mut office = start();
        office.press("run_plan", &[]);
        until(&mut office, |office| {
            office.browser.case(ticket).drafting.now.is_under_way()
        });
        office.sites.touch(ticket);
        work(&mut office);
        assert!(!office.sites.composers.contains_key(&ticket), "{ticket}");
        let now = &office.browser.case(ticket).drafting.now;
        assert!(matches!(now, Progress::Problem { .. }), "{now:?}");
        let view = text_of(&office.browser.view());
        assert!(view.contains("wrote a comment"), "{view}");
    }
}

#[test]
fn a_tick_of_the_engineers_is_used_up_once_its_step_begins() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    // A colleague empties the field, and the engineer sets it again; then the colleague empties it once more.
    for _ in 0..2 {
        office.sites.tickets.get_mut(&41).unwrap()["custom_fields"][0]["value"] = json!(null);
        office.sites.touch(41);
        office.look_at_ticket(41);
        press(&mut office, "refresh", &[]);
        let left = offered(&office, 41);
        let unticked = (StepKind::ProblemType, false);
        assert!(left.contains(&unticked), "{left:?}");
        let tick = [("step", "problem_type"), ("wanted", "true")];
        press(&mut office, "plan_choose", &tick);
        press(&mut office, "run_plan", &[]);
        let set = &office.sites.tickets[&41]["custom_fields"][0]["value"];
        assert_eq!(set, "manage_contacts");
    }
}

#[test]
fn a_note_for_a_wait_says_only_what_is_still_so() {
    let mut office = office(43, Sites::new());
    press(&mut office, "trace", &[]);
    office.look_at_ticket(43);
    office.press("run_plan", &[]);
    until(&mut office, |office| !office.sites.written.is_empty());
    // The organization appears in Zendesk, and the engineer reads again.
    let new = organization_json(TWIN, "Lonely", Some(OTHER_SFDC), None);
    office.sites.organizations.insert(TWIN, new);
    office.press("refresh", &[]);
    work(&mut office);
    stopped_as_another(&office, 43, StepKind::NoteAndAssign);
    assert!(notes(&office, 43).is_empty(), "{:?}", notes(&office, 43));
    assert_eq!(office.sites.tickets[&43]["assignee_id"], json!(null));
}
