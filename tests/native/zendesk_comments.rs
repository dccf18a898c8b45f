//! Comments with their files, the addresses in them, and macros, as Zendesk's API answers them.

use crate::hostile::{matrix, shape, tally, with};
use proptest::prelude::*;
use serde_json::{Value, json};
use tether::reading::ReadError;
use tether::record::ids::UserId;
use tether::record::ticket::{Wish, WrittenAddress, WrittenPlace};
use tether::zendesk::{answer, macros};

/// One page of comments: what the requester wrote, and the next page's cursor.
fn read_comments(
    value: &Value,
    requester: UserId,
) -> Result<(Vec<WrittenAddress>, Option<String>), ReadError> {
    let answer::ListPage {
        items: comments,
        after,
        ..
    } = answer::all_comments(value)?;
    Ok((answer::written_addresses(&comments, requester), after))
}

fn user_id(n: u64) -> UserId {
    UserId::try_from(n).unwrap()
}

fn file(id: u64, scan: Value) -> Value {
    json!({
        "id": id, "file_name": "key.gitlab-license", "content_type": "application/octet-stream", "size": 1900,
        "content_url": format!("https://gitlab.zendesk.com/attachments/token/x/?name={id}"), "malware_scan_result": scan,
        "malware_access_override": true, "deleted": false, "inline": false, "thumbnails": []
    })
}

fn comments_answer() -> Value {
    json!({
        "comments": [
            {"id": 1, "author_id": 7, "public": true, "created_at": "2026-11-20T10:00:00Z", "plain_body": "Please add bo@acme.example.\n\nKind regards,\nAda\nada@acme.example",
             "html_body": "<p>x</p>", "attachments": [file(61, json!("malware_not_found")), file(62, json!("malware_found")), file(63, Value::Null)]},
            {"id": 2, "author_id": 8, "public": false, "created_at": "2026-11-20T11:00:00Z", "plain_body": "internal", "html_body": "", "attachments": []},
            {"id": 3, "author_id": -1, "public": true, "created_at": "2026-11-20T12:00:00Z", "plain_body": null, "html_body": "<p>Hello &amp; <b>welcome</b></p>"}
        ],
        "meta": {"has_more": true, "after_cursor": "next=="}
    })
}

fn macros_answer() -> Value {
    json!({"macros": [
        {"id": 71, "title": "Support::Support-Ops::Proof of support entitlement", "active": true, "actions": []},
        {"id": 72, "title": "Support::Old", "active": false},
        {"id": 73, "title": "<b>x</b>"}
    ], "next_page": null, "count": 3})
}

fn applied_answer() -> Value {
    json!({"result": {"ticket": {
        "id": 41, "status": "pending", "tags": ["a"], "fields": [],
        "comment": {"body": "Hi Ada", "html_body": "<p>Hi <b>Ada</b></p><script>x</script>", "public": true, "scoped_body": [["channel:all", "Hi"]]}
    }}})
}

/// The addresses of one public comment of the requester's, those in the signature in parentheses.
fn written(body: &str) -> Vec<String> {
    let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "plain_body": body}], "meta": {"has_more": false}});
    let (found, _) = read_comments(&value, user_id(7)).unwrap();
    found
        .into_iter()
        .map(|w| {
            if w.in_signature() {
                format!("({})", w.email)
            } else {
                w.email
            }
        })
        .collect()
}

#[test]
fn every_comment_is_read_whoever_wrote_it() {
    let answer::ListPage {
        items: comments,
        after,
        ..
    } = answer::all_comments(&comments_answer()).unwrap();
    let about: Vec<_> = comments
        .iter()
        .map(|c| {
            (
                c.id,
                c.author.map(UserId::get),
                c.public,
                c.attachments.len(),
            )
        })
        .collect();
    assert_eq!(
        about,
        [
            (1, Some(7), true, 3),
            (2, Some(8), false, 0),
            (3, None, true, 0)
        ]
    );
    assert_eq!(comments[0].created_at, "2026-11-20T10:00:00Z");
    assert_eq!(comments[1].text, "internal");
    assert_eq!(
        comments[2].text.split_whitespace().collect::<Vec<_>>(),
        ["Hello", "&", "welcome"],
        "the HTML without its markup"
    );
    assert_eq!(after.as_deref(), Some("next=="));
}

