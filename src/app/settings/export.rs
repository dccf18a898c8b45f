//! Writes settings into files: for a colleague to import, and as a policy for a browser. No secret
//! gets into a file, and what is left out is listed.

use serde_json::{Map, Value, json};

use super::World;
use crate::case::reply::{Secrets, leak_in};
use crate::profile::{Layer, paths};

/// Tether's id in Firefox, as in the manifest.
pub const FIREFOX_ID: &str = "tether@tether.invalid";

/// A file, ready to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub text: String,
}

/// A setting that is left out of the files, and why: part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path.
    pub path: String,
    /// Why.
    pub why: &'static str,
}

/// A form of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// JSON for Chromium's folder of policies on Linux.
    ChromiumLinux,
    /// A registry file for Chromium on Windows.
    ChromiumWindows,
    /// A configuration profile for Chromium on macOS.
    ChromiumMac,
    /// Firefox's `policies.json`, on every system.
    Firefox,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::ChromiumLinux,
        Self::ChromiumWindows,
        Self::ChromiumMac,
        Self::Firefox,
    ];
}

/// The names under which Chromium, Chrome and Edge look for an extension's policy in Windows'
/// registry.
const REGISTRY: [&str; 3] = ["Chromium", "Google\\Chrome", "Microsoft\\Edge"];

/// The same for macOS, each with the UUID of its payload: installing the file again replaces the
/// last one.
const DOMAINS: [(&str, &str); 3] = [
    (
        "org.chromium.Chromium",
        "5B0B5B6E-2D0C-4E0D-9C0A-6C1B4C1F7A01",
    ),
    ("com.google.Chrome", "5B0B5B6E-2D0C-4E0D-9C0A-6C1B4C1F7A02"),
    ("com.microsoft.Edge", "5B0B5B6E-2D0C-4E0D-9C0A-6C1B4C1F7A03"),
];

impl Export {
    /// The engineer's settings, for a colleague to import.
    pub fn for_team(world: World<'_>) -> Self {
        let mine = world.profile.layers.user().iter();
        let tree = tree(mine.map(|(path, value)| (path.as_str(), value)));
        Self {
            name: "tether-settings.json",
            text: pretty(&json!({ "profile": tree })),
        }
    }

    /// All settings in force as a policy: a browser under it behaves as this one does. `id` is the
    /// extension's in this browser; Chromium's policies need Chromium's, so elsewhere there are
    /// none.
    pub fn as_policy(policy: Policy, id: &str, world: World<'_>) -> Option<Self> {
        let profile = in_force(world);
        let (name, text) = match policy {
            Policy::Firefox => {
                let id = if is_chromium(id) { FIREFOX_ID } else { id };
                let extensions = json!({ id: { "profile": profile } });
                let file = json!({ "policies": { "3rdparty": { "Extensions": extensions } } });
                ("policies.json", pretty(&file))
            }
            _ if !is_chromium(id) => return None,
            Policy::ChromiumLinux => {
                let extensions = json!({ id: { "profile": profile } });
                let file = json!({ "3rdparty": { "extensions": extensions } });
                ("tether.json", pretty(&file))
            }
            Policy::ChromiumWindows => ("tether.reg", registry(id, &profile)),
            Policy::ChromiumMac => ("tether.mobileconfig", configuration(id, &profile)),
        };
        Some(Self { name, text })
    }
}

/// The settings that no file holds, with the reason.
pub fn left_out(world: World<'_>) -> Vec<LeftOut> {
    let layers = &world.profile.layers;
    let mine = layers.user().iter();
    mine.filter(|(path, value)| is_secret(path, value))
        .map(|(path, _)| LeftOut {
            path: path.clone(),
            why: "it holds what looks like a secret: an activation code or a key",
        })
        .collect()
}

/// The settings that only a policy leaves out: those that do not count here.
pub fn ignored(world: World<'_>) -> Vec<LeftOut> {
    let problems = world.profile.layers.problems().iter();
    problems
        .filter(|problem| problem.layer == Layer::User)
        .map(|problem| LeftOut {
            path: problem.path.clone(),
            why: "Tether ignores it",
        })
        .collect()
}

