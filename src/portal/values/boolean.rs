//! Reads yes or no from words, signs, icons and checkboxes.

use super::words::is_nothing;
use super::{Cell, Reading};
use crate::day;
use crate::html::{Element, PieceKind, classes, collapsed, has_class};
use crate::profile::portal::Mark;
use crate::record::Shown;

impl Reading<'_, '_> {
    /// Yes or no: known words, known icons or one checkbox that all agree, and nothing else. An
    /// empty value or a "none" mark is absent.
    pub fn boolean(&self, cell: &Cell) -> Shown<bool> {
        let odd = || {
            self.unreadable(if cell.text.text.is_empty() {
                "(a mark that is neither yes nor no)"
            } else {
                &cell.text.text
            })
        };
        let Some(pieces) = self.pieces(cell) else {
            return odd();
        };
        if self.has_choice_or_text_area(cell) {
            return odd();
        }
        let mut found: Vec<Option<bool>> = Vec::new();
        for piece in pieces.shown.iter().filter(|p| p.kind != PieceKind::Button) {
            match self.in_words(&piece.text) {
                Some(said) => found.push(said),
                None => return odd(),
            }
        }
        let mut has_marks = false;
        for (_, element) in self.flat.visible_below(cell.at) {
            let icons: Vec<Option<bool>> = icon_names(element)
                .iter()
                .filter_map(|name| self.drawn(name))
                .collect();
            let is_icon = matches!(element.name(), "svg" | "use" | "img" | "i")
                || classes(element).any(is_icon_class);
            let is_badge = has_class(element, "badge") || has_class(element, "label");
            has_marks |= is_icon || is_badge;
            if is_icon
                && icons.is_empty()
                && element.name() != "svg"
                && !icon_names(element).is_empty()
            {
                return odd();
            }
            found.extend(icons);
            match (element.name(), element.attr("type")) {
                ("input", Some("checkbox")) => found.push(Some(element.attr("checked").is_some())),
                ("img", _) if element.attr("alt").is_some() => {
                    let alt = collapsed(element.attr("alt").unwrap_or_default()).text;
                    match self.in_words(&alt) {
                        Some(said) => found.push(said),
                        None => return odd(),
                    }
                }
                ("input" | "iframe" | "turbo-frame" | "img", _) => {
                    return odd();
                }
                _ => {}
            }
            if matches!(element.attr("role"), Some("switch" | "checkbox")) {
                match element.attr("aria-checked") {
                    Some("true") => found.push(Some(true)),
                    Some("false") => found.push(Some(false)),
                    _ => return odd(),
                }
            }
            for attribute in ["aria-label", "title"] {
                let Some(text) = element.attr(attribute).map(|text| collapsed(text).text) else {
                    continue;
                };
                match self.in_words(&text) {
                    Some(said) => found.extend(said.map(Some)),
                    // "Not a trial" on a check mark: what the icon says in words counts more than its shape.
                    None if is_icon && !names_the_shape(&text) => return odd(),
                    None => {}
                }
            }
        }
        match found.as_slice() {
            [] if has_marks
                || pieces.hides_text
                || self
                    .flat
                    .visible_below(cell.at)
                    .iter()
                    .any(|(_, e)| e.attr("class").is_some()) =>
            {
                odd()
            }
            [] => Shown::Absent,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => {
                first.map_or(Shown::Absent, Shown::Value)
            }
            _ => odd(),
        }
    }

    /// What a whole text means: yes, no, or no value. `None` if it means something else.
    fn in_words(&self, text: &str) -> Option<Option<bool>> {
        let booleans = &self.words.booleans;
        // The emoji variation selector does not belong to the sign.
        let text = text.to_lowercase().replace('\u{FE0F}', "");
        let text = text.trim_end_matches(['.', '!']);
        let is = |mark: &Mark, text: &str| mark.texts.iter().any(|w| w == text);
        if is(&booleans.yes, text) {
            Some(Some(true))
        } else if is(&booleans.no, text) {
            Some(Some(false))
        } else if is_nothing(text) || is(&booleans.none, text) {
            Some(None)
        } else {
            let (word, rest) = text.split_once(' ')?;
            // "✘ No": a sign and its word.
            for (mark, value) in [(&booleans.yes, true), (&booleans.no, false)] {
                if is(mark, word) && is(mark, rest) {
                    return Some(Some(value));
                }
            }
            // "Yes (until November 15, 2026)" is a yes with its end.
            let remark = rest.trim_start_matches('(').trim_end_matches(')').trim();
            let (until, day) = remark.split_once(' ')?;
            let is_end = matches!(
                until,
                "until" | "till" | "through" | "ends" | "since" | "from"
            ) && day::printed(day).is_some();
            (is_end && is(&booleans.yes, word)).then_some(Some(true))
        }
    }

    /// What an icon means.
    fn drawn(&self, name: &str) -> Option<Option<bool>> {
        let booleans = &self.words.booleans;
        let marks = [
            (&booleans.yes, Some(true)),
            (&booleans.no, Some(false)),
            (&booleans.none, None),
        ];
        marks
            .iter()
            .find(|(mark, _)| mark.icons.iter().any(|icon| icon == name))
            .map(|(_, value)| *value)
    }
}

fn is_icon_class(class: &str) -> bool {
    class.starts_with("fa-")
        || class.starts_with("icon-")
        || class.starts_with("bi-")
        || class.starts_with("glyphicon-")
}

/// The names of an element's icon: its classes of icons, the sprite it uses, the test name that GitLab's icons have.
fn icon_names(element: &Element) -> Vec<String> {
    const SIZES: [&str; 12] = [
        "fa-fw",
        "fa-lg",
        "fa-sm",
        "fa-xs",
        "fa-2x",
        "fa-3x",
        "fa-1x",
        "fa-solid",
        "fa-regular",
        "fa-light",
        "fa-inverse",
        "fa-stack-1x",
    ];
    let mut names: Vec<String> = classes(element)
        .filter(|c| is_icon_class(c) && !SIZES.contains(c))
        .map(str::to_owned)
        .collect();
    if element.name() == "use" {
        let href = element
            .attr("href")
            .or_else(|| element.attr("xlink:href"))
            .unwrap_or_default();
        names.extend(href.rsplit_once('#').map(|(_, name)| name.to_owned()));
    }
    if element.name() == "svg" {
        names.extend(
            element
                .attr("data-testid")
                .and_then(|id| id.strip_suffix("-icon"))
                .map(str::to_owned),
        );
    }
    names
}

/// Labels of an icon that say no more than what is drawn.
pub(crate) const SHAPES: [&str; 10] = [
    "check",
    "checked",
    "check mark",
    "checkmark",
    "check circle",
    "tick",
    "cross",
    "close",
    "times",
    "xmark",
];

fn names_the_shape(label: &str) -> bool {
    label.is_empty() || SHAPES.contains(&label.to_lowercase().as_str())
}
