//! Proof: what the requester attached and what the engineer gave by hand, license keys opened here, and Validate License.

use crate::support::pages::{self, Field, Version, boolean, field};
use crate::support::*;
use crate::walk::*;
use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Fetched;
use tether::app::{Effect, Event};
use tether::case::check::{CheckName, Verdict};
use tether::case::proof::FileState;
use tether::reading::Answer;
use tether::record::seen::Slot;

// ---- files ----

fn sample(name: &str) -> Option<Vec<u8>> {
    let named = std::env::var_os("TETHER_SAMPLES").map(std::path::PathBuf::from);
    let folder = named.unwrap_or_else(|| {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
    });
    std::fs::read(folder.join(name)).ok()
}

#[test]
fn only_files_that_can_hold_proof_are_fetched_each_once_and_never_from_elsewhere() {
    let files = json!([
        attached(1, "usage.csv", "text/csv", 900, &file_url("usage.csv")),
        attached(2, "picture.png", "image/png", 900, &file_url("picture.png")),
        attached(3, "film.bin", "video/mp4", 900, &file_url("film.bin")),
        attached(4, "scan.pdf", "application/pdf", 900, &file_url("scan.pdf")),
        attached(
            5,
            "huge.csv",
            "text/csv",
            16 * 1024 * 1024,
            &file_url("huge.csv")
        ),
        attached(
            6,
            "else.csv",
            "text/csv",
            900,
            "https://evil.example/attachments/token/x"
        ),
        attached(7, "empty.csv", "text/csv", 0, &file_url("empty.csv")),
        json!({"id": 8, "file_name": "bad.csv", "content_type": "text/csv", "size": 900, "content_url": file_url("bad.csv"),
            "malware_scan_result": "malware_found"}),
        attached(
            9,
            "no ending",
            "application/octet-stream",
            900,
            &file_url("none")
        ),
    ]);
    let mut desk = Desk::new(vec![
        comment(1, 7, "see the files", &files),
        comment(
            2,
            8,
            "mine",
            &json!([attached(10, "agent.csv", "text/csv", 9, &file_url("a"))]),
        ),
    ]);
    desk.files.insert(
        file_url("usage.csv"),
        Fetched::Bytes(b"our license ID is 410233".to_vec()),
    );
    desk.files
        .insert(file_url("none"), Fetched::Not(Answer::Redirected));
    let mut desk = desk.sit();
    let fetched: Vec<&Effect> = desk
        .browser
        .told
        .iter()
        .filter(|e| matches!(e, Effect::Fetch { .. }))
        .collect();
    assert_eq!(fetched.len(), 2, "{fetched:?}");
    assert_eq!(desk.case().proofs.files[0].state, FileState::Read(1));
    assert_eq!(desk.case().proofs.files[1].state, FileState::Elsewhere);
    assert!(
        desk.view().contains("file <bdi>usage.csv</bdi> in "),
        "{}",
        desk.view()
    );
    desk.trace();
    assert_eq!(desk.held().len(), 3);
    desk.browser.stop();
    desk.settle();
    assert_eq!(
        desk.browser
            .told
            .iter()
            .filter(|e| matches!(e, Effect::Fetch { .. }))
            .count(),
        2,
        "each once"
    );
}

#[test]
fn a_file_on_the_host_for_files_asks_for_access_and_is_fetched_once_that_is_granted() {
    const FILES: &str = "https://*.zdusercontent.com/*";
    let mut desk = Desk::new(vec![comment(
        1,
        7,
        "",
        &json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]),
    )]);
    desk.files
        .insert(file_url("a"), Fetched::Not(Answer::Redirected));
    let mut desk = desk.sit();
    let follows = |desk: &Desk| -> Vec<Option<String>> {
        let told = desk.browser.told.iter();
        told.filter_map(|e| {
            if let Effect::Fetch { follow, .. } = e {
                Some(follow.clone())
            } else {
                None
            }
        })
        .collect()
    };
    assert_eq!(
        follows(&desk),
        [None],
        "no redirect is followed before it is allowed"
    );
    let view = desk.view();
    assert!(
        view.contains("is on Zendesk’s host for files")
            && view.contains(&format!("data-grant=\"{FILES}\"")),
        "{view}"
    );

    desk.tell(Event::HostAccess {
        missing: vec![FILES.to_owned()],
    });
    assert_eq!(follows(&desk).len(), 1, "nothing was granted");
    desk.files
        .insert(file_url("a"), Fetched::Bytes(b"license ID 410233".to_vec()));
    desk.tell(Event::HostAccess {
        missing: Vec::new(),
    });
    desk.settle();
    assert_eq!(follows(&desk), [None, Some("zdusercontent.com".to_owned())]);
    assert_eq!(desk.case().proofs.files[0].state, FileState::Read(1));
    assert!(!desk.view().contains("data-grant"), "{}", desk.view());

    let mut other = Desk::new(vec![comment(
        1,
        7,
        "",
        &json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]),
    )]);
    other
        .files
        .insert(file_url("a"), Fetched::Not(Answer::Redirected));
    other.tell(Event::HostAccess {
        missing: Vec::new(),
    });
    let other = other.sit();
    let state = &other.case().proofs.files[0].state;
    assert!(
        matches!(state, FileState::Failed(why) if why.contains("drop the file here")),
        "another host still gives nothing: {state:?}"
    );
}

