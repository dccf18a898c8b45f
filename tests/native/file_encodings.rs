//! Text files in the encodings that customers' systems still write. Tether decodes UTF-8, UTF-16 and what a page, a mail or ISO-2022-JP
//! says of itself; of any other encoding only the ASCII letters and digits are certain.

use tether::evidence::{Encoding, recognize_file};

use crate::ticket_texts::short;

/// An encoding, a greeting in it, and a license ID behind its label in that language.
const FILES: &[(&str, &[u8], &[u8])] = &[
    (
        "GBK",
        b"\xC4\xFA\xBA\xC3\xA3\xAC\xB8\xBD\xBC\xFE\xCA\xC7\xCE\xD2\xC3\xC7\xB5\xC4\xD0\xED\xBF\xC9\xD6\xA4\xD0\xC5\xCF\xA2\xA1\xA3\xB9\xAB\xCB\xBE\xA3\xBA\xC1\xD6\xCA\xCF\xD0\xA1\xB2\xBF\xBC\xFE\xD3\xD0\xCF\xDE\xB9\xAB\xCB\xBE\r\n",
        b"\xD0\xED\xBF\xC9\xD6\xA4 ID\xA3\xBA1203847\r\n",
    ),
    (
        "GB18030 with characters of four bytes",
        b"\xB9\xAB\xCB\xBE\xA3\xBA\x819\xEE9\x819\xEF0 \x952\x826 \xD3\xD0\xCF\xDE\xB9\xAB\xCB\xBE\r\n",
        b"\xD0\xED\xBF\xC9\xD6\xA4ID 1203847\r\n",
    ),
    (
        "Shift_JIS",
        b"\x82\xA8\x90\xA2\x98b\x82\xC9\x82\xC8\x82\xC1\x82\xC4\x82\xA8\x82\xE8\x82\xDC\x82\xB7\x81B\x83\\\x83t\x83g\x83E\x83F\x83A\x95\\\x8E\xA6\x94\\\x97\xCD\r\n",
        b"\x83\x89\x83C\x83Z\x83\x93\x83XID\x81F1203847\r\n",
    ),
    (
        "EUC-JP",
        b"\xA4\xAA\xC0\xA4\xCF\xC3\xA4\xCB\xA4\xCA\xA4\xC3\xA4\xC6\xA4\xAA\xA4\xEA\xA4\xDE\xA4\xB9\xA1\xA3\r\n",
        b"\xA5\xE9\xA5\xA4\xA5\xBB\xA5\xF3\xA5\xB9ID\xA1\xA71203847\r\n",
    ),
    (
        "ISO-2022-JP",
        b"\x1B$B$*@$OC$K$J$C$F$*$j$^$9!#3t<02q<R%&%#%8%'%C%H\x1B(B\r\n",
        b"\x1B$B%i%$%;%s%9\x1B(BID\x1B$B!'\x1B(B1203847\r\n",
    ),
    (
        "EUC-KR",
        b"\xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF\xE4. \xC0\xA7\xC1\xAC \xC1\xD6\xBD\xC4\xC8\xB8\xBB\xE7\xC0\xD4\xB4\xCF\xB4\xD9.\r\n",
        b"\xB6\xF3\xC0\xCC\xBC\xB1\xBD\xBA ID: 1203847\r\n",
    ),
    (
        "Big5",
        b"\xB1z\xA6n\xA1A\xAA\xFE\xA5\xF3\xAC\xB0\xB1\xC2\xC5v\xB8\xEA\xB0T\xA1A\xA5\\\xAF\xE0\xB3\\\xA5i\r\n",
        b"\xB1\xC2\xC5v ID\xA1G1203847\r\n",
    ),
    (
        "windows-1251",
        b"\xC7\xE4\xF0\xE0\xE2\xF1\xF2\xE2\xF3\xE9\xF2\xE5! \xCE\xCE\xCE \xAB\xC2\xE8\xE4\xE6\xE5\xF2\xFB\xBB\r\n",
        b"ID \xEB\xE8\xF6\xE5\xED\xE7\xE8\xE8: 1203847\r\n",
    ),
    (
        "KOI8-R",
        b"\xFA\xC4\xD2\xC1\xD7\xD3\xD4\xD7\xD5\xCA\xD4\xC5! \xEF\xEF\xEF\r\n",
        b"ID \xCC\xC9\xC3\xC5\xCE\xDA\xC9\xC9: 1203847\r\n",
    ),
    (
        "windows-1252",
        b"Gr\xFC\xDFe aus K\xF6ln \x96 25 \x80\r\n",
        b"Lizenz-ID: 1203847\r\n",
    ),
    (
        "windows-1250",
        b"Dzie\xF1 dobry, sp\xF3\xB3ka z o.o.\r\n",
        b"Identyfikator licencji: 1203847\r\n",
    ),
];

