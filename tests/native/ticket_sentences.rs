//! Sentences that name an address or a number in passing: only whom they ask for is ticked, and only what
//! they call the license's is offered.

use serde_json::{Value, json};

use super::ticket_texts::{all_give, all_tick, offered, ticked};

const ID: &str = "license_id:2087415";
const CODE: &str = "Rb6nWq3TzK8vLf5YxD2mHs9J";

#[test]
fn a_sentence_about_somebody_is_no_request() {
    all_tick(
        &[],
        &[
            "eve@acme.example cannot log in",
            "eve@acme.example gets an error when adding an issue",
            "eve@acme.example opened a ticket yesterday",
            "Account eve@acme.example locked",
            "User eve@acme.example sees a blank page",
            "Our service account is ci-bot@acme.example and the runner adds jobs.",
            "eve@acme.example needs to add a new runner",
            "git config user.email eve@acme.example",
            "smtp user_name = \"eve@acme.example\"",
            "Committer eve@acme.example, branch main",
            "Author: Eve <eve@acme.example>\nDate: Mon Nov 2 10:00:00 2026 +0100",
            "eve@acme.example hat die Rechnung bezahlt",
            "Ansprechpartner bleibt eve@acme.example",
            "eve@acme.example a payé la facture",
            "El usuario eve@acme.example ve una página en blanco",
            "O usuário eve@acme.example recebe um erro",
            "L'utente eve@acme.example riceve un errore",
            "eve@acme.example がログインできません。",
            "eve@acme.example 无法登录",
            "eve@acme.example 님이 오류를 받았습니다",
            "У пользователя eve@acme.example ошибка",
            "eve@acme.example giriş yapamıyor",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "Please add bo@acme.example.\neve@acme.example cannot log in.",
            "Please add bo@acme.example\n\nAda Lind\nAcme\nhelp@acme.example | acme.example",
        ],
    );
}

#[test]
fn a_question_whether_somebody_was_added_is_no_request() {
    all_tick(
        &[],
        &[
            "¿Está eve@acme.example dado de alta?",
            "eve@acme.example は登録されていますか？",
            "eve@acme.example 是否已添加？",
            "eve@acme.example 添加了吗？",
            "eve@acme.example 등록되어 있나요?",
            "Добавлен ли eve@acme.example?",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "可以添加 bo@acme.example 吗？",
            "Можно ли добавить bo@acme.example?",
            "Could bo@acme.example be associated with our organization?",
            "bo@acme.exampleを連絡先に追加いただけますでしょうか。",
        ],
    );
}

