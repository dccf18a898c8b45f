//! Every form in which the portal may print what Tether reads, and what a hostile value may try.

use std::time::Instant;

use crate::support::pages::{
    Field, HOST, VERSIONS, Version, boolean, escaped, field, frame, list, member_tabs, number,
    show, url, validation, words,
};
use tether::portal::address::{
    Place, cloud_activation_search_url, orders_by_subscription_url, place, record_url, validate_url,
};
use tether::portal::{OtherPage, Page, read};
use tether::profile::portal::PortalWords;
use tether::record::ids::{
    BillingAccountId, CloudActivationId, LicenseId, OrderId, SubscriptionName,
};
use tether::record::{BillingAccount, CloudActivation, License, Order, RecordKind, Shown, SoldTo};
use time::macros::date;

fn license_page(html: &str) -> License {
    match read(&url("license", 7), Some(200), html, &words()) {
        Page::License(license) => license,
        other => panic!("not a license: {other:?}"),
    }
}

fn license(version: Version, fields: &[Field]) -> License {
    license_page(&show(version, "license", 7, &[fields.to_vec()]))
}

fn account(version: Version, fields: &[Field]) -> BillingAccount {
    match read(
        &url("billing_account", 7),
        None,
        &show(version, "billing_account", 7, &[fields.to_vec()]),
        &words(),
    ) {
        Page::BillingAccount(account) => account,
        other => panic!("not a billing account: {other:?}"),
    }
}

fn order(version: Version, fields: &[Field]) -> Order {
    match read(
        &url("order", 7),
        None,
        &show(version, "order", 7, &[fields.to_vec()]),
        &words(),
    ) {
        Page::Order(order) => order,
        other => panic!("not an order: {other:?}"),
    }
}

fn activation(version: Version, fields: &[Field]) -> CloudActivation {
    match read(
        &url("cloud_activation", 7),
        None,
        &show(version, "cloud_activation", 7, &[fields.to_vec()]),
        &words(),
    ) {
        Page::CloudActivation(activation) => activation,
        other => panic!("not an activation: {other:?}"),
    }
}

fn name(text: &str) -> Shown<SubscriptionName> {
    Shown::Value(SubscriptionName::parse(text).unwrap())
}

fn sold_to(version: Version, value: &str) -> Shown<SoldTo> {
    account(version, &[field("sold_to", "Sold to", value)]).sold_to
}

fn email(email: &str, name: Option<&str>, contact: Option<u64>) -> Shown<SoldTo> {
    Shown::Value(SoldTo::Email {
        email: tether::mail::Address::parse(email).unwrap(),
        name: name.map(str::to_owned),
        contact: contact.map(|c| c.try_into().unwrap()),
    })
}

fn validated(version: Version, result: &str) -> Page {
    read(
        &validate_url(&words(), HOST),
        None,
        &validation(version, result),
        &words(),
    )
}

fn validated_id(result: &str) -> Shown<LicenseId> {
    match validated(Version::V3, result) {
        Page::Validation(v) => v.license_id,
        other => panic!("not a result: {other:?}"),
    }
}

#[test]
fn addresses_are_recognized_as_rails_admin_takes_them() {
    let words = words();
    let license = Some(Place::Show {
        model: RecordKind::License,
        id: 410_233,
    });
    for tail in [
        "",
        "/",
        "?locale=en",
        "#top",
        "/?a=b#c",
        "-ada-lindqvist",
        "-",
    ] {
        assert_eq!(
            place(
                &format!("https://customers.gitlab.com/admin/license/410233{tail}"),
                &words
            ),
            license,
            "{tail}"
        );
    }
    for url in [
        "HTTPS://CUSTOMERS.GITLAB.COM/admin/license/410233",
        "https://customers.gitlab.com:443/admin/license/410233",
        "https://customers.gitlab.com/%61dmin/license/41%30233",
    ] {
        assert_eq!(place(url, &words), license, "{url}");
    }
    for (path, wanted) in [
        (
            "/admin/order",
            Place::List {
                model: RecordKind::Order,
            },
        ),
        (
            "/admin/order?f[a][1][o]=is",
            Place::List {
                model: RecordKind::Order,
            },
        ),
        ("/admin/license/validate_license", Place::Validate),
        ("/admin/sign_in", Place::SignIn),
        ("/admin/sign_in?x=1", Place::SignIn),
        ("/admin", Place::OtherAdmin),
        ("/admin/", Place::OtherAdmin),
        ("/admin/license/410233/edit", Place::OtherAdmin),
        ("/admin/license/410233.json", Place::OtherAdmin),
        ("/admin/license/410233abc", Place::OtherAdmin),
        ("/admin/license/0", Place::OtherAdmin),
        ("/admin/license/99999999999999999999", Place::OtherAdmin),
        ("/admin/license/new", Place::OtherAdmin),
        ("/admin/customer/1", Place::OtherAdmin),
        (
            "/admin/billing_account_contact/5",
            Place::Show {
                model: RecordKind::Contact,
                id: 5,
            },
        ),
    ] {
        assert_eq!(
            place(&format!("https://customers.gitlab.com{path}"), &words),
            Some(wanted),
            "{path}"
        );
    }
}

#[test]
fn addresses_elsewhere_are_no_places() {
    let words = words();
    for url in [
        "",
        "customers.gitlab.com/admin/license/1",
        "http://customers.gitlab.com/admin/license/1",
        "https://customers.gitlab.com.evil.example/admin/license/1",
        "https://customers.gitlab.com@evil.example/admin/license/1",
        "https://evil.example/https://customers.gitlab.com/admin/license/1",
        "https://user@customers.gitlab.com/admin/license/1",
        "https://customers.gitlab.com:8443/admin/license/1",
        "https://customers.gitlab.com\\admin\\license\\1",
        "https://evil.example?https://customers.gitlab.com/admin/license/1",
        "https://customers.gitlab.com/",
        "https://customers.gitlab.com/administrator",
        "https://customers.gitlab.com/nowhere",
        "javascript:https://customers.gitlab.com/admin/license/1",
        "https://customers.gitlab.com/admin/\nlicense/1",
        "https://customers.staging.gitlab.com/admin/license/1",
        "https://customers.gitlab.com/%ff%fe",
    ] {
        assert_eq!(place(url, &words), None, "{url}");
    }
}

#[test]
fn built_addresses_are_correct_and_encoded() {
    let words = words();
    for kind in RecordKind::ALL {
        let url = record_url(&words, HOST, kind, 5_u64);
        let show = Place::Show { model: kind, id: 5 };
        assert_eq!(place(&url, &words), Some(show), "{url}");
    }
    assert_eq!(
        record_url(&words, HOST, RecordKind::Contact, 5_u64),
        "https://customers.gitlab.com/admin/billing_account_contact/5"
    );
    assert_eq!(
        place(&validate_url(&words, HOST), &words),
        Some(Place::Validate)
    );
    assert_eq!(
        orders_by_subscription_url(
            &words,
            HOST,
            &SubscriptionName::parse("A-S00012345").unwrap()
        ),
        "https://customers.gitlab.com/admin/order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D=A-S00012345"
    );
    assert_eq!(
        cloud_activation_search_url(&words, HOST, " a&b=c#d%é "),
        "https://customers.gitlab.com/admin/cloud_activation?query=a%26b%3Dc%23d%25%C3%A9"
    );
}

