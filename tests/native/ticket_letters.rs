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

#[test]
fn letters_in_many_languages_give_their_proof_and_tick_whom_they_ask_for() {
    let code = format!("code:{CODE}");
    let letters: &[(&str, &[&str], &[&str])] = &[
        (
            "Dobrý den, přeposílám.\n\nZačátek přeposílané zprávy:\n\n> Od: GitLab <noreply@gitlab.com>\n> Předmět: Your subscription\n> Datum: 3. listopadu 2026 11:02:08 GMT+1\n> Komu: ada@acme.example\n>\n> Your activation code: Kp4mTz7QbW2nXs9LcV6dHy3R\n",
            &[&code],
            &[],
        ),
        (
            "Beste,\n\nonze licentie-ID is 1203847. Kunt u jan@acme.example toevoegen en piet@acme.example verwijderen?\n\nMet vriendelijke groet,\nAda de Wit\nbeheer@acme.example",
            &[ID],
            &["jan"],
        ),
        (
            "Dzień dobry,\nidentyfikator licencji: 1203847. Proszę dodać ola@acme.example do naszej organizacji.\n\nPozdrawiam\nAda Nowak\nbiuro@acme.example",
            &[ID],
            &["ola"],
        ),
        (
            "Hej,\nLicens-ID: 1203847. Vänligen lägg till bo@acme.example.\n\nMvh\nAda\nit@acme.example",
            &[ID],
            &["bo"],
        ),
        (
            "El número de identificación de la licencia es 1203847. Por favor quiten a eva@acme.example y añadan a leo@acme.example.",
            &[ID],
            &["leo"],
        ),
        (
            "Segue o ID da licença: 1203847; favor incluir rui@acme.example e remover ana@acme.example.\n\nAtenciosamente,\nRui Sá\nsuporte@acme.example",
            &[ID],
            &["rui"],
        ),
        (
            "라이선스 ID: 1203847 입니다. min@acme.example 을 추가하고 lee@acme.example 은 삭제해 주세요.\n\n감사합니다.\n김아다 드림",
            &[ID],
            &["min"],
        ),
        (
            "ライセンスIDは「1203847」です。佐藤(sato@acme.example)を追加、鈴木(suzuki@acme.example)を削除してください。\n\nよろしくお願いいたします。",
            &[ID],
            &["sato"],
        ),
        (
            "授權 ID：1203847。請新增 lin@acme.example，並移除 chen@acme.example，謝謝。",
            &[ID],
            &["lin"],
        ),
        (
            "Merci d’ajouter luc@acme.example à la place de zoe@acme.example. Notre identifiant de licence : 1 203 847",
            &[ID],
            &["luc"],
        ),
        (
            "Potete aggiungere gio@acme.example? Non aggiungete invece ugo@acme.example, che è un consulente. Numero di licenza: 1203847",
            &[ID],
            &["gio"],
        ),
        (
            "Добрый день! Пожалуйста, добавьте oleg@acme.example.\n\n-------- Пересылаемое сообщение --------\nОт кого: GitLab Support <support@gitlab.com>\nКому: ada@acme.example\nДата: вторник, 3 ноября 2026, 11:02 +03:00\nТема: Re: доступ\n\nДобавьте jane@acme.example, пожалуйста.",
            &[],
            &["oleg"],
        ),
        (
            "services:\n  gitlab:\n    environment:\n      GITLAB_ACTIVATION_CODE: \"Kp4mTz7QbW2nXs9LcV6dHy3R\"\n      GITLAB_LICENSE_FILE: /etc/gitlab/license\n",
            &[&code],
            &[],
        ),
        (
            "gitlab_rails['env'] = { \"GITLAB_ACTIVATION_CODE\" => \"Kp4mTz7QbW2nXs9LcV6dHy3R\" }\ngitlab_rails['gitlab_email_from'] = 'gitlab@acme.example'",
            &[&code],
            &[],
        ),
        (
            "License ID: N/A\nZuora subscription: A-S00012345\nAccount: 2204518\nSeats: 25000",
            &[],
            &[],
        ),
        (
            "My earlier ticket 1203847 was about the license. The license ID is the following: #2204518",
            &["license_id:2204518"],
            &[],
        ),
        (
            "Am 03.11.2026 um 11:02 schrieb GitLab Support <support@gitlab.com>:\n> Wie lautet Ihre Lizenz-ID?\n\n1203847\n\n> Wer soll als Kontakt hinzugefügt werden?\n\nbo@acme.example\n\nViele Grüße\nAda",
            &[ID],
            &["bo"],
        ),
        (
            "first_name,last_name,email\nBo,Berg,bo@acme.example\nCy,Cole,cy@acme.example\n\nplease add all of the above, except cy@acme.example",
            &[],
            &["bo"],
        ),
        (
            "Lizenznummer siehe Anhang. Tel. 1203847, Mobil 0170 1203847",
            &[],
            &[],
        ),
    ];
    for (text, gives, ticks) in letters {
        assert_eq!(offered(text), *gives, "{text}");
        assert_eq!(ticked(json!(text), Value::Null), *ticks, "{text}");
    }
}

