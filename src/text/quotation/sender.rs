//! Who sent an older mail.

/// Who wrote an older mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    Team,
    Other,
    Unknown,
}

/// The sender, from a name and address.
pub(super) fn of(text: &str) -> Sender {
    let lower = text.to_lowercase();
    let mut found = Sender::Unknown;
    for token in lower.split(|c: char| c.is_whitespace() || "<>()[]\",;:".contains(c)) {
        let Some((local, domain)) = token
            .split_once('@')
            .filter(|(local, domain)| !local.is_empty() && domain.contains('.'))
        else {
            continue;
        };
        let automatic = local.replace(['-', '_', '.'], "").contains("noreply")
            || domain.starts_with("customers.");
        found = if is_team(domain) && !automatic {
            Sender::Team
        } else {
            Sender::Other
        };
        if found == Sender::Team {
            return found;
        }
    }
    if found == Sender::Unknown && lower.contains("gitlab") {
        Sender::Team
    } else {
        found
    }
}

/// Whether a domain belongs to the support team or its ticket system.
pub(crate) fn is_team(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    ["gitlab.com", "zendesk.com"].iter().any(|own| {
        domain == *own
            || domain
                .strip_suffix(own)
                .is_some_and(|rest| rest.ends_with('.'))
    })
}
