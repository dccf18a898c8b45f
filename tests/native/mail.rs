//! What mail addresses show: parsing, free providers, look-alikes, and the judgement that combines
//! them.

use proptest::prelude::*;
use tether::mail::{
    Address, Company, Malformed, free_parent, is_free, judge, listed, look_alike, provide_free,
};

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn an_address_is_taken_out_of_what_people_write_around_it() {
    for text in [
        "Jo.Smith@acme.example",
        "  Jo.Smith@ACME.example\n",
        "Jo Smith <Jo.Smith@acme.example>",
        "\"Smith, Jo\" <Jo.Smith@Acme.Example>,",
        "<mailto:Jo.Smith@acme.example>",
        "mailto:Jo.Smith@acme.example?subject=a@b",
        "MAILTO:Jo.Smith@acme.example",
        "(Jo.Smith@acme.example).",
        "Jo.Smith@acme.example;",
        "a@b.example <Jo.Smith@acme.example>",
    ] {
        let parsed = address(text);
        assert_eq!(parsed.as_str(), "Jo.Smith@acme.example", "{text}");
        assert_eq!(
            (parsed.local(), parsed.domain()),
            ("Jo.Smith", "acme.example")
        );
    }
    assert_eq!(
        address("o'neil+gitlab@mail.bücher.example").domain(),
        "mail.bücher.example"
    );
    assert_eq!(address("x@МОСКВА.РФ").domain(), "москва.рф");
}

#[test]
fn what_is_no_address_is_refused_with_its_reason() {
    use Malformed::{Domain, Empty, Invisible, Local, NoAt, SeveralAts, TooLong};
    for (text, reason) in [
        ("", Empty),
        (" \n\t", Empty),
        ("<>", Empty),
        ("mailto:", Empty),
        ("acme.example", NoAt),
        ("a@b.example, c@d.example", SeveralAts),
        ("a@@b.example", SeveralAts),
        ("@acme.example", Local),
        (".jo@acme.example", Local),
        ("jo..s@acme.example", Local),
        ("jo smith@acme.example", Local),
        ("write to jo@acme.example", Local),
        ("jо@acme.example", Local),
        ("jo@acme", Domain),
        ("jo@", Domain),
        ("jo@-acme.example", Domain),
        ("jo@acme-.example", Domain),
        ("jo@acme..example", Domain),
        ("jo@.acme.example", Domain),
        ("jo@acme_x.example", Domain),
        ("jo@acme.example/path", Domain),
        ("jo@[10.0.0.1]", Domain),
        ("jo@10.0.0.1", Domain),
        ("jo@acme.e", Domain),
        ("jo@ac me.example", Domain),
        ("jo@ac\u{200E}me.example", Invisible),
        ("\u{202E}jo@acme.example", Invisible),
        ("jo\0@acme.example", Invisible),
        ("jo@acme\r\nBcc:.example", Invisible),
    ] {
        assert_eq!(Address::parse(text), Err(reason), "{text:?}");
    }
    let label = "a".repeat(63);
    let long_local = "l".repeat(64);
    assert!(Address::parse(&format!("{long_local}@{label}.example")).is_ok());
    assert_eq!(
        Address::parse(&format!("l{long_local}@acme.example")),
        Err(Local)
    );
    assert_eq!(Address::parse(&format!("jo@a{label}.example")), Err(Domain));
    assert_eq!(
        Address::parse(&format!("{long_local}@{label}.{label}.{label}.example")),
        Err(TooLong)
    );
    assert_eq!(
        Address::parse(&"jo@acme.example ".repeat(1000)),
        Err(TooLong)
    );
}

#[test]
fn every_reason_is_in_plain_words() {
    use Malformed::{Domain, Empty, Invisible, Local, NoAt, SeveralAts, TooLong};
    let mut said: Vec<String> = [Domain, Empty, Invisible, Local, NoAt, SeveralAts, TooLong]
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(said.iter().all(|words| words.contains("email address")));
    said.sort();
    said.dedup();
    assert_eq!(said.len(), 7);
}

