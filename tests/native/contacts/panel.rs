//! What the panel shows about contacts.

use super::*;

#[test]
fn the_panel_proposes_whom_the_requester_names_and_folds_the_others_away() {
    let bench = Bench::at_ticket(with_bob());
    let view = bench.view();
    let first = find(&view, r#"ul[aria-label="Contacts to remove"] input"#);
    assert_eq!(first.len(), 1);
    assert!(first[0].contains(r#"data-field-user="31""#));
    let folded = find(&view, r#"#remove-list input[data-command="pick_leaver"]"#);
    assert_eq!(folded.len(), 2, "the requester and Carol");
    assert_eq!(
        find(
            &view,
            r#"li.mark-contact input[data-field-email="bob@lindqvist.example"][disabled]"#
        )
        .len(),
        1,
        "nothing to add"
    );
    assert_eq!(find(&view, r#"[data-command="remove_contacts"]"#), [""; 0]);
}

#[test]
fn a_long_list_is_folded_after_its_first_lines() {
    let many: Vec<String> = (0..20).map(|n| format!("u{n}@lindqvist.example")).collect();
    let bench = Bench::at_ticket(naming(&many.join(" ")));
    let view = bench.view();
    assert_eq!(
        find(&view, r#"ul[aria-label="Addresses to add"] > li"#).len(),
        8
    );
    assert_eq!(
        find(&view, r#"details.more [data-command="toggle_contact"]"#).len(),
        12
    );
    assert!(text_of(&view).contains("Add 20 contacts"));
}

#[test]
fn the_ticked_addresses_are_copied_for_the_app() {
    let mut bench = Bench::at_ticket(naming(
        "b@lindqvist.example c@lindqvist.example d@lindqvist.example",
    ));
    bench.press("toggle_contact", &[("email", "c@lindqvist.example")]);
    let copy = find(
        &bench.view(),
        r#"button[data-copy-text="b@lindqvist.example, d@lindqvist.example"][data-command="copied"]"#,
    );
    assert_eq!(copy.len(), 1);
    assert_eq!(text_of(&copy[0]), "Copy emails");
}

#[test]
fn each_line_says_its_mark_as_a_word_and_leads_to_the_other_organization() {
    let bench = marked();
    let view = bench.view();
    for (class, says) in [
        ("mark-new", "new user"),
        ("mark-contact", "already a contact"),
        ("mark-elsewhere", "In 92. Adding would move them"),
        ("mark-team", "One of the team, who is no customer’s contact"),
        ("mark-suspended", "Open the user in Zendesk first"),
        ("mark-free", "free mail"),
        (
            "mark-several",
            "2 users have this address. Open them in Zendesk",
        ),
        ("mark-known", "no organization"),
    ] {
        let lines = find(&view, &format!("li.{class}"));
        assert!(
            !lines.is_empty() && lines.iter().all(|line| text_of(line).contains(says)),
            "{class}: {lines:?}"
        );
    }
    assert!(view.contains("https://gitlab.zendesk.com/agent/organizations/92"));
    for input in find(
        &view,
        "li.mark-elsewhere input[type=checkbox], li.mark-contact input[type=checkbox]",
    ) {
        assert!(
            input.contains("disabled") && !input.contains("checked"),
            "{input}"
        );
    }
}

#[test]
fn every_control_of_the_contacts_has_a_name_and_an_id_is_there_once() {
    let mut bench = marked();
    bench.desk.tickets.insert(20, vec![(13, "open")]);
    bench.press("pick_leaver", &[("user", "20")]);
    bench.settle();
    let view = bench.view();
    let document = scraper::Html::parse_fragment(&view);
    let all = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let mut ids = Vec::new();
    for element in document.select(&all("[id]")) {
        let id = element.value().attr("id").unwrap();
        assert!(!id.contains(char::is_whitespace), "{id}");
        assert!(!ids.contains(&id), "{id} twice");
        ids.push(id);
    }
    let labels: Vec<&str> = document
        .select(&all("label[for]"))
        .filter_map(|l| l.value().attr("for"))
        .collect();
    for control in document.select(&all("section.next :is(input, textarea)")) {
        let within = control
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .any(|a| a.value().name() == "label");
        let named = control
            .value()
            .attr("id")
            .is_some_and(|id| labels.contains(&id));
        assert!(within || named, "{}", control.html());
    }
    for button in document.select(&all("section.next button")) {
        assert!(
            !button.text().collect::<String>().trim().is_empty(),
            "{}",
            button.html()
        );
    }
    for described in document.select(&all("[aria-describedby]")) {
        for id in described
            .value()
            .attr("aria-describedby")
            .unwrap()
            .split(' ')
        {
            assert!(ids.contains(&id), "{id} is described by nothing");
        }
    }
}

#[test]
fn what_others_wrote_is_text_in_the_panel() {
    let mut desk = naming(
        "Add o’<img>neil@lindqvist.example and '><script>alert(1)</script>@lindqvist.example x’y@lindqvist.example",
    );
    desk.user(
        31,
        "<script>alert(2)</script>\u{202e}",
        "bob@lindqvist.example",
        Some(ORGANIZATION),
    );
    desk.tickets.insert(31, vec![(13, "<b>")]);
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    bench.press(
        "remove_all_the_same",
        &[("user", "31"), ("reason", "<script>alert(3)</script>")],
    );
    bench.press("edit_list", &[("addresses", "\"><img src=x>, <i>")]);
    let view = bench.view();
    for forbidden in ["<script", "<img", "<b>", "<i>", "\u{202e}"] {
        assert!(!view.contains(forbidden), "{forbidden}");
    }
    assert!(view.contains("&lt;script&gt;alert(2)"));
}
