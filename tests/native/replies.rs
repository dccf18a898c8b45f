//! Public replies: Tether's own texts, what the guard lets pass, and what remains of a macro's
//! HTML.

use scraper::{ElementRef, Html, Node};
use serde_json::Value;
use tether::case::reply::{
    Facts, Leak, Outcome, Person, Proof, PublicReply, Secrets, Status, leak_in,
};
use tether::profile::zendesk::ZendeskWords;
use tether::record::ids::MaskedCode;
use tether::text::blocks::{Block, Href, Line, Mark};
use tether::zendesk::macros::{Found, blocks_of, find, unresolved};

const SOLD_TO: &str = "ann.buyer@acme.example";
const CODE: &str = "aB3dE6gH9jK2mN5pQ8sT1vW4";
const MARK: &str = "eyJkYXRhIjoi";

fn guarded() -> Secrets<'static> {
    Secrets {
        sold_to: Some(SOLD_TO),
        codes: &[],
    }
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|t| (*t).to_owned()).collect()
}

fn person(name: &str, email: Option<&str>) -> Person {
    Person {
        name: name.to_owned(),
        email: email.map(str::to_owned),
    }
}

fn facts() -> Facts {
    Facts {
        requester_name: "Ada Lovelace".to_owned(),
        proof: Proof::License,
        added: texts(&["bob@acme.example", "cleo@acme.example"]),
        removed: texts(&["dan@acme.example"]),
        open: texts(&["eve@acme.example"]),
        limit: 30,
        adding: 2,
        contacts: Some(vec![
            person("Bob Byte", Some("bob@acme.example")),
            person("Ann Buyer", Some("Ann.Buyer@ACME.example")),
        ]),
    }
}

fn lines(outcome: Outcome, facts: &Facts) -> Vec<String> {
    PublicReply::own(outcome, None, facts, &guarded())
        .unwrap()
        .lines()
}

/// The lines that a person reads in HTML: blocks and breaks end them, whitespace is collapsed.
fn walk(html: &str) -> Vec<String> {
    fn go(node: ElementRef<'_>, out: &mut String) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => out.push_str(&text.replace('\n', " ")),
                Node::Element(element) => {
                    let edge = if matches!(element.name(), "p" | "br" | "ul" | "ol" | "li" | "div")
                    {
                        "\n"
                    } else {
                        ""
                    };
                    out.push_str(edge);
                    go(ElementRef::wrap(child).unwrap(), out);
                    out.push_str(edge);
                }
                _ => {}
            }
        }
    }
    let mut out = String::new();
    go(Html::parse_fragment(html).root_element(), &mut out);
    out.split('\n')
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|l| !l.is_empty())
        .collect()
}

/// Fails for every tag and attribute that a reply does not need.
fn assert_safe(html: &str) {
    for node in Html::parse_fragment(html)
        .root_element()
        .descendants()
        .skip(1)
    {
        match node.value() {
            Node::Text(_) => {}
            Node::Element(element) => {
                let attributes: Vec<(&str, &str)> = element.attrs().collect();
                match (element.name(), attributes.as_slice()) {
                    ("p" | "br" | "ul" | "ol" | "li" | "strong" | "em", []) => {}
                    ("a", [("href", href)]) => assert!(
                        href.starts_with("https://") || href.starts_with("mailto:"),
                        "{href}"
                    ),
                    other => panic!("{other:?} in {html}"),
                }
            }
            other => panic!("{other:?} in {html}"),
        }
    }
}

fn built(html: &str) -> PublicReply {
    PublicReply::build(blocks_of(html), &guarded()).unwrap()
}

fn said(text: &str, secrets: &Secrets<'_>) -> Result<PublicReply, Leak> {
    PublicReply::build(vec![Block::paragraph(text)], secrets)
}

fn words() -> ZendeskWords {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/site-profile.json");
    let profile: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    serde_json::from_value(profile["zendesk"].clone()).unwrap()
}

#[test]
fn only_confirmed_changes_are_solved() {
    for &outcome in Outcome::ALL {
        let solved = matches!(outcome, Outcome::ContactsAdded | Outcome::ContactsRemoved);
        assert_eq!(
            outcome.status(),
            if solved {
                Status::Solved
            } else {
                Status::Pending
            },
            "{outcome:?}"
        );
    }
    assert_eq!(
        (Status::Solved.key(), Status::Pending.key()),
        ("solved", "pending")
    );
}