#[test]
fn addresses_that_differ_in_case_or_in_the_writing_of_the_domain_are_the_same() {
    assert!(address("Jo@ACME.example").same_as(&address("jO@acme.example")));
    assert!(address("jo@bücher.example").same_as(&address("jo@xn--bcher-kva.example")));
    assert!(!address("jo@acme.example").same_as(&address("jo@acme.test")));
    assert!(!address("jo@acme.example").same_as(&address("jo.s@acme.example")));
}

#[test]
fn an_address_is_stored_as_its_text_and_checked_when_it_comes_back() {
    let parsed = address("Jo <jo@Acme.example>");
    let json = serde_json::to_string(&parsed).unwrap();
    assert_eq!(json, "\"jo@acme.example\"");
    assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), parsed);
    assert!(
        serde_json::from_str::<Address>("\"jo\"")
            .unwrap_err()
            .to_string()
            .contains("no @")
    );
}

/// Free, personal and disposable providers, and the reasons for the additions.
const FREE: &str = "
    gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it live.com live.co.uk
    live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.de yahoo.fr yahoo.com.br yahoo.co.in ymail.com rocketmail.com aol.com icloud.com
    me.com mac.com proton.me protonmail.com protonmail.ch pm.me gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de t-online.de arcor.de
    mail.com email.com mail.ru bk.ru list.ru inbox.ru rambler.ru yandex.ru yandex.com ya.ru ukr.net i.ua bigmir.net tut.by qq.com 163.com
    126.com yeah.net foxmail.com sina.com sohu.com 139.com 189.cn tom.com aliyun.com naver.com daum.net hanmail.net nate.com fastmail.com
    fastmail.fm hushmail.com orange.fr free.fr laposte.net sfr.fr wanadoo.fr neuf.fr libero.it virgilio.it alice.it tiscali.it seznam.cz
    centrum.cz email.cz wp.pl o2.pl onet.pl interia.pl abv.bg rediffmail.com comcast.net verizon.net att.net sbcglobal.net cox.net
    bellsouth.net charter.net earthlink.net juno.com optonline.net btinternet.com sky.com virginmedia.com ntlworld.com blueyonder.co.uk
    shaw.ca rogers.com videotron.ca bigpond.com optusnet.com.au xtra.co.nz uol.com.br bol.com.br terra.com.br ig.com.br ziggo.nl planet.nl
    home.nl xs4all.nl telenet.be skynet.be bluewin.ch posteo.de docomo.ne.jp ezweb.ne.jp nifty.com runbox.com mailfence.com duck.com
    mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org sharklasers.com grr.la 10minutemail.com yopmail.com yopmail.fr
    temp-mail.org tempmail.net tempmailo.com throwawaymail.com trashmail.com trashmail.de mailnesia.com maildrop.cc getnada.com
    dispostable.com fakeinbox.com mintemail.com mohmal.com moakt.com emailondeck.com mytemp.email 33mail.com mailcatch.com inboxkitten.com
    minuteinbox.com discard.email tempr.email mail.tm 1secmail.com wegwerfmail.de mailsac.com jetable.org dropmail.me crazymailing.com
    tutanota.com tuta.com tutamail.com mozmail.com passmail.net simplelogin.com zohomail.eu zohomail.in hey.com mailbox.org riseup.net
    privaterelay.appleid.com murena.io e.email vivaldi.net onmail.com atomicmail.io slmails.com xmail.ru wo.cn relay.firefox.com tempmail.com temp-mail.io tempmail.dev burnermail.io anonaddy.com addy.io spamgourmet.com telus.net
";