#[test]
fn a_comments_text_is_whole_up_to_its_limit() {
    for size in [256 * 1024, 256 * 1024 + 1, 2_000_000] {
        let value = with(
            &comments_answer(),
            "/comments/0/plain_body",
            json!("x".repeat(size)),
        );
        assert_eq!(
            answer::all_comments(&value).unwrap().items[0].text.len(),
            256 * 1024
        );
    }
    let value = with(
        &comments_answer(),
        "/comments/0/plain_body",
        json!(format!("x{}", "é".repeat(200_000))),
    );
    assert_eq!(
        answer::all_comments(&value).unwrap().items[0].text.len(),
        256 * 1024 - 1,
        "between characters"
    );
}

#[test]
fn a_file_is_harmful_if_zendesk_says_so_whatever_it_lets_agents_do() {
    let comments = answer::all_comments(&comments_answer()).unwrap().items;
    let files = &comments[0].attachments;
    assert_eq!(
        files.iter().map(|f| (f.id, f.harmful)).collect::<Vec<_>>(),
        [(61, false), (62, true), (63, false)]
    );
    assert_eq!(
        (files[0].file_name.as_str(), files[0].size),
        ("key.gitlab-license", 1900)
    );
    assert_eq!(
        files[0].url,
        "https://gitlab.zendesk.com/attachments/token/x/?name=61"
    );
    for scan in ["failed_to_scan", "not_scanned"] {
        let value = with(
            &comments_answer(),
            "/comments/0/attachments/1/malware_scan_result",
            json!(scan),
        );
        assert!(!answer::all_comments(&value).unwrap().items[0].attachments[1].harmful);
    }
}

#[test]
fn files_are_bounded_deleted_ones_left_out_and_addresses_never_cut() {
    let many: Vec<Value> = (1..60).map(|n| file(n, Value::Null)).collect();
    let value = with(&comments_answer(), "/comments/0/attachments", json!(many));
    assert_eq!(
        answer::all_comments(&value).unwrap().items[0]
            .attachments
            .len(),
        20
    );
    let value = with(
        &comments_answer(),
        "/comments/0/attachments/0/deleted",
        json!(true),
    );
    assert_eq!(
        answer::all_comments(&value).unwrap().items[0].attachments[0].id,
        62
    );
    let value = with(
        &comments_answer(),
        "/comments/0/attachments/0/content_url",
        json!(format!("https://x/{}", "y".repeat(9000))),
    );
    assert_eq!(
        answer::all_comments(&value).unwrap().items[0].attachments[0].id,
        62,
        "one that leads nowhere is left out"
    );
    let value = with(
        &comments_answer(),
        "/comments/0/attachments/0/file_name",
        json!("<b>\u{202E}gpj.exe"),
    );
    assert_eq!(
        answer::all_comments(&value).unwrap().items[0].attachments[0].file_name,
        "<b>\u{202E}gpj.exe"
    );
}

#[test]
fn addresses_of_comments_read_once_are_those_of_the_page() {
    let comments = answer::all_comments(&comments_answer()).unwrap().items;
    let found = answer::written_addresses(&comments, user_id(7));
    let address = |email: &str, place, wish| WrittenAddress {
        email: email.into(),
        comment: 1,
        place,
        wish,
        oddity: None,
    };
    assert_eq!(
        found,
        [
            address("bo@acme.example", WrittenPlace::OwnWords, Wish::Add),
            address("ada@acme.example", WrittenPlace::Signature, Wish::Mention)
        ]
    );
    assert_eq!(
        found,
        read_comments(&comments_answer(), user_id(7)).unwrap().0
    );
    assert_eq!(
        answer::written_addresses(&comments, user_id(8)),
        [],
        "an internal comment names no one"
    );
}