#[test]
fn another_person_in_the_sentence_is_not_the_one_to_add() {
    all_tick(
        &["bo"],
        &[
            "Eve (eve@acme.example) has moved to another team, please add bo@acme.example in her place.",
            "Please add bo@acme.example, CC'ing eve@acme.example for information",
            "Please add bo@acme.example (he works with eve@acme.example).",
            "Please add bo@acme.example - his boss is eve@acme.example",
            "Please add bo@acme.example but keep eve@acme.example as she is.",
            "Just like eve@acme.example, please add bo@acme.example",
            "eve@acme.example asked me to have bo@acme.example added.",
            "eve@acme.example told me to ask you to add bo@acme.example",
            "According to eve@acme.example you should add bo@acme.example",
            "While eve@acme.example is away please add bo@acme.example",
            "Because eve@acme.example is ill, add bo@acme.example",
            "Please add bo@acme.example, eve@acme.example will follow next month",
            "Add bo@acme.example now; eve@acme.example later.",
            "Please add bo@acme.example as backup for eve@acme.example",
            "Hello eve@acme.example team, please add bo@acme.example",
            "Approver: eve@acme.example\nPlease add bo@acme.example",
            "Eve (eve@acme.example) hat gebeten, bo@acme.example hinzuzufügen.",
            "Bitte bo@acme.example hinzufügen, eve@acme.example bleibt Kontakt.",
            "Bitte bo@acme.example als Vertretung von eve@acme.example hinzufügen",
            "Comme eve@acme.example est absente, merci d'ajouter bo@acme.example",
            "Merci d'ajouter bo@acme.example et de conserver eve@acme.example",
            "Agreguen a bo@acme.example y mantengan a eve@acme.example",
            "Siccome eve@acme.example è assente, aggiungete bo@acme.example",
            "Так как eve@acme.example в отпуске, добавьте bo@acme.example",
            "eve@acme.example が休暇中のため、bo@acme.example を追加してください。",
            "请添加 bo@acme.example，保留 eve@acme.example",
            "由于 eve@acme.example 休假，请添加 bo@acme.example",
            "eve@acme.example 님이 휴가 중이라 bo@acme.example 님을 추가해 주세요",
        ],
    );
    all_tick(
        &["bo", "cy"],
        &[
            "Please add bo@acme.example and cy@acme.example to our organization.",
            "Bitte bo@acme.example und cy@acme.example als Kontakte hinzufügen.",
            "Merci d'ajouter bo@acme.example et cy@acme.example à notre organisation.",
            "田中さん（bo@acme.example）と佐藤さん（cy@acme.example）を追加してください。",
            "请把 bo@acme.example 和 cy@acme.example 添加为联系人。",
            "Добавьте bo@acme.example и cy@acme.example в нашу организацию.",
            "Please add these colleagues:\n\n• Bo Berg – bo@acme.example\n• Cy Cole – cy@acme.example",
        ],
    );
}

#[test]
fn one_of_two_and_a_copy_are_no_requests() {
    all_tick(
        &[],
        &[
            "Please add either bo@acme.example or eve@acme.example",
            "eve@acme.example => bo@acme.example",
            "Please add eve@acme.example to CC",
            "Add to CC: eve@acme.example",
            "Please add eve@acme.example in copy",
            "Please add eve@acme.example to this ticket",
            "Add eve@acme.example as billing contact",
            "Bitte eve@acme.example in Kopie aufnehmen",
            "Merci d'ajouter eve@acme.example en copie",
            "Agreguen en copia a eve@acme.example",
            "請將 eve@acme.example 加入副本",
            "eve@acme.example を CC に追加してください",
            "~~bo@acme.example~~",
        ],
    );
}

#[test]
fn what_was_done_or_could_not_be_done_is_no_request() {
    all_tick(
        &[],
        &[
            "Following up: was eve@acme.example added?",
            "Could you confirm that eve@acme.example was added?",
            "Please check if eve@acme.example is added",
            "I see that eve@acme.example has been added, thanks!",
            "You added eve@acme.example yesterday",
            "Thank you for adding eve@acme.example",
            "Adding eve@acme.example for visibility",
            "Looping in eve@acme.example",
            "I tried to add eve@acme.example but got an error",
            "I cannot add eve@acme.example",
            "I am unable to add eve@acme.example to my group",
            "Failed to add eve@acme.example",
            "Danke, dass Sie eve@acme.example hinzugefügt haben",
            "Merci d'avoir ajouté eve@acme.example",
            "Avez-vous ajouté eve@acme.example ?",
            "Gracias por agregar a eve@acme.example",
            "Vocês adicionaram eve@acme.example?",
            "Avete aggiunto eve@acme.example?",
            "eve@acme.example を追加していただきありがとうございます。",
            "eve@acme.example を追加できませんでした。",
            "我无法添加 eve@acme.example",
            "eve@acme.example 추가해 주셔서 감사합니다",
            "Вы добавили eve@acme.example?",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "We would like to request that bo@acme.example be added as a support contact.",
            "I'd like to have bo@acme.example added",
            "We need bo@acme.example added to the organization.",
            "bo@acme.example soll als Kontakt hinzugefügt werden.",
            "My manager asked to add bo@acme.example",
            "Thanks for adding eve@acme.example. Please also add bo@acme.example.",
            "Please add the e-mail bo@acme.example to our company account",
        ],
    );
    all_tick(
        &["bo", "cy"],
        &[
            "I want to add bo@acme.example and cy@acme.example to the list of support contacts",
            "Please associate bo@acme.example and cy@acme.example with Acme",
            "Proszę dodać bo@acme.example oraz cy@acme.example do naszej organizacji.",
        ],
    );
}

