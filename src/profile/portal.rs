//! The site profile's section `portal`: hosts, paths, models, field keys and labels of the portal's
//! pages.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::address::is_host;
use crate::plain;
use crate::profile::{BadWords, Checked, ensure, ensure_hosts, misshapen};

use crate::record::RecordKind;

/// The profile's section `portal`, checked. Deserializing an invalid one fails with the name of the
/// faulty key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct PortalWords {
    /// The hosts on which the portal is read, lower case, without a port.
    pub hosts: Vec<String>,
    /// The hosts that `hosts` may contain: those that the manifest can request.
    pub known_hosts: Vec<String>,
    /// The portal for each Zendesk's tickets; the first of `hosts` if a Zendesk is not listed.
    pub of_zendesk: Vec<PortalOf>,
    /// The path of the admin, e.g. `/admin`.
    pub admin_path: String,
    /// The sign-in page, e.g. `/admin/sign_in`.
    pub sign_in_path: String,
    /// The paths of the sign-in page's forms. A page with such a form and without a record header
    /// means that the session is over.
    pub sign_in_forms: Vec<String>,
    /// The last part of Validate License's URL, which is also its tab's name.
    pub validate_action: String,
    /// The models' names in URLs and in `data-model`.
    pub models: Models,
    /// The fields that are read, by record kind.
    pub fields: Fields,
    /// How booleans are displayed.
    pub booleans: Booleans,
    /// How to read a cloud activation's page without a Trial row.
    pub no_trial_row: NoTrialRow,
    /// Fields whose text never leaves the reader.
    pub secrets: Field,
}

/// The portal for the tickets of one Zendesk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalOf {
    /// The Zendesk's host.
    pub zendesk: String,
    /// The portal's host.
    pub portal: String,
}

/// The names of each record kind. Built URLs use the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Models {
    /// Licenses.
    pub license: Vec<String>,
    /// Cloud activations.
    pub cloud_activation: Vec<String>,
    /// Orders.
    pub order: Vec<String>,
    /// Billing accounts.
    pub billing_account: Vec<String>,
    /// Contacts of billing accounts.
    pub contact: Vec<String>,
}

/// How to find one value: by the field's class first, by its label second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Ruby field names (the class without its `_field`), the preferred one first.
    pub keys: Vec<String>,
    /// Labels. Case, whitespace and a colon at the end do not matter.
    pub labels: Vec<String>,
}

macro_rules! field_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Field,)+
        }

        impl $name {
            /// Every field with its key in the profile.
            pub fn all(&self) -> Vec<(&'static str, &Field)> {
                vec![$((stringify!($field), &self.$field)),+]
            }
        }
    };
}

field_set!(
    /// Fields of a license.
    LicenseFields {
        /// `Trial`.
        trial,
        /// `Zuora subscription name`.
        subscription_name,
        /// `Name`.
        name,
        /// `Company`.
        company,
        /// `Email`.
        email,
        /// `Plan code`.
        plan,
        /// `Starts at`.
        starts_at,
        /// `Expires at`.
        expires_at,
    }
);
field_set!(
    /// Fields of a cloud activation.
    CloudActivationFields {
        /// `Activation code`.
        activation_code,
        /// `Trial`.
        trial,
        /// `Subscription name`.
        subscription_name,
        /// `Billing account`.
        billing_account,
        /// `Expires at`.
        expires_at,
    }
);
field_set!(
    /// Fields of an order.
    OrderFields {
        /// `Subscription name`.
        subscription_name,
        /// `Billing account`.
        billing_account,
        /// `Trial`.
        trial,
        /// `Start date`.
        start_date,
        /// `End date`.
        end_date,
    }
);
field_set!(
    /// Fields of a billing account.
    BillingAccountFields {
        /// `Zuora account name`.
        name,
        /// `Salesforce account`.
        salesforce_account,
        /// `Sold to`.
        sold_to,
    }
);
field_set!(
    /// Fields of a contact.
    ContactFields {
        /// The whole name in one field.
        name,
        /// The first name, if the name is in two fields.
        first_name,
        /// The last name, if the name is in two fields.
        last_name,
        /// The email address.
        email,
    }
);