const ID: &str = "license_id:1203847";
const CODE: &str = "code:Kp4mTz7QbW2nXs9LcV6dHy3R";

fn found(file: &[u8]) -> Vec<String> {
    let read = recognize_file(file).unwrap();
    read.found.iter().map(|f| short(&f.evidence)).collect()
}

#[test]
fn a_license_id_and_a_code_named_in_ascii_are_found_in_a_file_of_any_encoding() {
    for (encoding, greeting, _) in FILES {
        let file = [greeting, b"License ID: 1203847\r\n".as_slice(), greeting].concat();
        assert_eq!(found(&file), [ID], "{encoding}");
        let code = b"Activation code: Kp4mTz7QbW2nXs9LcV6dHy3R\r\n".as_slice();
        assert_eq!(found(&[greeting, code].concat()), [CODE], "{encoding}");
    }
}

#[test]
fn a_label_that_cannot_be_decoded_never_leads_to_another_number() {
    for (encoding, greeting, label) in FILES {
        let file = [greeting, *label, b"Tel. 030 1203848, 25000\r\n"].concat();
        let found = found(&file);
        assert!(found.iter().all(|one| one == ID), "{encoding}: {found:?}");
    }
}

#[test]
fn only_unicode_is_said_to_be_certain() {
    for (encoding, greeting, label) in FILES {
        let read = recognize_file(&[greeting, *label].concat()).unwrap();
        assert!(!read.encoding.is_unicode(), "{encoding}");
    }
}

#[test]
fn utf_16_is_read_with_and_without_its_mark_whatever_the_script() {
    type Bytes = fn(u16) -> [u8; 2];
    let orders: [(Encoding, Bytes); 2] = [
        (Encoding::Utf16Le, u16::to_le_bytes),
        (Encoding::Utf16Be, u16::to_be_bytes),
    ];
    for text in [
        "License ID: 1203847\r\n",
        "ライセンスID：1203847\r\nお世話になっております。\r\n",
        "许可证 ID：1203847\r\n附件\r\n",
        "라이선스 ID: 1203847\r\n",
        "ID лицензии: 1203847\r\n",
    ] {
        for (encoding, bytes) in orders {
            for mark in ["\u{FEFF}", ""] {
                let file: Vec<u8> = format!("{mark}{text}")
                    .encode_utf16()
                    .flat_map(bytes)
                    .collect();
                let read = recognize_file(&file);
                // Without the mark, a text with next to no ASCII may not be told from a binary file.
                let Ok(read) = read else {
                    assert!(mark.is_empty(), "{encoding:?}: {text}");
                    continue;
                };
                let found: Vec<String> = read.found.iter().map(|f| short(&f.evidence)).collect();
                assert_eq!(found, [ID], "{encoding:?} {mark:?}: {text}");
                assert_eq!(read.encoding, encoding);
            }
        }
    }
}

/// The name by which a page or a mail calls an encoding of [`FILES`].
fn charset(encoding: &str) -> &str {
    match encoding.split(' ').next().unwrap() {
        "GB18030" => "gb18030",
        name => name,
    }
}