#[test]
fn a_file_is_wanted_again_after_a_stop_and_an_answer_of_before_is_dropped() {
    let mut desk = Desk::new(vec![comment(
        1,
        7,
        "",
        &json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]),
    )]);
    desk.files
        .insert(file_url("a"), Fetched::Bytes(b"license ID 410233".to_vec()));
    desk.tell(Event::PanelOpened);
    desk.look();
    while desk.fetches.is_empty() {
        assert!(desk.step());
    }
    let (old, _) = desk.fetches.remove(0);
    desk.browser.stop();
    desk.tell(Event::Fetched {
        id: old,
        file: Fetched::Bytes(b"license ID 410999".to_vec()),
    });
    assert!(desk.case().proofs.found.is_empty());
    // The restart's own event went to the browser directly.
    let again: Vec<(u64, String)> = desk
        .browser
        .told
        .iter()
        .filter_map(|e| {
            if let Effect::Fetch { id, url, .. } = e {
                Some((*id, url.clone()))
            } else {
                None
            }
        })
        .collect();
    desk.fetches.extend(again.last().cloned());
    desk.settle();
    assert_eq!(desk.case().proofs.found[0].kept.label(), "410233");
}

#[test]
fn files_that_do_not_come_say_why() {
    let answers = [
        (
            Fetched::Not(html("", 404, "")),
            "Zendesk has no such record.",
        ),
        (Fetched::Not(Answer::TooLarge), "too large"),
        (Fetched::Not(Answer::Offline), "offline"),
        (
            Fetched::Bytes(b"%PDF-1.4 \x00\x01\x02".to_vec()),
            "no text (PDF)",
        ),
        (Fetched::Bytes(vec![]), "empty"),
    ];
    for (file, part) in answers {
        let mut desk = Desk::new(vec![comment(
            1,
            7,
            "",
            &json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]),
        )]);
        desk.files.insert(file_url("a"), file);
        let desk = desk.sit();
        assert!(
            matches!(&desk.case().proofs.files[0].state, FileState::Failed(why) if why.contains(part)),
            "{part}: {:?}",
            desk.case().proofs.files
        );
        assert!(desk.view().contains(part));
    }
}

#[test]
fn a_file_without_proof_says_what_it_is_and_one_that_failed_is_fetched_again_with_the_ticket() {
    let file = json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]);
    let mut desk = Desk::new(vec![comment(1, 7, "", &file)]);
    desk.files
        .insert(file_url("a"), Fetched::Not(html("", 500, "")));
    let mut desk = desk.sit();
    assert!(matches!(
        desk.case().proofs.files[0].state,
        FileState::Failed(_)
    ));
    desk.files.insert(
        file_url("a"),
        Fetched::Bytes(b"-----BEGIN CERTIFICATE-----".to_vec()),
    );
    desk.press("refresh", &[]);
    desk.settle();
    assert!(
        desk.view()
            .contains("<bdi>a.txt</bdi>: This is a certificate"),
        "{}",
        desk.view()
    );
}

// ---- license keys ----

/// A profile that also knows the samples' key.
fn with_sample_key(desk: &mut Desk) -> Option<()> {
    let pem = String::from_utf8(sample("sample_public.pem")?).unwrap();
    let mut profile: Value =
        serde_json::from_str(include_str!("../../extension/site-profile.json")).unwrap();
    profile["license_keys"] = json!([pem]);
    desk.browser.profile = tether::profile::Profile::parse(&profile.to_string()).unwrap();
    Some(())
}