/// The fields that are read, by record kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Of a license.
    pub license: LicenseFields,
    /// Of a cloud activation.
    pub cloud_activation: CloudActivationFields,
    /// Of an order.
    pub order: OrderFields,
    /// Of a billing account.
    pub billing_account: BillingAccountFields,
    /// Of a contact.
    pub contact: ContactFields,
}

/// How one of a boolean's three values is displayed: as text or as an icon. A badge's color alone
/// does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Whole texts, lower case.
    pub texts: Vec<String>,
    /// Icons: their classes, or their names in a sprite.
    pub icons: Vec<String>,
}

/// How to read a cloud activation's page without a Trial row. A portal may show the row only if it
/// says Yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTrialRow {
    /// Whether it is a trial is unknown.
    Unknown,
    /// It is not a trial.
    No,
}

/// How booleans are displayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booleans {
    /// True.
    pub yes: Mark,
    /// False.
    pub no: Mark,
    /// No value.
    pub none: Mark,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    hosts: Vec<String>,
    known_hosts: Vec<String>,
    admin_path: String,
    sign_in_path: String,
    sign_in_forms: Vec<String>,
    validate_action: String,
    of_zendesk: Vec<PortalOf>,
    models: Models,
    fields: Fields,
    booleans: Booleans,
    no_trial_row: String,
    secrets: Field,
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'~')
}

fn is_path(text: &str) -> bool {
    text.len() > 1
        && text.starts_with('/')
        && !text.ends_with('/')
        && !text.contains("//")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/_-~.".contains(&b))
}

fn names(list: &[String], key: &str) -> Checked {
    ensure(
        !list.is_empty() && list.iter().all(|n| is_name(n)),
        key,
        "one or more names of lower-case letters, digits and _",
    )
}

fn texts(list: &[String], key: &str) -> Checked {
    let good =
        |t: &String| !t.trim().is_empty() && t.trim().len() == t.len() && t.chars().count() <= 100;
    ensure(
        list.iter().all(good),
        key,
        "texts of 1 to 100 characters without spaces around them",
    )
}

fn field(spec: &Field, key: &str) -> Checked {
    names(&spec.keys, &format!("{key}.keys"))?;
    texts(&spec.labels, &format!("{key}.labels"))
}

impl TryFrom<Unchecked> for PortalWords {
    type Error = BadWords;