/// Companies, universities, registries and invented names, some of them similar to a listed one.
const NOT_FREE: &str = "
    alibaba.com cable.comcast.com cox.com oath.com telstra.com team.telstra.com comcast.com zoho.com example.com test.com nus.edu.sg england.edu gitlab.com github.com ibm.com microsoft.com google.com apple.com amazon.com
    siemens.com sap.com bosch.com bmw.de volkswagen.de allianz.de basf.com airbus.com thalesgroup.com renault.com totalenergies.com orange.com
    bt.com vodafone.com telekom.de deutschebahn.com nokia.com ericsson.com volvo.com philips.com shell.com ing.com abnamro.nl nestle.com
    roche.com novartis.com ubs.com intel.com nvidia.com amd.com oracle.com redhat.com suse.com canonical.com vmware.com dell.com hp.com cisco.com
    boeing.com lockheedmartin.com northropgrumman.com rtx.com gm.com ford.com tesla.com toyota.co.jp sony.co.jp hitachi.co.jp nec.co.jp
    fujitsu.com samsung.com lg.com tcs.com infosys.com wipro.com reliance.co.in petrobras.com.br itau.com.br telstra.com.au cba.com.au
    mit.edu stanford.edu harvard.edu ox.ac.uk cam.ac.uk ethz.ch tum.de epfl.ch u-tokyo.ac.jp nasa.gov gov.uk army.mil europa.eu un.org who.int
    mail.gitlab.com gmail.gitlab.com gmail.com.acme.example notgmail.com gmail.co gmailx.com mygmail.com yahoo.acme.example xgmx.de
    acme.net.ua acme.co.uk acme.com.au acme.co.jp acme.ne.jp acme.or.jp com net.example co.uk com.br gmail outlook mail
";

#[test]
fn providers_of_free_and_disposable_mail_are_known_and_companies_are_not() {
    assert!(listed() > 14_000);
    for domain in FREE.split_whitespace() {
        assert!(is_free(domain), "{domain}");
    }
    for domain in NOT_FREE.split_whitespace() {
        assert!(!is_free(domain), "{domain}");
    }
    for domain in ["", ".", "..", "@", "gmail.com@", " gmail.com", "\u{0}"] {
        assert!(!is_free(domain), "{domain:?}");
    }
}

#[test]
fn a_subdomain_of_a_provider_is_free_mail_if_it_is_listed_itself() {
    for domain in [
        "GMAIL.com",
        "gmail.com.",
        "net.ua",
        "vip.qq.com",
        "vip.163.com",
    ] {
        assert!(is_free(domain), "{domain}");
        assert_eq!(
            free_parent("acme.net.ua"),
            None,
            "a registry sells names there"
        );
    }
    for (domain, parent) in [
        ("mail.yahoo.co.jp", "yahoo.co.jp"),
        ("a.b.c.gmail.com", "gmail.com"),
        ("staff.ROGERS.com", "rogers.com"),
    ] {
        assert!(!is_free(domain), "{domain}");
        assert_eq!(free_parent(domain).as_deref(), Some(parent));
    }
    for domain in [
        "acme.example",
        "acme.net.ua",
        "acme.co.jp",
        "gmail.com",
        "com",
        "",
    ] {
        assert_eq!(free_parent(domain), None, "{domain}");
    }
}

#[test]
fn a_hundred_thousand_invented_domains_are_not_listed() {
    let endings = [
        "com", "de", "co.uk", "net", "org", "io", "fr", "co.jp", "com.br", "eu",
    ];
    let mut state: u64 = 0x1234_5678_9ABC_DEF1;
    for _ in 0..100_000 {
        let mut name = String::from("q");
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        for place in 0..11 {
            name.push(char::from(
                b'a' + u8::try_from((state >> (place * 5)) % 26).unwrap(),
            ));
        }
        let domain = format!("{name}.{}", endings[usize::try_from(state % 10).unwrap()]);
        assert!(!is_free(&domain), "{domain}");
    }
}