fn license_of(id: u64, fields: &[(&str, &str, &str)]) -> Web {
    let mut all = vec![Field {
        kind: "boolean",
        ..field("trial", "Trial", &boolean(Version::V3, Some(false)))
    }];
    all.extend(
        fields
            .iter()
            .map(|(key, label, value)| field(key, label, value)),
    );
    (
        pages::url("license", id),
        pages::show(Version::V3, "license", id, &[all]),
    )
}

#[test]
fn a_profile_with_a_broken_key_is_refused() {
    let mut profile: Value =
        serde_json::from_str(include_str!("../../extension/site-profile.json")).unwrap();
    profile["license_keys"] = json!(["-----BEGIN PUBLIC KEY-----\nnope\n-----END PUBLIC KEY-----"]);
    let error = tether::profile::Profile::parse(&profile.to_string()).unwrap_err();
    assert!(error.contains("is not an RSA public key"), "{error}");
}

#[test]
fn a_genuine_file_is_opened_here_leads_to_its_license_and_agrees_with_it() {
    let mut desk = Desk::new(vec![]);
    let (Some(()), Some(file)) = (with_sample_key(&mut desk), sample("paid.gitlab-license")) else {
        eprintln!("SKIPPED: no samples");
        return;
    };
    let mut desk = desk.sit();
    desk.tell(dropped("paid.gitlab-license".to_owned(), base64(&file)));
    let decoded = desk
        .case()
        .proofs
        .chosen()
        .unwrap()
        .decoded()
        .unwrap()
        .clone();
    let id = decoded.id.unwrap().get();
    assert!(desk.view().contains("decoded only: not yet proof"));
    let (company, email) = (
        decoded.company.clone().unwrap(),
        decoded.email.clone().unwrap(),
    );
    let day = |d: time::Date| d.to_string();
    let genuine = [
        ("company", "Company", company.as_str()),
        ("email", "Email", email.as_str()),
        ("zuora_subscription_name", "Zuora subscription name", SUB),
        (
            "expires_at",
            "Expires at",
            &day(decoded.expires_at.unwrap()),
        ),
    ];
    desk.serve(&license_of(id, &genuine));
    desk.trace();
    assert_eq!(desk.held()[0], (Slot::Proof, id));
    let says = desk.check(CheckName::RecordsBelongTogether);
    let own = decoded.subscription_name.unwrap();
    assert_eq!(
        says,
        format!("failed: subscription name: the file says {own}, the portal says {SUB}")
    );
}

#[test]
fn a_forged_file_is_caught_by_the_portals_record() {
    let mut desk = Desk::new(vec![]);
    let (Some(()), Some(file)) = (
        with_sample_key(&mut desk),
        sample("forged_same_key.gitlab-license"),
    ) else {
        eprintln!("SKIPPED: no samples");
        return;
    };
    let mut desk = desk.sit();
    desk.tell(dropped("license".to_owned(), base64(&file)));
    let decoded = desk
        .case()
        .proofs
        .chosen()
        .unwrap()
        .decoded()
        .unwrap()
        .clone();
    let id = decoded.id.unwrap().get();
    desk.serve(&license_of(
        id,
        &[
            ("company", "Company", "Genuine Holdings Ltd"),
            ("zuora_subscription_name", "Zuora subscription name", SUB),
        ],
    ));
    desk.trace();
    let says = desk.check(CheckName::RecordsBelongTogether);
    let forged = format!(
        "company: the file says {}, the portal says Genuine Holdings Ltd",
        decoded.company.unwrap()
    );
    assert!(
        says.starts_with("failed: ") && says.contains(&forged),
        "{says}"
    );
    assert!(matches!(desk.result().2, Verdict::NotEntitled(_)));
    assert!(desk.result().3.contains("Failed validation: "));
    let full = desk.case().proofs.found[0].key_text().unwrap();
    assert!(
        !desk.view().contains(full.lines().nth(5).unwrap()),
        "a key is shown masked"
    );
}

#[test]
fn keys_that_do_not_open_say_why_and_offer_validate_license_instead_of_a_walk() {
    for (name, part) in [
        ("garbled.gitlab-license", "garbled"),
        (
            "paid.gitlab-license",
            "not made with GitLab’s production key",
        ),
        ("usage_truncated.csv", "cut off"),
    ] {
        let Some(file) = sample(name) else {
            eprintln!("SKIPPED: no samples");
            return;
        };
        let mut desk = Desk::new(vec![]).sit();
        desk.tell(dropped(name.to_owned(), base64(&file)));
        let view = desk.view();
        assert!(view.contains(part), "{name}: {view}");
        assert!(!view.contains("data-command=\"trace\""), "{name}");
        assert!(view.contains("Open Validate License with this key"));
    }
}