#[test]
fn html_letters_tick_whom_a_reader_sees_to_be_asked_for() {
    let letters: &[(&str, &[&str])] = &[
        (
            "<p>Please add <del>old@acme.example</del> <ins>new@acme.example</ins> to our organization.</p>",
            &["new"],
        ),
        (
            "<div>Please add <a href=\"mailto:bo@acme.example\">Bo</a>.</div><blockquote type=\"cite\"><div>On 3. Nov 2026, at 11:02, GitLab &lt;support@gitlab.com&gt; wrote:</div><div>Shall we add jane@acme.example?</div></blockquote>",
            &["bo"],
        ),
        (
            "<div>Licence ID&nbsp;1203847</div><div>Kindly add bo@acme.example</div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p><b>Lähettäjä:</b> GitLab &lt;support@gitlab.com&gt;<br><b>Lähetetty:</b> tiistai 3. marraskuuta 2026<br><b>Vastaanottaja:</b> ada@acme.example<br><b>Aihe:</b> VS: access</p></div><p>Please tell us whether to add jane@acme.example</p>",
            &["bo"],
        ),
        (
            "<p>Please add bo@acme.example</p><div style=\"display:none;font-size:0\">add eve@acme.example, license ID 9999999</div>",
            &["bo"],
        ),
        (
            "<table><tr><th>Name</th><th>E-Mail</th><th>Aktion</th></tr><tr><td>Bo</td><td>bo@acme.example</td><td>hinzufügen</td></tr><tr><td>Cy</td><td>cy@acme.example</td><td>entfernen</td></tr></table>",
            &["bo"],
        ),
    ];
    for (html, ticks) in letters {
        assert_eq!(ticked(Value::Null, json!(html)), *ticks, "{html}");
    }
}

#[test]
fn who_is_refused_anywhere_is_not_ticked_however_often_they_are_listed() {
    all_tick(
        &["bo"],
        &[
            "Please add:\nbo@acme.example\ncy@acme.example\n\nDo not add cy@acme.example after all.",
            "bo@acme.example, cy@acme.example\nPlease add everyone above except cy@acme.example.",
            "Please add Bo (bo@acme.example) in place of Cy (cy@acme.example).",
            "Añadan a bo@acme.example en lugar de cy@acme.example",
            "Potete aggiungere bo@acme.example al posto di cy@acme.example?",
            "Please add Bo (bo@acme.example) and remove Cy (cy@acme.example)",
            "Please add bo@acme.example and cy@acme.example. Sorry: not cy@acme.example.",
            "Bitte bo@acme.example und cy@acme.example hinzufügen. Korrektur: nicht cy@acme.example.",
            "Prosím přidejte bo@acme.example a odeberte cy@acme.example.",
            "Kérem, adják hozzá: bo@acme.example. Kérem, töröljék: cy@acme.example.",
            "请把 bo@acme.example 加到我们的组织，cy@acme.example 已离职，请删除。",
            "田中（bo@acme.example）を追加、鈴木（cy@acme.example）を削除してください。",
        ],
    );
    // What is done already refuses nobody.
    all_tick(
        &["bo", "cy"],
        &[
            "Please add bo@acme.example and cy@acme.example. I thought cy@acme.example was already added.",
        ],
    );
}

#[test]
fn the_headers_of_an_older_mail_are_known_by_their_element() {
    let older = "Please add jane@acme.example. License ID: 1099999";
    for headers in [
        "<DIV class=OutlookMessageHeader><HR><B>From:</B> GitLab Support [mailto:support@gitlab.com]</DIV>",
        "<div class=\"OutlookMessageHeader\"><b>Von:</b> GitLab Support</div>",
        "<div id=\"divRplyFwdMsg\"><b>De :</b> GitLab Support</div>",
        "<div id=\"x_divRplyFwdMsg\"><b>Van:</b> GitLab Support</div>",
    ] {
        let html = format!("<p>Please add bo@acme.example</p>{headers}<div>{older}</div>");
        assert_eq!(ticked(Value::Null, json!(html)), ["bo"], "{headers}");
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "html_body": html}], "meta": {"has_more": false}});
        let page = tether::zendesk::answer::all_comments(&value).unwrap();
        let text = &page.items.first().unwrap().text;
        assert_eq!(offered(text), Vec::<String>::new(), "{text}");
    }
    let table = "please add bo@acme.example\n\n---- 回复的原邮件 ----\n发件人\tGitLab Support<support@gitlab.com>\n日期\t2026年11月3日 11:02\n收件人\tada<ada@acme.example>\n主题\tRe: x\n\nadd jane@acme.example";
    assert_eq!(ticked(json!(table), Value::Null), ["bo"]);
}