#[test]
fn domains_that_look_the_same_are_called_out_either_way_round() {
    for (a, b) in [
        ("gitlab.com", "gitIab.com"),
        ("gitlab.com", "g1tlab.com"),
        ("gitlab.com", "git-lab.com"),
        ("gitlab.com", "gitlаb.com"),
        ("gitlab.com", "xn--gitlb-7ve.com"),
        ("gitlab.com", "gítlab.com"),
        ("gitlab.com", "ｇｉｔｌａｂ.com"),
        ("gitlab.com", "ɡitlab.com"),
        ("gitlab.com", "gitlaab.com"),
        ("gitlab.com", "gitlb.com"),
        ("gitlab.com", "gitlub.com"),
        ("gitlab.com", "gtilab.com"),
        ("gitlab.com", "mail.gitlap.com"),
        ("apple.com", "аррӏе.com"),
        ("apple.com", "xn--80ak6aa92e.com"),
        ("acorn.com", "acom.com"),
        ("modern.com", "modem.com"),
        ("volvo.com", "vo1v0.com"),
        ("ovvl.com", "owl.com"),
        ("ibm.com", "lbm.com"),
        ("foo.com", "f00.com"),
        ("paypal.co.uk", "paypa1.co.uk"),
        ("acme.co.uk", "acmeco.uk"),
        ("bücher.de", "bucher.de"),
        ("siemens.de", "simens.de"),
        ("siemens.co.jp", "siemems.co.jp"),
        ("ελλας.gr", "ελλaς.gr"),
    ] {
        assert!(look_alike(a, b), "{a} {b}");
        assert!(look_alike(b, a), "{b} {a}");
    }
}