#[test]
fn headings_and_signs_say_who_comes_and_who_goes() {
    all_tick(
        &["bo"],
        &[
            "+ bo@acme.example\n- eve@acme.example",
            "(+) bo@acme.example\n(-) eve@acme.example",
            "➕ bo@acme.example\n➖ eve@acme.example",
            "❌ eve@acme.example\n✅ bo@acme.example",
            "New users:\nbo@acme.example\nOld users:\neve@acme.example",
            "Current contacts:\neve@acme.example\n\nNew contacts:\nbo@acme.example",
            "Keep:\neve@acme.example\nAdd:\nbo@acme.example",
            "Additional contact: bo@acme.example",
            "bo@acme.example also needs access to support",
        ],
    );
    all_tick(
        &["bo", "cy"],
        &["Please add\n- bo@acme.example\n- cy@acme.example\n\nTel. +49 30 1234"],
    );
}

#[test]
fn a_number_of_something_else_about_a_license_is_no_id() {
    all_give(
        &[],
        &[
            "Срок действия лицензии: 20270331",
            "fin de la licence : 31122026",
            "Prix de la licence : 29500",
            "contrat de licence n° 4711022",
            "contrato de licencia n.º 4711022",
            "License valid 20271231",
            "Software license number (Visual Studio): 2087415",
            "professional engineer license no. 2087415",
            "ICP license 2087415",
            "FCA licence number 2087415",
        ],
    );
    all_give(
        &[ID],
        &[
            "Die Lizenz mit der Nummer 2087415 läuft aus.",
            "Лицензия с номером 2087415",
            "License ID ......... 2087415",
            "License ID: 2087415 (was 1987654 before the renewal)",
            "License ID: 2087415\nSeats: 25000",
            "License ID\t2087415\nUsers\t25000",
            "License ID: 2087415 users: 25000",
            "The GitLab license (Premium, 250 seats) has the ID 2087415.",
        ],
    );
}

#[test]
fn a_code_that_activates_something_else_is_none() {
    for name in [
        "MFA activation code",
        "SIM activation code:",
        "eSIM-Aktivierungscode:",
        "Code d'activation de la carte :",
        "Activation code for Jira:",
        "Activation code (Microsoft 365):",
        "Activation code of the VPN:",
        "Activation code from Okta Verify:",
        "Your account activation code for Slack:",
        "ETag:",
        "SSO SAML NameID",
        "Docker digest",
    ] {
        assert_eq!(
            offered(&format!("{name} {CODE}")),
            Vec::<String>::new(),
            "{name}"
        );
    }
    for name in ["Activation code for GitLab:", "Code for cloud licensing:"] {
        assert_eq!(
            offered(&format!("{name} {CODE}")),
            [format!("code:{CODE}")],
            "{name}"
        );
    }
}

#[test]
fn a_list_of_an_html_letter_shows_each_value_on_its_own() {
    let comment = |html: &str| {
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "html_body": html}], "meta": {"has_more": false}});
        let page = tether::zendesk::answer::all_comments(&value).unwrap();
        offered(&page.items.first().unwrap().text)
    };
    for html in [
        "<ul><li>License ID: 2087415</li><li>Seats: 25000</li></ul>",
        "<p>License&nbsp;ID:<br>2087415<br>Seats:<br>25000</p>",
        "<table><tr><td>License ID</td><td>2087415</td></tr><tr><td>Seats</td><td>25000</td></tr></table>",
    ] {
        assert_eq!(comment(html), [ID], "{html}");
    }
    assert_eq!(
        ticked(
            Value::Null,
            json!(
                "<p>Please add bo@acme.example</p><p>Ada Lind<br><b>Acme</b><br><a href=\"mailto:help@acme.example\">help@acme.example</a> | acme.example</p>"
            )
        ),
        ["bo"]
    );
}

