//! A report contains none of its page's values, neither the original ones nor others in their
//! places.

use std::collections::BTreeSet;

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

use super::fixtures::{all, diagnosed, report};
use crate::support::Web;
use crate::support::pages::{Version, field, show, url};

/// Where a page has values: in fields, cells, alerts, headings and inputs.
const VALUES: &str =
    ".card-body, dd, td, .alert, h1, pre, textarea, input, .total-count, p, td a, dd a";

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// Every text and attribute of a page that is, or holds, a value.
fn texts(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut found: Vec<String> = page
        .select(&selector(VALUES))
        .map(|e| e.text().collect::<String>())
        .collect();
    for element in page.select(&selector("*")) {
        for name in ["title", "value", "href", "alt", "data-content"] {
            found.extend(element.value().attr(name).map(str::to_owned));
        }
    }
    found
}

/// Words of the report itself and of the page's structure: a value that equals one cannot be
/// distinguished from it.
fn vocabulary(html: &str) -> BTreeSet<String> {
    let own = [
        include_str!("../../../src/app/diagnose/report.rs"),
        include_str!("../../../src/portal/form.rs"),
        include_str!("../../../src/portal/address.rs"),
        include_str!("../../../extension/site-profile.json"),
    ];
    let page = Html::parse_document(html);
    let structure = page
        .select(&selector(".card-header, dt, th"))
        .map(|e| e.text().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ");
    let classes: String = page
        .select(&selector("*"))
        .filter_map(|e| e.value().attr("class"))
        .collect::<Vec<_>>()
        .join(" ");
    own.into_iter()
        .chain([structure.as_str(), classes.as_str()])
        .flat_map(words_of)
        .collect()
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The report's words that reveal a value: words of 3 or more characters if they have a digit,
/// otherwise of 4 or more.
fn leaks(markdown: &str, texts: &[String], allowed: &BTreeSet<String>) -> (usize, Vec<String>) {
    let said: BTreeSet<String> = words_of(markdown).collect();
    let telling = |word: &String| {
        let length = word.chars().count();
        !allowed.contains(word)
            && (length > 3 || (length == 3 && word.chars().any(|c| c.is_ascii_digit())))
    };
    let words: BTreeSet<String> = texts
        .iter()
        .flat_map(|text| words_of(text))
        .filter(telling)
        .collect();
    (
        words.len(),
        words
            .into_iter()
            .filter(|word| said.contains(word))
            .collect(),
    )
}

/// The report, without the numbers that count the page itself.
fn said((url, html): &Web) -> String {
    let report = report(&(url.clone(), html.clone()));
    report
        .markdown()
        .lines()
        .filter(|line| !line.starts_with("- Size: "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn no_value_of_a_page_is_in_its_report() {
    let mut looked_for = 0;
    for (url, html) in all() {
        let markdown = said(&(url.clone(), html.clone()));
        let (words, found) = leaks(&markdown, &texts(&html), &vocabulary(&html));
        looked_for += words;
        assert!(found.is_empty(), "{url}: {found:?} in\n{markdown}");
    }
    assert!(
        looked_for > 200,
        "only {looked_for} words of values were looked for"
    );
    println!("{looked_for} words of values looked for");
}

/// A unique value in the form of the nth kind, with the word to look for.
fn canary(n: usize) -> (String, String) {
    let letters: String = [n / 676 % 26, n / 26 % 26, n % 26]
        .iter()
        .map(|i| char::from(b'a' + u8::try_from(*i).unwrap()))
        .collect();
    let word = format!("zq{letters}x");
    let number = format!("97{n:05}");
    match n % 9 {
        0 => (format!("Z{}", &word[1..]), word),
        1 => (number.clone(), number),
        2 => (format!("{word}@{word}.example"), word),
        3 => (format!("{word} <{word}@example.com>"), word),
        4 => (format!("{word} 12, {number}"), word),
        5 => (format!("A-S{number}"), format!("s{number}")),
        6 => (format!("{word} {word}\n{word}"), word),
        7 => (
            format!("{word}{word}{word}{word}"),
            format!("{word}{word}{word}{word}"),
        ),
        _ => (
            format!("<b>`{word}`|[{word}](https://{word}.example)\u{202E}@{word}"),
            word,
        ),
    }
}

/// The page with every value, title, link and typed text replaced by another, and the words to look for.
fn replaced(html: &str, from: usize) -> (String, BTreeSet<String>) {
    let mut page = Html::parse_document(html);
    let inside: Vec<_> = page
        .select(&selector(VALUES))
        .flat_map(|e: ElementRef<'_>| {
            e.descendants()
                .filter(|n| n.value().is_text())
                .map(|n| n.id())
                .collect::<Vec<_>>()
        })
        .collect();
    let everything: Vec<_> = page.select(&selector("*")).map(|e| e.id()).collect();
    let mut n = from;
    let mut words = BTreeSet::new();
    let mut next = || {
        n += 1;
        let (text, word) = canary(n);
        words.insert(word);
        (text, n)
    };
    for id in inside {
        let mut node = page.tree.get_mut(id).unwrap();
        if let Node::Text(text) = node.value()
            && !text.trim().is_empty()
        {
            text.text = next().0.into();
        }
    }
    for id in everything {
        let mut node = page.tree.get_mut(id).unwrap();
        let Node::Element(element) = node.value() else {
            continue;
        };
        let is_tab = element
            .attr("class")
            .is_some_and(|c| c.contains("nav-link"));
        for (name, value) in element.attrs.iter_mut() {
            match &*name.local {
                "title" | "value" | "alt" | "data-content" if !value.is_empty() => {
                    *value = next().0.into()
                }
                "href" if !is_tab => {
                    let (text, n) = next();
                    let kind = [
                        "/admin/billing_account/",
                        "/admin/billing_account_contact/",
                        "mailto:",
                        "https://sf.example/",
                    ][n % 4];
                    *value = if n % 4 < 2 {
                        format!("{kind}97{n:05}")
                    } else {
                        format!("{kind}{text}")
                    }
                    .into();
                }
                _ => {}
            }
        }
    }
    (page.html(), words)
}

#[test]
fn nothing_put_in_the_place_of_a_value_is_in_the_report() {
    let mut put = 0;
    for (number, (url, html)) in all().into_iter().enumerate() {
        for round in 0..3 {
            let (html, words) = replaced(&html, number * 7 + round);
            put += words.len();
            let browser = diagnosed(&(url.clone(), html.clone()));
            // Neither in the copied report nor in anything else that the panel shows.
            let shown: BTreeSet<String> = words_of(&said(&(url.clone(), html)))
                .chain(words_of(&browser.view()))
                .collect();
            let found: Vec<&String> = words.iter().filter(|word| shown.contains(*word)).collect();
            assert!(found.is_empty(), "{url}: {found:?}\n{}", browser.view());
            let stored = browser.storage().to_lowercase();
            let kept: Vec<&String> = words
                .iter()
                .filter(|word| stored.contains(word.as_str()))
                .collect();
            assert!(kept.is_empty(), "{url}: {kept:?} is kept");
        }
    }
    assert!(put > 1_500, "only {put} values were put in");
    println!("{put} values put in");
}

#[test]
fn a_label_that_holds_a_value_is_not_reported() {
    for label in [
        "Lindqvist Widgets",
        "Contact of Lindqvist Widgets today",
        "ada@example.com",
        "Case 410233",
        "Key\u{200B}word",
        "a `b` c",
    ] {
        for version in [Version::V3, Version::V2] {
            let fields = vec![vec![
                field("name", "Name", "Lindqvist Widgets"),
                field("odd_one", label, "x"),
            ]];
            let markdown = said(&(url("license", 7), show(version, "license", 7, &fields)));
            assert!(!markdown.contains(label), "{label} in\n{markdown}");
            let line = markdown
                .lines()
                .find(|l| l.contains("with class `odd_one_field`"))
                .unwrap_or_else(|| panic!("{markdown}"));
            assert!(line.contains("not shown"), "{line}");
        }
    }
    let long = "Word ".repeat(40);
    let fields = vec![vec![
        field("odd_one", &long, "x"),
        field("license_410233", "Other", "x"),
        field(&"a".repeat(80), "Third", "x"),
    ]];
    let markdown = said(&(url("license", 7), show(Version::V3, "license", 7, &fields)));
    assert!(
        !markdown.contains("Word Word")
            && !markdown.contains("410233")
            && !markdown.contains(&"a".repeat(61)),
        "{markdown}"
    );
}

#[test]
fn a_label_cannot_forge_a_line_or_markup_of_the_report() {
    let label = "Odd</li>\n- ✓ `trial`: read <img src=x onerror=alert(1)> | [x](http://x.example) #12 ~label";
    let fields = vec![vec![field(
        "odd_one",
        &crate::support::pages::escaped(label),
        "x",
    )]];
    let page = (url("license", 7), show(Version::V3, "license", 7, &fields));
    let markdown = said(&page);
    let wanted = label.replace('`', "'");
    assert!(!markdown.contains(label), "{markdown}");
    assert!(
        !markdown
            .lines()
            .any(|line| line.starts_with("- ✓ `trial`: read")),
        "{markdown}"
    );
    assert!(!diagnosed(&page).view().contains("<img"), "{wanted}");
    let tame = "Odd <b>one</b> | two";
    let fields = vec![vec![field(
        "odd_one",
        &crate::support::pages::escaped(tame),
        "x",
    )]];
    let page = (url("license", 7), show(Version::V3, "license", 7, &fields));
    assert!(
        said(&page).contains("- `Odd <b>one</b> | two` with class `odd_one_field`"),
        "{}",
        said(&page)
    );
    assert!(
        diagnosed(&page)
            .view()
            .contains("Odd &lt;b&gt;one&lt;/b&gt; | two")
    );
}
