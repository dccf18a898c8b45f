//! Recognizing proof: what is found, what is not, and that no input can do harm. All fixtures are
//! made here.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, KeyIvInit};
use base64ct::{Base64, Encoding as _};
use proptest::prelude::*;
use serde_json::{Value, json};
use tether::evidence::file::FILE_MAX;
use tether::evidence::license_key::{KEY_MAX, MARK};
use tether::evidence::{
    ActivationCode, CutAt, Decoded, Encoding, Evidence, FOUND_MAX, FileError, Found, IdWarning,
    Kept, KeyError, KeyState, KeyText, Nothing, UsageExport, Work, agrees, cross_check, open_key,
    recognize, recognize_counting, recognize_file, recognize_pasted, why_nothing,
};
use tether::profile::PublicKey;
use tether::record::ids::{LicenseId, SubscriptionName};
use tether::record::{License, Shown};
use time::macros::date;

// --- a signed AES key, and licenses under it --------------------------------------------------------------------------

/// A key pair made for these tests. Its private half is not kept: one signed AES key is enough to write any license, which is also why a
/// decoded license proves nothing.
const TEST_KEY: &str = include_str!("license-test-key.pub.pem");

const AES_KEY: [u8; 16] = *b"0123456789abcdef";

/// [`AES_KEY`], signed with the private half of [`TEST_KEY`].
const SIGNED_AES_KEY: &str = "Jo1iKOkXEW/JxMxbfkz+DYy8MEqvKWdtvtb9bZLa622J+5saraGC1ZgM4wanbF5P/HZsZPvLZpn9CjYpAeZ7iXCcsZAWNtnun7hD2vNdk98Le22JTp5oN9Isnu3sa49j9jZtOnwzZRRE3Ve2rWqgB+2NeqUrwUsTlL+QNPZgl+33uAeu29VG5WDhIZmT86rdNAMocNHTpWizdp9gInMCKL7KzXfiX1FlvW2p5cujTQgn7TwOskwJiOWGcpIO6m7f8IrrMS7zSVP/SslaynhW197kmn0ZVMdMYOokh6lOnRYIQkXC1DMPkkakwyodzvD52sR0qvxciHJJlYsOEWEKHw==";

fn wrapped(bytes: &[u8]) -> String {
    let bare = Base64::encode_string(bytes);
    bare.as_bytes()
        .chunks(60)
        .map(|line| format!("{}\n", std::str::from_utf8(line).unwrap()))
        .collect()
}

fn encrypted(plain: &[u8], iv: [u8; 16]) -> Vec<u8> {
    let mut buffer = vec![0; plain.len() + 16];
    buffer[..plain.len()].copy_from_slice(plain);
    let cipher = cbc::Encryptor::<aes::Aes128>::new(&AES_KEY.into(), &iv.into());
    cipher
        .encrypt_padded::<Pkcs7>(&mut buffer, plain.len())
        .unwrap()
        .to_vec()
}

/// A license file: three base64 parts in JSON, in base64 once more.
fn file_of(data: &[u8], key: &[u8], iv: &[u8]) -> String {
    // By hand: the order of the parts is what makes all files begin alike.
    wrapped(
        format!(
            "{{\"data\":{},\"key\":{},\"iv\":{}}}",
            Value::from(wrapped(data)),
            Value::from(wrapped(key)),
            Value::from(wrapped(iv))
        )
        .as_bytes(),
    )
}

fn license(inner: &[u8]) -> String {
    file_of(
        &encrypted(inner, [9; 16]),
        &Base64::decode_vec(SIGNED_AES_KEY).unwrap(),
        &[9; 16],
    )
}

fn contents() -> Value {
    json!({
        "version": 1,
        "licensee": { "Name": "Nora Test", "Email": "nora@acme.example", "Company": "Acme, \"Söhne\" & Co" },
        "issued_at": "2026-01-15", "expires_at": "2027-01-15", "cloud_licensing_enabled": false, "offline_cloud_licensing_enabled": true,
        "restrictions": { "id": 410_233, "plan": "premium", "trial": false, "active_user_count": 75, "subscription_id": "8a12", "subscription_name": "A-S00099887" }
    })
}

fn paid() -> String {
    license(contents().to_string().as_bytes())
}

fn test_key() -> PublicKey {
    PublicKey::from_pem("test key", TEST_KEY).unwrap()
}

fn open(text: &str) -> Result<Decoded, KeyError> {
    open_key(
        key_in(text).key().unwrap(),
        &[PublicKey::published().unwrap(), test_key()],
    )
}

fn key_in(text: &str) -> Evidence {
    let found = recognize(text);
    assert_eq!(found.len(), 1, "{found:?} in {text}");
    found.into_iter().next().unwrap().evidence
}

fn ids(text: &str) -> Vec<u64> {
    pieces(recognize(text))
}

fn pieces(found: Vec<Found>) -> Vec<u64> {
    found
        .iter()
        .filter_map(|f| {
            if let Evidence::LicenseId { id, .. } = f.evidence {
                Some(id.get())
            } else {
                None
            }
        })
        .collect()
}

fn codes(text: &str) -> Vec<String> {
    let found = recognize(text);
    found
        .iter()
        .filter_map(|f| {
            if let Evidence::ActivationCode(c) = &f.evidence {
                Some(c.expose().to_owned())
            } else {
                None
            }
        })
        .collect()
}

