//! The forms that Zendesk's answers really take: `./build.sh inspect answer` shows what Tether understands of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// What `inspect answer` prints of some files, as their names and lines.
fn inspected(kind: &str, files: &[PathBuf]) -> Vec<Value> {
    let mut arguments = vec!["answer".to_owned(), kind.to_owned()];
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    let mut out = Vec::new();
    tether::inspect::run(&arguments, &mut out).unwrap();
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What Tether understands of one answer.
fn understood(kind: &str, answer: &Value) -> Value {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = format!("{kind}-{:x}.json", fingerprint(&answer.to_string()));
    let file = folder.join(name);
    std::fs::write(&file, answer.to_string()).unwrap();
    let line = inspected(kind, std::slice::from_ref(&file)).remove(0);
    std::fs::remove_file(&file).ok();
    line
}

fn fingerprint(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (text, std::thread::current().id()).hash(&mut hasher);
    hasher.finish()
}

fn own_forms() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/zendesk_forms/forms.json");
    serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .as_array()
        .unwrap()
        .clone()
}

/// Each pointer of `wanted` whose value `line` does not hold; a text that begins with `~` is to be contained.
fn disagreements(line: &Value, wanted: &Value) -> Vec<String> {
    let wanted = wanted.as_object().unwrap();
    let mut wrong = Vec::new();
    for (pointer, value) in wanted {
        let is = line.pointer(pointer).unwrap_or(&Value::Null);
        let part = value.as_str().and_then(|text| text.strip_prefix('~'));
        let agrees = part.map_or(is == value, |part| {
            is.as_str().is_some_and(|text| text.contains(part))
        });
        if !agrees {
            wrong.push(format!("{pointer} is {is}, not {value}"));
        }
    }
    wrong
}

#[test]
fn every_form_of_an_answer_is_understood() {
    let mut wrong = Vec::new();
    let forms = own_forms();
    for form in &forms {
        let line = understood(form["kind"].as_str().unwrap(), &form["answer"]);
        wrong.extend(
            disagreements(&line, &form["understood"])
                .into_iter()
                .map(|what| format!("{}: {what}", form["name"])),
        );
    }
    println!(
        "{} forms of answers, {} disagreements",
        forms.len(),
        wrong.len()
    );
    assert!(
        forms.len() >= 20 && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}

/// The kinds of answers, by the beginnings of the files' names.
fn kind_of(name: &str) -> &'static str {
    let kinds = [
        ("comments_", "comments"),
        ("error_", "error"),
        ("groups_", "groups"),
        ("job_status", "job_status"),
        ("macro_", "macro"),
        ("macros_", "macros"),
        ("memberships", "memberships"),
        ("identities", "identities"),
        ("organization_users", "organization_users"),
        ("organization_", "organization"),
        ("search_organizations", "organizations"),
        ("ticket_fields", "ticket_fields"),
        ("tickets_", "tickets"),
        ("ticket_", "ticket"),
        ("users_me", "me"),
        ("users_", "users"),
        ("user_", "user"),
    ];
    kinds
        .into_iter()
        .find(|(beginning, _)| name.starts_with(beginning))
        .unwrap_or_else(|| panic!("{name}: of no known kind"))
        .1
}

