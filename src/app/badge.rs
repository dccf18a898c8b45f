//! The toolbar button's badge.

use super::effect::Effect;
use super::model::Model;
use super::world::World;
use crate::case::Case;
use crate::case::check::{Answer, Verdict, checks, verdict};

/// The badge's colors. White text is readable on each.
const CALM: &str = "#68737d";
const GOOD: &str = "#037f52";
const BAD: &str = "#cc3340";
const OPEN: &str = "#ad5e18";
const MORE: &str = "#1f73b7";

/// Shows the state of the case in focus, as a sign and not by color alone. The tooltip says it in
/// words. Returns an effect only if the badge changed.
pub(super) fn badge(model: &mut Model, world: World<'_>) -> Option<Effect> {
    let (text, color, title) = match (model.tabs.refused_host(), model.focused()) {
        (Some(host), _) => ("–", CALM, format!("Tether does not act on {host}")),
        (None, _) if !model.missing_access.is_empty() => (
            "!",
            OPEN,
            "Tether has no access to the sites yet: open its panel".to_owned(),
        ),
        (None, None) => ("", CALM, "Tether".to_owned()),
        (None, Some(case)) => {
            let (text, color, says) = state(case, world);
            (text, color, format!("Tether: #{}{says}", case.key.ticket))
        }
    };
    let now = format!("{text} {title}");
    if model.badge.as_ref() == Some(&now) {
        return None;
    }
    model.badge = Some(now);
    Some(Effect::Badge {
        text: text.to_owned(),
        color: color.to_owned(),
        title,
    })
}

fn state(case: &Case, world: World<'_>) -> (&'static str, &'static str, String) {
    if case.conflict.is_some() {
        return ("?", OPEN, " has a record to choose".to_owned());
    }
    if case.trace.is_running() {
        return ("…", MORE, " is being traced".to_owned());
    }
    let checks = checks(case, world.rules());
    let to_decide = checks
        .iter()
        .find(|c| matches!(c.answer, Answer::ToDecide(_)) && !c.name.is_pre_check());
    match verdict(&checks) {
        Verdict::Entitled => ("✓", GOOD, " is entitled".to_owned()),
        _ if case.chain.is_empty() => ("", CALM, String::new()),
        Verdict::NotEntitled(_) => ("✕", BAD, " is not entitled".to_owned()),
        Verdict::Incomplete(_) => match to_decide {
            Some(check) => (
                "?",
                OPEN,
                format!(
                    " is incomplete: “{}” is for you to decide",
                    check.name.title()
                ),
            ),
            None => ("…", MORE, " is incomplete".to_owned()),
        },
    }
}