// --- license keys -----------------------------------------------------------------------------------------------------

#[test]
fn a_license_key_opens_with_the_key_that_it_was_made_for() {
    let decoded = open(&paid()).unwrap();
    assert_eq!(
        decoded,
        Decoded {
            name: Some("Nora Test".into()),
            email: Some("nora@acme.example".into()),
            company: Some("Acme, \"Söhne\" & Co".into()),
            issued_at: Some(date!(2026 - 01 - 15)),
            expires_at: Some(date!(2027 - 01 - 15)),
            plan: Some("premium".into()),
            trial: Some(false),
            temporary_extension: false,
            id: Some(LicenseId::parse("410233").unwrap()),
            subscription_name: Some(SubscriptionName::parse("A-S00099887").unwrap()),
            subscription_id: Some("8a12".into()),
            active_user_count: Some(75),
            cloud: false,
            offline: true,
            opened_with: "test key".into(),
        }
    );
}

#[test]
fn the_built_in_key_is_the_one_that_gitlab_publishes() {
    use rsa::pkcs8::{Document, der::Decode};
    use rsa::sha2::{Digest, Sha256};
    let pem = include_str!("../../extension/keys/portal-license-key.pem");
    let (_, der) = Document::from_pem(pem.trim()).unwrap();
    assert!(Document::from_der(der.as_bytes()).is_ok());
    let digest: String = Sha256::digest(der.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(
        digest,
        "0404c81872c23c3efdb316b784949b1cdf1baa431de48e1233d67a436ab82833"
    );
    assert_eq!(
        PublicKey::published().unwrap().name(),
        "GitLab’s published key"
    );
}

#[test]
fn a_key_is_found_whatever_a_mail_program_or_a_spreadsheet_made_of_it() {
    let whole = paid();
    let joined = whole.replace('\n', "");
    let each = |f: &dyn Fn(&str) -> String| whole.lines().map(f).collect::<String>();
    let ways = [
        ("as written", whole.clone()),
        ("CRLF", whole.replace('\n', "\r\n")),
        ("lone CR", whole.replace('\n', "\r")),
        ("one line", joined.clone()),
        (
            "one line within a sentence",
            format!("Our key is {joined}, please check. Thanks"),
        ),
        ("quoted", each(&|l| format!("> {l}\n"))),
        (
            "quoted twice, spaces at the end",
            each(&|l| format!("> > {l}  \r\n")),
        ),
        ("double spaced", each(&|l| format!("{l}\n\n"))),
        ("indented", each(&|l| format!("    {l}\n"))),
        (
            "with no-break spaces",
            each(&|l| format!("\u{A0}{l}\u{A0}\n")),
        ),
        ("with line breaks' tags", each(&|l| format!("{l}<br>\n"))),
        (
            "wrapped at 40",
            joined
                .as_bytes()
                .chunks(40)
                .map(|c| format!("{}\n", std::str::from_utf8(c).unwrap()))
                .collect(),
        ),
        (
            "line breaks written out",
            format!("gitlab_license: \"{}\"", whole.replace('\n', "\\n")),
        ),
        (
            "without its padding",
            whole.trim_end().trim_end_matches('=').to_owned(),
        ),
        (
            "boundary lines",
            format!("-----BEGIN LICENSE-----\n{whole}-----END LICENSE-----\n"),
        ),
        (
            "boundary lines quoted",
            format!(
                "> --BEGIN\n{}> --END\n> Regards",
                each(&|l| format!("> {l}\n"))
            ),
        ),
        (
            "text around",
            format!(
                "Hello,\nhere it is:\n\n{whole}\nThanks and regards\nNora Test\nAcme Incorporated"
            ),
        ),
        ("text right below", format!("{whole}Thanks\nNora")),
        ("in a cell", format!("a;\"{whole}\";b\n")),
        ("fenced", format!("```\n{whole}```\n")),
    ];
    for (way, text) in ways {
        let Evidence::LicenseKey(key) = key_in(&text) else {
            panic!("{way}")
        };
        assert_eq!(key.state(), KeyState::Complete, "{way}");
        assert_eq!(key.expose_wrapped(), whole.trim_end(), "{way}");
        assert_eq!(
            open(&text).unwrap().company.as_deref(),
            Some("Acme, \"Söhne\" & Co"),
            "{way}"
        );
    }
}

#[test]
fn keys_of_every_length_end_in_the_right_place() {
    for filling in 0..60 {
        let mut inner = contents();
        inner["licensee"]["Name"] = Value::from("N".repeat(filling + 1));
        let text = format!("{}Thanks\n", license(inner.to_string().as_bytes()));
        let found = recognize(&text);
        assert_eq!(found.len(), 1);
        assert_eq!(
            text[found[0].range.end..].trim_start_matches(['=', '\n']),
            "Thanks\n",
            "{filling}"
        );
        assert_eq!(open(&text).unwrap().name.unwrap().len(), filling + 1);
        let bare = text.replace("Thanks\n", "").replace(['=', '\n'], "");
        assert_eq!(
            open(&format!("{bare} Thanks")).unwrap().name.unwrap().len(),
            filling + 1
        );
    }
}

#[test]
fn a_key_that_is_cut_off_is_named_so_wherever_it_ends() {
    let whole = paid();
    for lines in 1..whole.lines().count() - 1 {
        let cut: String = whole
            .lines()
            .take(lines)
            .map(|l| format!("{l}\n"))
            .collect();
        for after in [
            "",
            "\nThanks and best regards,\nNora Test of the Acme Incorporated company\n",
            "-----END LICENSE-----\n",
        ] {
            assert_eq!(
                open(&format!("{cut}{after}")),
                Err(KeyError::Truncated),
                "{lines} lines, then {after:?}"
            );
        }
    }
    assert_eq!(
        open("License key: eyJkYXRhIjoiYUJD..."),
        Err(KeyError::Truncated)
    );
}

#[test]
fn a_changed_key_is_never_opened_as_if_it_were_whole() {
    let whole = paid();
    let lines: Vec<&str> = whole.lines().collect();
    for skipped in 1..lines.len() - 1 {
        let text: String = lines
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != skipped)
            .map(|(_, l)| format!("{l}\n"))
            .collect();
        let result = open(&text);
        assert!(
            matches!(
                result,
                Err(KeyError::Garbled | KeyError::WrongKey | KeyError::NotALicense)
            ),
            "line {skipped}: {result:?}"
        );
    }
    let noise = whole.replacen(&lines[9][20..31], "@@#!~", 1);
    assert!(
        matches!(open(&noise), Err(KeyError::Garbled)),
        "{:?}",
        open(&noise)
    );
}

