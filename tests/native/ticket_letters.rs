//! Whole letters of customers, in forms that public mail programs, consoles and admin pages produce. The wording and the values are the
//! project's own. `ticket_texts.rs` has the single phrases.

use serde_json::{Value, json};

use super::ticket_texts::{all_give, all_tick, offered, ticked};

const ID: &str = "license_id:1203847";
const CODE: &str = "Kp4mTz7QbW2nXs9LcV6dHy3R";

#[test]
fn admin_pages_copied_as_text_show_their_license_id() {
    all_give(
        &[ID],
        &[
            "Subscription details\nID\n1203847\nPlan\nPremium\nStarted\nMar 4, 2026\nLicensed to\nName\nAda Lind\nCompany\nAcme",
            "Your License\nLicensed to\nName: Ada Lind\n\nDetails\nPlan: Premium\nID: 1203847\nUploaded: 9 months ago\n\n250\nUsers in License:",
            "Subscription details\nID:\n1203847\nType:\nLegacy license\nPlan:\nPremium",
            "Détails de l'abonnement\nID\n1203847\nForfait\nPremium",
            "サブスクリプションの詳細\nID\n1203847\nプラン\nPremium",
            "Abonnementdetails\nID 1203847\nPlan Premium",
            "订阅详情\nID：\n1203847\n套餐：\n专业版",
            "| Field | Value |\n|---|---|\n| License ID | 1203847 |\n| Seats | 250 |",
            "License ID (from /admin/subscription): 1203847",
        ],
    );
    all_give(
        &[],
        &[
            "Subscription details\n\nID\tA-S00043211\nPlan\tUltimate\nLast Sync\t2 hours ago",
            "Name\tEmail\tPlan\tType\tActivated on\tSeats\nAda Lind\tada@acme.example\tPremium\tLegacy license\t2026-02-01\t25000",
        ],
    );
}

#[test]
fn consoles_and_answers_of_the_api_show_the_portals_number_and_never_the_instances_own() {
    all_give(
        &[ID],
        &[
            "irb(main):001:0> License.current.license_id\n=> 1203847\nirb(main):002:0> License.current.plan\n=> \"premium\"",
            "gitlab-rails console\n> License.current.license_id => 1203847",
            ":license_id=>1203847, :plan=>\"premium\"",
            "{\"id\":14,\"plan\":\"ultimate\",\"license_id\":1203847,\"user_limit\":250}",
            "restrictions: {plan: \"premium\", active_user_count: 250, subscription_id: \"A-S0004\", id: 1203847}",
            "{\"version\":1,\"restrictions\":{\"id\":1203847,\"plan\":\"premium\"}}",
            "gid://gitlab/License/1203847",
        ],
    );
    all_give(
        &[],
        &[
            "#<License id: 3, data: \"[FILTERED]\", created_at: \"2026-02-01 10:00:00\">",
            "Current User Count: 183\nMax Users in License: 25000\nLicense valid from: 2026-02-01 to 2027-02-01",
            "{\"id\":7,\"plan\":\"premium\",\"historical_max\":20100,\"maximum_user_count\":20100,\"user_limit\":25000}",
            "gitlabhq_production=# select id, created_at from licenses;\n id |         created_at\n----+----------------\n  4 | 2026-02-01 09:12:11",
            "restrictions: {plan: \"premium\", subscription_id: 1203847}",
        ],
    );
}

#[test]
fn the_answer_below_a_question_is_its_value() {
    all_give(
        &[ID],
        &[
            "> What is your license ID?\n1203847",
            "> Bitte nennen Sie uns Ihre Lizenz-ID:\n>\n1203847\n\nGruß\nAda",
            "Q: License ID\nA: 1203847",
            "Your question: license ID?\nMy answer: 1203847",
        ],
    );
    all_give(
        &[],
        &[
            "> How many users do you have?\n12038",
            "> What is your license ID, e.g. 1203847?\nI do not know.",
            "> What is your license ID?\nWe have 25000 users.",
            "> What is your license ID?\nunknown\n1203847",
            "Q: How many seats?\nA: 12038",
        ],
    );
}