#[test]
fn trial_is_read_as_a_known_word_or_icon_and_everything_else_is_unknown() {
    for version in VERSIONS {
        let trial = |value: &str| license(version, &[field("trial", "Trial", value)]).trial;
        for yes in [
            "Yes",
            "yes",
            "True",
            "true",
            "✓",
            " YES ",
            "<i class='icon-ok'></i>",
            "<span class=\"badge bg-danger\"><span class=\"fas fa-check\"></span></span>",
            "<svg class='s16' data-testid='check-icon'><use href='/icons.svg#check'></use></svg>",
            "<input type=checkbox disabled checked>",
            "Yes (until November 15, 2026)",
            "<i class='fa fa-check'></i> <span class='sr-only'>Yes</span>",
        ] {
            assert_eq!(trial(yes), Shown::Value(true), "{version:?} {yes}");
        }
        for no in [
            "No",
            "False",
            "✘",
            "<span class=\"fas fa-times\"></span>",
            "<span class='label label-danger'>No</span>",
            "<span class='gl-badge badge badge-muted'><span class='gl-badge-content'>No</span></span>",
            "<input type=hidden value=0><input type=checkbox disabled>",
            "<span hidden>Yes</span>No",
        ] {
            assert_eq!(trial(no), Shown::Value(false), "{version:?} {no}");
        }
        for none in ["", " - ", "-", "‒", "&nbsp;"] {
            assert_eq!(trial(none), Shown::Absent, "{version:?} {none}");
        }
        for odd in [
            "maybe",
            "No trial",
            "Yes and no",
            "1",
            "0",
            "<span class=\"badge bg-info\"></span>",
            "<span class=\"badge bg-success\"></span>",
            "<span class='label label-danger'></span>",
            "<span class=\"badge bg-danger\"><i class=\"fas fa-hourglass\"></i></span>",
            "<span class=\"badge bg-danger\"><i class=\"fas fa-times\"></i> Converted</span>",
            "<i class=\"fa-check\"></i> No",
            "No (was yes until May 1, 2026)",
            "<span hidden>Yes</span>",
            "<svg><path d='M0'></path></svg>",
            "<img src=x>",
            "<a href=\"/admin/trial/1\">5</a>",
            "<span class=\"fa-check\"></span><span class=\"fa-times\"></span>",
        ] {
            assert!(
                matches!(trial(odd), Shown::Unreadable(_)),
                "{version:?} {odd}: {:?}",
                trial(odd)
            );
        }
        for value in [Some(true), Some(false)] {
            assert_eq!(
                trial(&boolean(version, value)),
                Shown::Value(value.unwrap()),
                "{version:?}"
            );
        }
        assert_eq!(trial(&boolean(version, None)), Shown::Absent, "{version:?}");
        assert_eq!(
            license(version, &[]).trial,
            Shown::Absent,
            "{version:?}: the row is left out"
        );
    }
}

#[test]
fn fields_are_found_by_class_first_and_by_label_second() {
    for version in VERSIONS {
        for (key, label) in [
            ("zuora_subscription_name", "Anything"),
            ("subscription_name", "Name of it"),
            ("zuora_sub", "Zuora subscription name"),
            ("zuora_sub", "SUBSCRIPTION NAME:"),
            ("zuora_sub", " Subscription\n  name : "),
        ] {
            assert_eq!(
                license(version, &[field(key, label, "A-S00012345")]).subscription_name,
                name("A-S00012345"),
                "{version:?} {key} {label}"
            );
        }
        let both = [
            field("other", "Zuora subscription name", "A-S00099999"),
            field("zuora_subscription_name", "Old label", "A-S00012345"),
        ];
        assert_eq!(
            license(version, &both).subscription_name,
            name("A-S00012345"),
            "{version:?}: the class wins"
        );
        let renamed = license(version, &[field("email", "Name", "ada@example.com")]);
        assert_eq!(
            renamed.name,
            Shown::Absent,
            "{version:?}: another field's class never answers to a label"
        );
        assert_eq!(renamed.email, Shown::Value("ada@example.com".into()));
        for (key, label) in [
            ("salesforce_account_id", "x"),
            ("salesforce_account", "x"),
            ("sfdc", "Salesforce account"),
            ("sfdc", "Salesforce account ID:"),
        ] {
            let found =
                account(version, &[field(key, label, "0014M00001aQxYzQAK")]).salesforce_account;
            assert_eq!(
                found.value().map(|id| id.as_str()),
                Some("0014M00001aQxYzQAK"),
                "{version:?} {key} {label}"
            );
        }
    }
}

#[test]
fn groups_are_read_though_the_stray_end_tag_nests_them() {
    for version in VERSIONS {
        let groups: Vec<Vec<Field>> = vec![
            vec![number("id", "Id", "7")],
            vec![field("trial", "Trial", "Yes")],
            vec![field(
                "zuora_subscription_name",
                "Zuora subscription name",
                "A-S00012345",
            )],
            vec![field("expires_at", "Expires at", "November 01, 2026")],
        ];
        let read = license_page(&show(version, "license", 7, &groups));
        assert_eq!(
            (read.trial, read.subscription_name, read.expires_at),
            (
                Shown::Value(true),
                name("A-S00012345"),
                Shown::Value(tether::day::Day::plain(date!(2026 - 11 - 01)))
            ),
            "{version:?}"
        );
    }
}

