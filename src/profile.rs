//! The site profile: everything of the two sites that may drift, as data.

use serde::{Deserialize, Serialize};

use crate::evidence::LicensePem;
use crate::plain;
use crate::portal::PortalWords;
use crate::zendesk::ZendeskWords;

/// `site-profile.json`, checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The shape's version.
    pub version: u32,
    /// The Customers portal's words.
    pub portal: PortalWords,
    /// Zendesk's words.
    pub zendesk: ZendeskWords,
    /// Public keys in PEM form that open license keys, beside the published one which is built in.
    #[serde(default)]
    pub license_keys: Vec<LicensePem>,
}

impl Profile {
    /// Reads and checks a profile; the error names the key at fault.
    pub fn parse(json: &str) -> Result<Self, String> {
        let unusable = |why: &dyn std::fmt::Display| format!("the site profile cannot be used: {why}");
        plain::read_strictly(serde_json::from_str(json).map_err(|e| unusable(&e))?).map_err(|e| unusable(&e))
    }

    /// The portal that links lead to where no page of a portal was seen yet.
    pub fn portal_host(&self) -> &str {
        self.portal.hosts.first().map_or("customers.gitlab.com", String::as_str)
    }
}