#[test]
fn a_page_that_names_its_encoding_is_read_in_it() {
    for (encoding, greeting, label) in FILES {
        let charset = charset(encoding);
        for meta in [
            format!("<html><head><meta charset=\"{charset}\"></head><body><p>"),
            format!(
                "<!DOCTYPE html>\r\n<html><head><META http-equiv=Content-Type content=\"text/html; charset={charset}\"></head><p>"
            ),
        ] {
            let file = [meta.as_bytes(), greeting, b"</p>\n", label].concat();
            assert_eq!(found(&file), [ID], "{encoding}");
            assert_eq!(recognize_file(&file).unwrap().encoding, Encoding::Declared);
        }
    }
}

/// A mail with this text as one of its parts.
fn mail(charset: &str, transfer: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: Ada <ada@acme.example>\r\nTo: support@gitlab.com\r\nSubject: =?{charset}?B?gqA=?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=\"{charset}\"\r\n\
         Content-Transfer-Encoding: {transfer}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n--b--\r\n"].concat()
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|byte| match byte {
            b'\r' | b'\n' => vec![*byte],
            byte => format!("={byte:02X}").into_bytes(),
        })
        .collect()
}

#[test]
fn a_mail_is_read_in_the_encoding_that_its_part_names() {
    use base64ct::{Base64, Encoding as _};
    for (encoding, greeting, label) in FILES {
        let charset = charset(encoding);
        let body = [*greeting, *label].concat();
        let base64 = Base64::encode_string(&body).into_bytes();
        for file in [
            mail(charset, "8bit", &body),
            mail(charset, "base64", &base64),
            mail(charset, "quoted-printable", &quoted_printable(&body)),
        ] {
            assert_eq!(found(&file), [ID], "{encoding}");
        }
    }
}

#[test]
fn a_mail_within_a_mail_is_read_in_its_own_encoding() {
    for (encoding, greeting, label) in FILES {
        let inner = mail(charset(encoding), "8bit", &[*greeting, *label].concat());
        let outer = b"From: Bo <bo@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n\
            --outer\r\nContent-Type: message/rfc822\r\n\r\n";
        let file = [outer.as_slice(), &inner, b"\r\n--outer--\r\n"].concat();
        assert_eq!(found(&file), [ID], "{encoding}");
    }
}

#[test]
fn iso_2022_jp_says_itself_what_it_is() {
    let (_, greeting, label) = FILES
        .iter()
        .find(|(name, ..)| *name == "ISO-2022-JP")
        .unwrap();
    let file = [*greeting, *label].concat();
    assert_eq!(found(&file), [ID]);
    assert_eq!(recognize_file(&file).unwrap().encoding, Encoding::Declared);
}

#[test]
fn an_older_encoding_never_makes_an_export_look_changed() {
    use tether::evidence::Evidence;
    let key = std::iter::repeat_n("eyJkYXRhIjoiA".to_owned() + &"A".repeat(47), 12)
        .collect::<Vec<_>>()
        .join("\n");
    let export = |company: &[u8]| {
        let head = format!("License Key,\"{key}\n\"\nEmail,ada@acme.example\nCompany,");
        let tail = b"\nDate,Billable User Count\n2026-11-01,12\n";
        [head.as_bytes(), company, tail].concat()
    };
    let exact = |file: &[u8]| {
        let read = recognize_file(file).unwrap();
        let first = read.found.into_iter().next().unwrap().evidence;
        match first {
            Evidence::UsageExport(export) => export.exact,
            other => panic!("{other:?}"),
        }
    };
    assert!(exact(&export(b"Acme")), "without any doubt");
    for (encoding, greeting, _) in FILES {
        let company = greeting.trim_ascii_end();
        let charset = charset(encoding);
        assert!(
            !exact(&mail(charset, "8bit", &export(company))),
            "{encoding}"
        );
        if *encoding != "ISO-2022-JP" {
            assert!(!exact(&export(company)), "{encoding}");
        }
    }
}
