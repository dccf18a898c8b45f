//! Which Zendesk a check looks at.

use crate::app::model::Model;
use crate::app::model::tabs::Site;
use crate::profile::Profile;

/// The Zendesk to look at: the one in front, otherwise the one that was worked on last, otherwise
/// the first.
pub(super) fn zendesk_host(model: &Model, profile: &Profile) -> String {
    let in_front = model
        .tabs
        .front_tab()
        .and_then(|tab| match &model.tabs.get(&tab)?.site {
            Some(Site::Zendesk(host)) => Some(host.clone()),
            Some(Site::Portal) | None => None,
        });
    in_front
        .or_else(|| model.tabs.focus().map(|key| key.host.clone()))
        .filter(|host| profile.zendesk.hosts.contains(host))
        .or_else(|| profile.zendesk.hosts.first().cloned())
        .unwrap_or_default()
}