#[test]
fn an_address_that_is_also_in_a_body_is_not_part_of_the_signature() {
    let comment =
        |id: u64, body: &str| json!({"id": id, "author_id": 7, "public": true, "plain_body": body});
    let value = json!({"comments": [
        comment(1, "Hello\n--\nAda\nada@acme.example\nit@acme.example"),
        comment(2, "It is ADA@acme.example\n-- \nada@acme.example"),
        comment(3, "x\n--\nada@acme.example")
    ], "meta": {"has_more": false}});
    let (found, _) = read_comments(&value, user_id(7)).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|w| (w.email.as_str(), w.comment, w.in_signature()))
        .collect();
    assert_eq!(
        found,
        [("ADA@acme.example", 2, false), ("it@acme.example", 1, true)]
    );
    assert_eq!(
        written("I am ada@acme.example.\n--\nada@acme.example"),
        ["ada@acme.example"]
    );
}

#[test]
fn signatures_begin_at_dashes_phones_and_closing_lines() {
    let beginnings = [
        "--",
        "-- ",
        "Sent from my iPhone",
        "Best regards,",
        "Best regards",
        "  kind regards ,",
        "With best regards,",
        "Thanks and kind regards",
        "Thanks,",
        "Thank you,",
        "Cheers",
        "Mit freundlichen Grüßen",
        "MIT FREUNDLICHEN GRÜSSEN,",
        "Cordialement,",
        "Saludos",
    ];
    for beginning in beginnings {
        let mail = format!(
            "Please add bo@acme.example\n\n{beginning}\n\nAda Lovelace\nAcme Corp\nMail: ada@acme.example\n"
        );
        assert_eq!(
            written(&mail),
            ["bo@acme.example", "(ada@acme.example)"],
            "{beginning}"
        );
    }
    assert_eq!(
        written("bo@acme.example\nThanks,\nada@acme.example"),
        ["bo@acme.example", "(ada@acme.example)"],
        "an address for a name"
    );
}

#[test]
fn what_only_looks_like_a_closing_begins_no_signature() {
    let mails = [
        "Thanks,\nplease add these people:\nbo@acme.example",
        "Thanks\nPlease add our colleague Bo Diddley as well to it\nbo@acme.example",
        "Thanks!\nbo@acme.example",
        "Thanks for the help, Ada\nbo@acme.example",
        "Regards to everyone in the whole big team\nBo\nbo@acme.example",
        "---\nbo@acme.example",
        "I sent from my phone: bo@acme.example",
    ];
    for mail in mails {
        assert_eq!(written(mail), ["bo@acme.example"], "{mail}");
    }
    let list = "Thanks,\nbo@acme.example\ncy@acme.example";
    assert_eq!(
        written(list),
        ["bo@acme.example", "cy@acme.example"],
        "several addresses are a list, not a name"
    );
}

#[test]
fn a_quoted_message_below_a_signature_stays_out() {
    let mail = "bo@acme.example\n\nCheers,\nAda\nada@acme.example\n\nOn Mon, 23 Nov 2026, Support <support@gitlab.example> wrote:\n> x@gitlab.example\ny@gitlab.example";
    assert_eq!(
        written(mail),
        [
            "bo@acme.example",
            "(ada@acme.example)",
            "(y@gitlab.example)"
        ],
        "below a signature nothing is asked for"
    );
}

#[test]
fn macros_that_are_active_are_listed_by_their_whole_title() {
    let found: Vec<_> = answer::macros(&macros_answer())
        .unwrap()
        .0
        .items
        .into_iter()
        .map(|m| (m.id, m.title))
        .collect();
    assert_eq!(
        found,
        [
            (
                71,
                "Support::Support-Ops::Proof of support entitlement".to_owned()
            ),
            (73, "<b>x</b>".to_owned())
        ]
    );
    let many: Vec<Value> = (1..3000)
        .map(|n| json!({"id": n, "title": "x".repeat(1000)}))
        .collect();
    let (found, more) =
        answer::macros(&json!({ "macros": many, "next_page": "https://gitlab.zendesk.com/api/v2/macros/search?page=2" })).unwrap();
    assert!(more);
    assert_eq!(
        (found.items.len(), found.items[0].title.chars().count()),
        (1000, 500)
    );
}

