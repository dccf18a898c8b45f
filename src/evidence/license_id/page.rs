//! Lines of a license's page or file, in which a bare `ID` is the license's ID.

use super::tokens::{Kind, Token, kind, skip_spaces};
use crate::text::line::{head, tail};
use crate::text::normal::plain_letters;

/// Whether a line begins with this token as a label: `ID: 7`, or `ID` and a tab.
pub(super) fn is_line_label(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = tokens
        .iter()
        .take(at)
        .rev()
        .take(6)
        .take_while(|t| t.kind != Kind::Line);
    let begins = before.clone().all(|t| {
        matches!(t.kind, Kind::Space | Kind::Cell)
            && !matches!(text.get(t.start..t.end), Some("\"" | "'"))
    });
    let after = skip_spaces(text, tokens, at + 1, 2);
    let alone = kind(tokens, after) == Some(Kind::Digits)
        && matches!(
            kind(tokens, skip_spaces(text, tokens, after + 1, 2)),
            Some(Kind::Line) | None
        );
    begins
        && before.count() < 6
        && (alone
            || matches!(
                kind(tokens, after),
                Some(Kind::Copula | Kind::Cell | Kind::Line) | None
            ))
}

/// Whether the token is the `id` in a license's `restrictions`, as a decoded license file prints
/// them.
pub(super) fn within_restrictions(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(start) = tokens.get(at).map(|t| t.start) else {
        return false;
    };
    let above = tail(text.get(..start).unwrap_or_default(), 400);
    let inside = above
        .rsplit_once("restrictions")
        .is_some_and(|(_, after)| !after.contains('}') && after.contains('{'));
    let part_of_word = above.ends_with(['_', '-', '.']);
    let after = skip_spaces(text, tokens, at + 1, 2);
    inside && !part_of_word && kind(tokens, after) == Some(Kind::Copula)
}

/// Whether the surrounding lines are a license's page: a word for it above, and no ID of anything
/// else.
pub(super) fn within_license(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(start) = tokens.get(at).map(|t| t.start) else {
        return false;
    };
    let above = tail(text.get(..start).unwrap_or_default(), 300);
    let lines: Vec<&str> = above
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(6)
        .collect();
    // An instance's words for its own IDs.
    const LOCAL: [&str; 4] = [
        "historical_max",
        "maximum_user_count",
        "user_limit",
        "created_at",
    ];
    if LOCAL.iter().any(|key| {
        above.contains(key) || head(text.get(start..).unwrap_or_default(), 480).contains(key)
    }) {
        return false;
    }
    let other = |line: &str| {
        let lower = plain_letters(line);
        [
            "project",
            "group",
            "namespace",
            "ticket",
            "user id",
            "account",
            "order",
            "instance",
            "runner",
            "projekt",
            "gruppe",
        ]
        .iter()
        .any(|word| lower.contains(word))
    };
    if lines.first().is_some_and(|line| other(line)) {
        return false;
    }
    lines.iter().any(|line| {
        let lower = plain_letters(line);
        line.len() <= 120
            && !lower.contains("sublicen")
            && [
                "license",
                "licence",
                "licenses",
                "lizenz",
                "licencia",
                "licenca",
                "licenza",
                "лиценз",
                "subscription",
                "abonnement",
                "suscripcion",
                "assinatura",
                "subscricao",
                "abbonamento",
                "sottoscrizione",
                "подписк",
                "ライセンス",
                "サブスクリプション",
                "许可证",
                "許可證",
                "授权",
                "授權",
                "订阅",
                "訂閱",
                "라이선스",
                "라이센스",
                "구독",
            ]
            .iter()
            .any(|word| lower.contains(word))
    })
}