    fn try_from(w: Unchecked) -> Result<Self, BadWords> {
        ensure_hosts(&w.known_hosts, &w.hosts, "portal.")?;
        let is_pair = |of: &PortalOf| is_host(&of.zendesk) && w.known_hosts.contains(&of.portal);
        ensure(
            w.of_zendesk.iter().all(is_pair),
            "portal.of_zendesk",
            "pairs of a Zendesk host and a portal host from known_hosts",
        )?;
        ensure(
            is_path(&w.admin_path),
            "portal.admin_path",
            "a path such as /admin",
        )?;
        ensure(
            is_path(&w.sign_in_path),
            "portal.sign_in_path",
            "a path such as /admin/sign_in",
        )?;
        ensure(
            w.sign_in_forms.iter().all(|p| is_path(p)),
            "portal.sign_in_forms",
            "paths such as /admin/auth",
        )?;
        ensure(
            is_name(&w.validate_action),
            "portal.validate_action",
            "a name such as validate_license",
        )?;
        let mut seen: Vec<&String> = Vec::new();
        for (name, list) in w.models.all() {
            names(list, &format!("portal.models.{name}"))?;
            let fresh = list.iter().all(|n| !seen.contains(&n));
            ensure(
                fresh,
                format!("portal.models.{name}"),
                "names that no other model has",
            )?;
            seen.extend(list);
        }
        let groups = [
            ("license", w.fields.license.all()),
            ("cloud_activation", w.fields.cloud_activation.all()),
            ("order", w.fields.order.all()),
            ("billing_account", w.fields.billing_account.all()),
            ("contact", w.fields.contact.all()),
        ];
        for (model, fields) in groups {
            for (name, spec) in fields {
                field(spec, &format!("portal.fields.{model}.{name}"))?;
            }
        }
        for (name, mark) in [
            ("yes", &w.booleans.yes),
            ("no", &w.booleans.no),
            ("none", &w.booleans.none),
        ] {
            for (part, list) in [("texts", &mark.texts), ("icons", &mark.icons)] {
                texts(list, &format!("portal.booleans.{name}.{part}"))?;
            }
        }
        let overlaps = |a: &[String], b: &[String]| a.iter().any(|x| b.contains(x));
        let (yes, no, none) = (&w.booleans.yes, &w.booleans.no, &w.booleans.none);
        for (a, b, key) in [(yes, no, "no"), (yes, none, "none"), (no, none, "none")] {
            let clash = overlaps(&a.texts, &b.texts) || overlaps(&a.icons, &b.icons);
            ensure(
                !clash,
                format!("portal.booleans.{key}"),
                "free of words that also mean another value",
            )?;
        }
        field(&w.secrets, "portal.secrets")?;
        let no_trial_row = match w.no_trial_row.as_str() {
            "unknown" => NoTrialRow::Unknown,
            "no" => NoTrialRow::No,
            _ => {
                return Err(BadWords {
                    key: "portal.no_trial_row".to_owned(),
                    must: "unknown or no".into(),
                });
            }
        };
        Ok(Self {
            hosts: w.hosts,
            known_hosts: w.known_hosts,
            of_zendesk: w.of_zendesk,
            admin_path: w.admin_path,
            sign_in_path: w.sign_in_path,
            sign_in_forms: w.sign_in_forms,
            validate_action: w.validate_action,
            models: w.models,
            fields: w.fields,
            booleans: w.booleans,
            no_trial_row,
            secrets: w.secrets,
        })
    }
}

impl PortalWords {
    /// Checks a section; the error names the faulty key.
    pub(crate) fn of(section: &Value) -> Result<Self, BadWords> {
        plain::read_strictly::<Unchecked>(section.clone())
            .map_err(|e| misshapen("portal", &e))?
            .try_into()
    }
}

impl Models {
    /// Every record kind's names, with their key in the profile.
    fn all(&self) -> [(&'static str, &Vec<String>); 5] {
        [
            ("license", &self.license),
            ("cloud_activation", &self.cloud_activation),
            ("order", &self.order),
            ("billing_account", &self.billing_account),
            ("contact", &self.contact),
        ]
    }

    /// The names of a record kind.
    pub fn names(&self, model: RecordKind) -> &[String] {
        match model {
            RecordKind::License => &self.license,
            RecordKind::CloudActivation => &self.cloud_activation,
            RecordKind::Order => &self.order,
            RecordKind::BillingAccount => &self.billing_account,
            RecordKind::Contact => &self.contact,
        }
    }

    /// The record kind of a name in a URL or in `data-model`.
    pub fn named(&self, name: &str) -> Option<RecordKind> {
        RecordKind::ALL
            .into_iter()
            .find(|&m| self.names(m).iter().any(|n| n == name))
    }
}

impl Fields {
    /// The fields of one record kind.
    pub fn of(&self, model: RecordKind) -> Vec<(&'static str, &Field)> {
        match model {
            RecordKind::License => self.license.all(),
            RecordKind::CloudActivation => self.cloud_activation.all(),
            RecordKind::Order => self.order.all(),
            RecordKind::BillingAccount => self.billing_account.all(),
            RecordKind::Contact => self.contact.all(),
        }
    }
}
