//! Synthetic pages in the shape that rails_admin gives them, one builder for its versions.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fmt::Write;

use tether::profile::portal::PortalWords;

/// The host of every synthetic page.
pub const HOST: &str = "customers.gitlab.com";

/// The versions whose markup differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 3.1 and later.
    V3,
    /// 3.0: the same cards, other classes on booleans.
    V30,
    /// 2.x.
    V2,
    /// 1.x.
    V1,
}

pub const VERSIONS: [Version; 4] = [Version::V3, Version::V30, Version::V2, Version::V1];

impl Version {
    fn has_cards(self) -> bool {
        matches!(self, Self::V3 | Self::V30)
    }
}

/// One field: class, type, label and the HTML of its value.
#[derive(Clone, Debug)]
pub struct Field {
    pub key: String,
    pub kind: &'static str,
    pub label: String,
    pub value: String,
}

pub fn field(key: &str, label: &str, value: &str) -> Field {
    Field {
        key: key.into(),
        kind: "string",
        label: label.into(),
        value: value.into(),
    }
}

pub fn number(key: &str, label: &str, value: &str) -> Field {
    Field {
        kind: "integer",
        ..field(key, label, value)
    }
}

pub fn words() -> PortalWords {
    serde_json::from_value(profile()).expect("the shipped profile is good")
}

pub fn profile() -> serde_json::Value {
    let text = include_str!("../../../extension/site-profile.json");
    let profile: serde_json::Value =
        serde_json::from_str(text).expect("the shipped profile is JSON");
    profile["portal"].clone()
}

pub fn url(model: &str, id: u64) -> String {
    format!("https://{HOST}/admin/{model}/{id}")
}