#[test]
fn domains_of_one_owner_or_of_plainly_different_names_are_no_look_alikes() {
    for (a, b) in [
        ("gitlab.com", "gitlab.com"),
        ("gitlab.com", "GitLab.com"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("gitlab.com", "eu.gitlab.com"),
        ("mail.gitlab.com", "mall.gitlab.com"),
        ("mail1.acme.co.uk", "mail2.acme.co.uk"),
        ("acme.com", "acme.de"),
        ("acme.com", "acmes.de"),
        ("acme.com", "acne.com"),
        ("ibm.com", "ibn.com"),
        ("gitlab.com", "github.com"),
        ("siemens.com", "siemens-energy.com"),
        ("example.com", "example.org"),
        ("alpha.co.uk", "gamma.co.uk"),
        ("acme.com", "acme"),
        ("", ""),
        (".", "-"),
    ] {
        assert!(!look_alike(a, b), "{a} {b}");
        assert!(!look_alike(b, a), "{b} {a}");
    }
}

#[test]
fn an_address_is_judged_as_look_alike_first_then_as_free_then_as_the_companys() {
    let sold_to = address("billing@gitlab.com");
    let of = |text: &str| judge(&address(text), Some(&sold_to));
    assert_eq!(
        of("jo@GitLab.com"),
        Company::Company {
            same_as_sold_to: true
        }
    );
    assert_eq!(
        of("jo@eu.gitlab.com"),
        Company::Company {
            same_as_sold_to: false
        }
    );
    assert_eq!(
        of("jo@acme.example"),
        Company::Company {
            same_as_sold_to: false
        }
    );
    assert_eq!(of("jo@gmail.com"), Company::Free);
    assert_eq!(
        of("jo@gitlаb.com"),
        Company::LookAlike {
            of: "gitlab.com".to_owned()
        }
    );
    assert_eq!(
        judge(&address("jo@acme.example"), None),
        Company::Company {
            same_as_sold_to: false
        }
    );

    let international = address("billing@bücher.example");
    assert_eq!(
        judge(&address("jo@xn--bcher-kva.example"), Some(&international)),
        Company::Company {
            same_as_sold_to: true
        }
    );

    let personal = address("jo@gmail.com");
    assert_eq!(
        judge(&address("jo@gmail.com"), Some(&personal)),
        Company::Free
    );
    assert_eq!(
        judge(&address("jo@gmai1.com"), Some(&personal)),
        Company::Company {
            same_as_sold_to: false
        },
        "free is nobody's likeness"
    );

    let near_free = address("jo@gmaiil.example");
    assert_eq!(
        judge(&address("jo@gmail.example"), Some(&near_free)),
        Company::LookAlike {
            of: "gmaiil.example".to_owned()
        }
    );
}

#[test]
fn a_list_of_free_providers_that_is_not_whole_is_refused() {
    for damaged in [&b""[..], b"com.gmail\ncom.gm", b"\xFF\n"] {
        assert!(
            provide_free(damaged.to_vec()).is_err_and(|says| says.contains("not whole")),
            "{damaged:?}"
        );
    }
    let list = include_bytes!("../../extension/free-mail.txt");
    assert_eq!(provide_free(list.to_vec()), Ok(()));
    assert!(is_free("gmail.com") && !is_free("gmail.example"));
    assert_eq!(listed(), list.iter().filter(|byte| **byte == b'\n').count());
}

#[test]
fn four_megabytes_of_anything_are_read_and_judged_to_an_end() {
    // Work that grew faster than the text would never finish within a test run.
    for piece in [
        "a", "@", "<", ".", "-", "xn--", "a.", "é", "mailto:", "\u{200B}",
    ] {
        let text = piece.repeat(4_000_000 / piece.len());
        let half = piece.repeat(300);
        assert!(Address::parse(&text).is_err());
        assert!(!is_free(&half));
        look_alike(&text, &half);
        look_alike(&half, "gitlab.com");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_or_the_judges_panic(a in any::<String>(), b in "\\PC{0,40}", c in "[a-z0-9.@<>-]{0,60}|xn--[a-z0-9-]{0,30}\\.com") {
        for text in [&a, &b, &c] {
            if let Ok(parsed) = Address::parse(text) {
                prop_assert_eq!(&Address::parse(parsed.as_ref()).unwrap(), &parsed);
            }
            is_free(text);
        }
        prop_assert_eq!(look_alike(&a, &b), look_alike(&b, &a));
        prop_assert_eq!(look_alike(&c, &b), look_alike(&b, &c));
        prop_assert!(!look_alike(&c, &c));
    }

    #[test]
    fn a_plausible_address_is_read_and_reads_the_same_again(
        local in "[A-Za-z0-9]{1,10}([.+_-][A-Za-z0-9]{1,9}){0,3}",
        domain in "\\PC{0,3}[a-zßéüαωжяİΣ中]{1,12}(-[a-z0-9ÄÖ]{1,9}){0,2}",
        ending in "(com|de|co\\.uk|example|xn--p1ai|РФ)",
        before in "(|  |Jo <|<mailto:|mailto:|\\()",
        after in "(|\\.|;|,| |>|\\))",
    ) {
        let text = format!("{before}{local}@{domain}.{ending}{after}");
        if let Ok(parsed) = Address::parse(&text) {
            prop_assert_eq!(parsed.local(), &local);
            prop_assert_eq!(&Address::parse(parsed.as_str()).unwrap(), &parsed);
            prop_assert!(parsed.same_as(&parsed));
            let again: Address = serde_json::from_str(&serde_json::to_string(&parsed).unwrap()).unwrap();
            prop_assert_eq!(again, parsed);
        } else {
            prop_assert!(!domain.is_ascii() || !domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{}", text);
        }
    }

    #[test]
    fn one_slip_in_a_long_name_is_always_seen(name in "[a-z]{6,20}", at in 0_usize..6, letter in "[a-z]") {
        let mut slipped = name.clone();
        slipped.insert_str(at, &letter);
        let (a, b) = (format!("{name}.example"), format!("{slipped}.example"));
        prop_assert!(look_alike(&a, &b) && look_alike(&b, &a));
        let mut dropped = name.clone();
        dropped.remove(at);
        let c = format!("{dropped}.example");
        prop_assert!(look_alike(&a, &c));
    }
}
