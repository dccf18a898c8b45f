//! What customers write, kind by kind, with what must come out of it. The inputs are the project's own.

use serde_json::{Value, json};
use tether::case::contacts::{CustomerDomains, NamedBy, doubt};
use tether::evidence::{Evidence, recognize, recognize_file};
use tether::mail::AddressText;
use tether::record::ids::UserId;
use tether::zendesk::answer;

const ID: &str = "license_id:1048577";
const CODE: &str = "Kp4mTz7QbW2nXs9LcV6dHy3R";

/// What is offered of a text as proof, the first one first.
pub(crate) fn offered(text: &str) -> Vec<String> {
    recognize(text)
        .into_iter()
        .map(|found| short(&found.evidence))
        .collect()
}

pub(crate) fn short(evidence: &Evidence) -> String {
    match evidence {
        Evidence::LicenseId { id, .. } => format!("license_id:{id}"),
        Evidence::ActivationCode(code) => format!("code:{}", code.expose()),
        Evidence::LicenseKey(_) => "key".to_owned(),
        Evidence::UsageExport(_) => "export".to_owned(),
    }
}

/// The addresses of a comment that are ticked, of a requester on `acme.example`.
pub(crate) fn ticked(plain: Value, html: Value) -> Vec<String> {
    let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "plain_body": plain, "html_body": html}], "meta": {"has_more": false}});
    let comments = answer::all_comments(&value).unwrap().items;
    let domains = CustomerDomains::of(Some(&AddressText::from("ada@acme.example")), []);
    answer::written_addresses(&comments, UserId::try_from(7).unwrap())
        .into_iter()
        .filter(|w| {
            !w.in_signature()
                && doubt(
                    &AddressText::from(w.email.as_str()),
                    NamedBy::Requester(w.wish, w.oddity),
                    &domains,
                )
                .is_none()
        })
        .map(|w| w.email.trim_end_matches("@acme.example").to_owned())
        .collect()
}

pub(crate) fn all_give(want: &[&str], texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, offered(text)))
        .filter(|(_, got)| got != want)
        .map(|(text, got)| format!("{text:?}: {got:?}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "instead of {want:?}:\n{}",
        wrong.join("\n")
    );
}

