//! The reader on mutated pages: no panic, no hang, and never a record other than its URL's.
//!
//! Our own seeded mutator, without a fuzzing engine. 20,000 pages by default;
//! `TETHER_MUTATIONS=1000000` for a long run.

use std::time::{Duration, Instant};

use super::mutations::{self, Dice};
use tether::portal::{Page, read};
use tether::record::{Shown, UNREADABLE_MAX};

/// What markup can be made of.
const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<dl>",
    "</dl>",
    "<dt>",
    "<dd>",
    "</dd>",
    "<table>",
    "</table>",
    "<tr class=\"order_row\">",
    "<td class=\"id_field\">",
    "<td>",
    "</td>",
    "<template>",
    "</template>",
    "<select>",
    "<option>",
    "<svg>",
    "<math><mi>",
    "<annotation-xml encoding=\"text/html\">",
    "<foreignObject>",
    "<frameset>",
    "<plaintext>",
    "<noscript>",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<a href=\"/admin/billing_account/666\">",
    "<a href='javascript:alert(1)'>",
    "</a>",
    "<b>",
    "<i>",
    "<p>",
    "</p>",
    "<nobr>",
    "<button>",
    "<form>",
    "</form>",
    "<body data-x>",
    "<html data-turbo-preview>",
    "<header data-model=\"license\">",
    "<header data-model=\"order\">",
    "<div class=\"page-header\" data-model=\"license\">",
    "<ul class=\"nav nav-tabs\">",
    "<li class=\"show_member_link active\"><a class=\"active\" href=\"/admin/license/666\">",
    "<div class=\"fieldset\">",
    "<div class=\"list-group-item trial_field\"><h5 class=\"card-header\">Trial</h5><div class=\"card-body\">No</div></div>",
    "<dt><span class=\"label trial_field\">Trial</span></dt><dd>No</dd>",
    "active",
    " class=\"",
    "\"",
    "'",
    "=",
    ">",
    "<",
    "/",
    "&",
    "&#0;",
    "&#xD800;",
    "&#x10FFFF;",
    "&notanentity;",
    "&amp;lt;",
    "\0",
    "\u{202E}",
    "\u{FEFF}",
    "\u{200B}",
    "666",
    "9007199254740993",
    "-",
    "restrictions",
    "id",
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\n",
    "rowspan=99999999999",
    "<pre>restrictions:\n  id: 666\n</pre>",
    "<image>",
    "<isindex>",
    "<col>",
    "<caption>",
    "<th class=\"x_field\">",
    "<applet>",
    "<marquee>",
    "<object>",
];

fn mutated(dice: &mut Dice, samples: &[(String, String)], from: usize) -> String {
    let mut bytes = samples[from].1.clone().into_bytes();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len() + 1);
        let longest = if dice.below(4) == 0 { 2_000 } else { 40 };
        let length = dice.below(longest).min(bytes.len() - at);
        match dice.below(9) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let copy = bytes[at..at + length].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            2..=4 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            5 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            6 => bytes.truncate(at.max(20)),
            7 => {
                // A part of another page, markup and all.
                let other = samples[dice.below(samples.len())].1.as_bytes();
                let start = dice.below(other.len());
                let end = (start + dice.below(1_500)).min(other.len());
                bytes.splice(at..at + length, other[start..end].iter().copied());
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(40));
                bytes.splice(at..at, piece.into_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_mutated_page_never_panics_hangs_or_yields_a_record_that_is_not_its_addresss() {
    let (count, seed) = (mutations::count(), mutations::seed());
    let words = crate::support::pages::words();
    let samples: Vec<(String, String)> = crate::support::pages::VERSIONS
        .into_iter()
        .flat_map(crate::support::pages::samples)
        .collect();
    let mut dice = Dice(seed);
    let started = Instant::now();
    let (mut records, mut slowest) = (0_u64, Duration::ZERO);
    for n in 0..count {
        let from = dice.below(samples.len());
        let html = mutated(&mut dice, &samples, from);
        // Mostly at its own URL, sometimes at another page's.
        let at = if dice.below(4) == 0 {
            dice.below(samples.len())
        } else {
            from
        };
        let url = &samples[at].0;
        let status = [None, Some(200)][dice.below(2)];
        let began = Instant::now();
        let page = read(url, status, &html, &words);
        slowest = slowest.max(began.elapsed());
        let address_id = url.rsplit('/').next().unwrap().parse::<u64>().ok();
        let own = match &page {
            Page::License(l) => Some(("license", l.id.get())),
            Page::CloudActivation(c) => Some(("cloud_activation", c.id.get())),
            Page::Order(o) => Some(("order", o.id.get())),
            Page::BillingAccount(b) => Some(("billing_account", b.id.get())),
            Page::Contact(c) => Some(("billing_account_contact", c.id.get())),
            _ => None,
        };
        if let Some((model, id)) = own {
            records += 1;
            assert_eq!(Some(id), address_id, "page {n} of seed {seed}");
            assert!(
                url.contains(&format!("/admin/{model}/")),
                "page {n} of seed {seed} is a {model} at {url}"
            );
        }
        if let Page::License(l) = &page {
            for text in [&l.name, &l.company, &l.email] {
                assert!(
                    !matches!(text, Shown::Unreadable(t) if t.chars().count() > UNREADABLE_MAX),
                    "page {n} of seed {seed}"
                );
            }
        }
    }
    let took = started.elapsed();
    println!(
        "{count} mutated pages (seed {seed}) in {took:?}, {records} still records, slowest {slowest:?}"
    );
    assert!(
        records * 20 > count,
        "the mutations leave hardly any record: they test nothing"
    );
}