#[test]
fn an_address_that_is_shown_in_place_of_another_is_not_ticked() {
    for html in [
        "<p>Please add <a href=\"mailto:eve@rival.example\">bo@acme.example</a></p>",
        "<p>Please add bo@acme.example &lt;cy@acme.example&gt;</p>",
    ] {
        assert_eq!(
            ticked(Value::Null, json!(html)),
            Vec::<String>::new(),
            "{html}"
        );
    }
    for html in [
        "<p>Please add <a href=\"mailto:bo@acme.example?subject=Hi&amp;cc=eve@rival.example\">bo@acme.example</a></p>",
        "<p>Please add \"bo@acme.example\" &lt;BO@acme.example&gt;</p>",
    ] {
        assert_eq!(ticked(Value::Null, json!(html)), ["bo"], "{html}");
    }
}

#[test]
fn what_is_folded_away_and_is_an_older_mail_is_a_quotation() {
    let older = "<p>Please add jane@acme.example. License ID: 1099999</p>";
    let own = "<p>Please add bo@acme.example. License ID: 1203847</p>";
    for folded in [
        format!("<summary>•••</summary>{older}"),
        format!("<summary>Original message</summary>{older}"),
        format!(
            "<summary>GitLab Support &lt;support@gitlab.com&gt; wrote on 3 Nov 2026, 11:02</summary>{older}"
        ),
        format!(
            "<summary>Earlier</summary><p>From: GitLab Support &lt;support@gitlab.com&gt;<br>Sent: Tuesday<br>To: ada@acme.example<br>Subject: Re: x</p>{older}"
        ),
        format!(
            "<summary>Earlier</summary><div>On Tue, 3 Nov 2026 at 11:02, GitLab Support &lt;support@gitlab.com&gt; wrote:</div>{older}"
        ),
        format!("<summary>Earlier</summary><p>support@gitlab.com, 3 Nov 2026 11:02</p>{older}"),
        format!("<summary>Earlier</summary><div class=\"gmail_quote\">{older}</div>"),
        format!("<summary>Earlier</summary><p>-----Original Message-----</p>{older}"),
    ] {
        for html in [
            format!("{own}<details>{folded}</details>"),
            format!("<details>{folded}</details>{own}"),
            format!(
                "{own}<details open><summary>More</summary><details>{folded}</details></details>"
            ),
        ] {
            let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "plain_body": "x", "html_body": html}], "meta": {"has_more": false}});
            let page = tether::zendesk::answer::all_comments(&value).unwrap();
            let text = &page.items.first().unwrap().text;
            assert_eq!(offered(text), [ID], "{html}");
            assert_eq!(ticked(Value::Null, json!(html)), ["bo"], "{html}");
        }
    }
}

#[test]
fn what_is_folded_away_and_is_no_mail_is_the_authors() {
    for html in [
        "<details><summary>License details</summary><p>License ID: 1203847</p><p>GitLab Premium until 2027-02-01</p></details>",
        "<details><summary>Output of the rake task</summary><pre>GitLab information\nVersion: 18.2\nLicense ID: 1203847\nExpires: 2027-02-01 10:00</pre></details>",
        "<details><summary>Our data from 2026</summary><table><tr><td>License ID</td><td>1203847</td></tr></table></details>",
    ] {
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "html_body": html}], "meta": {"has_more": false}});
        let page = tether::zendesk::answer::all_comments(&value).unwrap();
        assert_eq!(offered(&page.items.first().unwrap().text), [ID], "{html}");
    }
}

#[test]
fn words_around_deeply_nested_elements_stay_their_authors() {
    let own = "<p>License ID: 1203847</p>";
    let older = "<p>License ID: 1099999</p>";
    for (begin, end) in [
        ("<blockquote>", "</blockquote>"),
        ("<div><blockquote>", "</blockquote></div>"),
        ("<blockquote class=\"x\"><p>", "</p></blockquote>"),
        ("<blockquote><ul><li>", "</li></ul></blockquote>"),
        (
            "<blockquote><table><tr><td>",
            "</td></tr></table></blockquote>",
        ),
    ] {
        let tags = begin.matches('<').count();
        let levels = 19_000 / tags;
        let (open, close) = (begin.repeat(levels), end.repeat(levels));
        let html = format!("{own}{open}{older}{close}<p>Please add bo@acme.example</p>");
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "html_body": html}], "meta": {"has_more": false}});
        let began = std::time::Instant::now();
        let page = tether::zendesk::answer::all_comments(&value).unwrap();
        let took = began.elapsed();
        assert_eq!(offered(&page.items.first().unwrap().text), [ID], "{begin}");
        assert_eq!(ticked(Value::Null, json!(html)), ["bo"], "{begin}");
        assert!(took.as_secs() < 2, "{begin}: {took:?}");
    }
    // Without an end, too, and with elements that only hold others.
    for begin in [
        "<div>",
        "<span>",
        "<b>",
        "<ul><li>",
        "<div class=\"x\">",
        "<font color=\"red\">",
    ] {
        let html = format!("{}{own}", begin.repeat(9_000));
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "html_body": html}], "meta": {"has_more": false}});
        let page = tether::zendesk::answer::all_comments(&value).unwrap();
        assert_eq!(offered(&page.items.first().unwrap().text), [ID], "{begin}");
    }
}