#[test]
fn a_macros_actions_are_shown_with_its_html() {
    let applied = answer::applied(&applied_answer()).unwrap();
    assert_eq!(applied.html, "<p>Hi <b>Ada</b></p><script>x</script>");
    assert_eq!(
        (applied.public, applied.status.as_deref(), applied.tags),
        (Some(true), Some("pending"), true)
    );
    for (other, public) in [
        (json!(false), Some(false)),
        (json!("false"), Some(false)),
        (Value::Null, None),
    ] {
        assert_eq!(
            answer::applied(&with(
                &applied_answer(),
                "/result/ticket/comment/public",
                other
            ))
            .unwrap()
            .public,
            public
        );
    }
    for other in [json!("maybe"), json!(1)] {
        assert!(
            shape(answer::applied(&with(
                &applied_answer(),
                "/result/ticket/comment/public",
                other
            )))
            .contains("comment.public")
        );
    }
    let silent = answer::applied(&json!({"result": {"ticket": {"tags": []}}})).unwrap();
    assert_eq!(
        (
            silent.html.as_str(),
            silent.public,
            silent.status,
            silent.tags
        ),
        ("", None, None, false)
    );
}

/// The lines of what a macro's `body` becomes in a draft.
fn drafted(body: &str) -> Vec<String> {
    let value = with(
        &applied_answer(),
        "/result/ticket/comment/html_body",
        Value::Null,
    );
    let applied =
        answer::applied(&with(&value, "/result/ticket/comment/body", json!(body))).unwrap();
    macros::blocks_of(&applied.html)
        .iter()
        .flat_map(|block| block.lines().map(|line| line.reading()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_macros_plain_text_becomes_paragraphs_without_markup_of_its_own() {
    let plain = "Hi <Ada> & \"co\",\nsecond line\n\n\nNext\r\n";
    for html in [Value::Null, json!(""), json!("  ")] {
        let value = with(
            &applied_answer(),
            "/result/ticket/comment/body",
            json!(plain),
        );
        let value = with(&value, "/result/ticket/comment/html_body", html);
        let applied = answer::applied(&value).unwrap();
        assert_eq!(
            applied.html,
            "<p>Hi &lt;Ada&gt; &amp; &quot;co&quot;,<br>second line</p><p>Next</p>"
        );
    }
    let long = with(
        &applied_answer(),
        "/result/ticket/comment/html_body",
        json!("x".repeat(300_000)),
    );
    assert!(
        shape(answer::applied(&long)).contains("result.ticket.comment.html_body"),
        "a cut reply would say something else"
    );
}

#[test]
fn a_macros_body_with_tags_is_html() {
    assert_eq!(
        drafted("<p>Hi <b>Ada</b></p><ul><li>one</li><li>two</li></ul>"),
        ["Hi Ada", "one", "two"]
    );
    assert_eq!(
        drafted("Hi Ada,<br>please see<br/>below&nbsp;it"),
        ["Hi Ada,", "please see", "below it"]
    );
    for text in ["1 <2 and 3> 2", "<your name>", "if a<b then"] {
        assert_eq!(drafted(text), [text], "no tag");
    }
    assert_eq!(drafted("a <b@acme.example> b"), ["a b@acme.example b"]);
}

#[test]
fn nothing_of_a_macros_markdown_shows_in_a_draft() {
    let cases: [(&str, &[&str]); 12] = [
        (
            "Hi **Ada**, see *this* and __that__ or _those_",
            &["Hi Ada, see this and that or those"],
        ),
        (
            "See [our docs](https://docs.gitlab.example/x \"title\").",
            &["See our docs."],
        ),
        (
            "See [our docs][1].\n\n[1]: https://docs.gitlab.example/x",
            &["See our docs."],
        ),
        (
            "* one\n* two\n\n1. three\n2. four",
            &["one", "two", "three", "four"],
        ),
        ("3. three\n4. four", &["3. three", "4. four"]),
        (
            "## Next steps\ntext\n\nHeading\n=======\n---",
            &["Next steps", "text", "Heading"],
        ),
        (
            "Look: ![a screenshot](https://x.example/a.png) here",
            &["Look: here"],
        ),
        (
            "Run `gitlab-rake x`:\n\n```ruby\na = 1 ** 2\nb\n```",
            &["Run gitlab-rake x:", "a = 1 ** 2", "b"],
        ),
        (
            "> quoted\n\n~~old~~ new\\_name",
            &["quoted", "old new_name"],
        ),
        ("**Note: ** please", &["Note: please"]),
        (
            "snake_case_name and 2*3*4 &amp; more",
            &["snake_case_name and 234 & more"],
        ),
        ("| a | b |\n|---|---|\n| c | d |", &["a b", "c d"]),
    ];
    for (body, lines) in cases {
        assert_eq!(drafted(body), lines, "{body}");
    }
    let value = with(
        &applied_answer(),
        "/result/ticket/comment/html_body",
        Value::Null,
    );
    let applied = answer::applied(&with(
        &value,
        "/result/ticket/comment/body",
        json!("[a](https://x.example/y?a=1&b=2) [b](javascript:x)"),
    ))
    .unwrap();
    let blocks = macros::blocks_of(&applied.html);
    assert_eq!(
        blocks
            .iter()
            .flat_map(|b| b.hrefs())
            .map(|h| h.as_str())
            .collect::<Vec<_>>(),
        ["https://x.example/y?a=1&b=2"]
    );
}

#[test]
fn a_value_of_any_other_type_anywhere_is_read_or_refused_by_name_and_never_a_panic() {
    let results = [
        matrix(&comments_answer(), |v| answer::all_comments(v).map(drop)),
        matrix(&macros_answer(), |v| answer::macros(v).map(drop)),
        matrix(&applied_answer(), |v| answer::applied(v).map(drop)),
    ];
    let (read, refused) = tally(results.into_iter().flatten());
    assert!(
        read > 200 && refused > 100,
        "{read} read, {refused} refused"
    );
}

/// Texts of what mails are made of, in any order, with any characters between.
fn mail() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "\n",
        "\n\n",
        "--",
        "-- \n",
        "> ",
        "Thanks,\n",
        "Best regards\n",
        "Mit freundlichen Grüßen",
        "Sent from my ",
        "ada@acme.example",
        "@",
        "On Mon, x wrote:\n",
        "<blockquote>",
        "<",
        "&amp;",
        "&",
        "\r\n",
        "__________\n",
        "\u{202E}",
        "é",
    ]);
    prop::collection::vec(
        prop_oneof![3 => known.prop_map(str::to_owned), 1 => ".{0,12}"],
        0..60,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn whatever_a_mail_holds_its_addresses_are_few_and_each_is_named_once(plain in mail(), html in mail()) {
        let comment = |id: u64, plain: Value| json!({"id": id, "author_id": 7, "public": true, "plain_body": plain, "html_body": html});
        let value = json!({"comments": [comment(1, json!(plain)), comment(2, Value::Null)], "meta": {"has_more": false}});
        let (found, _) = read_comments(&value, user_id(7)).unwrap();
        let mut names: Vec<String> = found.iter().map(|w| w.email.to_lowercase()).collect();
        prop_assert!(found.len() <= 50 && names.iter().all(|name| name.contains('@')));
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), found.len());
    }

    #[test]
    fn whatever_a_macros_plain_text_holds_it_adds_no_markup_of_its_own(plain in mail()) {
        let value = with(&applied_answer(), "/result/ticket/comment/body", json!(plain.replace('<', "")));
        let html = answer::applied(&with(&value, "/result/ticket/comment/html_body", Value::Null)).unwrap().html;
        let mut bare = html;
        for tag in ["p", "br", "hr", "h3", "div", "pre", "ul", "ol", "li", "em", "strong"] {
            bare = bare.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
        }
        prop_assert!(!bare.contains(['<', '>', '"']), "{}", bare);
    }
}

#[test]
fn what_looks_like_an_address_and_is_none_is_found_outside_quotes_and_signatures() {
    let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "created_at": "2026-11-20T10:00:00Z", "attachments": [],
        "plain_body": "Add jo@, bob@company and alice@example.com (not @carol, not a@b@c, not https://u@h).\n> dave@\n-- \nerin@"}],
        "meta": {"has_more": false}});
    let comments = answer::all_comments(&value).unwrap().items;
    assert_eq!(
        answer::broken_addresses(&comments, user_id(7)),
        ["jo@", "bob@company"]
    );
    assert_eq!(
        answer::broken_addresses(&comments, user_id(8)),
        Vec::<String>::new()
    );
}
