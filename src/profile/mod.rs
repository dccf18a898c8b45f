//! The site profile: everything of the two sites that may drift, as data. Over the shipped one lie the engineer's settings, and over
//! these what their organization has set.

mod layers;
mod license_key;
pub mod paths;
pub mod portal;
mod rules;
mod settings;
pub mod zendesk;

use serde::Serialize;
use serde_json::Value;

use crate::plain;
use portal::PortalWords;
use zendesk::ZendeskWords;

pub use layers::{Layer, Layers};
pub use license_key::{LicensePem, NotAKey, PublicKey};
pub use rules::BadWords;
pub(crate) use rules::{Checked, ensure, ensure_hosts, misshapen};
pub use settings::{Fault, Problem, Settings};

/// The site profile, checked, and where its values come from.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// The shape's version.
    pub version: u32,
    /// The Customers portal's words.
    pub portal: PortalWords,
    /// Zendesk's words.
    pub zendesk: ZendeskWords,
    /// Public keys in PEM form that open license keys, beside the published one which is built in.
    pub license_keys: Vec<LicensePem>,
    /// Where the values come from.
    #[serde(skip)]
    pub layers: Layers,
}

impl Profile {
    /// The shipped profile under these settings, as a start begins with it. Most engineers change nothing, and somebody waits for the
    /// start: without settings the whole is not checked once more.
    pub fn start(json: &str, settings: &Settings) -> Result<Self, String> {
        let shipped = Self::parse(json)?;
        Ok(if settings.are_none() {
            shipped
        } else {
            shipped.under(settings)
        })
    }

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

    /// The same shipped profile under these settings. What is wrong with one of them leaves out that one alone, and is among
    /// [`Layers::problems`].
    pub fn under(&self, settings: &Settings) -> Self {
        self.layers.under(settings).unwrap_or_else(|| self.clone())
    }

    /// Checks a whole tree.
    fn of(tree: &Value) -> Result<Self, BadWords> {
        const KEYS: [&str; 4] = ["version", "portal", "zendesk", "license_keys"];
        let map = tree.as_object();
        let odd = map.and_then(|map| map.keys().find(|key| !KEYS.contains(&key.as_str())));
        if let Some(odd) = odd {
            return Err(BadWords {
                key: odd.clone(),
                must: "left out: this version of Tether doesn't know it".into(),
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

    /// The portal for the tickets of a Zendesk: a ticket of production is about production, one of the sandbox about staging.
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
