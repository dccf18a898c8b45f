//! What a view needs for a screen reader and the keyboard, as far as the HTML alone shows it.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An element's own tag, to identify it.
fn tag(element: ElementRef<'_>) -> String {
    let html = element.html();
    html.split_inclusive('>')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Everything that is wrong; empty for a good view.
pub fn wrong_with(html: &Html) -> Vec<String> {
    let mut wrong = Vec::new();
    ids(html, &mut wrong);
    names(html, &mut wrong);
    headings(html, &mut wrong);
    errors(html, &mut wrong);
    said(html, &mut wrong);
    wrong
}

fn ids(html: &Html, wrong: &mut Vec<String>) {
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    for element in all(html, "[id]") {
        *ids.entry(element.attr("id").unwrap()).or_default() += 1;
    }
    wrong.extend(
        ids.iter()
            .filter(|(_, n)| **n > 1)
            .map(|(id, n)| format!("the id {id} stands {n} times")),
    );
    for name in [
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "for",
    ] {
        for element in all(html, &format!("[{name}]")) {
            for id in element
                .attr(name)
                .unwrap()
                .split_whitespace()
                .filter(|id| !ids.contains_key(id))
            {
                wrong.push(format!("{name} points at nothing ({id}): {}", tag(element)));
            }
        }
    }
}

fn names(html: &Html, wrong: &mut Vec<String>) {
    for element in all(
        html,
        "button, a, summary, section, [role=group], ol.tasks, ul.tasks, ul.contacts",
    ) {
        let inside = matches!(element.value().name(), "button" | "a" | "summary");
        let named = element
            .attr("aria-label")
            .or(element.attr("aria-labelledby"))
            .is_some_and(|name| !name.trim().is_empty());
        if !named && (!inside || text(element).is_empty()) {
            wrong.push(format!("it has no name: {}", tag(element)));
        }
    }
    let labeled: BTreeSet<&str> = all(html, "label[for]")
        .iter()
        .map(|l| l.attr("for").unwrap())
        .collect();
    for control in all(html, "input, select, textarea") {
        let within = control
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|e| e.value().name() == "label");
        if !within
            && control.attr("aria-label").is_none()
            && !control.attr("id").is_some_and(|id| labeled.contains(id))
        {
            wrong.push(format!("it has no label: {}", tag(control)));
        }
    }
    for outer in all(html, "button, a, summary") {
        let inner = Selector::parse("button, a, input, select, textarea, summary").unwrap();
        wrong.extend(
            outer
                .select(&inner)
                .map(|inner| format!("a control within a control: {}", tag(inner))),
        );
    }
    // A screen reader's user cannot distinguish two buttons of one name that do different things,
    // unless the disclosure around them has another name.
    for section in all(html, "section") {
        let mut does: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for button in section.select(&Selector::parse("button").unwrap()) {
            let spoken =
                |e: ElementRef<'_>| e.attr("aria-label").map_or_else(|| text(e), str::to_owned);
            let summary = Selector::parse("summary").unwrap();
            let within = button
                .ancestors()
                .filter_map(ElementRef::wrap)
                .find(|e| e.value().name() == "details");
            let unfolds = within
                .and_then(|details| details.select(&summary).next())
                .map(spoken)
                .unwrap_or_default();
            let name = format!("{} of {unfolds}", spoken(button));
            let form = button
                .ancestors()
                .filter_map(ElementRef::wrap)
                .find(|e| e.value().name() == "form");
            let fields = |e: ElementRef<'_>| {
                let all = e
                    .value()
                    .attrs()
                    .filter(|(k, _)| k.starts_with("data-"))
                    .map(|(k, v)| format!("{k}={v}"));
                all.collect::<Vec<_>>().join(" ")
            };
            does.entry(name).or_default().insert(format!(
                "{} {}",
                fields(button),
                form.map(fields).unwrap_or_default()
            ));
        }
        let several = does.into_iter().filter(|(_, all)| all.len() > 1);
        wrong.extend(several.map(|(name, _)| {
            format!(
                "several buttons “{name}” do different things in {}",
                tag(section)
            )
        }));
    }
}

fn headings(html: &Html, wrong: &mut Vec<String>) {
    let levels: Vec<u8> = all(html, "h1, h2, h3, h4, h5, h6")
        .iter()
        .map(|h| h.value().name().as_bytes()[1] - b'0')
        .collect();
    if levels.iter().filter(|level| **level == 1).count() != 1 || levels.first() != Some(&1) {
        wrong.push(format!("one first heading begins the view: {levels:?}"));
    }
    if levels.windows(2).any(|two| two[1] > two[0] + 1) {
        wrong.push(format!("a heading's level is left out: {levels:?}"));
    }
}

/// An error message is linked to its control.
fn errors(html: &Html, wrong: &mut Vec<String>) {
    for control in all(html, "[aria-invalid=true]") {
        let tied = control.attr("aria-describedby").is_some_and(|ids| {
            ids.split_whitespace().any(|id| {
                let said = all(html, &format!("[id=\"{id}\"]"));
                said.iter()
                    .any(|e| e.attr("role") == Some("alert") && !text(*e).is_empty())
            })
        });
        if !tied {
            wrong.push(format!(
                "what is wrong with it is not said: {}",
                tag(control)
            ));
        }
    }
}

/// Announcements: the verdict once, none empty, none within another.
fn said(html: &Html, wrong: &mut Vec<String>) {
    for element in all(html, "[role=alert]") {
        if text(element).is_empty() {
            wrong.push(format!("an alert says nothing: {}", tag(element)));
        }
    }
    for element in all(
        html,
        "[role=status] [role=status], [role=status] [role=alert], [role=alert] [role=alert]",
    ) {
        wrong.push(format!("it would be read twice: {}", tag(element)));
    }
    if !all(html, "header.case").is_empty() && all(html, "#verdict[role=status]").len() != 1 {
        wrong.push("a case has one verdict".to_owned());
    }
    // A heading takes the focus by script alone; what scrolls has to be reached by the keyboard.
    for element in all(
        html,
        "[tabindex]:not(#next-heading[tabindex='-1']):not(blockquote[tabindex='0']):not(pre.preview[role=group][tabindex='0'])",
    ) {
        wrong.push(format!(
            "what cannot be used is no stop of Tab: {}",
            tag(element)
        ));
    }
}