#[test]
fn sold_to_is_read_in_every_form() {
    for version in VERSIONS {
        let link =
            |text: &str| format!("<a href=\"/admin/billing_account_contact/5001\">{text}</a>");
        for (value, wanted) in [
            (
                "ada@example.com".to_owned(),
                email("ada@example.com", None, None),
            ),
            (
                "Ada L &lt;ada@example.com&gt;".to_owned(),
                email("ada@example.com", Some("Ada L"), None),
            ),
            (
                "&lt;ada@example.com&gt;".to_owned(),
                email("ada@example.com", None, None),
            ),
            (
                "Ada L (ada@example.com)".to_owned(),
                email("ada@example.com", Some("Ada L"), None),
            ),
            (
                "<a href=\"mailto:ada@example.com\">ada@example.com</a>".to_owned(),
                email("ada@example.com", None, None),
            ),
            (
                "<a href=\"MAILTO:ada%2Bx@example.com?subject=Hi\">Ada L</a>".to_owned(),
                email("ada+x@example.com", Some("Ada L"), None),
            ),
            (
                "Ada L &lt;<a href=\"mailto:ada@example.com\">ada@example.com</a>&gt;".to_owned(),
                email("ada@example.com", Some("Ada L"), None),
            ),
            (
                link("Ada L"),
                Shown::Value(SoldTo::NameOnly {
                    name: "Ada L".into(),
                    contact: Some(5001.try_into().unwrap()),
                }),
            ),
            (
                link("ada@example.com"),
                email("ada@example.com", None, Some(5001)),
            ),
            (
                link("Zoë O&#39;Brien &lt;zoe.o&#39;brien+x@sub.example.org&gt;"),
                email(
                    "zoe.o'brien+x@sub.example.org",
                    Some("Zoë O'Brien"),
                    Some(5001),
                ),
            ),
            (
                "Ada L".to_owned(),
                Shown::Value(SoldTo::NameOnly {
                    name: "Ada L".into(),
                    contact: None,
                }),
            ),
            (" - ".to_owned(), Shown::Absent),
            ("-".to_owned(), Shown::Absent),
        ] {
            assert_eq!(sold_to(version, &value), wanted, "{version:?} {value}");
        }
        for odd in [
            "ada@example.com, bob@example.com".to_owned(),
            "<a href=\"mailto:bob@example.com\">ada@example.com</a>".to_owned(),
            "<a href=\"mailto:a@example.com\">A</a> <a href=\"mailto:b@example.com\">B</a>".to_owned(),
            "ada@\u{202E}elpmaxe.moc".to_owned(),
            "<a href=\"/admin/billing_account_contact/1\">A</a><a href=\"/admin/billing_account_contact/2\">B</a>".to_owned(),
            "x".repeat(1_000_000),
        ] {
            assert!(matches!(sold_to(version, &odd), Shown::Unreadable(_)), "{version:?} {:.80}: {:?}", odd, sold_to(version, &odd));
        }
    }
}

#[test]
fn a_salesforce_account_is_read_as_text_and_from_a_link() {
    for version in VERSIONS {
        let read = |value: &str| {
            account(
                version,
                &[field("salesforce_account_id", "Salesforce account", value)],
            )
            .salesforce_account
        };
        for value in [
            "0014M00001aQxYzQAK",
            "<a href=\"https://gitlab.my.salesforce.com/0014M00001aQxYzQAK\">0014M00001aQxYzQAK</a>",
            "<a href=\"https://x.lightning.force.com/lightning/r/Account/0014M00001aQxYzQAK/view\">Lindqvist Widgets AB</a>",
            "<a href=\"https://example.com/\">0014M00001aQxYzQAK</a>",
            "Lindqvist (0014M00001aQxYzQAK)",
        ] {
            assert_eq!(
                read(value).value().map(|id| id.as_str()),
                Some("0014M00001aQxYzQAK"),
                "{version:?} {value}"
            );
        }
        assert_eq!(
            read("0016100001BcDeF").value().map(|id| id.as_str()),
            Some("0016100001BcDeF")
        );
        for odd in [
            "Lindqvist Widgets AB",
            "0014M00001aQxYzQAX",
            "0014M00001aQxYzQAK 0016100001BcDeF",
            "<a href=\"javascript:'0014M00001aQxYzQAK'\">Name</a>",
            "<a href=\"https://x.example/0016100001BcDeF\">0014M00001aQxYzQAK</a>",
        ] {
            assert!(
                matches!(read(odd), Shown::Unreadable(_)),
                "{version:?} {odd}: {:?}",
                read(odd)
            );
        }
        assert_eq!(read(" - "), Shown::Absent);
    }
}

#[test]
fn a_billing_account_is_the_one_that_is_linked_never_a_text() {
    let id = |n: u64| Shown::Value(BillingAccountId::try_from(n).unwrap());
    for version in VERSIONS {
        let read = |value: &str| {
            order(
                version,
                &[field("billing_account", "Billing account", value)],
            )
            .billing_account
        };
        assert_eq!(
            read("<a href=\"/admin/billing_account/9001\">Any text 5</a>"),
            id(9001)
        );
        assert_eq!(
            read("<a href=\"https://customers.gitlab.com/admin/billing_account/9001\"></a>"),
            id(9001)
        );
        for odd in [
            "Lindqvist",
            "9001",
            "<a href=\"/admin/billing_account/1\">a</a><a href=\"/admin/billing_account/2\">b</a>",
            "<a href=\"javascript:/admin/billing_account/9001\">x</a>",
            "<a href=\"https://evil.example/admin/billing_account/9001\">x</a>",
            "<a href=\"//evil.example/admin/billing_account/9001\">x</a>",
            "<a href=\"/admin/order/9001\">x</a>",
        ] {
            assert!(
                matches!(read(odd), Shown::Unreadable(_)),
                "{version:?} {odd}: {:?}",
                read(odd)
            );
        }
        assert_eq!(read("-"), Shown::Absent);
        let by_number = order(
            version,
            &[number("billing_account_id", "Billing account", "9001")],
        )
        .billing_account;
        assert_eq!(
            by_number,
            id(9001),
            "{version:?}: a field of numbers holds the number"
        );
    }
}

#[test]
fn dates_of_other_forms_are_unreadable_not_guessed() {
    for version in VERSIONS {
        let read =
            |value: &str| license(version, &[field("expires_at", "Expires at", value)]).expires_at;
        for good in [
            "November 01, 2026",
            "November 01, 2026 08:12",
            "2026-11-01",
            "2026-11-01 00:00:00 UTC",
        ] {
            let day = tether::day::Day {
                date: date!(2026 - 11 - 01),
                is_moment: good.contains(':'),
            };
            assert_eq!(read(good), Shown::Value(day), "{good}");
        }
        for odd in ["01/11/2026", "1er novembre 2026", "soon"] {
            assert_eq!(read(odd), Shown::Unreadable(odd.into()));
        }
    }
}

/// Without its values, such a page has two days that are no longer next to each other: it reads as unreadable then.
#[test]
fn a_time_element_is_its_own_day_even_if_its_text_is_in_another_time_zone() {
    for version in VERSIONS {
        let read =
            |value: &str| license(version, &[field("expires_at", "Expires at", value)]).expires_at;
        let shifted = r#"<time datetime="2027-03-31T00:00:00Z">March 30, 2027 17:00</time>"#;
        let day = read(shifted).value().map(|day| day.date);
        assert_eq!(day, Some(date!(2027 - 03 - 31)));
        let another = shifted.replace("March 30", "March 29");
        assert_eq!(read(&another).value(), None);
    }
}

#[test]
fn a_contacts_name_may_be_in_two_fields() {
    for version in VERSIONS {
        let (url, html) = crate::support::pages::samples(version).remove(4);
        let Page::Contact(contact) = read(&url, Some(200), &html, &words()) else {
            panic!("not a contact")
        };
        assert_eq!(
            (contact.name, contact.email),
            (
                Shown::Value("Ada Lindqvist".into()),
                Shown::Value(tether::mail::Address::parse("ada@example.com").unwrap())
            )
        );
    }
}