#[test]
fn validate_license_is_filled_once_in_its_own_tab_and_its_result_leads_on() {
    let Some(file) = sample("paid.gitlab-license") else {
        eprintln!("SKIPPED: no samples");
        return;
    };
    let mut desk = Desk::new(vec![]).sit();
    desk.tell(dropped("x".to_owned(), base64(&file)));
    let effects = desk.press("fill_validate", &[]);
    let Some(Effect::OpenTab { url, token }) = effects
        .iter()
        .find(|e| matches!(e, Effect::OpenTab { .. }))
        .cloned()
    else {
        panic!("{effects:?}")
    };
    desk.tell(Event::TabOpened { tab: 9, token });
    let elsewhere = desk.tell(Event::TabSeen {
        tab: 8,
        url: url.clone(),
        front: true,
    });
    assert!(
        !elsewhere.iter().any(|e| matches!(e, Effect::Page { .. })),
        "another tab with that page is the engineer's"
    );
    let signing_in = desk.tell(Event::TabSeen {
        tab: 9,
        url: format!("https://{PORTAL}/admin/sign_in"),
        front: true,
    });
    assert!(!signing_in.iter().any(|e| matches!(e, Effect::Page { .. })));
    let effects = desk.tell(Event::TabSeen {
        tab: 9,
        url: url.clone(),
        front: true,
    });
    let jobs: Vec<_> = effects
        .iter()
        .filter_map(|e| {
            if let Effect::Page {
                tab,
                job: Job::FillKey { key, effect },
            } = e
            {
                Some((*tab, key, *effect))
            } else {
                None
            }
        })
        .collect();
    assert_eq!(jobs.len(), 1);
    assert!(jobs[0].0 == 9 && jobs[0].1.starts_with("eyJkYXRhIjoi"));
    assert!(
        !desk
            .tell(Event::TabSeen {
                tab: 9,
                url: url.clone(),
                front: true
            })
            .iter()
            .any(|e| matches!(e, Effect::Page { .. })),
        "once"
    );
    let result = r#"<pre>{"restrictions": {"id": 410233}}</pre>"#;
    desk.tell(Event::PortalPage {
        tab: 9,
        url,
        html: pages::validation(Version::V3, result),
    });
    desk.trace();
    assert_eq!(desk.held().len(), 3, "the validated license leads on");
}

// ---- which piece counts ----

#[test]
fn a_named_license_counts_before_a_newer_guess_until_the_engineer_chooses() {
    use tether::case::proof::{Place, Proofs, Standing};
    let mut proofs = Proofs::default();
    let give = |proofs: &mut Proofs, text: &str, nth: u64, place: Option<Place>| {
        for found in tether::evidence::recognize(text) {
            let place = place.clone().unwrap_or(Place::Comment {
                id: nth,
                nth: usize::try_from(nth).unwrap(),
            });
            proofs.keep_as(
                found.evidence.kept(),
                place,
                &format!("2026-11-0{nth}"),
                None,
                Standing {
                    guessed: found.guessed,
                    taken_back: found.taken_back,
                    passed_on: found.passed_on,
                },
            );
        }
        proofs.chosen().map(|proof| proof.kept.label())
    };
    assert_eq!(
        give(&mut proofs, "our license 410100 has expired", 1, None).as_deref(),
        Some("410100")
    );
    assert_eq!(
        give(&mut proofs, "License ID: 410233", 2, None).as_deref(),
        Some("410233")
    );
    assert_eq!(
        give(&mut proofs, "is it license 410777?", 3, None).as_deref(),
        Some("410233"),
        "a newer guess"
    );
    assert_eq!(
        give(&mut proofs, "License ID: 410777", 4, None).as_deref(),
        Some("410777"),
        "named now"
    );
    assert_eq!(
        give(&mut proofs, "license 410888", 5, Some(Place::Pasted)).as_deref(),
        Some("410888"),
        "the engineer's own"
    );
    proofs.chosen = proofs.found.first().map(|proof| proof.number);
    assert_eq!(
        proofs.chosen().map(|proof| proof.kept.label()).as_deref(),
        Some("410100"),
        "the engineer's choice"
    );
}