/// What must be understood of the files of a folder of recorded answers: file, pointer, value.
fn must_be(name: &str) -> Value {
    match name {
        "comments_workspace_nbsp" => {
            json!({"/value/comments/0/addresses/0/in_signature": true, "/value/comments/0/addresses/1": null})
        }
        "comments_entities_in_addresses" => json!({
            "/value/comments/0/addresses/0/email": "o'brien@acme.example", "/value/comments/0/addresses/1/email": "r&d@acme.example",
            "/value/comments/0/addresses/2/email": "it@acme.example", "/value/comments/0/addresses/3/email": "bo@acme.example",
            "/value/comments/0/addresses/4": null
        }),
        "comments_quote_entities" => {
            json!({"/value/comments/0/addresses/0/email": "bo@acme.example", "/value/comments/0/addresses/1": null})
        }
        "comments_note_readback" => {
            json!({"/value/comments/0/text": "~Smith & Sons <ops@smith.example>", "/value/comments/0/public": false})
        }
        "comments_body_only" => {
            json!({"/value/comments/0/addresses/0/email": "it@acme.example", "/value/comments/1/id": 1013})
        }
        "comments_voice" => {
            json!({"/value/comments/0/addresses": [], "/value/comments/0/text": "~Inbound call"})
        }
        "comments_author_null" => {
            json!({"/value/comments/0/author": null, "/value/comments/1/author": 7})
        }
        "comments_attachments" => json!({
            "/value/comments/0/attachments/2/harmful": false, "/value/comments/0/attachments/3/harmful": true, "/value/comments/0/attachments/4": null
        }),
        "comments_empty_last_page" => json!({"/value/next": null, "/value/comments": []}),
        "organization_users_last_page" => {
            json!({"/value/next": null, "/value/users/1/id": 15, "/value/unreadable": 0})
        }
        "comments_offset_page" => json!({"/kind": "wrong_shape", "/value": null}),
        "user_api_created_nulls" => json!({"/value/notes": "", "/value/contact": true}),
        "organization_nulls" | "organization_no_fields" => {
            json!({"/value/notes": "", "/value/details": "", "/value/unreadable": []})
        }
        "user_deleted" => json!({"/value/deleted": true, "/value/contact": false}),
        "user_without_email" => json!({"/value/email": null, "/problem": null}),
        "user_suspended" => json!({"/value/suspended": true, "/value/contact": false}),
        "user_light_agent" => json!({"/value/team": true, "/value/contact": false}),
        "users_me" => json!({"/value/id": 8}),
        "users_me_anonymous" | "error_401_text" => json!({"/kind": "signed_out", "/value": null}),
        "users_search_secondary_email" => {
            json!({"/value/users/0/id": 12, "/value/users/0/email": "bo.primary@acme.example", "/value/users/1": null})
        }
        "organization_number_and_list_fields" => {
            json!({"/value/unreadable": ["support_level"], "/value/account_type": "customer"})
        }
        "search_organizations_good" => {
            json!({"/value/organizations/0/id": 91, "/value/organizations/1/id": 92})
        }
        "ticket_voicemail" => json!({"/value/requester/email": null, "/value/fields/4": "7, 8"}),
        "ticket_custom_status" => {
            json!({"/value/status": "pending", "/value/requester/email": "ada@acme.example"})
        }
        "tickets_requested" => {
            json!({"/value/open/0/id": 41, "/value/open/1/id": 43, "/value/open/2": null})
        }
        "ticket_fields" => json!({"/problem": null}),
        "groups_assignable" => json!({"/value/groups/0/id": 55, "/value/groups/1": null}),
        "macros_search" => {
            json!({"/value/macros/0/id": 71, "/value/macros/1": null, "/value/next": false})
        }
        "macro_applied_ticket" => {
            json!({"/value/text": "Hi Ada\nplease see\nbelow", "/value/public": true})
        }
        "macro_applied_no_comment" => json!({"/value/text": "", "/problem": null}),
        "error_400_too_many_values" => json!({"/problem": "~TooManyValues", "/kind": "refused"}),
        "error_400_search_unavailable" => {
            json!({"/problem": "~try again in a moment", "/kind": "refused"})
        }
        "error_403_csrf" => json!({"/kind": "token_stale", "/next": "~Reload the ticket"}),
        "error_403_plain" => json!({"/kind": "not_allowed"}),
        "error_403_cloudflare_html" => json!({"/kind": "blocked"}),
        "error_404_endpoint" => json!({"/kind": "no_such_address"}),
        "error_404_record" => json!({"/kind": "not_found"}),
        "error_409_update_conflict" => json!({"/kind": "conflict"}),
        "error_409_database_conflict" => json!({"/kind": "database_conflict"}),
        "error_422_duplicate_email" => {
            json!({"/kind": "taken", "/problem": "~already being used by another user"})
        }
        "error_422_required_field" => {
            json!({"/problem": "~is required when solving a ticket (ticket field 4)"})
        }
        "error_422_base_closed" => json!({"/problem": "~closed prevents ticket update"}),
        "error_429_text" => json!({"/kind": "rate_limited", "/wait_seconds": 37}),
        "error_503_json" => json!({"/kind": "unavailable", "/wait_seconds": 5}),
        _ => json!({}),
    }
}