#[test]
fn hostile_text_shows_as_text_and_never_becomes_another_field() {
    for version in VERSIONS {
        for hostile in [
            "<img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "\"><script>alert(1)</script>",
            "Trial: Yes",
            "&#55357;",
            "\\ud800",
            "A\u{202E}B",
        ] {
            let read = license(
                version,
                &[
                    field("name", "Name", &escaped(hostile)),
                    field("trial", "Trial", "No"),
                ],
            );
            assert_eq!(read.name, Shown::Value(hostile.into()), "{version:?}");
            assert_eq!(
                (read.trial, read.company),
                (Shown::Value(false), Shown::Absent),
                "{version:?}"
            );
            let odd = order(
                version,
                &[field(
                    "subscription_name",
                    "Subscription name",
                    &escaped(hostile),
                )],
            )
            .subscription_name;
            assert!(
                matches!(odd, Shown::Unreadable(_)),
                "{version:?} {hostile}: {odd:?}"
            );
        }
        let long = license(
            version,
            &[
                field("name", "Name", &"x".repeat(1_000_000)),
                field("trial", "Trial", "No"),
            ],
        );
        assert!(matches!(&long.name, Shown::Unreadable(t) if t.chars().count() == 200));
        assert_eq!(long.trial, Shown::Value(false));
        let nul = license(
            version,
            &[
                field("name", "Name", "A\0B&#0;"),
                field("trial", "Trial", "Y\0es"),
            ],
        );
        assert!(
            !matches!(&nul.name, Shown::Value(v) if v.contains('\0')),
            "{nul:?}"
        );
    }
}

#[test]
fn markup_within_a_value_never_poses_as_a_field() {
    for version in VERSIONS {
        for imitation in [
            "<div class=\"fieldset\"><div class=\"list-group-item boolean_type trial_field\"><div class=\"card\"><h5 class=\"card-header\">Trial</h5><div class=\"card-body\">No</div></div></div></div>",
            "<div class=\"fieldset\"><dl><dt><span class=\"label trial_field\">Trial</span></dt><dd>No</dd></dl></div>",
            "<span class=\"trial_field\">No</span>",
        ] {
            let only = license(version, &[field("notes", "Notes", imitation)]);
            assert_eq!(only.trial, Shown::Absent, "{version:?} {imitation}");
            let beside = license(
                version,
                &[
                    field("notes", "Notes", imitation),
                    field("trial", "Trial", "Yes"),
                ],
            );
            assert_eq!(beside.trial, Shown::Value(true), "{version:?} {imitation}");
        }
        let header = "<header data-model=\"order\"></header><ul class=\"nav-tabs\"><li class=\"show_member_link active\"><a class=\"active\" href=\"/admin/license/8\"></a></li></ul>";
        assert_eq!(
            license(version, &[field("notes", "Notes", header)])
                .id
                .get(),
            7,
            "{version:?}"
        );
    }
}

#[test]
fn two_fields_of_one_class_count_only_if_they_agree() {
    for version in VERSIONS {
        let twice = |a: &str, b: &str| {
            license(
                version,
                &[field("trial", "Trial", a), field("trial", "Trial", b)],
            )
            .trial
        };
        assert_eq!(twice("No", "No"), Shown::Value(false));
        assert!(matches!(twice("No", "Yes"), Shown::Unreadable(_)));
        assert!(matches!(
            twice(
                &boolean(version, Some(false)),
                &boolean(version, Some(true))
            ),
            Shown::Unreadable(_)
        ));
    }
}

#[test]
fn secrets_never_leave_the_reader() {
    let code = "9WmNhLLm6qbqszXC0TVwnCdr";
    let key = "KrbFHEVqBwkgPq9jE6TRGjHsVV6DpVsjHzyk0wb1tJHSqT1g3UisRuGASwMz";
    for version in VERSIONS {
        let read = activation(
            version,
            &[
                field("activation_code", "Activation code", code),
                field("subscription_name", "Subscription name", code),
                field("expires_at", "Expires at", &format!("see {code}")),
            ],
        );
        assert_eq!(
            read.activation_code.value().map(|m| m.as_str()),
            Some("9W…dr")
        );
        assert!(
            !serde_json::to_string(&read).unwrap().contains(code),
            "{read:?}"
        );
        let odd = activation(
            version,
            &[field(
                "activation_code",
                "Activation code",
                &format!("{code} {code}"),
            )],
        );
        assert_eq!(odd.activation_code, Shown::Unreadable("…".into()));
        let twice = activation(
            version,
            &[
                field("activation_code", "Activation code", code),
                field("activation_code", "Activation code", "other"),
            ],
        );
        assert!(!format!("{twice:?}").contains(code));
        let license = license(
            version,
            &[
                field("license_key", "License key", &format!("<pre>{key}\n</pre>")),
                field("company", "Company", key),
            ],
        );
        assert_eq!(license.company, Shown::Unreadable("…".into()));
    }
}

#[test]
fn a_record_counts_only_if_model_and_number_agree_with_the_address() {
    let words = words();
    for version in VERSIONS {
        let html = show(
            version,
            "license",
            7,
            &[vec![field("trial", "Trial", "No")]],
        );
        for (address, wanted) in [
            (url("license", 8), OtherPage::Stale),
            (url("order", 7), OtherPage::Stale),
            (format!("https://{HOST}/admin/license"), OtherPage::Stale),
            (validate_url(&words, HOST), OtherPage::Stale),
            (
                "https://example.com/admin/license/7".into(),
                OtherPage::NotAPortalAddress,
            ),
        ] {
            assert_eq!(
                read(&address, None, &html, &words),
                Page::Other(wanted),
                "{version:?} {address}"
            );
        }
        assert!(matches!(
            read(
                &format!("{}/?x=1#y", url("license", 7)),
                None,
                &html,
                &words
            ),
            Page::License(_)
        ));
        for tab in ["edit", "record_history"] {
            let html = frame(
                version,
                "license",
                "Edit",
                &member_tabs(version, "license", 7, tab),
                "",
            );
            assert_eq!(
                read(&format!("{}/edit", url("license", 7)), None, &html, &words),
                Page::Other(OtherPage::EditOrHistory)
            );
            assert_eq!(
                read(&url("license", 7), None, &html, &words),
                Page::Other(OtherPage::Stale)
            );
        }
        let preview = html.replace("<html ", "<html data-turbo-preview ");
        assert_eq!(
            read(&url("license", 7), None, &preview, &words),
            Page::Other(OtherPage::Preview)
        );
        let customer = show(version, "customer", 7, &[]);
        assert_eq!(
            read(
                &format!("https://{HOST}/admin/customer/7"),
                Some(200),
                &customer,
                &words
            ),
            Page::Other(OtherPage::OtherModel)
        );
    }
}