#[test]
fn of_several_proofs_of_one_kind_that_nothing_orders_the_engineer_chooses() {
    for texts in [
        vec!["license ID 410999\nlicense ID 410233"],
        vec![
            "license ID 410999",
            "license ID 410233",
            "license ID 410999",
        ],
        vec![
            "Activation code: Kp4mTz7QbW2nXs9LcV6dHy3R\nActivation code: Rt5nUz8QcW3oYs1MdV7eJy4S",
        ],
    ] {
        let comments = (1..).zip(&texts).map(|(nth, text)| says(nth, text));
        let mut desk = Desk::new(comments.collect()).sit();
        assert!(desk.case().proofs.is_open(), "{texts:?}");
        assert_eq!(desk.case().proofs.chosen(), None, "{texts:?}");
        let view = desk.view();
        assert!(view.contains("nothing says which one counts"), "{view}");
        assert!(!view.contains(" checked"), "{view}");
        desk.trace();
        assert!(
            !desk.case().trace.is_running(),
            "there is nothing to start from"
        );
        desk.press("choose_proof", &[("trace", "true")]);
        assert!(desk.view().contains("Choose a proof first."));
        let number = desk.case().proofs.found[1].number.to_string();
        desk.press("choose_proof", &[("proof", &number)]);
        assert!(!desk.case().proofs.is_open());
        let chosen = desk.case().proofs.chosen().unwrap().number;
        assert_eq!(chosen.to_string(), number);
    }
}

#[test]
fn what_orders_several_proofs_spares_the_engineer_the_choice() {
    for (texts, wanted) in [
        (vec!["license ID 410999", "license ID 410233"], "410233"),
        (
            vec!["license ID 410999. Sorry, the right license ID is 410233."],
            "410233",
        ),
        (
            vec!["our license 410999 has expired. License ID: 410233"],
            "410233",
        ),
        (
            vec![
                "License ID: 410233\n\n---------- Forwarded message ---------\nFrom: Bo <bo@acme.example>\nSubject: x\nTo: ada@acme.example\n\nLicense ID: 410999",
            ],
            "410233",
        ),
        (vec!["license ID 410233, license ID 410233"], "410233"),
    ] {
        let comments = (1..).zip(&texts).map(|(nth, text)| says(nth, text));
        let desk = Desk::new(comments.collect()).sit();
        let chosen = desk.case().proofs.chosen().map(|proof| proof.kept.label());
        assert_eq!(chosen.as_deref(), Some(wanted), "{texts:?}");
    }
}

// ---- by hand ----

#[test]
fn pasted_selected_or_dropped_proof_counts_and_names_its_source() {
    let mut desk = Desk::new(vec![says(1, "license ID 410999")]).sit();
    desk.press("use_proof", &[("proof_text", " #410233 ")]);
    assert_eq!(desk.case().proofs.chosen().unwrap().kept.label(), "410233");
    assert!(desk.view().contains("pasted"));
    desk.tell(Event::Selected {
        tab: 1,
        text: "410300".to_owned(),
    });
    assert_eq!(desk.case().proofs.chosen().unwrap().kept.label(), "410300");
    assert!(desk.view().contains("selected on the page"));
    desk.tell(dropped("<b>.txt".to_owned(), base64(b"license ID 410400")));
    assert_eq!(desk.case().proofs.chosen().unwrap().kept.label(), "410400");
    assert!(
        desk.view()
            .contains("file <bdi>&lt;b&gt;.txt</bdi>, dropped here")
    );
    assert_eq!(desk.case().proofs.found.len(), 4);
}

#[test]
fn what_holds_no_proof_says_what_it_was() {
    let mut desk = Desk::new(vec![]).sit();
    for (text, part) in [
        ("glpat-abcdefghij1234567890", "access token"),
        ("hello", "No license ID"),
        ("-----BEGIN CERTIFICATE-----", "certificate"),
    ] {
        desk.press("use_proof", &[("proof_text", text)]);
        assert!(desk.view().contains(part), "{text}");
    }
    desk.tell(dropped("x".to_owned(), "***".to_owned()));
    assert!(desk.view().contains("could not be read"));
    desk.tell(dropped("x".to_owned(), base64(b"PK\x03\x04\x00\x00")));
    assert!(desk.view().contains("no text"));
    let large = desk.browser.dropped("x", 16 << 20, "");
    desk.tell(large);
    assert!(desk.view().contains("files of up to 15 MB"));
    desk.press("use_proof", &[("proof_text", "  ")]);
    assert!(desk.view().contains("Paste something first."));
}

