//! Every sample of license files and usage exports, with its true values.
//!
//! The samples are in `../shared/samples`, or in `TETHER_SAMPLES`. Without them, these tests say so
//! and pass.

use std::fs;
use std::path::{Path, PathBuf};

use tether::evidence::{
    CutAt, Decoded, Encoding, Evidence, FileRead, KeyError, KeyState, UsageExport, agrees,
    cross_check, open_key, recognize_file,
};
use tether::profile::PublicKey;
use tether::record::ids::{LicenseId, SubscriptionName};
use tether::record::{License, Shown};
use time::{Date, macros::date};

const TODAY: Date = date!(2026 - 11 - 24);

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TETHER_SAMPLES").map(PathBuf::from);
    let folder = named
        .clone()
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples"));
    if !folder.is_dir() {
        assert!(
            named.is_none(),
            "TETHER_SAMPLES names {}, which is no folder",
            folder.display()
        );
        eprintln!(
            "SKIPPED: no samples at {} (set TETHER_SAMPLES)",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn read(folder: &Path, name: &str) -> FileRead {
    recognize_file(&fs::read(folder.join(name)).unwrap()).unwrap()
}

fn only(read: &FileRead) -> &Evidence {
    assert_eq!(read.found.len(), 1, "{:?}", read.found);
    &read.found[0].evidence
}

fn keys(folder: &Path) -> Vec<PublicKey> {
    let pem = fs::read_to_string(folder.join("sample_public.pem")).unwrap();
    vec![
        PublicKey::published().unwrap(),
        PublicKey::from_pem("samples' key", &pem).unwrap(),
    ]
}

fn opened(folder: &Path, name: &str) -> Decoded {
    open_key(only(&read(folder, name)).key().unwrap(), &keys(folder)).unwrap()
}

fn name(text: &str) -> SubscriptionName {
    SubscriptionName::parse(text).unwrap()
}

fn paid() -> Decoded {
    Decoded {
        name: Some("Ada Example".into()),
        email: Some("ada.example@widgets.example".into()),
        company: Some("Widgets Über GmbH".into()),
        issued_at: Some(date!(2026 - 03 - 01)),
        expires_at: Some(date!(2027 - 03 - 01)),
        plan: Some("ultimate".into()),
        trial: Some(false),
        temporary_extension: false,
        id: Some(LicenseId::parse("1023999").unwrap()),
        subscription_name: Some(name("A-S00045678")),
        subscription_id: Some("8a1283a58f1c0001018f2d0c5e4b1a2b".into()),
        active_user_count: Some(250),
        cloud: true,
        offline: true,
        opened_with: "samples' key".into(),
    }
}

/// The portal's record of the paid license.
fn record() -> License {
    License {
        id: LicenseId::parse("1023999").unwrap(),
        trial: Shown::Value(false),
        subscription_name: Shown::Value(name("A-S00045678")),
        name: Shown::Value("Ada Example".into()),
        company: Shown::Value("Widgets Über GmbH".into()),
        email: Shown::Value("ada.example@widgets.example".into()),
        plan: Shown::Value("ultimate".into()),
        starts_at: Shown::Value(tether::day::Day::plain(date!(2026 - 03 - 01))),
        expires_at: Shown::Value(tether::day::Day::plain(date!(2027 - 03 - 01))),
        key: None,
    }
}

#[test]
fn the_paid_license_opens_as_a_file_with_boundary_lines_and_out_of_a_mail() {
    let Some(folder) = folder() else { return };
    for file in [
        "paid.gitlab-license",
        "paid_crlf_boundary.gitlab-license",
        "paid_email_mangled.txt",
    ] {
        assert!(
            matches!(only(&read(&folder, file)), Evidence::LicenseKey(_)),
            "{file}"
        );
        let decoded = opened(&folder, file);
        assert_eq!(decoded, paid(), "{file}");
        assert_eq!(decoded.is_expired(TODAY), Some(false));
        assert_eq!(decoded.trial_remark(), None);
        assert_eq!(agrees(&decoded, &record()), [], "{file}");
    }
    assert_eq!(read(&folder, "paid_email_mangled.txt").found[0].line, 2);
    assert_eq!(
        read(&folder, "paid_crlf_boundary.gitlab-license").found[0].line,
        2
    );
}

#[test]
fn the_paid_license_is_filled_into_validate_license_as_gitlab_wrote_it() {
    let Some(folder) = folder() else { return };
    let written = fs::read_to_string(folder.join("paid.gitlab-license")).unwrap();
    for file in [
        "paid.gitlab-license",
        "paid_crlf_boundary.gitlab-license",
        "paid_email_mangled.txt",
        "usage_old_2020.csv",
    ] {
        assert_eq!(
            only(&read(&folder, file)).key().unwrap().expose_wrapped(),
            written.trim_end(),
            "{file}"
        );
    }
}

#[test]
fn the_trial_says_so_and_names_no_subscription() {
    let Some(folder) = folder() else { return };
    let trial = opened(&folder, "trial.gitlab-license");
    assert_eq!(trial.company.as_deref(), Some("Trial Co"));
    assert_eq!(trial.id, Some(LicenseId::parse("1024001").unwrap()));
    assert_eq!(
        (
            trial.trial,
            trial.subscription_name.as_ref(),
            trial.subscription_id.as_ref()
        ),
        (Some(true), None, None)
    );
    assert!(
        trial
            .trial_remark()
            .unwrap()
            .contains("temporary renewal extension")
    );
    assert_eq!(trial.expires_at, Some(date!(2026 - 12 - 10)));
    assert_eq!(trial.is_expired(TODAY), Some(false));
}

#[test]
fn the_expired_license_opens_and_has_expired_on_its_day() {
    let Some(folder) = folder() else { return };
    let expired = opened(&folder, "expired.gitlab-license");
    assert_eq!(expired.company.as_deref(), Some("Past, Inc."));
    assert_eq!(expired.id, Some(LicenseId::parse("712345").unwrap()));
    assert_eq!(expired.subscription_name, Some(name("A-S00012345")));
    assert_eq!(expired.plan.as_deref(), Some("premium"));
    assert_eq!(expired.is_expired(TODAY), Some(true));
    assert_eq!(expired.is_expired(date!(2024 - 05 - 01)), Some(true));
    assert_eq!(expired.is_expired(date!(2024 - 04 - 30)), Some(false));
}

#[test]
fn the_garbled_license_is_recognized_and_named_garbled() {
    let Some(folder) = folder() else { return };
    let file = read(&folder, "garbled.gitlab-license");
    let key = only(&file).key().unwrap();
    assert_eq!(key.state(), KeyState::Garbled);
    assert_eq!(open_key(key, &keys(&folder)), Err(KeyError::Garbled));
}

#[test]
fn no_sample_opens_with_the_published_key_alone() {
    let Some(folder) = folder() else { return };
    let published = [PublicKey::published().unwrap()];
    for file in [
        "paid.gitlab-license",
        "trial.gitlab-license",
        "expired.gitlab-license",
        "forged_same_key.gitlab-license",
    ] {
        assert_eq!(
            open_key(only(&read(&folder, file)).key().unwrap(), &published),
            Err(KeyError::WrongKey),
            "{file}"
        );
    }
}

#[test]
fn a_forged_license_opens_like_a_genuine_one_and_only_the_record_shows_it() {
    let Some(folder) = folder() else { return };
    let forged = opened(&folder, "forged_same_key.gitlab-license");
    assert_eq!(forged.id, Some(LicenseId::parse("999999999").unwrap()));
    assert_eq!(forged.company.as_deref(), Some("Victim Corp"));
    let differences = agrees(&forged, &record());
    let fields: Vec<&str> = differences.iter().map(|d| d.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "license ID",
            "licensee’s name",
            "licensee’s email",
            "company",
            "start",
            "expiry",
            "subscription name"
        ]
    );
    assert_eq!(
        differences[5].says(),
        "expiry: the file says 2099-01-01, the portal says 2027-03-01"
    );
}

#[test]
fn every_usage_export_gives_the_paid_license_and_rows_that_agree_with_it() {
    let Some(folder) = folder() else { return };
    let files = [
        ("usage_lf.csv", Encoding::Utf8),
        ("usage_crlf.csv", Encoding::Utf8),
        ("usage_bom.csv", Encoding::Utf8),
        ("usage_old_2020.csv", Encoding::Utf8),
        ("usage_excel_semicolon.csv", Encoding::Windows1252),
    ];
    for (file, encoding) in files {
        let content = read(&folder, file);
        assert_eq!(content.encoding, encoding, "{file}");
        let Evidence::UsageExport(export) = only(&content) else {
            panic!("{file}: {content:?}")
        };
        let UsageExport {
            email,
            starts,
            ends,
            company,
            generated_at,
            days,
            last_day,
            cut,
            key,
            exact,
        } = export.as_ref();
        assert_eq!(*exact, encoding != Encoding::Windows1252, "{file}");
        assert_eq!(
            email.as_deref(),
            Some("ada.example@widgets.example"),
            "{file}"
        );
        assert_eq!(company.as_deref(), Some("Widgets Über GmbH"), "{file}");
        assert_eq!(
            (starts.value(), ends.value()),
            (Some(&date!(2026 - 03 - 01)), Some(&date!(2027 - 03 - 01))),
            "{file}"
        );
        assert_eq!(generated_at.value(), Some(&date!(2026 - 11 - 20)), "{file}");
        assert_eq!(
            (*days, *last_day, *cut),
            (40, Some(date!(2026 - 04 - 09)), None),
            "{file}"
        );
        let decoded = open_key(key, &keys(&folder)).unwrap();
        assert_eq!(decoded, paid(), "{file}");
        assert_eq!(cross_check(export, &decoded), [], "{file}");
    }
}

#[test]
fn the_truncated_usage_export_is_named_as_such() {
    let Some(folder) = folder() else { return };
    let content = read(&folder, "usage_truncated.csv");
    let Evidence::UsageExport(export) = only(&content) else {
        panic!("{content:?}")
    };
    assert_eq!(export.cut, Some(CutAt::Key));
    assert_eq!(
        open_key(&export.key, &keys(&folder)),
        Err(KeyError::Truncated)
    );
    assert!(export.cut.unwrap().says().contains("cut off"));
}

#[test]
fn every_sample_is_tested_here() {
    let Some(folder) = folder() else { return };
    let here = include_str!("evidence_samples.rs");
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            here.contains(&format!("\"{name}\"")) || name == "portal-license-key.pem",
            "{name} has no test"
        );
    }
}