#[test]
fn the_status_decides_what_the_body_cannot() {
    let words = words();
    let body = list(Version::V3, "license", &[("id", "Id")], &[], "0 licenses").replace(
        "<table",
        "<div class=\"alert alert-danger\">License with id '7' could not be found</div><table",
    );
    assert_eq!(
        read(&url("license", 7), Some(404), &body, &words),
        Page::NotFound {
            model: RecordKind::License,
            id: 7
        }
    );
    assert_eq!(
        read(&url("license", 7), None, &body, &words),
        Page::Other(OtherPage::ListAtRecordAddress)
    );
    assert_eq!(
        read(&url("license", 7), Some(403), "", &words),
        Page::NotAllowed
    );
    assert_eq!(
        read(&url("license", 7), Some(500), "<h1>oops", &words),
        Page::ServerError
    );
    let redirect = format!(
        "<html><body>You are being <a href=\"https://{HOST}/admin/sign_in\">redirected</a>.</body></html>"
    );
    assert_eq!(
        read(&url("license", 7), Some(302), &redirect, &words),
        Page::SignedOut
    );
    let sign_in =
        "<main><form method=post action=\"/admin/auth/okta\"><input type=submit></form></main>";
    for status in [None, Some(200)] {
        assert_eq!(
            read(&url("license", 7), status, sign_in, &words),
            Page::SignedOut
        );
        assert_eq!(
            read(&format!("https://{HOST}/admin/sign_in"), status, "", &words),
            Page::SignedOut
        );
        assert_eq!(
            read(&url("license", 7), status, "", &words),
            Page::Other(OtherPage::Unrecognized)
        );
    }
}

#[test]
fn lists_are_read_row_by_row() {
    let words = words();
    let address = format!("https://{HOST}/admin/order?query=x");
    for version in VERSIONS {
        let link = |n: u64| format!("<a href=\"/admin/billing_account/{n}\">Account</a>");
        let rows = vec![
            (
                11,
                vec![
                    (
                        "subscription_name",
                        "A-S00012345".to_owned(),
                        "A-S0001…".to_owned(),
                    ),
                    ("billing_account", "Account".to_owned(), link(5)),
                    ("trial", "No".to_owned(), "No".to_owned()),
                ],
            ),
            (
                12,
                vec![
                    (
                        "subscription_name",
                        String::new(),
                        "A-S000123456".to_owned(),
                    ),
                    ("billing_account", String::new(), "Account".to_owned()),
                    ("trial", String::new(), boolean(version, Some(true))),
                ],
            ),
            (
                13,
                vec![
                    ("subscription_name", " - ".to_owned(), " - ".to_owned()),
                    ("billing_account", String::new(), "-".to_owned()),
                    ("trial", String::new(), boolean(version, None)),
                ],
            ),
        ];
        let columns = [
            ("subscription_name", "Subscription name"),
            ("billing_account", "Billing account"),
            ("trial", "Trial"),
        ];
        let Page::OrderList(found) = read(
            &address,
            Some(200),
            &list(version, "order", &columns, &rows, "1,203 orders"),
            &words,
        ) else {
            panic!("{version:?}")
        };
        assert_eq!(found.total, Some(1203));
        let shown: Vec<_> = found
            .rows
            .iter()
            .map(|r| (r.id.get(), r.subscription_name.clone(), r.trial.clone()))
            .collect();
        assert_eq!(
            shown,
            vec![
                (11, name("A-S00012345"), Shown::Value(false)),
                (12, name("A-S000123456"), Shown::Value(true)),
                (13, Shown::Absent, Shown::Absent)
            ],
            "{version:?}"
        );
        assert_eq!(
            found.rows[0].billing_account,
            Shown::Value(5.try_into().unwrap())
        );
        assert!(matches!(
            found.rows[1].billing_account,
            Shown::Unreadable(_)
        ));
        assert_eq!(found.rows[2].billing_account, Shown::Absent);
        let Page::OrderList(none) = read(
            &address,
            None,
            &list(version, "order", &columns, &[], "0 orders"),
            &words,
        ) else {
            panic!("{version:?}")
        };
        assert_eq!((none.rows.len(), none.total), (0, Some(0)));
        let by_label = vec![(11, vec![("sub", String::new(), "A-S00012345".to_owned())])];
        let Page::OrderList(found) = read(
            &address,
            None,
            &list(
                version,
                "order",
                &[("sub", "Subscription name")],
                &by_label,
                "1 order",
            ),
            &words,
        ) else {
            panic!()
        };
        assert_eq!(
            found.rows[0].subscription_name,
            name("A-S00012345"),
            "{version:?}"
        );
        let odd = list(version, "order", &columns, &rows, "3 orders").replace(
            &format!("https://{HOST}/admin/order/12\""),
            &format!("https://{HOST}/admin/order/99\""),
        );
        assert_eq!(
            read(&address, None, &odd, &words),
            Page::Other(OtherPage::Unrecognized),
            "a row whose numbers differ"
        );
    }
}

const JSON: &str = r#"{"licensee":{"Name":"\ud800 \"restrictions\": {\"id\": 1}","id":2},"restrictions":{"subscription_id":"3","add_on_products":{"duo":[{"id":777}]},"id":410233},"id":4}"#;