#[test]
fn a_selection_on_a_tickets_page_belongs_to_that_ticket() {
    let mut desk = Desk::new(vec![]).sit();
    desk.tell(Event::TabSeen {
        tab: 2,
        url: ticket_address(42),
        front: true,
    });
    desk.settle();
    desk.tell(Event::Selected {
        tab: 1,
        text: "license ID 410233".to_owned(),
    });
    assert_eq!(desk.case().proofs.found.len(), 1);
    assert!(desk.browser.case(42).proofs.found.is_empty());
}

#[test]
fn shared_and_small_ids_warn_and_do_not_stop_the_engineer() {
    for (id, part) in [
        (118_882, "shared by all buyers of an AWS Marketplace image"),
        (2, "the instance’s own number"),
    ] {
        let mut desk = Desk::new(vec![says(1, &format!("our license id is {id}"))]);
        desk.serve(&license_page(id, SUB, false));
        let mut desk = desk.sit();
        let view = desk.view();
        assert!(view.contains(part), "{id}: {view}");
        desk.trace();
        assert_eq!(desk.held()[0], (Slot::Proof, id));
    }
}

#[test]
fn fifteen_megabytes_of_anything_are_looked_through_to_their_end_and_keep_little() {
    let largest: u64 = 15 * 1024 * 1024;
    for (unit, size) in [
        ("eyJkYXRhIjoi", largest),
        ("license ID 410233 ", largest / 15),
        ("license ", largest / 15),
        ("License Key,\"eyJkYXRhIjoi\n", largest / 15),
        ("9WmNhLLm6qbqszXC0TVwnCdr ", largest / 15),
        ("\n", largest / 15),
    ] {
        let mut desk = Desk::new(vec![comment(
            1,
            7,
            "",
            &json!([attached(1, "a.txt", "text/plain", size, &file_url("a"))]),
        )]);
        let bytes: Vec<u8> = unit
            .bytes()
            .cycle()
            .take(usize::try_from(size).unwrap())
            .collect();
        desk.files.insert(file_url("a"), Fetched::Bytes(bytes));
        let desk = desk.sit();
        assert!(
            desk.browser.storage().len() < 5_000_000,
            "{unit:?} keeps {}",
            desk.browser.storage().len()
        );
        assert!(desk.case().proofs.found.len() <= 50);
    }
}

#[test]
fn what_the_engineer_gives_always_finds_room_and_the_panel_says_what_was_left_out() {
    use tether::case::proof::{PROOFS_MAX, Place, Proofs};
    use tether::evidence::{Evidence, recognize};
    let kept = |n: usize| match &recognize(&format!("License ID: {}", 1_000_001 + n))[..] {
        [found] => found.evidence.kept(),
        other => panic!("{other:?}"),
    };
    let mut proofs = Proofs::default();
    let of_ticket = Place::Comment { id: 1, nth: 1 };
    for n in 0..PROOFS_MAX {
        assert!(
            proofs
                .keep(kept(n), of_ticket.clone(), "2026-11-20", None)
                .is_some()
        );
    }
    assert_eq!((proofs.full, proofs.left_out()), (false, None));
    assert_eq!(
        proofs.keep(kept(900), of_ticket.clone(), "2026-11-20", None),
        None
    );
    for n in 1_000..1_000 + 2 * PROOFS_MAX {
        let number = proofs.keep(kept(n), Place::Pasted, "2026-11-21", None);
        assert!(number.is_some_and(|number| proofs.found.iter().any(|p| p.number == number)));
        assert!(proofs.found.len() <= PROOFS_MAX);
    }
    assert!(
        proofs.found.iter().all(|p| p.place == Place::Pasted),
        "the ticket's made room"
    );
    assert!(proofs.left_out().is_some_and(|says| says.ends_with('.')));
    let key = |n: usize| {
        let text = format!(
            "{}{}{}",
            tether::evidence::license_key::MARK,
            "QUJD".repeat(9_000),
            format!("{n:04}").repeat(4)
        );
        recognize(&text)
            .into_iter()
            .map(|found| found.evidence)
            .find(|e| matches!(e, Evidence::LicenseKey(_)))
            .unwrap()
            .kept()
    };
    for n in 0..20 {
        assert!(
            proofs
                .keep(key(n), Place::Pasted, "2026-11-22", None)
                .is_some(),
            "{n}"
        );
    }
    let bytes: usize = proofs
        .found
        .iter()
        .filter_map(|p| p.kept.key())
        .map(|key| key.expose().len())
        .sum();
    assert!(bytes <= tether::case::proof::PROOF_BYTES_MAX, "{bytes}");
}