#[test]
fn a_license_is_named_by_words_between_it_and_its_number() {
    all_give(
        &[ID],
        &[
            "the license with the ID 1203847 is ours",
            "license with id = 1203847",
            "Kundennummer: 441277, Lizenz: 1203847",
            "授權號碼：1203847，電話 02-27190000",
            "Customer ID: 441277\nLicense ID: 1203847\nAccount ID: 99182736",
            "저희 GitLab 라이선스 ID 는 1203847 이고 사용자 수는 250명 입니다.",
        ],
    );
    all_give(
        &[],
        &[
            "Our license for 15000 users expires on 20261231.",
            "We renewed the license under PO 4500123456.",
            "Our license id is in the attachment, our ticket is 1203847",
            "GitLab license no. unknown, phone no. 1203847",
            "the license with 25000 users",
            "Subscription ID: 8812345",
        ],
    );
    assert_eq!(
        offered("Please activate with this code:\nActivation Code\nKp4mTz7QbW2nXs9LcV6dHy3R"),
        [format!("code:{CODE}")]
    );
}

#[test]
fn requests_in_everyday_words_tick_whom_they_name() {
    all_tick(
        &["bo"],
        &[
            "Could you give Bo (bo@acme.example) access to open support tickets?",
            "Bitte nehmen Sie bo@acme.example in die Liste der Ansprechpartner auf.",
            "Könnten Sie bitte bo@acme.example als Kontakt hinterlegen?",
            "Bitte schalten Sie bo@acme.example für den Support frei.",
            "Pourriez-vous rattacher bo@acme.example à notre compte ?",
            "Can you please link bo@acme.example to Acme Inc.",
            "I would like bo@acme.example to be able to open tickets",
            "bo@acme.example should be able to create tickets too",
            "Please swap cy@acme.example for bo@acme.example",
            "bo@acme.example replaces cy@acme.example as our contact",
            "Is it possible to add bo@acme.example?",
            "Email,Name,Action\nbo@acme.example,Bo Berg,add\ncy@acme.example,Cy Cole,remove",
        ],
    );
}

#[test]
fn what_asks_for_no_change_ticks_nobody() {
    all_tick(
        &[],
        &[
            "Was cy@acme.example added?",
            "Were bo@acme.example and cy@acme.example added already?",
            "cy@acme.example → bo@acme.example",
            "cy@acme.example -> bo@acme.example",
            "Please send the link to bo@acme.example",
            "bo@acme.example is not able to open tickets",
            "Bitte nehmen Sie mit bo@acme.example Kontakt auf.",
            "Please don't give bo@acme.example access",
            "Please remove everyone except bo@acme.example",
            "For access questions write to bo@acme.example",
        ],
    );
}

#[test]
fn quotations_of_further_programs_tick_nobody() {
    let quotations = [
        "-----Urspr=C3=BCngliche Nachricht-----\nVon: support@gitlab.com\n\nadd jane@acme.example",
        "|From: GitLab Support <support@gitlab.com>\n|To: ada@acme.example\n|add jane@acme.example",
        "GitLab Support <support@gitlab.com>, 3 Kas 2026 Sal, 11:02 tarihinde şunu yazdı:\n\n> add jane@acme.example?",
        "Vào Th 3, 3 thg 11, 2026 vào lúc 11:02 GitLab Support <support@gitlab.com> đã viết:\n\n> add jane@acme.example",
        "Pada tanggal Sel, 3 Nov 2026 pukul 11.02 GitLab Support <support@gitlab.com> menulis:\n\n> add jane@acme.example",
        "------------------ 原始邮件 ------------------\n发件人: \"GitLab Support\" <support@gitlab.com>;\n主题: Re: x\n\n添加 jane@acme.example",
        "----- Viesti alkaa -----\nLähettäjä: support@gitlab.com\n\nadd jane@acme.example",
    ];
    for quotation in quotations {
        let text = format!("please add bo@acme.example\n\n{quotation}");
        assert_eq!(ticked(json!(text), Value::Null), ["bo"], "{text}");
    }
}

#[test]
fn signatures_that_mail_programs_mark_in_html_tick_nobody() {
    for (mark, plain) in [
        ("class=\"gmail_signature\"", "Ada"),
        (
            "class=gmail_signature data-smartmail=\"gmail_signature\"",
            "Ada",
        ),
        ("id=\"Signature\"", "Ada"),
        ("class=\"moz-signature\"", "Ada"),
        ("id=\"ms-outlook-mobile-signature\"", "Ada"),
        ("class=\"protonmail_signature_block\"", "Ada"),
    ] {
        let html = format!(
            "<p>Please add bo@acme.example</p><div {mark}>{plain}<br>helpdesk@acme.example</div>"
        );
        let text = format!("Please add bo@acme.example\n\n{plain}\nhelpdesk@acme.example");
        assert_eq!(ticked(json!(text), json!(html)), ["bo"], "{mark}");
    }
}