#[test]
fn the_validated_license_is_the_id_in_restrictions_and_no_other() {
    let yaml = "---\nversion: 1\nid: 5\nlicensee:\n  Name: |-\n    Ada\n    restrictions:\n      id: 666\nrestrictions:\n  plan: premium\n  subscription_id: 8ad\n  add_on_products:\n    duo_enterprise:\n    - id: 777\n      quantity: 25\n  id: 410233\nnotify_at: x\n";
    let symbols = ":version: 1\n:restrictions:\n  :subscription_id: 9\n  :add_on_products:\n  - :id: 777\n  :id: 410233\n";
    let ruby = r#"{"version"=>1, "restrictions"=>{"add_on_products"=>{"duo"=>[{"id"=>777}]}, "subscription_id"=>"9", "id"=>410233}}"#;
    let ruby_symbols = "{:restrictions=>{:subscription_id=>9, :add=>[{:id=>777}], :id=>410233}}";
    let inner =
        r#"{"subscription_id"=>"9", "add_on_products"=>{"duo"=>[{"id"=>777}]}, "id"=>410233}"#;
    let results = [
        format!("<h3>License details</h3><pre>{}</pre>", escaped(JSON)),
        format!("<pre class=\"x\"><code>{}</code></pre>", escaped(JSON)),
        format!("<div><p>{}</p></div>", escaped(JSON)),
        format!("<pre>{}</pre>", escaped(&JSON.replace("410233", "\"410233\""))),
        "<pre><span>{</span><span class=\"k\">\"restrictions\"</span>: {<span>\"id\"</span>: <span>410233</span>}}</pre>".to_owned(),
        format!("<pre>{yaml}</pre>"),
        format!("<pre>{}</pre>", yaml.replace("id: 410233", "id: '410233'")),
        format!("<pre>{symbols}</pre>"),
        format!("<pre>{}</pre>", escaped(ruby)),
        format!("<pre>{}</pre>", escaped(ruby_symbols)),
        format!("<table><tr><th>id</th><td>5</td></tr><tr><th>Restrictions</th><td><pre>{}</pre></td></tr></table>", escaped(inner)),
        format!("<table><tr><td>restrictions:</td><td>{}</td></tr></table>", escaped(inner)),
        "<table><tr><th>restrictions</th><td><pre>subscription_id: 9\nadd_on_products:\n- id: 777\nid: 410233</pre></td></tr></table>".to_owned(),
        "<table><tr><th>subscription_id</th><td>9</td></tr><tr><th>restrictions</th><td><table><tr><th>subscription_id</th><td>9</td></tr><tr><th>add_on_products</th><td><table><tr><th>id</th><td>777</td></tr></table></td></tr><tr><th>id</th><td>410233</td></tr></table></td></tr></table>".to_owned(),
        "<table><tr><td>restrictions.subscription_id</td><td>9</td></tr><tr><td>restrictions.add_on_products.duo.0.id</td><td>777</td></tr><tr><td>restrictions.id</td><td>410233</td></tr></table>".to_owned(),
        "<table><tr><td>restrictions[id]</td><td>410233</td></tr><tr><td>id</td><td>9</td></tr></table>".to_owned(),
        "<table><tr><th colspan=2>Licensee</th></tr><tr><td>id</td><td>9</td></tr><tr><th colspan=2>Restrictions</th></tr><tr><td>Subscription ID</td><td>9</td></tr><tr><td>ID</td><td>410233</td></tr><tr><th colspan=2>Add-on products</th></tr><tr><td>id</td><td>777</td></tr></table>".to_owned(),
        "<table><tr><th rowspan=2>restrictions</th><td>subscription_id</td><td>9</td></tr><tr><td>id</td><td>410233</td></tr><tr><td>id</td><td>5</td></tr></table>".to_owned(),
        format!("<pre>{}</pre>", escaped(&format!("{{\"license\": {JSON}}}"))),
        format!("<pre>{}</pre>", yaml.replace("restrictions:\n  plan", "restrictions: !ruby/hash:ActiveSupport::HashWithIndifferentAccess\n  plan")),
        "<table><tr><td>id</td><td>5</td></tr><tr><td>restrictions</td><td></td></tr><tr><td>&nbsp; plan</td><td>x</td></tr><tr><td>&nbsp; id</td><td>410233</td></tr></table>".to_owned(),
        "<h4>Restrictions</h4><table><tr><td>id</td><td>410233</td></tr></table><h4>Add-ons</h4><table><tr><td>id</td><td>777</td></tr></table>".to_owned(),
        "<dl><dt>id</dt><dd>5</dd><dt>restrictions</dt><dd><dl><dt>subscription_id</dt><dd>9</dd><dt>id</dt><dd>410233</dd></dl></dd></dl>".to_owned(),
    ];
    for result in &results {
        assert_eq!(
            validated_id(result),
            Shown::Value(LicenseId::parse("410233").unwrap()),
            "{result}"
        );
        for version in VERSIONS {
            assert!(
                matches!(validated(version, result), Page::Validation(_)),
                "{version:?}"
            );
        }
    }
}

#[test]
fn a_result_without_its_id_gives_none_and_a_form_is_no_result() {
    assert_eq!(
        validated_id(&format!(
            "<pre>{}</pre>",
            escaped(&JSON.replace("\"id\":410233", "\"x\":1"))
        )),
        Shown::Absent
    );
    let card = "<div class=\"card\"><h5>Restrictions</h5><ul class=\"list-group\"><li>id<span>410233</span></li></ul></div>";
    assert_eq!(
        validated_id(card),
        Shown::Value(LicenseId::parse("410233").unwrap())
    );
    let other = card.replace("<li>id", "<li>");
    assert!(matches!(validated_id(&other), Shown::Unreadable(_)));
    for odd in [
        "{\"restrictions\":{\"id\":1,\"id\":2}}",
        "{\"restrictions\":{\"id\":null}}",
        "{\"restrictions\":{\"id\":\"A-1\"}}",
        "{\"restrictions\":{\"id\":-5}}",
    ] {
        assert!(
            matches!(
                validated_id(&format!("<pre>{}</pre>", escaped(odd))),
                Shown::Unreadable(_)
            ),
            "{odd}: {:?}",
            validated_id(&format!("<pre>{}</pre>", escaped(odd)))
        );
    }
    for version in VERSIONS {
        assert_eq!(
            validated(version, ""),
            Page::ValidateForm,
            "what was typed into the form is no result"
        );
        assert_eq!(
            validated(
                version,
                "<div class=\"alert\">The restrictions: {id: 5} are invalid</div>"
            ),
            Page::ValidateForm
        );
    }
}

#[test]
fn costly_pages_are_refused_or_read_to_their_end() {
    let words = words();
    let tiny = |n: usize, piece: &str| piece.repeat(n);
    let numbered = |n: usize, f: fn(usize) -> String| (0..n).map(f).collect::<String>();
    let good = show(
        Version::V3,
        "license",
        7,
        &[vec![field("trial", "Trial", "No")]],
    );
    for (what, html, wanted) in [
        (
            "too large",
            "x".repeat((4 << 20) + 1),
            Some(OtherPage::TooLarge),
        ),
        (
            "200,000 nested elements",
            tiny(200_000, "<div>"),
            Some(OtherPage::TooComplex),
        ),
        (
            "19,000 nested elements and a page",
            tiny(19_000, "<div>") + &good,
            None,
        ),
        (
            "a tag of 100,000 attributes",
            format!("<a {}>", numbered(100_000, |n| format!(" a{n}"))),
            Some(OtherPage::TooComplex),
        ),
        (
            "formatting that is repaired again and again",
            numbered(9_000, |n| format!("<b id={n}>")) + &tiny(9_000, "<p>x"),
            Some(OtherPage::TooComplex),
        ),
        (
            "end tags without a beginning",
            tiny(400_000, "</p>"),
            Some(OtherPage::TooComplex),
        ),
        ("800,000 entities", tiny(800_000, "&amp;"), None),
        (
            "entities in a table",
            format!("<table>{}", tiny(500_000, "&lt;")),
            None,
        ),
        (
            "an unclosed comment",
            format!("<!--{}", tiny(1_000_000, "- ")),
            None,
        ),
        ("2 MB of NUL", tiny(2_000_000, "\0"), None),
        (
            "a long attribute",
            format!("<p title=\"{}\">", tiny(1_000_000, "a b")),
            None,
        ),
    ] {
        let began = Instant::now();
        let page = read(&url("license", 7), None, &html, &words);
        println!("{what}: {:?}", began.elapsed());
        match wanted {
            Some(why) => assert_eq!(page, Page::Other(why), "{what}"),
            None => assert!(
                !matches!(page, Page::Other(OtherPage::TooLarge)),
                "{what}: {page:?}"
            ),
        }
    }
}