#[test]
fn an_outcome_is_found_by_its_key_which_is_that_of_its_macros_in_the_profile() {
    let words = words();
    let macros = serde_json::to_value(&words.macros).unwrap();
    assert_eq!(macros.as_object().unwrap().len(), Outcome::ALL.len());
    for &outcome in Outcome::ALL {
        assert_eq!(outcome.key().parse(), Ok(outcome));
        assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.key());
        assert_eq!(
            serde_json::to_value(outcome.titles(&words.macros)).unwrap(),
            macros[outcome.key()]
        );
        assert!(!outcome.title().is_empty());
    }
    assert!("sold_to".parse::<Outcome>().is_err());
}

#[test]
fn every_own_text_greets_and_signs_off_without_an_agents_name() {
    for &outcome in Outcome::ALL {
        let lines = lines(outcome, &facts());
        assert_eq!(lines[0], "Hello Ada,", "{outcome:?}");
        assert_eq!(
            lines[lines.len() - 2..],
            ["Kind regards,", "GitLab Support"],
            "{outcome:?}"
        );
        assert!(lines.len() >= 5, "{outcome:?}: {lines:?}");
    }
}

#[test]
fn the_greeting_takes_a_first_name_and_nothing_else() {
    let greeting = |name: &str| {
        lines(
            Outcome::Trial,
            &Facts {
                requester_name: name.to_owned(),
                ..facts()
            },
        )[0]
        .clone()
    };
    let named = [
        ("Ada Lovelace", "Ada"),
        ("  ada  ", "ada"),
        ("Lovelace, Ada", "Ada"),
        ("Dr. Ada Lovelace", "Ada"),
        ("Anne-Marie O'Neil", "Anne-Marie"),
        ("Żaneta", "Żaneta"),
        ("अदिति शर्मा", "अदिति"),
        ("山田 太郎", "山田"),
        ("Ada\u{200B} L", "Ada"),
    ];
    for (name, first) in named {
        assert_eq!(greeting(name), format!("Hello {first},"), "{name}");
    }
    for name in [
        "",
        "  ",
        "ada@acme.example",
        "IT42",
        "https://evil.example",
        "<b>Ada</b>",
        "Ada<script>",
        "{{ticket.id}}",
        "-",
        "Dr.",
        &"x".repeat(80),
    ] {
        assert_eq!(greeting(name), "Hello,", "{name}");
    }
}

#[test]
fn the_request_for_proof_lists_the_four_kinds_and_where_they_are_found() {
    let lines = lines(Outcome::ProofAsked, &facts());
    let at = lines
        .iter()
        .position(|l| l.ends_with("Please reply with one of these:"))
        .unwrap();
    for (line, kind) in lines[at + 1..].iter().zip([
        "License ID",
        "Cloud activation code",
        "License file",
        "License usage export",
    ]) {
        assert!(line.starts_with(&format!("{kind}: ")), "{line}");
    }
    let all = lines.join(" ");
    for part in [
        "email",
        "Customers Portal",
        ".gitlab-license",
        "Admin area",
        "Export license usage file",
        "GitLab.com",
        "company email address",
    ] {
        assert!(all.contains(part), "{part}");
    }
}

#[test]
fn confirmed_changes_name_the_addresses() {
    let added = lines(Outcome::ContactsAdded, &facts());
    assert_eq!(
        added[1],
        "These users are now associated with your organization, and can open support tickets for it:"
    );
    assert_eq!(added[2..4], ["bob@acme.example", "cleo@acme.example"]);
    let removed = lines(Outcome::ContactsRemoved, &facts());
    assert_eq!(
        removed[1..3],
        [
            "These users are no longer associated with your organization:",
            "dan@acme.example"
        ]
    );
    let open = lines(Outcome::OpenTickets, &facts());
    assert_eq!(
        open[1..3],
        [
            "These users have tickets that are not closed yet, so we have not removed them:",
            "eve@acme.example"
        ]
    );
    assert!(
        open[3].starts_with("Please reply whether we should remove them now all the same"),
        "{open:?}"
    );
}

#[test]
fn without_a_list_of_addresses_the_text_names_nobody_else() {
    let none = Facts {
        requester_name: "Ada".to_owned(),
        ..Facts::default()
    };
    assert_eq!(
        lines(Outcome::ContactsAdded, &none)[1],
        "You are now associated with your organization, and can open support tickets for it."
    );
    assert_eq!(
        lines(Outcome::ContactsRemoved, &none)[1],
        "The users that you named are no longer associated with your organization."
    );
    assert!(
        lines(Outcome::OpenTickets, &none)[1]
            .starts_with("Some of the users that you asked us to remove have tickets")
    );
}