/// A boolean as the version prints it.
pub fn boolean(version: Version, value: Option<bool>) -> String {
    let (color, icon, sign) = match value {
        Some(true) => ("success", "check", "✓"),
        Some(false) => ("danger", "times", "✘"),
        None => ("default", "minus", "‒"),
    };
    match version {
        Version::V3 => {
            format!(r#"<span class="badge bg-{color}"><span class="fas fa-{icon}"></span></span>"#)
        }
        Version::V30 => format!(
            r#"<span class="label label-{color}"><span class="fas fa-{icon}"></span></span>"#
        ),
        Version::V2 | Version::V1 => format!("<span class='label label-{color}'>{sign}</span>"),
    }
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// The tabs of a record, with one of them active.
pub fn member_tabs(version: Version, model: &str, id: u64, active: &str) -> String {
    let tab = |action: &str, path: &str| {
        let href = format!("https://{HOST}/admin/{model}/{id}{path}");
        let (on_item, on_link) = match (action == active, version.has_cards()) {
            (true, true) => ("", " active"),
            (true, false) => (" active", ""),
            _ => ("", ""),
        };
        format!(
            r#"<li class="nav-item icon {action}_member_link{on_item}"><a class="nav-link{on_link}" href="{href}"><i class="fas fa-x"></i> <span>{action}</span></a></li>"#
        )
    };
    format!(
        r#"<ul class="nav nav-tabs">{}{}{}</ul>"#,
        tab("show", ""),
        tab("edit", "/edit"),
        tab("record_history", "/history")
    )
}

pub fn collection_tabs(version: Version, model: &str, active: &str) -> String {
    let tab = |action: &str, path: &str| {
        let href = format!("https://{HOST}/admin/{model}{path}");
        let (on_item, on_link) = match (action == active, version.has_cards()) {
            (true, true) => ("", " active"),
            (true, false) => (" active", ""),
            _ => ("", ""),
        };
        format!(
            r#"<li class="icon {action}_collection_link{on_item}"><a class="nav-link{on_link}" href="{href}"><span>{action}</span></a></li>"#
        )
    };
    format!(
        r#"<ul class="nav nav-tabs">{}{}</ul>"#,
        tab("index", ""),
        tab("validate_license", "/validate_license")
    )
}

/// A whole page around a content: sidebar, header, tabs.
pub fn frame(version: Version, model: &str, title: &str, tabs: &str, content: &str) -> String {
    let header = if version.has_cards() {
        format!(
            r#"<header class="py-2 m-2 border-bottom" data-model="{model}"><h1>{title}</h1></header>"#
        )
    } else {
        format!("<div class='page-header' data-model='{model}'><h1>{title}</h1></div>")
    };
    let sidebar = r##"<ul class="sidebar nav"><li data-model="license"><a class="nav-link active" href="/admin/license">Licenses</a></li><li data-model="order" class="active"><a href="/admin/order">Orders</a></li></ul>"##;
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body class=\"rails_admin\"><nav class=\"navbar\"><a href=\"/admin/\">Admin</a></nav>\
         <div class=\"row\">{sidebar}<div class=\"content\"><title>{model} | Admin</title>{header}{tabs}{content}</div></div></body></html>"
    )
}

/// The groups of a record's page. With cards, every list ends in the stray `</dl>` that nests the groups after it.
pub fn groups(version: Version, groups: &[Vec<Field>]) -> String {
    let mut out = String::new();
    for group in groups {
        out.push_str("<div class=\"fieldset\"><h4>Group</h4>");
        out.push_str(if version.has_cards() {
            "<div class=\"list-group\">"
        } else {
            "<dl>"
        });
        for f in group {
            if version.has_cards() {
                write!(
                    out,
                    "<div class=\"list-group-item border-0 {}_type {}_field\"><div class=\"card\"><h5 class=\"card-header bg-light\">\n {}\n </h5><div class=\"card-body\">\n {}\n </div></div></div>",
                    f.kind, f.key, f.label, f.value
                )
                .unwrap();
            } else {
                write!(
                    out,
                    "<dt>\n<span class='label label-info {}_type {}_field'>\n{}\n</span>\n</dt>\n<dd class='well'>\n{}\n</dd>",
                    f.kind, f.key, f.label, f.value
                )
                .unwrap();
            }
        }
        out.push_str(if version.has_cards() {
            "\n</dl></div>"
        } else {
            "</dl></div>"
        });
    }
    out
}

/// A record's page.
pub fn show(version: Version, model: &str, id: u64, fields: &[Vec<Field>]) -> String {
    frame(
        version,
        model,
        "Details",
        &member_tabs(version, model, id, "show"),
        &groups(version, fields),
    )
}

/// A cell of a list: class, title, HTML.
pub type Cell = (&'static str, String, String);

/// A list page.
pub fn list(
    version: Version,
    model: &str,
    columns: &[(&str, &str)],
    rows: &[(u64, Vec<Cell>)],
    total: &str,
) -> String {
    let mut out = String::from(
        r#"<div id="list"><form><div id="filters_box"><div class="filter"><button>Subscription name</button><input name="f[subscription_name][1][v]" value="A-S99999999"></div></div></form><form id="bulk_form"><table class="table"><thead><tr><th class="shrink"><input type="checkbox"></th>"#,
    );
    for (key, label) in columns {
        write!(
            out,
            r#"<th class="header {key}_field string_type" title="">{label}</th>"#
        )
        .unwrap();
    }
    out.push_str("<th class=\"last\"></th></tr></thead><tbody>");
    for (id, cells) in rows {
        write!(out, r#"<tr class="{model}_row "><td><input type="checkbox" value="{id}"></td><td class="id_field integer_type" title="{id}">{id}</td>"#).unwrap();
        for (key, title, html) in cells {
            write!(
                out,
                "<td class=\"{key}_field string_type\" title=\"{title}\">\n {html}\n</td>"
            )
            .unwrap();
        }
        write!(
            out,
            r#"<td class="last links"><ul class="inline"><li class="icon show_member_link"><a href="https://{HOST}/admin/{model}/{id}">Show</a></li><li class="icon edit_member_link"><a href="https://{HOST}/admin/{model}/{id}/edit">Edit</a></li></ul></td></tr>"#
        )
        .unwrap();
    }
    if rows.is_empty() && version.has_cards() {
        out.push_str(r#"<tr class="empty_row"><td colspan="3">No records found</td></tr>"#);
    }
    write!(
        out,
        r#"</tbody></table><div class="clearfix total-count">{total}</div></form></div>"#
    )
    .unwrap();
    frame(
        version,
        model,
        "List",
        &collection_tabs(version, model, "index"),
        &out,
    )
}

/// Validate License with a result below its form.
pub fn validation(version: Version, result: &str) -> String {
    let content = format!(
        r#"<form id="validate_license" action="/admin/license/validate_license" method="post"><textarea name="license_file">{{"restrictions":{{"id":666}}}}</textarea><button>Validate</button></form>{result}"#
    );
    frame(
        version,
        "license",
        "Validate License",
        &collection_tabs(version, "license", "validate_license"),
        &content,
    )
}

/// A complete page of every kind that is read, with its address.
pub fn samples(version: Version) -> Vec<(String, String)> {
    let license = vec![
        vec![
            number("id", "Id", "410233"),
            Field {
                kind: "boolean",
                ..field("trial", "Trial", &boolean(version, Some(false)))
            },
            field("name", "Name", "Ada Lindqvist"),
            field("email", "Email", "ada@example.com"),
        ],
        vec![
            field(
                "zuora_subscription_name",
                "Zuora subscription name",
                r#"<a href="https://zuora.example.com/1">A-S00104417</a>"#,
            ),
            field("expires_at", "Expires at", "November 01, 2026"),
            field(
                "license_key",
                "License key",
                "<pre>KrbFHEVqBwkgPq9jE6TRGjHsVV6DpVsjHzyk0wb1tJHSqT1g3UisRuGASwMz\n</pre>",
            ),
        ],
    ];
    let activation = vec![vec![
        field(
            "activation_code",
            "Activation code",
            "9WmNhLLm6qbqszXC0TVwnCdr",
        ),
        field("subscription_name", "Subscription name", "A-S00104417"),
        field("trial", "Trial", &boolean(version, Some(true))),
        field(
            "billing_account",
            "Billing account",
            r#"<a href="/admin/billing_account/9001">Lindqvist</a>"#,
        ),
    ]];
    let order = vec![vec![
        field("subscription_name", "Subscription name", "A-S00104417"),
        field(
            "billing_account",
            "Billing account",
            r#"<a href="/admin/billing_account/9001">Lindqvist</a>"#,
        ),
        field("start_date", "Start date", "November 01, 2025"),
    ]];
    let account = vec![vec![
        field(
            "zuora_account_name",
            "Zuora account name",
            "Lindqvist Widgets AB",
        ),
        field(
            "salesforce_account_id",
            "Salesforce account",
            "0014M00001aQxYzQAK",
        ),
        field(
            "sold_to",
            "Sold to",
            r#"<a href="/admin/billing_account_contact/5001">Ada &lt;ada@example.com&gt;</a>"#,
        ),
    ]];
    let contact = vec![vec![
        field("first_name", "First name", "Ada"),
        field("last_name", "Last name", "Lindqvist"),
        field("work_email", "Work email", "ada@example.com"),
    ]];
    let rows: Vec<(u64, Vec<Cell>)> = (700_101..700_104)
        .map(|id| {
            let account = r#"<a href="/admin/billing_account/9001">Lindqvist</a>"#.to_owned();
            (
                id,
                vec![
                    (
                        "subscription_name",
                        "A-S00104417".to_owned(),
                        "A-S00104417".to_owned(),
                    ),
                    ("billing_account", "Lindqvist".to_owned(), account),
                    ("trial", String::new(), boolean(version, Some(false))),
                ],
            )
        })
        .collect();
    let columns = [
        ("id", "Id"),
        ("subscription_name", "Subscription name"),
        ("billing_account", "Billing account"),
        ("trial", "Trial"),
    ];
    let result = r#"<pre>{"restrictions": {"subscription_id": 5, "add_on_products": {"duo": [{"id": 777}]}, "id": 410233}}</pre>"#;
    vec![
        (
            url("license", 410_233),
            show(version, "license", 410_233, &license),
        ),
        (
            url("cloud_activation", 30_011),
            show(version, "cloud_activation", 30_011, &activation),
        ),
        (
            url("order", 700_101),
            show(version, "order", 700_101, &order),
        ),
        (
            url("billing_account", 9_001),
            show(version, "billing_account", 9_001, &account),
        ),
        (
            url("billing_account_contact", 5_001),
            show(version, "billing_account_contact", 5_001, &contact),
        ),
        (
            format!("https://{HOST}/admin/order"),
            list(version, "order", &columns, &rows, "3 orders"),
        ),
        (
            format!("https://{HOST}/admin/license/validate_license"),
            validation(version, result),
        ),
    ]
}