/// Whether a browser with this extension id is Chromium, Chrome or Edge.
fn is_chromium(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|b| (b'a'..=b'p').contains(&b))
}

/// Every setting that differs from the built-in one.
fn in_force(world: World<'_>) -> Value {
    let layers = &world.profile.layers;
    let paths = layers.paths();
    let set = paths
        .iter()
        .filter(|path| layers.layer(path) != Layer::Shipped)
        .filter_map(|path| Some((path.as_str(), layers.value(path)?)));
    tree(set)
}

fn tree<'a>(settings: impl Iterator<Item = (&'a str, &'a Value)>) -> Value {
    let mut tree = Value::Object(Map::new());
    for (path, value) in settings.filter(|(path, value)| !is_secret(path, value)) {
        paths::place(&mut tree, path, value.clone());
    }
    tree
}

/// Whether a value holds what looks like an activation code, a license key or a private key.
fn is_secret(path: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.contains("PRIVATE KEY")
                // A public key is long base64, which may look like a code.
                || path != "license_keys" && leak_in(text, &Secrets::default()).is_some()
        }
        Value::Array(list) => list.iter().any(|one| is_secret(path, one)),
        Value::Object(map) => map.values().any(|one| is_secret(path, one)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn pretty(file: &Value) -> String {
    serde_json::to_string_pretty(file).map_or_else(|_| String::new(), |text| format!("{text}\n"))
}

/// A registry file. Windows reads it in the system's own charset, so it holds ASCII only.
fn registry(id: &str, profile: &Value) -> String {
    let mut json = String::new();
    for c in profile.to_string().chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if c.is_ascii() => json.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // The backslash is itself escaped.
                    json.push_str(&format!("\\\\u{unit:04x}"));
                }
            }
        }
    }
    let mut file = "Windows Registry Editor Version 5.00\r\n".to_owned();
    for browser in REGISTRY {
        file.push_str(&format!(
            "\r\n[HKEY_LOCAL_MACHINE\\Software\\Policies\\{browser}\\3rdparty\\extensions\\{id}\\policy]\r\n\"profile\"=\"{json}\"\r\n"
        ));
    }
    file
}

/// A configuration profile for macOS.
fn configuration(id: &str, profile: &Value) -> String {
    let payloads: Vec<Value> = DOMAINS
        .iter()
        .map(|(domain, uuid)| {
            json!({
                "PayloadType": format!("{domain}.extensions.{id}"),
                "PayloadIdentifier": format!("tether.settings.{domain}"),
                "PayloadUUID": uuid,
                "PayloadVersion": 1,
                "profile": profile,
            })
        })
        .collect();
    let file = json!({
        "PayloadContent": payloads,
        "PayloadDisplayName": "Tether settings",
        "PayloadIdentifier": "tether.settings",
        "PayloadType": "Configuration",
        "PayloadUUID": "5B0B5B6E-2D0C-4E0D-9C0A-6C1B4C1F7A00",
        "PayloadVersion": 1,
    });
    let mut out = concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n",
        "<plist version=\"1.0\">\n",
    )
    .to_owned();
    property(&file, &mut out);
    out.push_str("</plist>\n");
    out
}

fn property(value: &Value, out: &mut String) {
    let mut element = |name: &str, text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        out.push_str(&format!("<{name}>{text}</{name}>\n"));
    };
    match value {
        Value::Object(map) => {
            out.push_str("<dict>\n");
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                property_key(key, out);
                property(value, out);
            }
            out.push_str("</dict>\n");
        }
        Value::Array(list) => {
            out.push_str("<array>\n");
            list.iter().for_each(|one| property(one, out));
            out.push_str("</array>\n");
        }
        Value::String(text) => element("string", text),
        Value::Number(number) => element("integer", &number.to_string()),
        Value::Bool(true) => out.push_str("<true/>\n"),
        Value::Bool(false) => out.push_str("<false/>\n"),
        Value::Null => {}
    }
}

fn property_key(key: &str, out: &mut String) {
    let key = key.replace('&', "&amp;").replace('<', "&lt;");
    out.push_str(&format!("<key>{key}</key>\n"));
}