#[test]
fn the_sold_to_address_among_the_changed_ones_is_only_counted() {
    let with = |added: &[&str]| {
        lines(
            Outcome::ContactsAdded,
            &Facts {
                added: texts(added),
                ..facts()
            },
        )
    };
    assert_eq!(
        with(&["bob@acme.example", SOLD_TO])[2..4],
        ["bob@acme.example", "1 more user that you named"]
    );
    assert_eq!(with(&[&SOLD_TO.to_uppercase()])[2], "1 user that you named");
    assert_eq!(
        with(&[SOLD_TO, &format!("Ann <{SOLD_TO}>")])[2],
        "2 users that you named"
    );
}

#[test]
fn a_trial_is_called_what_was_sent() {
    let license = lines(Outcome::Trial, &facts());
    assert_eq!(
        license[2],
        "This license is for a trial. A trial is not a valid paid subscription, so we cannot add you to an organization with it."
    );
    let cloud = lines(
        Outcome::Trial,
        &Facts {
            proof: Proof::CloudActivation,
            ..facts()
        },
    );
    assert!(
        cloud[2].starts_with("This cloud activation is for a trial."),
        "{cloud:?}"
    );
    assert!(!cloud.join(" ").contains("your license."), "{cloud:?}");
}

#[test]
fn a_requester_who_owns_no_group_learns_how_to_go_on() {
    let text = lines(Outcome::NotAnOwner, &facts()).join(" ");
    for part in [
        "top-level group on a paid GitLab.com plan",
        "Owner role",
        "Self-Managed or GitLab Dedicated",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn failed_checks_say_nothing_about_whom_the_subscription_was_sold_to() {
    let text = lines(Outcome::EntitlementFailed, &facts()).join(" ");
    assert!(
        text.contains("We could not verify with it that you are entitled to support"),
        "{text}"
    );
    assert!(
        text.contains("already is a support contact of your organization"),
        "{text}"
    );
    let lower = text.to_lowercase();
    for part in [
        "sold",
        "match",
        "@",
        "billing",
        "expired",
        "salesforce",
        "different",
    ] {
        assert!(!lower.contains(part), "{part}: {text}");
    }
}

#[test]
fn who_writes_from_a_public_provider_is_asked_for_the_company_address() {
    let text = lines(Outcome::CompanyEmailNeeded, &facts()).join(" ");
    assert!(
        text.contains("Please open a new ticket from your company email address"),
        "{text}"
    );
}

#[test]
fn the_limit_lists_the_contacts_for_review_and_the_sold_to_contact_by_name_only() {
    let lines = lines(Outcome::LimitReached, &facts());
    assert_eq!(
        lines[2],
        "An organization can have up to 30 support contacts, and adding the 2 users that you named would be more than that. We have not changed anything yet."
    );
    assert_eq!(
        lines[3..6],
        [
            "Your organization now has 2 support contacts:",
            "Bob Byte (bob@acme.example)",
            "Ann Buyer"
        ]
    );
    assert!(lines[6].starts_with("Please review the list"), "{lines:?}");
}

#[test]
fn the_limit_lists_nobody_to_a_requester_of_no_or_another_organization() {
    for contacts in [None, Some(Vec::new())] {
        let text = lines(
            Outcome::LimitReached,
            &Facts {
                contacts,
                ..facts()
            },
        )
        .join("\n");
        assert!(
            !text.contains("Bob") && !text.contains('@') && !text.contains("now has"),
            "{text}"
        );
        assert!(
            text.contains("Please agree with the support contacts of your organization"),
            "{text}"
        );
    }
}

#[test]
fn a_contacts_name_that_holds_the_sold_to_address_is_not_shown() {
    let listed = |name: &str, email: Option<&str>| {
        let contacts = Some(vec![person(name, email)]);
        lines(
            Outcome::LimitReached,
            &Facts {
                contacts,
                ..facts()
            },
        )[4]
        .clone()
    };
    assert_eq!(listed(SOLD_TO, Some(SOLD_TO)), "(name not shown)");
    assert_eq!(
        listed("ANN.BUYER@acme.example (Ann)", Some("bob@acme.example")),
        "(name not shown) (bob@acme.example)"
    );
    assert_eq!(listed("", Some(SOLD_TO)), "(name not shown)");
    assert_eq!(listed("", None), "(a contact without a name)");
    assert_eq!(listed("", Some("bob@acme.example")), "bob@acme.example");
    assert_eq!(listed(CODE, None), "(name not shown)");
}

const HOSTILE: [&str; 9] = [
    "<img src=x onerror=alert(1)>",
    "Bob</li></ul><script>alert(1)</script>",
    "a\n- License: https://evil.example",
    "a\r\n\u{2028}<br>b",
    "- - * • x",
    "\u{202E}gnp.exe\u{200B}",
    "\"><a href=\"javascript:alert(1)\">x</a>",
    "&lt;b&gt; &#64;",
    "{{ticket.requester.email}}",
];

#[test]
fn hostile_names_and_addresses_make_no_tags_and_no_lines_of_their_own() {
    for &outcome in Outcome::ALL {
        let usual = lines(outcome, &facts()).len();
        for hostile in HOSTILE {
            let facts = Facts {
                requester_name: hostile.to_owned(),
                added: texts(&[hostile, "b@acme.example"]),
                removed: texts(&[hostile]),
                open: texts(&[hostile]),
                contacts: Some(vec![
                    person(hostile, Some(hostile)),
                    person("Bob", Some("b@acme.example")),
                ]),
                ..facts()
            };
            let reply = PublicReply::own(outcome, None, &facts, &guarded()).unwrap();
            assert_safe(&reply.html());
            assert_eq!(walk(&reply.html()), reply.lines());
            assert_eq!(reply.lines().len(), usual, "{outcome:?} {hostile}");
            assert!(!reply.html().contains("<a"), "{outcome:?} {hostile}");
            assert!(
                !reply
                    .lines()
                    .iter()
                    .any(|l| l.starts_with("- ") || l.starts_with("License: ")),
                "{outcome:?} {hostile}"
            );
        }
    }
}

#[test]
fn the_lines_are_what_the_html_reads_as() {
    for &outcome in Outcome::ALL {
        let reply = PublicReply::own(outcome, None, &facts(), &guarded()).unwrap();
        assert_safe(&reply.html());
        assert_eq!(walk(&reply.html()), reply.lines(), "{outcome:?}");
    }
    let reply = built("<p>a <b>b</b>c<br>d</p><ol><li>e</li><li>f<br>g</li></ol>");
    assert_eq!(
        reply.html(),
        "<p>a <strong>b</strong>c<br>d</p><ol><li>e</li><li>f<br>g</li></ol>"
    );
    assert_eq!(reply.lines(), ["a bc", "d", "e", "f", "g"]);
}

#[test]
fn the_plain_copy_has_paragraphs_apart_and_shows_where_links_lead() {
    let reply = built(
        "<p>a<br>b</p><ul><li>c</li><li>d<br>e</li></ul><p>See <a href='https://a.example/'>here</a>.</p>",
    );
    assert_eq!(
        reply.plain(),
        "a\nb\n\n- c\n- d\n  e\n\nSee here (https://a.example/)."
    );
}

#[test]
fn the_guard_refuses_the_sold_to_address_in_every_disguise() {
    let disguises = [
        "Sold to ann.buyer@acme.example.".to_owned(),
        "ANN.Buyer@Acme.Example".to_owned(),
        "ann.buyer @ acme . example".to_owned(),
        "ann.\u{200B}buyer@\u{2060}acme.example".to_owned(),
        "ann.buyer@\nacme.example".to_owned(),
        "ａｎｎ．ｂｕｙｅｒ＠ａｃｍｅ．ｅｘａｍｐｌｅ".to_owned(),
        "𝐚𝐧𝐧.𝐛𝐮𝐲𝐞𝐫@acme.example".to_owned(),
        "ann.buyer%40acme.example".to_owned(),
        "ann.buyer%2540acme.example".to_owned(),
        "%61nn.buyer%40%61cme.example".to_owned(),
        "ann.buyer (at) acme.example".to_owned(),
        "ann.buyer[at]acme[dot]example".to_owned(),
        "ann dot buyer at acme dot example".to_owned(),
        "_ann.buyer@acme.example_".to_owned(),
        "mail:ann.buyer@acme.example/x".to_owned(),
        "地址ann.buyer@acme.example".to_owned(),
        "a\u{0332}nn.buyer@acme.example".to_owned(),
        "ann.buyer＠acme.example".to_owned(),
        "a.nn.buyer, ann.buyer<@>acme.example".to_owned(),
    ];
    for text in &disguises {
        assert_eq!(said(text, &guarded()).unwrap_err(), Leak::SoldTo, "{text}");
        assert_eq!(leak_in(text, &guarded()), Some(Leak::SoldTo), "{text}");
    }
    let links = [
        "mailto:ann.buyer@acme.example",
        "mailto:ANN.BUYER%40acme.example@x.example",
        "https://x.example/?to=ann.buyer%2540acme.example",
    ];
    for href in links {
        let mut line = Line::default();
        line.push("write to us", &Mark::Link(Href::parse(href).unwrap()));
        assert_eq!(
            PublicReply::build(vec![Block::Paragraph(vec![line])], &guarded()).unwrap_err(),
            Leak::SoldTo,
            "{href}"
        );
    }
    let split =
        blocks_of("<p>ann.<b>buyer</b>@<a href='https://x.example'>acme</a></p><p>.example</p>");
    assert_eq!(
        PublicReply::build(split, &guarded()).unwrap_err(),
        Leak::SoldTo
    );
}

#[test]
fn an_address_that_only_looks_alike_passes() {
    for text in [
        "joann.buyer@acme.example",
        "jo.ann.buyer@acme.example",
        "ann.buyer@acme.examples",
        "ann.buyers@acme.example",
        "ann.buyer at home",
    ] {
        assert!(said(text, &guarded()).is_ok(), "{text}");
    }
    assert!(
        said(SOLD_TO, &Secrets::default()).is_ok(),
        "nothing is known to be secret"
    );
    assert!(
        said(
            "",
            &Secrets {
                sold_to: Some(""),
                codes: &[]
            }
        )
        .is_ok()
    );
}

#[test]
fn the_guard_refuses_what_looks_like_an_activation_code() {
    let texts = [
        format!("Your code is {CODE}."),
        format!("code:{CODE}"),
        format!("\"{CODE}\""),
        CODE.to_lowercase(),
        "0123456789abcdef01234567".to_owned(),
        CODE.chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
            .collect(),
        CODE.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        CODE.chars()
            .map(|c| format!("%{:02X}", u32::from(c)))
            .collect(),
        CODE.as_bytes()
            .chunks(4)
            .map(|c| std::str::from_utf8(c).unwrap())
            .collect::<Vec<_>>()
            .join("-"),
        CODE.as_bytes()
            .chunks(8)
            .map(|c| std::str::from_utf8(c).unwrap())
            .collect::<Vec<_>>()
            .join("."),
    ];
    for text in &texts {
        assert_eq!(
            said(text, &Secrets::default()).unwrap_err(),
            Leak::ActivationCode,
            "{text}"
        );
    }
    let mut line = Line::default();
    line.push(
        "look",
        &Mark::Link(Href::parse(&format!("https://customers.gitlab.com/?query={CODE}")).unwrap()),
    );
    assert_eq!(
        PublicReply::build(vec![Block::Paragraph(vec![line])], &Secrets::default()).unwrap_err(),
        Leak::ActivationCode
    );
}

#[test]
fn the_guard_refuses_a_known_code_in_pieces_or_masked() {
    let plain = "abcdefghijklmnopqrstuvwx";
    let codes = [
        MaskedCode::of(CODE),
        MaskedCode::of(plain),
        MaskedCode::of("short"),
    ];
    let secrets = Secrets {
        sold_to: None,
        codes: &codes,
    };
    let pieces = |by: usize, between: &str| {
        CODE.as_bytes()
            .chunks(by)
            .map(|c| std::str::from_utf8(c).unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(between)
    };
    for text in [
        pieces(5, " "),
        pieces(7, "\n"),
        pieces(1, " "),
        pieces(5, "/"),
        plain.to_owned(),
        MaskedCode::of(CODE).as_str().to_owned(),
    ] {
        assert_eq!(
            said(&format!("It is {text} here"), &secrets).unwrap_err(),
            Leak::ActivationCode,
            "{text}"
        );
    }
    assert!(said("Wait … please", &secrets).is_ok());
}

#[test]
fn numbers_addresses_and_long_words_are_no_codes() {
    let texts = [
        "https://support.gitlab.com/hc/en-us/articles/360001801419-how-do-i-manage-my-contacts",
        "A-S00012345, license 410233, ticket 1001",
        "123456789012345678901234",
        "abcdefghijklmnopqrstuvwx",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "Your plan ends 2026 this year with some more",
    ];
    for text in texts {
        assert!(said(text, &guarded()).is_ok(), "{text}");
    }
}

#[test]
fn the_guard_refuses_a_license_key() {
    let body: String = (0..240_u8)
        .map(|i| char::from(b"ABCDEFGHijklmnop0123+/zz"[usize::from(i) % 24]))
        .collect();
    let wrapped = |between: &str| {
        body.as_bytes()
            .chunks(60)
            .map(|c| std::str::from_utf8(c).unwrap())
            .collect::<Vec<_>>()
            .join(between)
    };
    let texts = [
        format!("{MARK}abc"),
        "eyJk YXRh\nIjoi".to_owned(),
        "eyJk\u{200B}YXRhIjoi".to_owned(),
        "> eyJkYX\n> RhIjoi".to_owned(),
        "ｅｙＪｋＹＸＲｈＩｊｏｉ".to_owned(),
        "%65yJkYXRhIjoi".to_owned(),
        body.clone(),
        wrapped("\n"),
        wrapped(" "),
        wrapped("\n> "),
        wrapped("\"\r\n\""),
        format!("key: {}==", wrapped("\n")),
    ];
    for text in &texts {
        assert_eq!(
            said(text, &Secrets::default()).unwrap_err(),
            Leak::LicenseKey,
            "{text}"
        );
    }
    let one_by_one = wrapped("\n").lines().map(Block::paragraph).collect();
    assert_eq!(
        PublicReply::build(one_by_one, &Secrets::default()).unwrap_err(),
        Leak::LicenseKey
    );
}

#[test]
fn a_long_list_of_names_is_no_license_key() {
    let contacts = (0..60).map(|_| person("Bartholomew", None)).collect();
    let facts = Facts {
        contacts: Some(contacts),
        ..facts()
    };
    assert_eq!(
        lines(Outcome::LimitReached, &facts)
            .iter()
            .filter(|l| *l == "Bartholomew")
            .count(),
        60
    );
}

#[test]
fn a_leak_says_what_happened_and_what_to_do_and_nothing_of_the_secret() {
    for leak in [Leak::SoldTo, Leak::ActivationCode, Leak::LicenseKey] {
        assert!(leak.says().starts_with("The reply was not drafted: "));
        assert!(leak.next().starts_with("Write the reply by hand"));
    }
}

#[test]
fn a_macro_is_found_by_the_end_of_its_title() {
    let wanted = texts(&["Users added to organization", "Contacts added"]);
    let all = [
        (1, "Support-Ops::Contacts::Users removed from organization"),
        (2, "Support-Ops::Contacts::users  Added to organization"),
        (3, "Support Ops::Users added to organization (old)"),
    ];
    assert_eq!(find(all, &wanted), Found::One(2, all[1].1.to_owned()));
    assert_eq!(
        find([(7, "Support Ops::Users added to organization")], &wanted),
        Found::One(7, "Support Ops::Users added to organization".to_owned())
    );
    assert_eq!(
        find([(8, "Contacts added")], &wanted),
        Found::One(8, "Contacts added".to_owned())
    );
    assert_eq!(
        find(
            [(2, "A::Contacts added"), (2, "A::Contacts added")],
            &wanted
        ),
        Found::One(2, "A::Contacts added".to_owned()),
        "listed twice"
    );
    assert_eq!(find(all, &[]), Found::None);
    assert_eq!(find(all, &texts(&["Trial"])), Found::None);
}

#[test]
fn of_several_macros_none_is_picked() {
    let all = [(1, "Support-Ops::Trial"), (2, "Sales::Trial"), (3, "Other")];
    assert_eq!(
        find(all, &texts(&["trial"])),
        Found::Several(texts(&["Support-Ops::Trial", "Sales::Trial"]))
    );
}

#[test]
fn a_macros_paragraphs_lists_emphasis_and_links_stay() {
    let reply = built(
        r#"<div class="zd-comment" dir="auto"><h2>Hello</h2><p dir="auto">We <em>have</em> <b>read</b>
            it.<br>See <a href="https://docs.gitlab.com/x?a=1&amp;b=2" target="_blank" rel="noopener">the docs</a>
            or <a href="MAILTO:support@gitlab.com">write</a>.</p><p>&nbsp;</p>One<br><br>Two<ol><li><p>a</p></li><li>b</li></ol></div>"#,
    );
    assert_eq!(
        reply.html(),
        "<p><strong>Hello</strong></p><p>We <em>have</em> <strong>read</strong> it.<br>See <a href=\"https://docs.gitlab.com/x?a=1&amp;b=2\">the docs</a> \
         or <a href=\"mailto:support@gitlab.com\">write</a>.</p><p>One</p><p>Two</p><ol><li>a</li><li>b</li></ol>"
    );
    assert_eq!(reply.lines(), walk(&reply.html()));
}

#[test]
fn paragraphs_of_one_item_stay_in_that_item() {
    let reply = built("<ul><li><p>a</p><p>b</p></li><li><div>c</div>d</li></ul><p>e</p>");
    assert_eq!(
        reply.html(),
        "<ul><li>a<br>b</li><li>c<br>d</li></ul><p>e</p>"
    );
    assert_eq!(reply.plain(), "- a\n  b\n- c\n  d\n\ne");
}

#[test]
fn what_is_hostile_in_a_macro_vanishes() {
    let cases: [(&str, &[&str]); 20] = [
        ("<p>a<script>alert(1)</script>b</p>", &["ab"]),
        ("<p onclick='x()'>a<img src=x onerror=alert(1)></p>", &["a"]),
        ("<a href='javascript:alert(1)'>a</a>", &["a"]),
        ("<a href=' java\nscript:alert(1)'>a</a>", &["a"]),
        (
            "<a href='data:text/html,x'>a</a> <a href='//evil.example'>b</a> <a href='/x'>c</a>",
            &["a b c"],
        ),
        ("<a href='http://a.example'>a</a>", &["a"]),
        ("<a href='https://good.example@evil.example/'>a</a>", &["a"]),
        ("<a href='https:evil.example'>a</a>", &["a"]),
        (
            "<style>p{}</style><form action=x>f<input value=y><button>z</button></form>a",
            &["a"],
        ),
        (
            "<iframe src=x>i</iframe><svg><text>s</text></svg><template>t</template>a",
            &["a"],
        ),
        (
            "<p>a</p><p hidden>b</p><p style='display : none'>c</p><span style='VISIBILITY:hidden'>d</span>",
            &["a"],
        ),
        (
            "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul>d</li></ul>e",
            &["a", "b", "c", "d", "e"],
        ),
        ("<ul><li>a<li>b<p>c<b>d", &["a", "b", "cd"]),
        ("<li>a</li></ul></p></div>b", &["a", "b"]),
        ("a\u{202E}b\u{200B}c\u{2067}d", &["abcd"]),
        ("<p>a<!-- x --><![CDATA[y]]>b</p>", &["ab"]),
        (
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            &["<script>alert(1)</script>"],
        ),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            &["a b", "c"],
        ),
        ("<pre>a\n  b\n\nc</pre>", &["a", "b", "c"]),
        (
            "<b><p>a</b>b</p><a href=https://x.example><p>c</a>d",
            &["a", "b", "c", "d"],
        ),
    ];
    for (html, lines) in cases {
        let reply = built(html);
        assert_safe(&reply.html());
        assert_eq!(walk(&reply.html()), reply.lines(), "{html}");
        if html.starts_with("<b><p>") {
            assert_eq!(
                reply.lines().concat(),
                "abcd",
                "repaired as the standard says"
            );
        } else {
            assert_eq!(reply.lines(), lines, "{html}");
        }
        let links = reply.html().matches("<a ").count();
        assert!(links == 0 || html.contains("https://x.example"), "{html}");
    }
}

#[test]
fn a_macro_without_text_is_empty() {
    for html in [
        "",
        " ",
        "<p></p>",
        "<p>&nbsp;</p><ul><li></li></ul><br>",
        "<img src='https://x.example/a.png'>",
        "\u{200B}",
    ] {
        let reply = built(html);
        assert!(reply.is_empty(), "{html}");
        assert_eq!(
            (
                reply.html().as_str(),
                reply.lines().len(),
                reply.plain().as_str()
            ),
            ("", 0, ""),
            "{html}"
        );
    }
    assert!(!built("a").is_empty());
}

#[test]
fn a_macro_larger_than_a_reply_is_refused_whole() {
    let fits = "<p>word</p>".repeat(500);
    assert_eq!(blocks_of(&fits).len(), 500);
    assert_eq!(blocks_of(&"<p>word</p>".repeat(501)), []);
    assert_eq!(
        blocks_of(&"word ".repeat(14_000)),
        [],
        "more than 64 kB of text"
    );
    assert_eq!(
        blocks_of(&format!("a<img alt='{}'>", "x".repeat(100_000))),
        []
    );
    let deep = "<div>".repeat(3_500) + "x";
    assert_eq!(blocks_of(&deep), [Block::paragraph("x")]);
    assert_eq!(blocks_of(&"<div>".repeat(9_000)), []);
    let costly: String = (0..2_000)
        .map(|i| format!("<b id={i}>"))
        .collect::<String>()
        + &"<p>x".repeat(5_000);
    assert_eq!(blocks_of(&costly), []);
}

#[test]
fn a_placeholder_that_was_not_filled_in_is_noticed() {
    for html in [
        "Hi {{ticket.requester.first_name}}",
        "<ul><li>a {% if x %}</li></ul>",
        "a }} b",
        "{<b>{</b>x",
        "<a href='https://x.example/{{ticket.id}}'>x</a>",
        "<a href='https://x.example/%7B%7Bticket.id%7D%7D'>x</a>",
    ] {
        assert!(unresolved(&blocks_of(html)), "{html}");
    }
    assert!(!unresolved(&blocks_of(
        "<p>Hi Ada, {all} is 100% fine } {</p><a href='https://x.example/%7Ba%7D'>x</a>"
    )));
}

#[cfg(not(target_arch = "wasm32"))]
mod at_random {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    const PIECES: [&str; 34] = [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<b>",
        "</b>",
        "<em>",
        "</em>",
        "<a href='https://x.example/a'>",
        "<a href=javascript:x>",
        "</a>",
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<table><tr><td>",
        "</table>",
        "<pre>",
        "<style>",
        "<form>",
        "<svg>",
        "<!--",
        "-->",
        "&lt;b&gt;",
        "&#0;&#x202e;",
        "<p hidden>",
        "\n",
        "\u{A0}",
    ];

    fn html() -> impl Strategy<Value = String> {
        vec(
            prop_oneof![
                select(&PIECES[..]).prop_map(str::to_owned),
                "[a-z0-9 .<>&\"'=\\-*•\u{200B}\u{202E}]{0,8}",
                any::<String>()
            ],
            0..40,
        )
        .prop_map(|pieces| pieces.concat())
    }

    /// The Sold-to address with letters in other cases and widths, and with spaces and invisible marks between them.
    fn disguised() -> impl Strategy<Value = String> {
        vec((0..4_u8, 0..6_u8), SOLD_TO.len()).prop_map(|how| {
            let mut out = String::new();
            for (c, (letter, between)) in SOLD_TO.chars().zip(how) {
                out.push(match letter {
                    0 => c.to_ascii_uppercase(),
                    1 => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
                    _ => c,
                });
                out.push_str(["", "", "", "\u{200B}", " ", "\n"][usize::from(between)]);
            }
            out
        })
    }

    proptest! {
        #[test]
        fn no_html_gives_anything_but_plain_blocks_which_read_as_their_lines(html in html()) {
            let blocks = blocks_of(&html);
            unresolved(&blocks);
            if let Ok(reply) = PublicReply::build(blocks, &guarded()) {
                assert_safe(&reply.html());
                prop_assert_eq!(walk(&reply.html()), reply.lines());
                prop_assert_eq!(blocks_of(&reply.html()).len(), blocks_of(&html).len(), "cleaning again changes nothing");
            }
        }

        #[test]
        fn the_sold_to_address_never_passes_whatever_surrounds_it(
            before in "([a-z ]{0,20}[ (:,;\n])?", secret in disguised(), after in "([ ),;:\n][a-z ]{0,20})?", as_html in any::<bool>(),
        ) {
            let text = format!("{before}{secret}{after}");
            let blocks = if as_html { blocks_of(&format!("<p>{text}</p>")) } else { vec![Block::paragraph(&text)] };
            prop_assert_eq!(PublicReply::build(blocks, &guarded()).unwrap_err(), Leak::SoldTo);
        }

        #[test]
        fn a_reply_that_was_built_holds_no_secret(pieces in vec(prop_oneof![
            Just(SOLD_TO.to_owned()), Just(CODE.to_owned()), Just(MARK.to_owned()), disguised(), "[a-zA-Z0-9 .\n@-]{0,12}",
        ], 0..8)) {
            let text = pieces.concat();
            if let Ok(reply) = said(&text, &guarded()) {
                let read = reply.lines().join("\n");
                prop_assert!(!read.contains(MARK));
                prop_assert!(!read.split(|c: char| !c.is_alphanumeric()).any(|word| word == CODE), "{}", read);
                prop_assert!(!read.to_lowercase().split_whitespace().any(|word| word == SOLD_TO), "{}", read);
                prop_assert_eq!(leak_in(&read, &guarded()), None);
            }
        }

        #[test]
        fn whoever_asks_the_own_texts_are_plain_and_guarded(outcome in select(Outcome::ALL), a in any::<String>(), b in any::<String>(), secret in disguised()) {
            let facts = Facts {
                requester_name: a.clone(), proof: Proof::License, added: vec![a.clone(), b.clone(), secret.clone()], removed: vec![b.clone(), secret.clone()],
                open: vec![secret.clone(), a.clone()], limit: 30, adding: 1, contacts: Some(vec![person(&a, Some(&b)), person(&secret, Some(&secret))]),
            };
            if let Ok(reply) = PublicReply::own(outcome, None, &facts, &guarded()) {
                assert_safe(&reply.html());
                prop_assert_eq!(walk(&reply.html()), reply.lines());
                prop_assert_eq!(leak_in(&reply.lines().join("\n"), &guarded()), None);
            }
        }
    }
}