pub(crate) fn all_tick(want: &[&str], texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, ticked(json!(text), Value::Null)))
        .filter(|(_, got)| got != want)
        .map(|(text, got)| format!("{text:?}: {got:?}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "instead of {want:?}:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_license_id_is_known_by_its_label_in_ten_languages() {
    all_give(
        &[ID],
        &[
            "The ID of our license is 1048577.",
            "Lizenznummer: 1048577",
            "Unsere Lizenz ID lautet 1048577",
            "Die ID der Lizenz ist 1048577.",
            "Numéro de licence : 1048577",
            "L'identifiant de la licence est 1048577",
            "ID de la licencia: 1048577",
            "El número de licencia es 1048577.",
            "ID da licença: 1048577",
            "O número da licença é 1048577",
            "ID licenza: 1048577",
            "Numero di licenza: 1048577",
            "ライセンス番号は1048577です。",
            "ライセンスの番号：1048577",
            "许可证编号是1048577。",
            "授权ID: 1048577",
            "라이선스 ID는 1048577입니다.",
            "라이선스 번호: 1048577",
            "Номер лицензии: 1048577",
            "Идентификатор лицензии — 1048577",
            "License-ID 1.048.577",
            "License ID: 1\u{202F}048\u{202F}577",
            "License number: 1,048,577",
        ],
    );
}

#[test]
fn a_license_id_is_found_in_every_layout_of_a_page() {
    all_give(
        &[ID],
        &[
            "Subscription details\nID: 1048577\nPlan: Premium\nStarted: Apr 2, 2026",
            "Détails de l'abonnement\nLicence en ligne\nID :\t1048577\nForfait :\tPremium",
            "Abonnementdetails\n\nID\n\n1048577\n\nTarif\n\nPremium",
            "구독 상세 정보\nID:\t1048577\n플랜:\tUltimate",
            "订阅详情\nID：\t1048577\n计划：\tUltimate",
            "Plan | License ID | Users\n--- | --- | ---\nPremium | 1048577 | 80",
            "plan;license id;seats\npremium;1048577;80",
            "{\"license_id\": 1048577, \"plan\": \"premium\"}",
            "\"id\": \"gid://gitlab/License/1048577\"",
            "[1] pry(main)> License.current.license_id\n=> 1048577",
            "LICENSE_ID=1048577",
            "1048577 (License ID)",
            "1048577 is our license ID",
        ],
    );
}

#[test]
fn other_numbers_are_no_license_ids() {
    all_give(
        &[],
        &[
            "Anzahl Lizenzen: 25000",
            "Nombre de licences : 25000",
            "Número de licencias: 25000",
            "Quantidade de licenças: 25000",
            "Количество лицензий: 25000",
            "ライセンス数：25000",
            "许可证数量：25000",
            "라이선스 수: 25000",
            "Users in license:\n13500",
            "Maximum users in license: 13500",
            "License ID: not known. Ticket 7654321",
            "We lost our license ID, please call +49 30 7654321",
            "Amtsgericht Musterstadt HRB 765432",
            "License holder: Acme, 10115 Berlin",
            "Order number 7654321, licenses to follow",
            "{\"id\": 21777, \"plan\": \"premium\", \"user_limit\": 50, \"licensee\": {}}",
            "License.current.id\n=> 21777",
        ],
    );
}

#[test]
fn a_license_of_another_maker_or_kind_is_none() {
    all_give(
        &[],
        &[
            "My driver's license 1048577",
            "Jira license ID: 1048577",
            "Windows Server license #1048577",
            "Licencia de conducir n.º 1048577",
            "ID de licence Microsoft : 1048577",
            "Oracle-Lizenznummer: 1048577",
            "License ID for Adobe Acrobat: 1048577",
            "VMware ライセンスID：1048577",
        ],
    );
    all_give(
        &[ID],
        &[
            "After the Jira migration our license ID is 1048577",
            "We run on Microsoft servers. License ID: 1048577",
            "Windows, license ID 1048577",
        ],
    );
}

#[test]
fn an_identification_number_of_the_license_is_its_id() {
    all_give(
        &[ID],
        &[
            "The identification number of our license is 1048577",
            "El número de identificación de nuestra licencia es 1048577",
            "O número de identificação da nossa licença é 1048577",
            "Il numero di identificazione della nostra licenza è 1048577",
            "Le numéro d'identification de notre licence est 1048577",
            "Die Identifikationsnummer unserer Lizenz lautet 1048577",
            "Идентификационный номер нашей лицензии: 1048577",
            "ライセンスの識別番号は1048577です",
            "许可证识别码：1048577",
            "라이선스 식별 번호: 1048577",
            "N.º de licencia: 1048577",
            "The license ID is as follows.\n1048577",
            "https://portal.acme.example/admin/license/1048577/edit",
        ],
    );
}

#[test]
fn a_code_for_something_else_is_no_activation_code() {
    for name in [
        "2FA recovery code",
        "Backup codes:",
        "verification code",
        "Coupon code",
        "error code:",
        "Wiederherstellungscode:",
        "Code de récupération :",
        "Código de verificación:",
        "Codice di verifica:",
        "Код подтверждения:",
        "認証コード：",
        "验证码：",
        "인증 코드:",
        "Jira activation code:",
        "Windows activation key",
        "SAML fingerprint",
    ] {
        for text in [format!("{name} {CODE}"), format!("{name}\n{CODE}")] {
            assert_eq!(offered(&text), Vec::<String>::new(), "{text}");
        }
    }
    for name in [
        "Our code:",
        "The code is",
        "License code:",
        "GitLab code",
        "Der Code lautet",
        "We lost the token, but the activation code is",
    ] {
        assert_eq!(
            offered(&format!("{name} {CODE}")),
            [format!("code:{CODE}")],
            "{name}"
        );
    }
}

#[test]
fn what_is_named_comes_before_what_is_guessed() {
    assert_eq!(
        offered("licenses 7654321, sorry: the License ID is 1048577"),
        [ID]
    );
}

#[test]
fn an_example_in_a_quotation_is_never_offered_and_a_forwarded_proof_is() {
    let example = "for example License ID: 7654321";
    for quoted in [
        format!(
            "License ID 1048577\n\nVon: GitLab <support@gitlab.com>\nGesendet: heute\nAn: ada@acme.example\nBetreff: Re\n\n{example}"
        ),
        format!(
            "License ID 1048577\n\nEl lun, 23 nov 2026 a las 10:00, GitLab Support (<support@gitlab.com>) escribió:\n\n> {example}"
        ),
        format!("License ID 1048577\n> {example}"),
    ] {
        assert_eq!(offered(&quoted), [ID], "{quoted}");
    }
    let forwarded = format!(
        "See below.\n\n-------- Weitergeleitete Nachricht --------\nVon: GitLab <noreply@customers.gitlab.com>\nBetreff: Your code\nAn: ada@acme.example\n\nActivation code:\n\n{CODE}\n"
    );
    assert_eq!(offered(&forwarded), [format!("code:{CODE}")]);
}

#[test]
fn activation_codes_are_named_in_ten_languages_and_other_secrets_are_none() {
    for text in [
        format!("Código de activación: {CODE}"),
        format!("Code d'activation : {CODE}"),
        format!("Codice di attivazione: {CODE}."),
        format!("Código de ativação {CODE}"),
        format!("Код активации: {CODE}"),
        format!("활성화 코드: {CODE}입니다"),
        format!("激活码：{CODE}。"),
        format!("アクティベーションコード「{CODE}」"),
        format!("{{\"activation_code\": \"{CODE}\"}}"),
        format!("Aktivierungscode:&nbsp;{CODE}"),
    ] {
        assert_eq!(offered(&text), [format!("code:{CODE}")], "{text}");
    }
    for text in [
        format!("Webhook secret: {CODE}"),
        format!("the runner token is {CODE}"),
        format!("Passwort: {CODE}"),
        format!("https://hooks.acme.example/services/{CODE}"),
    ] {
        assert_eq!(offered(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_mail_as_a_file_is_opened_with_what_is_in_it() {
    let mail = "Received: by mx.acme.example\r\nFrom: Ada <ada@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nLizenz-ID=3A 10485=\r\n77\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@acme.example\r\nDate: today\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nTGljZW5zZSBJRDogMTA0ODU3OA==\r\n--outer--\r\n";
    let found: Vec<String> = recognize_file(mail.as_bytes())
        .unwrap()
        .found
        .iter()
        .map(|f| short(&f.evidence))
        .collect();
    assert_eq!(found, [ID, "license_id:1048578"]);
}

#[test]
fn addresses_to_add_are_ticked_in_every_language() {
    all_tick(
        &["bo"],
        &[
            "Bitte fügen Sie bo@acme.example hinzu.",
            "Merci d'ajouter bo@acme.example à nos contacts.",
            "Por favor, añadan a bo@acme.example.",
            "Por favor, adicione bo@acme.example.",
            "Potete aggiungere bo@acme.example, grazie?",
            "bo@acme.example を追加してください。",
            "请把 bo@acme.example 添加为联系人。",
            "bo@acme.example 추가 부탁드립니다.",
            "Добавьте, пожалуйста, bo@acme.example.",
            "Please add bo&#64;acme.example.",
            "New contact:\nName: Bo\nEmail: bo@acme.example",
            "We would like you to\nadd bo@acme.example please",
            "Please add bo@acme.example<mailto:bo@acme.example>.",
            "Please add bo@acme.example, see https://u:p@files.acme.example/x|eve@acme.example|",
        ],
    );
}

#[test]
fn addresses_that_nobody_asks_to_add_are_not_ticked() {
    all_tick(
        &[],
        &[
            "Please remove eve@acme.example.",
            "eve@acme.example has left the company.",
            "Bitte eve@acme.example entfernen.",
            "Merci de supprimer eve@acme.example.",
            "Por favor, eliminen a eve@acme.example.",
            "Remova eve@acme.example, por favor.",
            "Rimuovete eve@acme.example.",
            "eve@acme.example を削除してください。",
            "请删除 eve@acme.example。",
            "eve@acme.example 삭제해 주세요.",
            "Удалите eve@acme.example.",
            "Please do not add eve@acme.example.",
            "eve@acme.example\n\nThese people left, please deactivate them.",
            "You can reach our team at desk@acme.example.",
            "Please add bo (at) acme.example.",
            "Please add bo@acme-corp.example.",
            "Please associate me. Our page says:\nPlan: Ultimate\nEmail: jane@acme.example",
        ],
    );
    all_tick(
        &["bo"],
        &[
            "Add bo@acme.example and remove eve@acme.example.",
            "Replace eve@acme.example with bo@acme.example.",
            "Please add bo@acme.example (manager: boss@acme.example).",
        ],
    );
}

#[test]
fn a_negated_request_ticks_nobody() {
    all_tick(
        &[],
        &[
            "N'ajoutez pas bo@acme.example",
            "bo@acme.example 추가하지 마세요",
            "bo@acme.exampleは追加しないでください",
            "请不要添加 bo@acme.example",
            "Please do not, in any case, add bo@acme.example",
        ],
    );
}

#[test]
fn quotations_and_signatures_name_nobody() {
    let ask = "Please add bo@acme.example.";
    for below in [
        "Viele Grüße\nAda\nhilfe@acme.example",
        "Bien cordialement,\nAda Exemple\nhilfe@acme.example",
        "С уважением,\nАда\nhilfe@acme.example",
        "Com os melhores cumprimentos\nAda\nhilfe@acme.example",
        "よろしくお願いいたします。\n山田\nhilfe@acme.example",
        "감사합니다.\n홍길동\nhilfe@acme.example",
        "==========\nAda Example\nhilfe@acme.example",
        "Sent from Outlook for Android\nhilfe@acme.example",
        "-----Message d'origine-----\nDe : x\nhilfe@acme.example",
        "Le lun. 23 nov. 2026 à 10:00, GitLab <support@gitlab.com> a écrit :\n\nhilfe@acme.example",
        "2026년 11월 23일 (월) 10:00, GitLab <support@gitlab.com>님이 작성:\n\n> hilfe@acme.example",
        "Från: GitLab <support@gitlab.com>\nSkickat: idag\nTill: hilfe@acme.example\nÄmne: Re",
    ] {
        assert_eq!(
            ticked(json!(format!("{ask}\n\n{below}")), Value::Null),
            ["bo"],
            "{below}"
        );
    }
    assert_eq!(
        ticked(
            json!(format!(
                "{ask}\n\nRegards,\nAda\n\nPS: please add cy@acme.example too"
            )),
            Value::Null
        ),
        ["bo", "cy"]
    );
}

#[test]
fn html_shows_mentions_tables_and_quotations() {
    let of = |html: &str| ticked(Value::Null, json!(html));
    assert_eq!(
        of("<p>Please add <a href=\"mailto:bo@acme.example\">@Bo</a>.</p>"),
        ["bo"]
    );
    assert_eq!(
        of(
            "<p>Please add:</p><table><tr><th>Name</th><th>Mail</th></tr><tr><td>Bo</td><td>bo@acme.example</td></tr></table>"
        ),
        ["bo"]
    );
    assert_eq!(
        of(
            "<p>Please add bo@acme.example</p><div class=\"yahoo_quoted\"><div>On Mon, 23 Nov 2026, G &lt;support@gitlab.com&gt; wrote:</div><blockquote>eve@acme.example</blockquote></div>"
        ),
        ["bo"]
    );
}

#[test]
fn only_whom_a_sentence_means_is_ticked() {
    all_tick(
        &["bo"],
        &[
            "Please add bo@acme.example\n\nAda Example | Acme | desk@acme.example",
            "Please add bo@acme.example\n\nAda Example\ndesk@acme.example\n+49 30 1234",
            "Please add bo@acme.example\n\n* * *\nAda\ndesk@acme.example",
            "Please add bo@acme.example\n\nViele Grüße aus Berlin\nAda\ndesk@acme.example",
            "I am writing from ada@acme.example, please add bo@acme.example",
            "bo@acme.example 님을 추가해 주시고 eve@acme.example 님은 삭제해 주세요.",
            "请将 bo@acme.example 加入联系人，并删除 eve@acme.example。",
            "Users to be removed:\neve@acme.example\n\nUsers to be added:\nbo@acme.example",
            "Please add bo@acme.example as a contact. My manager boss@acme.example is in copy.",
            "Please add bo@acme.example\n\nIf you got this by mistake, tell legal@acme.example.",
            "Please grant bo@acme.example access to support",
            "Please add bo@acme.example, but not eve@acme.example",
            "Please add bo@acme.example rather than eve@acme.example",
            "eve@acme.example should no longer have access; add bo@acme.example",
            "No, please add bo@acme.example",
            "We have no contact yet, please add bo@acme.example",
            "Please add bo@acme.example as eve@acme.example is not available",
            "Please add bo@acme.example\nCheers, Ada\ndesk@acme.example",
            "Bitte bo@acme.example hinzufügen\n\nViele Grüße, Ada Example\ndesk@acme.example",
        ],
    );
    all_tick(
        &["bo", "cy"],
        &[
            "Please add:\n\n- bo@acme.example\n- cy@acme.example\n\nThanks!\nAda",
            "bo@acme.example, cy@acme.example",
        ],
    );
}

#[test]
fn the_beginning_that_all_keys_share_is_no_key() {
    all_give(
        &[],
        &[
            "eyJkYXRhIjoi",
            "Does our file have to begin with eyJkYXRhIjoi?",
            "The text starts with \"eyJkYXRhIjoi...\"",
            "Each of them has eyJkYXRhIjoi as its first letters and goes on for about forty lines after it",
        ],
    );
    let key = format!("eyJkYXRhIjoi{}", "QmxvY2s0".repeat(12));
    all_give(
        &["key"],
        &[&key, &format!("It starts with eyJkYXRhIjoi:\n\n{key}")],
    );
}

#[test]
fn what_is_called_the_old_one_or_none_of_ours_is_not_offered_first() {
    all_give(
        &["license_id:1048577"],
        &[
            "Our old license ID was 1987654, the new license ID is 1048577.",
            "Alte Lizenz-ID: 1987654\nLizenz-ID: 1048577",
            "El ID de la licencia anterior era 1987654. ID de la licencia: 1048577",
            "ID of the previous license: 1987654. License ID: 1048577",
            "**License ID: 1048577**",
        ],
    );
    all_give(
        &[],
        &[
            &format!("This is not our activation code: {CODE}"),
            &format!("Das ist kein Aktivierungscode: {CODE}"),
            &format!("Ce n'est pas le code d'activation : {CODE}"),
            &format!("No es el código de activación: {CODE}"),
            "License ID: 10485**",
        ],
    );
    all_give(
        &[&format!("code:{CODE}")],
        &[
            &format!("It does not work. Activation code: {CODE}"),
            &format!("The activation code {CODE} is not accepted"),
        ],
    );
}
