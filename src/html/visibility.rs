//! Which parts of a page a person does not see.

use super::Element;
use super::tree::classes;

/// Classes that hide an element, from Bootstrap, Tailwind, GitLab and older style sheets.
const HIDING: [&str; 7] = [
    "d-none",
    "hidden",
    "hide",
    "gl-hidden",
    "gl-display-none",
    "is-hidden",
    "invisible",
];
/// Classes of text for screen readers only.
const HEARD: [&str; 6] = [
    "visually-hidden",
    "visually-hidden-focusable",
    "sr-only",
    "sr-only-focusable",
    "gl-sr-only",
    "screen-reader-text",
];

/// Whether an element and its content are hidden on a wide screen, by its attribute, its own style or a usual class.
pub fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("popover").is_some()
        || (element.name() == "dialog" && element.attr("open").is_none())
        || (element.name() == "input"
            && element
                .attr("type")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")))
        || hides_by_class(element)
        || element.attr("style").is_some_and(hides)
}

/// Whether an element's text is crossed out: whoever wrote it took it back.
pub fn is_crossed_out(element: &Element) -> bool {
    matches!(element.name(), "del" | "s" | "strike")
        || element.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            style
                .split(';')
                .filter_map(|rule| rule.split_once(':'))
                .any(|(property, value)| {
                    property.trim().starts_with("text-decoration") && value.contains("line-through")
                })
        })
}

/// Whether an element is only for screen readers.
pub fn is_for_screen_readers(element: &Element) -> bool {
    classes(element).any(|class| HEARD.contains(&class))
}

fn hides_by_class(element: &Element) -> bool {
    let is_on_wide_screens =
        |is: bool| classes(element).any(|class| on_wide_screens(class) == Some(is));
    !is_on_wide_screens(true)
        && (is_on_wide_screens(false) || classes(element).any(|class| HIDING.contains(&class)))
}

/// Whether a class of Bootstrap, GitLab or Tailwind shows or hides an element from some width of the screen on: `d-md-inline`,
/// `gl-sm-display-block`, `md:hidden`.
fn on_wide_screens(class: &str) -> Option<bool> {
    let is_width = |part: &str| matches!(part, "sm" | "md" | "lg" | "xl" | "xxl" | "2xl");
    if let Some((width, display)) = class.split_once(':') {
        let shows = ["block", "inline", "flex", "grid", "table", "contents"];
        return match display {
            _ if !is_width(width) => None,
            "hidden" => Some(false),
            _ => shows
                .iter()
                .any(|start| display.starts_with(start))
                .then_some(true),
        };
    }
    let parts: Vec<&str> = class.split('-').collect();
    let is_display = parts.contains(&"d") || parts.contains(&"display");
    (is_display && parts.iter().any(|part| is_width(part))).then_some(!parts.contains(&"none"))
}

fn hides(style: &str) -> bool {
    style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .any(|(property, value)| {
            let (property, value) = (
                property.trim().to_ascii_lowercase(),
                value.trim().to_ascii_lowercase(),
            );
            let value = value.split('!').next().unwrap_or_default().trim();
            let nothing = value
                .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
                .parse::<f32>()
                .is_ok_and(|n| n == 0.0);
            match property.as_str() {
                "display" => value == "none",
                "visibility" => matches!(value, "hidden" | "collapse"),
                "opacity" | "font-size" | "max-height" => nothing,
                _ => false,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Limits};
    use super::*;

    fn hidden(html: &str) -> Vec<bool> {
        let Ok(document) = Document::fragment(html, &Limits::PAGE) else {
            return Vec::new();
        };
        let tree = document.tree();
        tree.elements()
            .filter(|(_, e)| e.name() == "b")
            .map(|(_, e)| is_hidden(e))
            .collect()
    }

    #[test]
    fn an_element_is_hidden_by_attribute_style_or_class() {
        let html = "<b hidden>1</b><b style='display:none'>2</b><b style='color:red; DISPLAY : None !important'>3</b><b class='x d-none'>4</b>\
                    <b style='visibility:hidden'>5</b><b style='font-size:0px'>6</b><b style='opacity: 0'>7</b>";
        assert_eq!(hidden(html), [true; 7]);
    }

    #[test]
    fn of_two_forms_for_different_screens_the_one_for_wide_screens_is_shown() {
        let html = "<b class='d-none d-md-inline'>1</b><b class='d-md-none'>2</b><b class='hidden md:inline'>3</b><b class='md:hidden'>4</b>\
                    <b class='gl-hidden gl-sm-display-block'>5</b><b class='hidden md:px-4'>6</b>";
        assert_eq!(hidden(html), [false, true, false, true, false, true]);
    }

    #[test]
    fn what_opens_at_a_click_is_hidden() {
        let html = "<b popover>1</b><dialog><i>2</i></dialog>";
        assert_eq!(hidden(html), [true]);
        let Ok(document) = Document::fragment(html, &Limits::PAGE) else {
            return;
        };
        assert!(
            document
                .tree()
                .elements()
                .any(|(_, e)| e.name() == "dialog" && is_hidden(e))
        );
    }

    #[test]
    fn an_element_without_such_a_rule_is_shown() {
        let html = "<b>1</b><b style='display:block'>2</b><b class='hiddenish'>3</b><b style='opacity:0.5;font-size:10px'>4</b>";
        assert_eq!(hidden(html), [false; 4]);
    }
}