#[test]
fn what_only_begins_like_a_license_is_distinguished() {
    let other = |json: &str| open(&wrapped(json.as_bytes()));
    assert_eq!(
        other("{\"data\":\"x\",\"signature\":\"y\"}"),
        Err(KeyError::NotALicense)
    );
    assert_eq!(
        other("{\"data\":\"AAAA\",\"key\":7,\"iv\":\"AAAA\"}"),
        Err(KeyError::NotALicense)
    );
    assert_eq!(
        other("{\"data\":\"%%%%\",\"key\":\"AAAA\",\"iv\":\"AAAA\"}"),
        Err(KeyError::Garbled)
    );
    assert_eq!(
        open(&license(b"{\"product\":\"other\"}")),
        Err(KeyError::NotALicense)
    );
    assert_eq!(open(&license(b"[1,2]")), Err(KeyError::NotALicense));
    assert_eq!(open(&license(b"not JSON")), Err(KeyError::Garbled));
    assert_eq!(
        open(&license(format!("{}1", "[".repeat(40_000)).as_bytes())),
        Err(KeyError::TooLarge)
    );
    assert_eq!(
        open(&license(format!("{}1", "[".repeat(20_000)).as_bytes())),
        Err(KeyError::Garbled),
        "deep JSON"
    );
    assert_eq!(
        open(&format!("{MARK}{}", "Zm9v".repeat(KEY_MAX))),
        Err(KeyError::TooLarge)
    );
}

#[test]
fn a_key_of_another_signer_is_the_wrong_key() {
    let signed = Base64::decode_vec(SIGNED_AES_KEY).unwrap();
    let data = encrypted(contents().to_string().as_bytes(), [1; 16]);
    let mut changed = signed.clone();
    changed[100] ^= 1;
    assert_eq!(
        open(&file_of(&data, &changed, &[1; 16])),
        Err(KeyError::WrongKey)
    );
    assert_eq!(
        open(&file_of(&data, &signed[..255], &[1; 16])),
        Err(KeyError::WrongKey),
        "another size"
    );
    assert_eq!(
        open(&file_of(&data, &[0xFF; 256], &[1; 16])),
        Err(KeyError::WrongKey),
        "larger than the modulus"
    );
    assert_eq!(
        open(&file_of(&data, &[0; 256], &[1; 16])),
        Err(KeyError::WrongKey)
    );
    assert_eq!(
        open(&file_of(&data, &[], &[1; 16])),
        Err(KeyError::WrongKey)
    );
    assert_eq!(
        open(&file_of(&data, &signed, &[1; 15])),
        Err(KeyError::Garbled),
        "a short IV"
    );
    assert_eq!(
        open(&file_of(&data[..data.len() - 1], &signed, &[1; 16])),
        Err(KeyError::Garbled),
        "no whole blocks"
    );
    assert_eq!(
        open(&file_of(&[], &signed, &[1; 16])),
        Err(KeyError::Garbled)
    );
    let key = key_in(&paid()).key().unwrap().clone();
    assert_eq!(open_key(&key, &[]), Err(KeyError::WrongKey));
    assert_eq!(
        open_key(&key, &[PublicKey::published().unwrap()]),
        Err(KeyError::WrongKey)
    );
}

#[test]
fn values_of_other_types_are_taken_as_not_there() {
    let odd = json!({ "licensee": { "Name": 7, "Email": null, "Company": " \u{202E}a\nb " }, "issued_at": "15.01.2026", "starts_at": "2026-02-30",
        "expires_at": "2027-01-15T00:00:00Z", "restrictions": { "id": "410233", "trial": "no", "plan": [], "subscription_name": "A B" } });
    let decoded = open(&license(odd.to_string().as_bytes())).unwrap();
    assert_eq!(
        (decoded.name, decoded.email, decoded.plan, decoded.trial),
        (None, None, None, None)
    );
    assert_eq!(
        (decoded.issued_at, decoded.expires_at),
        (None, Some(date!(2027 - 01 - 15)))
    );
    assert_eq!(
        decoded.company.as_deref(),
        Some("\u{FFFD}a b"),
        "shown on one line, without marks that turn it around"
    );
    assert_eq!(decoded.id.map(LicenseId::get), Some(410_233));
    assert_eq!(decoded.subscription_name, None);
    let bare = open(&license(b"{\"licensee\":{}}")).unwrap();
    assert_eq!(
        (bare.id, bare.cloud, bare.trial_remark()),
        (None, false, None)
    );
}