#[test]
fn a_sentence_that_names_an_address_a_hundred_times_asks_for_nobody() {
    let times = |count: usize| format!("Please add {}.", vec!["bo@acme.example"; count].join(", "));
    assert_eq!(ticked(json!(times(3)), Value::Null), ["bo"]);
    assert_eq!(ticked(json!(times(101)), Value::Null), Vec::<String>::new());
}

#[test]
fn who_asks_for_advice_asks_for_nobody() {
    all_tick(
        &[],
        &[
            "Should I add bo@acme.example as well?",
            "Hello, one more question: do we have to add bo@acme.example?",
            "How do I add bo@acme.example?",
            "Soll ich bo@acme.example hinzufügen?",
            "Dois-je ajouter bo@acme.example ?",
            "¿Cómo agrego a bo@acme.example?",
            "Como adiciono bo@acme.example?",
            "Как добавить bo@acme.example?",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "Could you add bo@acme.example?",
            "Can we please add bo@acme.example?",
            "Könnten Sie bo@acme.example hinzufügen?",
            "Pouvez-vous ajouter bo@acme.example ?",
            "¿Pueden agregar a bo@acme.example?",
        ],
    );
}

#[test]
fn a_label_counts_for_everybody_behind_it() {
    all_tick(
        &[],
        &[
            "Cc: bo@acme.example, cy@acme.example\nPlease add me to our organization",
            "Please add me.\n\ncc bo@acme.example; cy@acme.example",
            "{\"licensee\":{\"Email\":\"bo@acme.example\"},\"add_ons\":{\"duo\":5}}",
        ],
    );
    all_tick(
        &["bo", "cy"],
        &[
            "Bitte fügen Sie bo@acme.example und cy@acme.example als Kontakte hinzu.",
            "请添加 bo@acme.example 和 cy@acme.example 为联系人",
        ],
    );
}

#[test]
fn who_is_named_beside_what_is_added_is_not_added() {
    all_tick(
        &[],
        &[
            "Please add a comment for bo@acme.example",
            "Please add the license to the account of bo@acme.example",
            "Please add bo@acme.example to your newsletter",
            "Please add bo@acme.example to my GitLab.com group as owner",
            "Bitte bo@acme.example in unser Projekt aufnehmen",
            "Est-ce que bo@acme.example est ajouté ?",
            "bo@acme.example は追加済みでしょうか。",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "Kindly add the below mail id to our account bo@acme.example",
            "Please add the person in charge of our runners: bo@acme.example",
            "Please add support access for bo@acme.example",
            "Please add bo@acme.example as a project manager",
            "Hi eve@acme.example,\nplease add bo@acme.example",
        ],
    );
}

#[test]
fn a_request_that_is_taken_back_or_warned_against_ticks_nobody() {
    all_tick(
        &[],
        &[
            "Stop adding bo@acme.example",
            "Please ignore my request to add bo@acme.example",
            "I withdraw my request to add bo@acme.example",
            "We decided against adding bo@acme.example",
            "Please undo the adding of bo@acme.example",
            "Refuse any request to add bo@acme.example",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "Instead of adding eve@acme.example please add bo@acme.example",
            "Ignore my previous mail, please add bo@acme.example",
        ],
    );
}

#[test]
fn columns_of_who_comes_and_who_goes_tick_nobody() {
    all_tick(
        &[],
        &[
            "Remove | Add\neve@acme.example | bo@acme.example",
            "Add\tRemove\nbo@acme.example\teve@acme.example",
        ],
    );
    all_tick(
        &["bo"],
        &["Please remove the old contacts and add these:\nbo@acme.example"],
    );
}
