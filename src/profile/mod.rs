//! The site profile: everything about the two sites that may drift, as data. The engineer's
//! settings override the shipped profile, and the organization's policy overrides both.

pub mod host_pattern;
mod layer;
mod layers;
mod license_key;
pub mod paths;
pub mod portal;
mod rules;
mod settings;
mod settling;
pub mod zendesk;

use serde::Serialize;
use serde_json::Value;

use crate::plain;
use portal::PortalWords;
use zendesk::ZendeskWords;

pub use layer::Layer;
pub use layers::Layers;
pub use license_key::{LicensePem, NotAKey, PublicKey};
pub use rules::BadWords;
pub(crate) use rules::{Checked, ensure, ensure_hosts, misshapen};
pub use settings::{Fault, Problem, Settings};

/// The site profile, checked, with the origin of its values.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// The format's version.
    pub version: u32,
    /// The section for the Customers portal.
    pub portal: PortalWords,
    /// The section for Zendesk.
    pub zendesk: ZendeskWords,
    /// Public keys in PEM form that open license keys, in addition to the built-in published one.
    pub license_keys: Vec<LicensePem>,
    /// The layers of its values.
    #[serde(skip)]
    pub layers: Layers,
}

impl Profile {
    /// Reads and checks the shipped profile; the error names the key at fault.
    pub fn parse(json: &str) -> Result<Self, String> {
        let unusable =
            |why: &dyn std::fmt::Display| format!("the site profile cannot be used: {why}");
        let mut tree: Value = serde_json::from_str(json).map_err(|e| unusable(&e))?;
        if let Some(map) = tree.as_object_mut() {
            map.entry("license_keys")
                .or_insert_with(|| Value::Array(Vec::new()));
        }
        let profile = Self::of(&tree).map_err(|e| unusable(&e))?;
        Ok(Self {
            layers: Layers::shipped_alone(tree),
            ..profile
        })
    }

    /// Checks a whole tree.
    fn of(tree: &Value) -> Result<Self, BadWords> {
        const KEYS: [&str; 4] = ["version", "portal", "zendesk", "license_keys"];
        let map = tree.as_object();
        let odd = map.and_then(|map| map.keys().find(|key| !KEYS.contains(&key.as_str())));
        if let Some(odd) = odd {
            return Err(BadWords {
                key: odd.clone(),
                must: "left out: this version of Tether doesn’t know it".into(),
            });
        }
        let part = |key: &str| map.and_then(|map| map.get(key)).unwrap_or(&Value::Null);
        Ok(Self {
            version: plain::read(part("version").clone()).map_err(|e| misshapen("version", &e))?,
            portal: PortalWords::of(part("portal"))?,
            zendesk: ZendeskWords::of(part("zendesk"))?,
            license_keys: plain::read(part("license_keys").clone()).map_err(|e| BadWords {
                key: "license_keys".to_owned(),
                must: format!("public keys in PEM form: {e}").into(),
            })?,
            layers: Layers::default(),
        })
    }

    /// The portal for a Zendesk's tickets: a production ticket is about the production portal, a
    /// sandbox ticket about staging.
    pub fn portal_host(&self, zendesk: &str) -> &str {
        let named = self
            .portal
            .of_zendesk
            .iter()
            .find(|of| of.zendesk == zendesk)
            .map(|of| of.portal.as_str());
        named
            .or_else(|| self.portal.hosts.first().map(String::as_str))
            .unwrap_or("customers.gitlab.com")
    }
}