#[test]
fn a_trial_that_is_or_may_be_an_extension_says_so() {
    let mut inner = contents();
    inner["restrictions"]["trial"] = true.into();
    let remark = |inner: &Value| {
        open(&license(inner.to_string().as_bytes()))
            .unwrap()
            .trial_remark()
    };
    assert!(
        remark(&inner)
            .unwrap()
            .contains("perhaps a temporary renewal extension")
    );
    inner["restrictions"]["temporary_extension"] = true.into();
    assert!(
        remark(&inner)
            .unwrap()
            .contains("the customer is a paying one")
    );
}

#[test]
fn every_error_says_what_is_wrong_and_what_to_do() {
    let errors = [
        KeyError::Truncated,
        KeyError::Garbled,
        KeyError::TooLarge,
        KeyError::NotALicense,
        KeyError::WrongKey,
        KeyError::BadPadding,
    ];
    let said: std::collections::BTreeSet<&str> = errors.iter().map(|e| e.says()).collect();
    assert_eq!(said.len(), errors.len(), "each its own");
    assert!(
        errors
            .iter()
            .all(|e| e.next().ends_with('.') && e.to_string() == e.says())
    );
}

#[test]
fn only_public_keys_are_taken_for_one() {
    for pem in [
        "",
        "x",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        &TEST_KEY.replace("PUBLIC", "PRIVATE"),
        &"A".repeat(10_000),
    ] {
        assert!(
            PublicKey::from_pem("profile’s key", pem)
                .unwrap_err()
                .to_string()
                .starts_with("profile’s key is not"),
            "{pem}"
        );
    }
    assert!(
        PublicKey::from_pem(
            "k",
            &format!("\r\n{}\r\n\r\n", TEST_KEY.replace('\n', "\r\n"))
        )
        .is_ok()
    );
}

#[test]
fn keys_are_hidden_from_debug_output_and_kept_whole() {
    let evidence = key_in(&paid());
    let key: &KeyText = evidence.key().unwrap();
    let secret = &key.expose()[20..60];
    assert!(!format!("{evidence:?}").contains(secret) && !evidence.label().contains(secret));
    let kept: Kept =
        serde_json::from_str(&serde_json::to_string(&evidence.kept()).unwrap()).unwrap();
    assert!(kept.is(&evidence));
}

#[test]
fn several_keys_are_each_found_once() {
    let mut inner = contents();
    inner["restrictions"]["id"] = 2.into();
    let second = license(inner.to_string().as_bytes());
    let text = format!(
        "First:\n{}\nthe other:\n{second}\nand the first again:\n{}",
        paid(),
        paid()
    );
    let found = recognize(&text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].line, 2);
    assert_eq!(text.lines().nth(found[1].line - 1), second.lines().next());
    // Nothing but a mark between: each ends where the next begins.
    let glued = format!("{}{}", paid().replace('\n', ""), second.replace('\n', ""));
    assert_eq!(recognize(&glued).len(), 2);
}

// --- usage exports ----------------------------------------------------------------------------------------------------

fn export(delimiter: char, end: &str) -> String {
    let d = delimiter;
    let mut text = format!("License Key{d}\"{}\"{end}", paid());
    for (label, value) in [
        ("Email", "nora@acme.example"),
        ("License Start Date", "2026-01-15"),
        ("License End Date", "2027-01-15"),
        ("Company", "\"Acme, \"\"Söhne\"\" & Co\""),
        ("Generated At", "2026-11-20 09:15:02"),
    ] {
        text += &format!("{label}{d}{value}{end}");
    }
    text += &format!("\"\"{d}\"\"{end}Date{d}Billable User Count{end}");
    for day in 1..=28 {
        text += &format!("2026-02-{day:02} 12:00:00{d}{}{end}", 60 + day);
    }
    text
}

fn export_in(found: &[Found]) -> &UsageExport {
    match found {
        [
            Found {
                evidence: Evidence::UsageExport(export),
                ..
            },
        ] => export,
        _ => panic!("{found:?}"),
    }
}

