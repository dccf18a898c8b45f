//! Both sites, slightly different each time, with URLs and pages that nobody expects.

use serde_json::json;

use super::dice::Dice;
use crate::support::pages::{self, Version};
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;

pub const HOSTILE: &str =
    "<img src=x onerror=alert(1)>\u{202E}\n- License: forged\u{2028}\" javascript:alert(1)";
/// A part of the license key of ticket 46.
pub const KEY: &str = "YUJDZGVmR2hpSmtsTW5v";
/// The same within a text.
pub const KEY_TEXT: &str = "eyJkYXRhIjoiYUJDZGVmR2hpSmtsTW5vUHFyU3R1dld4WXoK...";

/// Pages and addresses, made once.
pub struct Stage {
    pub pages: Vec<Web>,
    pub addresses: Vec<String>,
}

impl Stage {
    pub fn new() -> Self {
        let hostile = pages::escaped(HOSTILE);
        let result = r#"<pre>{"restrictions": {"id": 410233}}</pre>"#;
        let (_, order_html) = order_page(700_101, SUB, 9_001);
        let mut all = vec![
            license_page(410_233, SUB, true),
            license_page(410_234, "A-S00200000", false),
            license_page(410_235, &hostile, false),
            activation_page(30_011, SUB),
            order_page(700_102, "A-S001044170", 9_002),
            order_page(700_103, SUB, 9_002),
            account_page(9_001, SFDC15, "bob@example.com"),
            account_page(9_001, &hostile, &hostile),
            contact_page(5_002, &hostile),
            (
                format!("https://{PORTAL}/admin/license/validate_license"),
                pages::validation(Version::V3, result),
            ),
            // The address has changed, the page not yet.
            (pages::url("license", 410_233), order_html),
            (pages::url("order", 700_101), String::new()),
            (
                format!("https://{PORTAL}/admin/cloud_activation?query={CODE}"),
                format!("<html><body>{CODE}</body></html>"),
            ),
            (
                "https://evil.example/admin/license/410233".to_owned(),
                license_page(410_233, SUB, false).1,
            ),
        ];
        all.extend(pages::samples(Version::V2));
        let mut addresses: Vec<String> = all.iter().map(|(address, _)| address.clone()).collect();
        addresses.extend((7..12).map(|user| format!("https://{ZENDESK}/agent/users/{user}")));
        addresses.extend([
            format!("https://{PORTAL}/admin/"),
            format!("https://{PORTAL}/customers/sign_in"),
            format!("{}/events?x=1", ticket_address(41)),
            format!("https://{ZENDESK}/agent/dashboard"),
            "https://gitlab-federal-support.zendesk.com/agent/tickets/41".to_owned(),
            "https://example.com/".to_owned(),
            "about:blank".to_owned(),
            String::new(),
        ]);
        Self {
            pages: all,
            addresses,
        }
    }
}

/// Both sites; in most runs, something about them is odd.
pub fn sites(dice: &mut Dice) -> Sites {
    let mut sites = Sites::new();
    let odd = |dice: &mut Dice| dice.one_in(10);
    if odd(dice) {
        sites
            .organizations
            .insert(92, organization_json(92, HOSTILE, Some(SFDC18), None));
    }
    if odd(dice) {
        sites
            .organizations
            .insert(93, organization_json(93, "Lindqvist Widgets", None, None));
    }
    if odd(dice) {
        sites.organizations.get_mut(&ORGANIZATION).unwrap()["name"] = json!(HOSTILE);
    }
    if odd(dice) {
        sites.organizations.get_mut(&ORGANIZATION).unwrap()["notes"] =
            json!(format!("Do not add contacts {HOSTILE}"));
    }
    if odd(dice) {
        sites.outdated_pages.extend(41..=46);
    }
    sites.pages_stay = dice.one_in(3) || !sites.outdated_pages.is_empty();
    if odd(dice) {
        sites.form_name = HOSTILE.to_owned();
    }
    let all_of_other_form = dice.one_in(6);
    for ticket in 41..=46_u64 {
        if all_of_other_form {
            crate::hand_on::other_form(&mut sites, ticket);
        }
        if odd(dice) {
            sites.tickets.get_mut(&ticket).unwrap()["subject"] = json!(HOSTILE);
        }
        if odd(dice) {
            sites.says(ticket, 7 + ticket % 5, HOSTILE);
        }
        if odd(dice) {
            let value = *dice.of(&[HOSTILE, "ada@example.com", ""]);
            sites.tickets.get_mut(&ticket).unwrap()["custom_fields"][2]["value"] = json!(value);
        }
        if odd(dice) {
            sites.tickets.get_mut(&ticket).unwrap()["custom_fields"][1]["value"] = json!("saas");
        }
    }
    for user in [7, 8, 9, 10, 501, 503] {
        if odd(dice) {
            sites.users.get_mut(&user).unwrap()["name"] = json!(HOSTILE);
        }
        if odd(dice) {
            sites.users.get_mut(&user).unwrap()["notes"] = json!(HOSTILE);
        }
        if dice.one_in(30) {
            sites.users.get_mut(&user).unwrap()["role"] = json!("agent");
        }
    }
    if odd(dice) {
        for n in 0..27 {
            sites.user(
                600 + n,
                "Contact",
                &format!("p{n}@lindqvist.example"),
                Some(ORGANIZATION),
            );
        }
    }
    if odd(dice) {
        sites.requested.insert(
            502,
            vec![json!({"id": 47, "status": "open", "subject": HOSTILE, "requester_id": 502})],
        );
    }
    // A macro that reveals a secret, or has unclean HTML.
    if dice.one_in(3) {
        let html = match dice.below(5) {
            0 => format!("<p>Sold to {SOLD_TO}</p>"),
            1 => format!("<p>Your code is {CODE}</p>"),
            2 => format!("<p>{KEY_TEXT}</p>"),
            3 => format!(
                "<p onclick=x>{}</p><script>alert(1)</script><img src=x onerror=y>",
                HOSTILE
            ),
            _ => "<p>{{ticket.requester.name}}</p>".to_owned(),
        };
        sites.macros.iter_mut().for_each(|m| m.2.clone_from(&html));
    }
    sites
}