#[test]
fn recorded_answers_are_understood() {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/oddities/zendesk");
    let folder = std::env::var_os("TETHER_ANSWERS").map_or(default, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!(
            "SKIPPED: no recorded answers at {} (set TETHER_ANSWERS)",
            folder.display()
        );
        return;
    };
    let mut files: Vec<PathBuf> = entries
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let kind = kind_of(&name);
        let line = inspected(kind, std::slice::from_ref(file)).remove(0);
        let faults = disagreements(&line, &must_be(&name));
        let counts = tally.entry(kind).or_default();
        if faults.is_empty() {
            counts.0 += 1
        } else {
            counts.1 += 1
        }
        wrong.extend(faults.into_iter().map(|what| format!("{name}: {what}")));
    }
    for (kind, (right, wrong)) in &tally {
        println!("{kind}: {right} right, {wrong} wrong");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One answer of each kind, with everything in it, and the lists whose entries are read by themselves.
fn whole() -> Vec<(&'static str, Value, &'static str)> {
    let user = |id: u64| {
        json!({"id": id, "name": "Kim Park", "email": format!("kim{id}@north.example"), "role": "end-user", "suspended": false, "active": true,
            "organization_id": 91, "notes": "n", "details": "d", "phone": "1", "alias": "a", "tags": [], "user_fields": {}})
    };
    let comment = |id: u64| {
        json!({"id": id, "author_id": 7, "public": true, "plain_body": "plain", "html_body": "<p>plain</p>", "body": "plain",
            "created_at": "2026-11-02T10:00:00Z", "attachments": [{"id": 5, "file_name": "a.txt", "content_type": "text/plain", "size": 3,
            "content_url": "https://x.example/a", "malware_scan_result": "not_scanned", "deleted": false}]})
    };
    let ticket = |id: u64| {
        json!({"id": id, "subject": "Please", "status": "open", "requester_id": 7, "assignee_id": 8, "group_id": 5, "ticket_form_id": 3,
            "organization_id": 91, "tags": ["a"], "custom_fields": [{"id": 1, "value": "x"}], "updated_at": "2026-11-02T10:00:00Z",
            "description": "d", "priority": "high", "type": "task", "custom_status_id": 9})
    };
    let organization = |id: u64| {
        json!({"id": id, "url": format!("https://x.zendesk.com/api/v2/organizations/{id}.json"), "result_type": "organization", "name": "North",
            "notes": "n", "details": "d", "organization_fields": {"salesforce_id": "x", "account_type": "customer"}})
    };
    let cursor = json!({"has_more": false, "after_cursor": "x"});
    vec![
        (
            "ticket",
            json!({"ticket": ticket(41), "users": [user(8), user(7)], "organizations": [{"id": 91, "name": "North"}]}),
            "",
        ),
        (
            "comments",
            json!({"comments": [comment(1), comment(2), comment(3)], "meta": cursor}),
            "comments",
        ),
        ("user", json!({"user": user(7)}), ""),
        (
            "users",
            json!({"users": [user(7), user(8), user(9)], "next_page": "x", "count": 3}),
            "users",
        ),
        (
            "organization_users",
            json!({"users": [user(7), user(8), user(9)], "meta": cursor}),
            "users",
        ),
        (
            "identities",
            json!({"identities": [
                {"id": 1, "user_id": 7, "type": "email", "value": "a@north.example", "primary": true, "verified": true},
                {"id": 2, "user_id": 7, "type": "email", "value": "b@north.example", "primary": false, "verified": false},
                {"id": 3, "user_id": 7, "type": "phone_number", "value": "+1 555 0100", "primary": false, "verified": false}
            ], "meta": cursor}),
            "",
        ),
        (
            "memberships",
            json!({"organization_memberships": [
                {"id": 1, "user_id": 7, "organization_id": 91, "default": true, "organization_name": "North"},
                {"id": 2, "user_id": 7, "organization_id": 92, "default": false, "organization_name": "South"},
                {"id": 3, "user_id": 7, "organization_id": 93, "default": false, "organization_name": null}
            ], "meta": cursor}),
            "memberships",
        ),
        (
            "organization",
            json!({"organization": organization(91)}),
            "",
        ),
        (
            "organizations",
            json!({"results": [organization(91), organization(92), organization(93)], "next_page": null}),
            "organizations",
        ),
        (
            "tickets",
            json!({"tickets": [ticket(41), ticket(42), ticket(43)], "meta": cursor}),
            "open",
        ),
        (
            "ticket_fields",
            json!({"ticket_fields": [
                {"id": 1, "title": "Subscription Email", "raw_title": "x", "active": true},
                {"id": 2, "title": "L&R Product Type", "active": true, "custom_field_options": [
                    {"name": "A", "raw_name": "A", "value": "a"}, {"name": "B", "raw_name": "B", "value": "b"}
                ]}
            ], "meta": cursor}),
            "",
        ),
        (
            "groups",
            json!({"groups": [
                {"id": 1, "name": "A", "deleted": false, "description": "x"}, {"id": 2, "name": "B", "deleted": false}, {"id": 3, "name": "C"}
            ], "meta": cursor}),
            "groups",
        ),
        (
            "macros",
            json!({"macros": [
                {"id": 1, "title": "A", "raw_title": "A", "active": true, "restriction": null, "actions": []},
                {"id": 2, "title": "B", "active": true}, {"id": 3, "title": "C", "active": true}
            ], "next_page": null}),
            "macros",
        ),
        (
            "macro",
            json!({"result": {"ticket": {"id": 41, "status": "pending", "tags": ["a"], "fields": {"id": 1},
                "comment": {"body": "Hello", "html_body": "<p>Hello</p>", "public": true, "scoped_body": [["channel:all", "Hello"]]}}}}),
            "",
        ),
        (
            "me",
            json!({"user": {"id": 8, "name": "An agent", "role": "agent", "email": "a@north.example"}}),
            "",
        ),
    ]
}

/// What may be null: kind, place, and where the absence shows in what Tether understands (nothing if it is not used).
const NULLABLE: [(&str, &str, &str, &str); 58] = [
    ("ticket", "/ticket/subject", "/value/subject", "\"\""),
    ("ticket", "/ticket/assignee_id", "/value/assignee", "null"),
    ("ticket", "/ticket/group_id", "/value/group", "null"),
    ("ticket", "/ticket/ticket_form_id", "/value/form", "null"),
    ("ticket", "/ticket/organization_id", "", ""),
    ("ticket", "/ticket/tags", "/value/tags", "[]"),
    ("ticket", "/ticket/custom_fields", "/value/fields", "{}"),
    (
        "ticket",
        "/ticket/custom_fields/0/value",
        "/value/fields",
        "{}",
    ),
    ("ticket", "/ticket/description", "", ""),
    ("ticket", "/ticket/priority", "", ""),
    ("ticket", "/ticket/type", "", ""),
    ("ticket", "/ticket/custom_status_id", "", ""),
    ("ticket", "/users/1/email", "/value/requester/email", "null"),
    ("ticket", "/users/1/name", "/value/requester/name", "\"\""),
    (
        "ticket",
        "/users/1/organization_id",
        "/value/requester/organization",
        "null",
    ),
    ("ticket", "/users/1/notes", "", ""),
    (
        "ticket",
        "/organizations",
        "/value/requester/organization/name",
        "null",
    ),
    (
        "ticket",
        "/organizations/0/name",
        "/value/requester/organization/name",
        "null",
    ),
    (
        "comments",
        "/comments/1/author_id",
        "/value/comments/1/author",
        "null",
    ),
    (
        "comments",
        "/comments/1/plain_body",
        "/value/comments/1/text",
        "\"plain\\n\"",
    ),
    (
        "comments",
        "/comments/1/html_body",
        "/value/comments/1/text",
        "\"plain\"",
    ),
    (
        "comments",
        "/comments/1/body",
        "/value/comments/1/text",
        "\"plain\"",
    ),
    (
        "comments",
        "/comments/1/created_at",
        "/value/comments/1/created_at",
        "\"\"",
    ),
    (
        "comments",
        "/comments/1/attachments",
        "/value/comments/1/attachments",
        "[]",
    ),
    (
        "comments",
        "/comments/1/attachments/0/content_type",
        "/value/comments/1/attachments/0/id",
        "5",
    ),
    (
        "comments",
        "/comments/1/attachments/0/size",
        "/value/comments/1/attachments/0/size",
        "0",
    ),
    (
        "comments",
        "/comments/1/attachments/0/malware_scan_result",
        "/value/comments/1/attachments/0/harmful",
        "false",
    ),
    (
        "comments",
        "/comments/1/attachments/0/deleted",
        "/value/comments/1/attachments/0/id",
        "5",
    ),
    ("user", "/user/email", "/value/email", "null"),
    ("user", "/user/name", "/value/name", "\"\""),
    ("user", "/user/notes", "/value/notes", "\"\""),
    (
        "user",
        "/user/organization_id",
        "/value/organization",
        "null",
    ),
    ("user", "/user/active", "/value/deleted", "false"),
    ("user", "/user/details", "", ""),
    ("user", "/user/phone", "", ""),
    ("user", "/user/alias", "", ""),
    ("user", "/user/user_fields", "", ""),
    ("users", "/users/1/email", "/value/users/1/email", "null"),
    ("users", "/users/1/notes", "/value/users/1/notes", "\"\""),
    (
        "organization_users",
        "/users/1/email",
        "/value/users/1/email",
        "null",
    ),
    (
        "organization_users",
        "/users/1/organization_id",
        "/value/users/1/organization",
        "null",
    ),
    (
        "identities",
        "/identities/1/verified",
        "/value/identities/1/verified",
        "false",
    ),
    (
        "memberships",
        "/organization_memberships/1/organization_name",
        "/value/memberships/1/name",
        "null",
    ),
    (
        "memberships",
        "/organization_memberships/1/default",
        "/value/memberships/1/default",
        "false",
    ),
    (
        "organization",
        "/organization/notes",
        "/value/notes",
        "\"\"",
    ),
    (
        "organization",
        "/organization/details",
        "/value/details",
        "\"\"",
    ),
    (
        "organization",
        "/organization/organization_fields",
        "/value/unreadable",
        "[]",
    ),
    (
        "organization",
        "/organization/organization_fields/account_type",
        "/value/account_type",
        "null",
    ),
    (
        "organizations",
        "/results/1/organization_fields",
        "/value/organizations/1/salesforce_id",
        "null",
    ),
    (
        "organizations",
        "/results/1/organization_fields/salesforce_id",
        "/value/organizations/1/salesforce_id",
        "null",
    ),
    (
        "tickets",
        "/tickets/1/subject",
        "/value/open/1/subject",
        "\"\"",
    ),
    (
        "tickets",
        "/tickets/1/assignee_id",
        "/value/open/1/id",
        "42",
    ),
    (
        "ticket_fields",
        "/ticket_fields/1/custom_field_options",
        "/value/product_options",
        "[]",
    ),
    ("groups", "/groups/0/description", "/value/groups/0/id", "1"),
    (
        "macro",
        "/result/ticket/comment/html_body",
        "/value/text",
        "\"Hello\"",
    ),
    ("macro", "/result/ticket/comment", "/value/text", "\"\""),
    ("macro", "/result/ticket/status", "/value/status", "null"),
    ("me", "/user/name", "/value/name", "\"\""),
];

/// The answer with one place null, and without it.
fn emptied(answer: &Value, place: &str) -> [Value; 2] {
    let mut null = answer.clone();
    *null
        .pointer_mut(place)
        .unwrap_or_else(|| panic!("no {place}")) = Value::Null;
    let mut absent = answer.clone();
    let (parent, key) = place.rsplit_once('/').unwrap();
    absent
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(key);
    [null, absent]
}

#[test]
fn what_may_be_null_may_be_absent_and_means_nothing_written() {
    let whole = whole();
    for (kind, place, shows, wanted) in NULLABLE {
        let (_, answer, _) = whole.iter().find(|(k, ..)| *k == kind).unwrap();
        for changed in emptied(answer, place) {
            let line = understood(kind, &changed);
            assert!(line.get("value").is_some(), "{kind} {place}: {line}");
            if !shows.is_empty() {
                let wanted: Value = serde_json::from_str(wanted).unwrap();
                assert_eq!(
                    line.pointer(shows).unwrap_or(&Value::Null),
                    &wanted,
                    "{kind} {place}: {line}"
                );
            }
        }
    }
}

#[test]
fn one_odd_entry_spoils_none_of_the_others() {
    let odd = [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!({}),
        json!({"id": "x"}),
        json!({"id": null, "title": 7, "name": {}}),
    ];
    for (kind, answer, list) in whole() {
        if list.is_empty() {
            continue;
        }
        let all = understood(kind, &answer);
        let name = answer
            .as_object()
            .unwrap()
            .iter()
            .find(|(_, value)| value.is_array())
            .unwrap()
            .0
            .clone();
        for other in &odd {
            let mut changed = answer.clone();
            changed[&name][1] = other.clone();
            let line = understood(kind, &changed);
            let left: Vec<Value> = line["value"][list]
                .as_array()
                .unwrap_or_else(|| panic!("{kind}: {line}"))
                .clone();
            let wanted = [all["value"][list][0].clone(), all["value"][list][2].clone()];
            assert_eq!(left, wanted, "{kind} with {other}");
            // Counted entries count nevertheless.
            assert_eq!(
                line["value"].get("unreadable").unwrap_or(&json!(1)),
                &json!(1),
                "{kind} with {other}"
            );
        }
    }
}

#[test]
fn one_odd_value_of_an_entry_spoils_none_of_the_others() {
    for (kind, answer, list) in whole() {
        if list.is_empty() {
            continue;
        }
        let all = understood(kind, &answer);
        let name = answer
            .as_object()
            .unwrap()
            .iter()
            .find(|(_, value)| value.is_array())
            .unwrap()
            .0
            .clone();
        let keys: Vec<String> = answer[&name][1]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        for key in keys {
            for other in [
                json!(true),
                json!(-3.5),
                json!([{}]),
                json!({"x": []}),
                json!("\u{202E}"),
            ] {
                let mut changed = answer.clone();
                changed[&name][1][&key] = other.clone();
                let line = understood(kind, &changed);
                let left = line["value"][list]
                    .as_array()
                    .unwrap_or_else(|| panic!("{kind} {key}: {line}"));
                for entry in [0, 2] {
                    assert!(
                        left.contains(&all["value"][list][entry]),
                        "{kind} {key} = {other}: {line}"
                    );
                }
            }
        }
    }
}

#[test]
fn an_unknown_kind_and_a_missing_file_are_refused_in_plain_words() {
    let run = |arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().map(|&a| a.to_owned()).collect();
        tether::inspect::run(&arguments, &mut Vec::new())
            .unwrap_err()
            .to_string()
    };
    assert!(run(&["answer"]).contains("KIND"));
    assert!(run(&["answer", "ticket"]).contains("KIND"));
    assert!(run(&["answer", "ticket", "/nowhere/x.json"]).contains("cannot read /nowhere/x.json"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("Cargo.toml")
        .display()
        .to_string();
    assert!(run(&["answer", "nothing", &file]).contains("KIND"));
    assert_eq!(
        inspected("ticket", &[PathBuf::from(file)])[0]["kind"],
        "not_json"
    );
}