#[test]
fn an_export_is_read_in_every_form_that_a_spreadsheet_gives_it() {
    let utf16 = |text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = if mark {
            format!("\u{FEFF}{text}")
        } else {
            text.to_owned()
        };
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let latin = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    };
    for delimiter in [',', ';', '\t'] {
        for end in ["\n", "\r\n", "\r"] {
            let text = export(delimiter, end);
            let forms = [
                (Encoding::Utf8, text.clone().into_bytes()),
                (Encoding::Utf8, format!("\u{FEFF}{text}").into_bytes()),
                (Encoding::Utf8, text.trim_end().to_owned().into_bytes()),
                (Encoding::Utf16Le, utf16(&text, true, u16::to_le_bytes)),
                (Encoding::Utf16Be, utf16(&text, true, u16::to_be_bytes)),
                (Encoding::Utf16Le, utf16(&text, false, u16::to_le_bytes)),
                (Encoding::Utf16Be, utf16(&text, false, u16::to_be_bytes)),
                (Encoding::Windows1252, latin(&text)),
            ];
            for (encoding, bytes) in forms {
                let read = recognize_file(&bytes).unwrap();
                assert_eq!(read.encoding, encoding);
                let export = export_in(&read.found);
                assert_eq!(
                    export.company.as_deref(),
                    Some("Acme, \"Söhne\" & Co"),
                    "{encoding:?} {delimiter:?} {end:?}"
                );
                assert_eq!(export.email.as_deref(), Some("nora@acme.example"));
                assert_eq!(export.generated_at, Shown::Value(date!(2026 - 11 - 20)));
                assert_eq!(
                    (export.days, export.last_day, export.cut),
                    (28, Some(date!(2026 - 02 - 28)), None)
                );
                let decoded = open_key(&export.key, &[test_key()]).unwrap();
                assert_eq!(cross_check(export, &decoded), []);
            }
        }
    }
}

#[test]
fn a_cut_off_export_says_where_it_ends_and_keeps_a_whole_key() {
    let whole = export(',', "\n");
    let cut = |until: &str, more: usize| {
        let at = whole.find(until).unwrap() + more;
        let found = recognize(&whole[..at]);
        let export = export_in(&found).clone();
        (export.cut, open_key(&export.key, &[test_key()]).is_ok())
    };
    assert_eq!(cut(MARK, 700), (Some(CutAt::Key), false));
    assert_eq!(cut("Email", 0), (Some(CutAt::Rows), true));
    assert_eq!(cut("Company", 12), (Some(CutAt::Rows), true));
    assert_eq!(cut("Date,Billable", 6), (Some(CutAt::Rows), true));
    assert_eq!(cut("2026-02-28", 12), (Some(CutAt::Days), true));
    assert_eq!(cut("2026-02-28", 4), (Some(CutAt::Days), true));
    assert_eq!(
        cut("2026-02-28", 0),
        (None, true),
        "it ends with a whole line"
    );
    for cut in [CutAt::Key, CutAt::Rows, CutAt::Days] {
        assert!(cut.says().contains("cut off") && cut.next().ends_with('.'));
    }
}

#[test]
fn an_export_whose_rows_were_changed_is_caught_by_its_key() {
    let text = export(',', "\n")
        .replace("nora@acme.example", "mallory@evil.example")
        .replace("2027-01-15", "2029-01-15");
    let found = recognize(&text);
    let export = export_in(&found);
    let differences = cross_check(export, &open_key(&export.key, &[test_key()]).unwrap());
    let said: Vec<String> = differences
        .iter()
        .map(tether::evidence::RowDifference::says)
        .collect();
    assert_eq!(
        said,
        [
            "Email: the export’s row says mallory@evil.example, the license key in it says nora@acme.example",
            "License End Date: the export’s row says 2029-01-15, the license key in it says 2027-01-15",
        ]
    );
}