#[test]
fn deep_pages_fit_a_small_stack() {
    let html = "<div>".repeat(19_000)
        + &show(
            Version::V3,
            "license",
            7,
            &[vec![field("trial", "Trial", "No")]],
        );
    let thread = std::thread::Builder::new()
        .stack_size(256 << 10)
        .spawn(move || read(&url("license", 7), None, &html, &words()));
    assert!(matches!(thread.unwrap().join().unwrap(), Page::License(_)));
}

#[test]
fn every_sample_reads_the_same_in_every_version() {
    let words = words();
    let ids = (
        LicenseId::parse("410233"),
        CloudActivationId::parse("30011"),
        OrderId::parse("700101"),
    );
    for version in VERSIONS {
        let read: Vec<Page> = crate::support::pages::samples(version)
            .iter()
            .map(|(url, html)| read(url, Some(200), html, &words))
            .collect();
        let [
            Page::License(l),
            Page::CloudActivation(c),
            Page::Order(o),
            Page::BillingAccount(b),
            Page::Contact(_),
            Page::OrderList(list),
            Page::Validation(v),
        ] = read.as_slice()
        else {
            panic!("{version:?}: {read:?}")
        };
        assert_eq!((Ok(l.id), Ok(c.id), Ok(o.id)), ids);
        assert_eq!(
            (&l.trial, &c.trial, &o.trial),
            (&Shown::Value(false), &Shown::Value(true), &Shown::Absent)
        );
        assert_eq!(b.sold_to, email("ada@example.com", Some("Ada"), Some(5001)));
        assert_eq!((list.rows.len(), &v.license_id), (3, &Shown::Value(l.id)));
    }
}

#[test]
fn an_unusable_profile_is_refused_by_the_name_of_its_key() {
    let broken = |pointer: &str, value: serde_json::Value| {
        let mut profile = crate::support::pages::profile();
        *profile.pointer_mut(pointer).unwrap() = value;
        serde_json::from_value::<PortalWords>(profile)
            .unwrap_err()
            .to_string()
    };
    for (pointer, value, key) in [
        (
            "/hosts",
            serde_json::json!(["https://customers.gitlab.com"]),
            "portal.hosts",
        ),
        ("/hosts", serde_json::json!([]), "portal.hosts"),
        (
            "/admin_path",
            serde_json::json!("admin/"),
            "portal.admin_path",
        ),
        (
            "/models/order",
            serde_json::json!(["license"]),
            "portal.models.order",
        ),
        (
            "/fields/license/trial/keys",
            serde_json::json!([]),
            "portal.fields.license.trial.keys",
        ),
        (
            "/fields/order/trial/labels",
            serde_json::json!([" "]),
            "portal.fields.order.trial.labels",
        ),
        (
            "/booleans/no/texts",
            serde_json::json!(["yes"]),
            "portal.booleans.no",
        ),
    ] {
        let error = broken(pointer, value);
        assert!(error.contains(key), "{pointer}: {error}");
    }
    let mut unknown = crate::support::pages::profile();
    unknown["fields"]["license"]["color"] = serde_json::json!({ "keys": ["x"], "labels": [] });
    assert!(
        serde_json::from_value::<PortalWords>(unknown)
            .unwrap_err()
            .to_string()
            .contains("color")
    );
}