#[test]
fn an_export_pasted_into_a_comment_ends_where_its_table_does() {
    let text = format!(
        "Hi,\n\n{}\nBest regards\nlicense ID 1024001\n",
        export(',', "\n")
    );
    let found = recognize(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(text[found[0].range.end..].starts_with("\nBest regards"));
    assert_eq!(found[0].line, 3);
    assert_eq!(pieces(found), [1_024_001]);
}

#[test]
fn the_largest_export_is_read_to_its_last_day_and_a_larger_file_is_refused() {
    let mut text = export(',', "\n");
    while text.len() + 30 < FILE_MAX {
        text += "2026-03-01 12:00:00,12345\n";
    }
    let read = recognize_file(text.as_bytes()).unwrap();
    assert!(export_in(&read.found).days > 500_000);
    assert_eq!(export_in(&read.found).last_day, Some(date!(2026 - 03 - 01)));
    assert_eq!(
        recognize_file(&vec![b'x'; FILE_MAX + 1]),
        Err(FileError::TooLarge {
            bytes: FILE_MAX + 1
        })
    );
}

// --- files ------------------------------------------------------------------------------------------------------------

#[test]
fn files_that_are_no_text_are_named() {
    for (bytes, what) in [
        (b"%PDF-1.7\n".as_slice(), "PDF"),
        (b"\x89PNG\r\n\x1A\n", "picture"),
        (b"PK\x03\x04", "archive or spreadsheet"),
        (b"a\0b\0\0\0\0\0\x01\x02", "binary file"),
    ] {
        let error = recognize_file(bytes).unwrap_err();
        assert_eq!(error, FileError::NotText(what));
        assert!(error.says().contains(what) && error.next().ends_with('.'));
    }
    assert_eq!(recognize_file(b""), Err(FileError::Empty));
    assert_eq!(recognize_file(b"\xEF\xBB\xBF").unwrap().found, []);
}

#[test]
fn a_utf_8_file_that_is_cut_within_a_character_stays_utf_8() {
    let bytes = "license ID 1023999 for Müller".as_bytes();
    let cut = &bytes[..bytes.iter().position(|b| *b >= 0x80).unwrap() + 1];
    let read = recognize_file(cut).unwrap();
    assert_eq!(read.encoding, Encoding::Utf8);
    assert_eq!(pieces(read.found), [1_023_999]);
}

// --- license IDs ------------------------------------------------------------------------------------------------------

#[test]
fn license_ids_are_found_beside_their_labels() {
    for text in [
        "License ID: 1023999",
        "license id 1023999.",
        "Our licence no. is 1023999, thanks",
        "LICENSE NUMBER = 1023999",
        "license #1023999",
        "License No: #1023999",
        "the license (ID 1023999)",
        "license_id: 1023999",
        "licenseid: see license 1023999",
        "GitLab license: 1023999",
        "**License ID**: `1023999`",
        "| License ID | 1023999 |",
        "License ID\n1023999\n",
        "License ID\r\n\r\n1023999",
        "license\u{A0}ID:\u{A0}1023999",
        "https://customers.gitlab.com/admin/license/1023999",
        "1023999 is our GitLab license",
        "(1023999 is the license number)",
        "License details:\nName: Ada\nID: 1023999\nPlan: ultimate",
        "lic no 1023999",
        "> License ID: 1023999\n> Thanks",
        "license ID 1,023,999",
    ] {
        assert_eq!(ids(text), [1_023_999], "{text:?}");
    }
    assert_eq!(
        ids("license IDs 1023999, 1024001 and 712345; license 1023999 again"),
        [1_023_999, 1_024_001, 712_345]
    );
    assert_eq!(ids("licenses: 1023999,1024001"), [1_023_999, 1_024_001]);
}

#[test]
fn numbers_that_are_something_else_are_no_license_ids() {
    for text in [
        "We have 15000 users on our license",
        "license for 15000 users",
        "license: 15000 seats",
        "License: 20000 users",
        "Our license expires 2027-03-01",
        "License ID: 2026-03-01",
        "license 16.11.2",
        "license 10.50%",
        "license A-S00045678",
        "license number +1 555 123456",
        "license ID 12345678901",
        "license id abc12345",
        "license id 12345abc",
        "license 2026",
        "ticket 1023999",
        "sublicense 1023999",
        "licensed 1023999",
        "license2 10239",
        "user ID: 1023999",
        "License\nProject ID: 1023999",
        "license key 1023999",
        "order 1023999, license follows",
        "the price of 20000 license seats",
        "12345 licenses",
        "id 1023999",
        "license\n\n\n\n1023999",
        "Add LICENSE (#13)",
        "license &#39;Ada&#39;",
    ] {
        assert_eq!(ids(text), Vec::<u64>::new(), "{text:?}");
    }
}

#[test]
fn odd_license_ids_are_found_with_their_warning() {
    let warning = |text: &str| match &recognize(text)[..] {
        [
            Found {
                evidence: Evidence::LicenseId { warning, .. },
                ..
            },
        ] => *warning,
        found => panic!("{found:?}"),
    };
    assert_eq!(warning("license ID: 2"), Some(IdWarning::SmallLocal));
    assert_eq!(warning("license ID: 9999"), Some(IdWarning::SmallLocal));
    assert_eq!(warning("license ID: 10000"), None);
    for shared in ["118882", "71075", "1099015", "1099017"] {
        assert_eq!(
            warning(&format!("license {shared}")),
            Some(IdWarning::SharedByAws),
            "{shared}"
        );
    }
    assert_eq!(warning("license 1099016"), None);
    for w in [IdWarning::SmallLocal, IdWarning::SharedByAws] {
        assert!(w.says().ends_with('.') && w.next().ends_with('.'));
    }
}

#[test]
fn a_number_by_itself_is_a_license_id_when_pasted_only() {
    for text in [
        "1023999",
        " 1023999\n",
        "#1023999",
        "\"1023999\".",
        "\u{FEFF}1023999",
    ] {
        let found = recognize_pasted(text);
        assert_eq!(&text[found[0].range.clone()], "1023999");
        assert_eq!(pieces(found), [1_023_999], "{text:?}");
        assert_eq!(
            ids(text),
            Vec::<u64>::new(),
            "in a comment it may be anything"
        );
    }
    assert_eq!(pieces(recognize_pasted("2")), [2]);
    for text in ["", "0", "-5", "10 23999", "12345678901", "1.5"] {
        assert_eq!(recognize_pasted(text), [], "{text:?}");
    }
    assert_eq!(recognize_pasted("\n\n1023999")[0].line, 3);
}

// --- activation codes -------------------------------------------------------------------------------------------------

const CODE: &str = "Ab3dEfGh1jKlMn0pQrStUvWx";

#[test]
fn activation_codes_are_found_whatever_surrounds_them() {
    for text in [
        CODE.to_owned(),
        format!("Our code: {CODE}."),
        format!("activation code is \"{CODE}\", thanks"),
        format!("({CODE})"),
        format!("`{CODE}`"),
        format!("activation_code={CODE}"),
        format!("Code:\n{CODE}\nRegards"),
        format!("> {CODE}\r\n"),
        format!("<b>{CODE}</b>"),
        format!("https://gitlab.example/admin?activation_code={CODE}"),
    ] {
        assert_eq!(codes(&text), [CODE], "{text}");
    }
    let less_mixed = "abcdefABCD7efghEFGHklmKLM";
    assert_eq!(
        codes(&format!("Cloud activation code: {}", &less_mixed[..24])),
        [&less_mixed[..24]],
        "named as one"
    );
    let one_digit = "AbCdeFghIjKlmNoPqrStUvW4";
    assert_eq!(codes(&format!("our code is {one_digit}")), [one_digit]);
    assert_eq!(
        codes(&format!("Hello,\n> {one_digit}\nRegards")),
        [one_digit],
        "on a line of its own"
    );
    assert_eq!(
        codes(&format!("see {one_digit} there")),
        Vec::<String>::new()
    );
    assert_eq!(codes(&less_mixed[..24]), Vec::<String>::new());
    assert_eq!(recognize_pasted(&less_mixed[..24]).len(), 1, "by itself");
    assert_eq!(codes(&format!("{CODE} {CODE}")), [CODE], "once");
}

#[test]
fn hashes_base64_words_and_addresses_are_no_activation_codes() {
    for text in [
        "507f1f77bcf86cd799439011".to_owned(),
        "507F1F77BCF86CD799439011".to_owned(),
        "da39a3ee5e6b4b0d3255bfef95601890afd80709".to_owned(),
        "123456789012345678901234".to_owned(),
        "internationalizationtest".to_owned(),
        "InternationalizationTest".to_owned(),
        "GetUserById2AndSomething".to_owned(),
        "KubernetesClusterManager".to_owned(),
        "myVariableNameIsLong1234".to_owned(),
        "ABCDEFGH1234IJKLMNOP5678".to_owned(),
        "F64FromOptionSentinelF32".to_owned(),
        "DecipherChaCha20Poly1305".to_owned(),
        format!("{CODE}="),
        format!("{CODE}=="),
        format!("{CODE}+x"),
        format!("/{CODE}"),
        format!("x-{CODE}"),
        format!("{CODE}_1"),
        format!("{CODE}.png"),
        format!("{CODE}a"),
        format!("é{CODE}"),
        format!("https://files.example/get?token={CODE}"),
        format!("activation:\u{A0}https://files.example/get?token={CODE}"),
        "activation of GetUserById2AndSomething".to_owned(),
        format!(
            "{}\n{CODE}\n",
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w"
        ),
        format!(
            "{CODE}\n{}\n",
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w"
        ),
    ] {
        assert_eq!(codes(&text), Vec::<String>::new(), "{text}");
    }
    for text in [
        "507f1f77bcf86cd799439011",
        "InternationalizationTest",
        "123456789012345678901234",
        "Ab3dEfGh1jKlMn0pQrStUvW",
        "Ab3dEfGh1jKlMn0pQrStUvW-",
    ] {
        assert_eq!(ActivationCode::parse(text), None, "{text}");
    }
}

#[test]
fn an_activation_code_never_shows_itself_and_is_kept_masked() {
    let evidence = key_in(CODE);
    let Evidence::ActivationCode(code) = &evidence else {
        panic!("{evidence:?}")
    };
    let kept = serde_json::to_string(&evidence.kept()).unwrap();
    for shown in [
        format!("{evidence:?}"),
        format!("{code}"),
        evidence.label(),
        kept.clone(),
        format!("{:?}", recognize(CODE)),
    ] {
        assert!(!shown.contains(&CODE[2..22]), "{shown}");
        assert!(shown.contains("Ab…Wx"), "{shown}");
    }
    let kept: Kept = serde_json::from_str(&kept).unwrap();
    assert!(kept.is(&evidence));
    assert!(!kept.is(&key_in(&format!("Zz{}", &CODE[2..]))));
}

// --- the rest ---------------------------------------------------------------------------------------------------------

#[test]
fn only_what_both_show_is_compared_with_the_record() {
    let decoded = open(&paid()).unwrap();
    let mut record = License {
        id: LicenseId::parse("410233").unwrap(),
        trial: Shown::Absent,
        subscription_name: Shown::Unreadable("?".into()),
        name: Shown::Value("NORA  test".into()),
        company: Shown::Absent,
        email: Shown::Value("Nora@Acme.example".into()),
        plan: Shown::Value("ultimate".into()),
        starts_at: Shown::Absent,
        expires_at: Shown::Value(tether::day::Day::plain(date!(2027 - 01 - 15))),
        key: None,
    };
    assert_eq!(
        agrees(&decoded, &record),
        [],
        "case and spaces do not matter"
    );
    record.company = Shown::Value("Acme".into());
    record.trial = Shown::Value(true);
    record.expires_at = Shown::Value(tether::day::Day::plain(date!(2027 - 01 - 16)));
    let said: Vec<String> = agrees(&decoded, &record)
        .iter()
        .map(tether::evidence::Difference::says)
        .collect();
    assert_eq!(
        said,
        [
            "company: the file says Acme, \"Söhne\" & Co, the portal says Acme",
            "expiry: the file says 2027-01-15, the portal says 2027-01-16",
            "trial: the file says no, the portal says yes",
        ]
    );
}

#[test]
fn text_without_evidence_is_named_if_it_is_known() {
    for (text, what) in [
        (" \n", Nothing::Empty),
        ("glpat-x1y2", Nothing::AccessToken),
        ("eyJhbGciOiJIUzI1NiJ9.e30.x", Nothing::WebToken),
        ("-----BEGIN CERTIFICATE-----", Nothing::Certificate),
        ("ssh-ed25519 AAAA", Nothing::Certificate),
        ("507f1f77bcf86cd799439011", Nothing::Hexadecimal),
        ("Hello", Nothing::Other),
    ] {
        assert_eq!(recognize_pasted(text), [], "{text}");
        assert_eq!(why_nothing(text), what, "{text}");
        assert!(what.says().ends_with('.') && what.next().ends_with('.'));
    }
}

#[test]
fn several_kinds_of_evidence_are_listed_in_the_texts_order() {
    let text = format!(
        "License ID 1023999\ncode {CODE}\n{}\nlicense no 7\n",
        paid()
    );
    let found = recognize(&text);
    let kinds: Vec<(&str, usize)> = found.iter().map(|f| (f.evidence.kind(), f.line)).collect();
    let last = text.lines().count();
    assert_eq!(
        kinds,
        [
            ("License ID", 1),
            ("Cloud activation code", 2),
            ("License key", 3),
            ("License ID", last)
        ]
    );
    assert_eq!(&text[found[0].range.clone()], "1023999");
    assert_eq!(&text[found[1].range.clone()], CODE);
}

// --- nothing can hurt -------------------------------------------------------------------------------------------------

/// Searches `text` and checks that the work stays in proportion: it counts examined bytes, not
/// time.
fn bounded(text: &str) -> Vec<Found> {
    let mut work = Work::default();
    let found = recognize_counting(text, &mut work);
    let allowed = 40 * text.len() as u64 + 4096;
    assert!(
        work.bytes() <= allowed,
        "{} bytes looked at for {}: {:?}…",
        work.bytes(),
        text.len(),
        text.chars().take(40).collect::<String>()
    );
    assert!(found.len() <= FOUND_MAX);
    for piece in &found {
        assert!(
            text.get(piece.range.clone()).is_some(),
            "a range of whole characters"
        );
        assert!(
            piece
                .evidence
                .key()
                .is_none_or(|k| k.expose().len() <= KEY_MAX)
        );
    }
    found
}

#[test]
fn fifteen_megabytes_of_anything_take_work_in_proportion() {
    let key = paid();
    let patterns = [
        "A",
        " ",
        "\n",
        ">",
        "1",
        "é",
        "\"",
        "--",
        "<",
        "\\n",
        MARK,
        "eyJkYXRhIjoi\n",
        "> eyJkYXRhIjoi x\n",
        "License Key,eyJkYXRhIjoi\n",
        "License Key,\"eyJkYXRhIjoiIn0\"\n",
        "lic ",
        "lic\n",
        "license 1 ",
        "license no ",
        "license is is is is is ",
        "id: 12345\nlicense\n",
        "1234567 license ",
        "license no,,,,,,,,,,,,,,,,,,,,,",
        "Ab3dEfGh1jKlMn0pQrStUvWx ",
        "Ab3dEfGh1jKlMn0pQrStUvWx\n",
        "glpat-",
        "eyJkYXRhIjoiW1tbW1tb",
        &key,
        &format!("License Key,{key}"),
    ];
    for (n, pattern) in patterns.into_iter().enumerate() {
        // The work is counted, so a fifteenth of the largest file proves the proportion as well.
        let size = if n < 2 { FILE_MAX } else { FILE_MAX / 15 };
        let text = pattern.repeat(size / pattern.len());
        let found = bounded(&text);
        if let Some(Found { evidence, .. }) = found.first()
            && let Some(key) = evidence.key()
        {
            let _ = open_key(key, &[test_key()]);
        }
    }
    // Behind a mark, once.
    for pattern in ["W1tb", "A", "\n", ">", "x y ", "--\n"] {
        bounded(&format!(
            "License Key,{MARK}{}",
            pattern.repeat(FILE_MAX / pattern.len() / 10)
        ));
    }
}

/// Text made of what the recognizers look for, in any order.
fn pieces_of_evidence() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(paid()),
        Just(paid()[..900].to_owned()),
        Just(MARK.to_owned()),
        Just(CODE.to_owned()),
        Just("License Key,\"".to_owned()),
        Just("\",\nEmail;x\nDate,Billable User Count\n2026-01-01,5\n".to_owned()),
        Just("license ".to_owned()),
        Just("ID: ".to_owned()),
        Just("-----END\n".to_owned()),
        Just("> ".to_owned()),
        Just("\r\n".to_owned()),
        Just("\u{A0}é\u{202E}".to_owned()),
        "[0-9]{1,12}",
        "[A-Za-z0-9+/=]{1,80}",
        "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        let _ = recognize_file(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        bounded(&text);
        let _ = (recognize_pasted(&text), why_nothing(&text), PublicKey::from_pem("k", &text));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in pieces_of_evidence()) {
        let found = bounded(&text);
        let _ = (recognize_pasted(&text), why_nothing(&text));
        for piece in &found {
            if let Some(key) = piece.evidence.key() {
                let _ = open_key(key, &[test_key()]);
            }
            prop_assert!(piece.evidence.kept().is(&piece.evidence));
        }
        let lines: Vec<usize> = found.iter().map(|f| f.line).collect();
        prop_assert!(lines.iter().all(|line| *line >= 1));
    }

    #[test]
    fn no_contents_of_a_license_make_it_panic(inner in proptest::collection::vec(any::<u8>(), 0..300), iv in any::<[u8; 16]>()) {
        let signed = Base64::decode_vec(SIGNED_AES_KEY).unwrap();
        let _ = open(&file_of(&encrypted(&inner, iv), &signed, &iv));
        let _ = open(&file_of(&inner, &signed, &iv));
        let _ = open(&file_of(&inner, &inner, &inner));
    }
}