#[test]
fn of_a_license_key_that_the_page_shows_whole_only_a_mark_is_kept() {
    use base64ct::{Base64, Encoding};
    use tether::record::KeyMark;

    let data = "QUJD".repeat(120);
    let key = Base64::encode_string(
        format!(r#"{{"data":"{data}","key":"S0VZ","iv":"SVY="}}"#).as_bytes(),
    );
    let wrapped: Vec<&str> = key
        .as_bytes()
        .chunks(60)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    for version in [Version::V3, Version::V2] {
        let shown = |lines: &[&str]| {
            license(
                version,
                &[field(
                    "license_key",
                    "License key",
                    &format!("<pre>{}\n</pre>", lines.join("\n")),
                )],
            )
        };
        let whole = shown(&wrapped);
        assert_eq!(whole.key, Some(KeyMark::of(key.trim_end_matches('='))));
        assert!(
            !serde_json::to_string(&whole)
                .unwrap()
                .contains(&key[40..80]),
            "the key itself is kept nowhere"
        );
        assert_eq!(
            shown(&wrapped[..wrapped.len() - 1]).key,
            None,
            "a part of a key is none"
        );
        let mut other = wrapped.clone();
        let line = other[2].replace('V', "W");
        other[2] = &line;
        assert_ne!(shown(&other).key, whole.key, "another key has another mark");
        assert_eq!(license(version, &[]).key, None);
    }
}

#[test]
fn a_cloud_activation_without_a_trial_row_is_unknown_unless_the_profile_says_no() {
    let html = show(
        Version::V3,
        "cloud_activation",
        7,
        &[vec![field(
            "subscription_name",
            "Subscription name",
            "A-S00012345",
        )]],
    );
    let foreign = [
        field("subscription_name", "Subscription name", "A-S00012345"),
        field("duo_pro_trial", "Trial", "No"),
    ];
    let foreign = show(Version::V3, "cloud_activation", 7, &[foreign.to_vec()]);
    let mut profile = crate::support::pages::profile();
    profile["no_trial_row"] = serde_json::json!("no");
    let says_no: PortalWords = serde_json::from_value(profile).unwrap();
    let trial = |html: &str, words: &PortalWords| match read(
        &url("cloud_activation", 7),
        None,
        html,
        words,
    ) {
        Page::CloudActivation(activation) => activation.trial,
        other => panic!("{other:?}"),
    };
    assert_eq!(trial(&html, &words()), Shown::Absent);
    assert_eq!(trial(&html, &says_no), Shown::Value(false));
    assert!(
        matches!(trial(&foreign, &words()), Shown::Unreadable(_)),
        "an add-on's trial is another question"
    );
    assert!(matches!(trial(&foreign, &says_no), Shown::Unreadable(_)));
}

#[test]
fn a_subscription_name_is_never_joined_with_text_beside_it() {
    let read = |value: &str| {
        license(
            Version::V3,
            &[field(
                "zuora_subscription_name",
                "Zuora subscription name",
                value,
            )],
        )
        .subscription_name
    };
    for value in [
        "A-S00012345<span class=\"badge bg-info\">Active</span>",
        "A-S00012345<sup>2</sup>",
        "A-S00012345 (v7)",
        "<a href=\"https://z.example/1\">A-S00012345</a> <a href=\"https://z.example/2\">Open in Zuora</a>",
        "<a href=\"https://z.example/1\">A-S00012345 <i class=\"fas fa-external-link-alt\"></i></a>",
        "A-S00012345 <button class=\"btn\">Copy</button>",
        "<span class=\"d-none\">A-S00099999</span><span>A-S00012345</span>",
        "<span hidden>A-S00012345</span><b>A-S00012345</b>",
        "<mark>A-S0001</mark>2345",
    ] {
        assert_eq!(read(value), name("A-S00012345"), "{value}");
    }
    for value in [
        "N/A",
        "None",
        "--",
        "Loading…",
        "<i>n/a</i>",
        "(none)",
        "null",
        "<turbo-frame src=\"/x\">Loading...</turbo-frame>",
    ] {
        assert_eq!(read(value), Shown::Absent, "{value}");
    }
    for value in [
        "A-S0001…",
        "A-S0001...",
        "A-S00012345 A-S00012346",
        "A-S0001<b>2345</b>",
        "A-S00012345<em>9</em>",
        "<span style=\"display:none\">A-S00012345</span>",
        "Active",
        "A-S00012345v3",
        "<iframe src=\"/x\"></iframe>",
    ] {
        assert!(
            matches!(read(value), Shown::Unreadable(_)),
            "{value}: {:?}",
            read(value)
        );
    }
}

#[test]
fn the_only_address_of_a_sold_to_is_found_in_every_notation() {
    let hidden = |address: &str| {
        let bytes = std::iter::once(0x5c_u8).chain(address.bytes().map(|b| b ^ 0x5c));
        bytes.map(|b| format!("{b:02x}")).collect::<String>()
    };
    let cf = hidden("kim@acme.example");
    for value in [
        "Kim Sol kim@acme.example".to_owned(),
        "Kim Sol - kim@acme.example [77]".to_owned(),
        "kim@acme.example (Kim Sol)".to_owned(),
        "kim@acme.example<span class=\"badge\">Primary</span>".to_owned(),
        "<address>Kim Sol<br>1 Main St<br>kim@acme.example</address>".to_owned(),
        "<dl><dt>Name</dt><dd>Kim Sol</dd><dt>Work email</dt><dd>kim@acme.example</dd></dl>"
            .to_owned(),
        "<table><tr><th>Email</th><td>kim@acme.example</td></tr></table>".to_owned(),
        format!("<span class=\"__cf_email__\" data-cfemail=\"{cf}\">[email&#160;protected]</span>"),
        format!("<a href=\"/cdn-cgi/l/email-protection#{cf}\">Kim Sol</a>"),
    ] {
        match sold_to(Version::V3, &value) {
            Shown::Value(SoldTo::Email { email, .. }) => {
                assert_eq!(email.to_string(), "kim@acme.example", "{value}")
            }
            other => panic!("{value}: {other:?}"),
        }
    }
    for value in [
        "kim@acme.example bob@acme.example",
        "<a href=\"mailto:bob@acme.example\">kim@acme.example</a>",
        "kim@acme.example<b>.evil</b>",
        "kim＠acme.example",
        "[email&#160;protected]…",
    ] {
        assert!(
            matches!(sold_to(Version::V3, value), Shown::Unreadable(_)),
            "{value}: {:?}",
            sold_to(Version::V3, value)
        );
    }
}

#[test]
fn what_checks_the_browser_is_no_refusal_of_the_account() {
    use tether::portal::reader::read_answer;
    use tether::reading::Response;

    let words = words();
    let html = "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={};</script></body></html>";
    for status in [403, 503, 200] {
        assert_eq!(
            read(&url("license", 7), Some(status), html, &words),
            Page::Blocked,
            "{status}"
        );
    }
    let answer = |mitigated: Option<&str>| Response {
        status: 403,
        url: url("license", 7),
        content_type: String::new(),
        retry_after: None,
        mitigated: mitigated.map(str::to_owned),
        body: String::new(),
    };
    assert_eq!(
        read_answer(&answer(Some("challenge")), &words),
        Page::Blocked
    );
    assert_eq!(read_answer(&answer(None), &words), Page::NotAllowed);
    let page = show(
        Version::V3,
        "license",
        7,
        &[vec![field("trial", "Trial", "No")]],
    );
    let with_script = page.replace(
        "</body>",
        "<script src=\"/cdn-cgi/challenge-platform/h/g/jsd/main.js\"></script></body>",
    );
    assert!(
        matches!(
            read(&url("license", 7), None, &with_script, &words),
            Page::License(_)
        ),
        "good pages hold Cloudflare's script, too"
    );
    for form in ["/admins/sign_in", "/admins/auth/okta", "/admin/auth/okta"] {
        let html =
            format!("<main><form method=post action=\"{form}\"><input type=submit></form></main>");
        assert_eq!(
            read(&url("license", 7), Some(200), &html, &words),
            Page::SignedOut,
            "{form}"
        );
    }
}

#[test]
fn other_names_in_the_site_profile_hold_for_reading_links_and_building_addresses() {
    let mut words = self::words();
    words.admin_path = "/backoffice".to_owned();
    words.validate_action = "check_license".to_owned();
    words.models.license = vec!["zuora~license".to_owned(), "license".to_owned()];
    words.models.billing_account = vec!["account".to_owned()];
    for kind in RecordKind::ALL {
        let url = record_url(&words, HOST, kind, 5_u64);
        let show = Place::Show { model: kind, id: 5 };
        assert_eq!(place(&url, &words), Some(show), "{url}");
    }
    assert_eq!(
        validate_url(&words, HOST),
        "https://customers.gitlab.com/backoffice/zuora~license/check_license"
    );
    assert_eq!(
        place("https://customers.gitlab.com/admin/license/5", &words),
        None
    );
    let account = r#"<a href="/backoffice/account/9001">Ada Ltd</a>"#;
    let html = show(
        Version::V3,
        "order",
        5,
        &[vec![field("billing_account", "Billing account", account)]],
    )
    .replace("/admin/", "/backoffice/");
    let url = record_url(&words, HOST, RecordKind::Order, 5_u64);
    let Page::Order(order) = read(&url, None, &html, &words) else {
        panic!("no order");
    };
    assert_eq!(order.billing_account.value().map(|id| id.get()), Some(9001));
}

#[test]
fn a_read_that_ended_at_a_sign_in_page_was_signed_out_whatever_the_page_shows() {
    let words = self::words();
    let html = "<html><head><title>GitLab Customers Portal</title></head><body><div id=app>Welcome back</div></body></html>";
    for path in [
        "admin/sign_in",
        "admins/sign_in",
        "admins/sign_in?unauthenticated=true",
        "admins/sign_in/",
        "customers/sign_in",
        "users/sign_in",
        "admins/auth/okta",
    ] {
        for status in [None, Some(200)] {
            let url = format!("https://{HOST}/{path}");
            assert_eq!(read(&url, status, html, &words), Page::SignedOut, "{path}");
        }
    }
}
