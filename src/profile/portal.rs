//! The words of the portal's pages, as the site profile holds them (its section `portal`): hosts, paths, models, field keys, labels.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::address::is_host;
use crate::plain;
use crate::profile::{BadWords, Checked, ensure, ensure_hosts, misshapen};

use crate::record::RecordKind;

/// The profile's section `portal`, checked: deserialising an unusable one fails with the name of the key at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct PortalWords {
    /// Host names on which the portal is read, lower case, without a port.
    pub hosts: Vec<String>,
    /// The host names that `hosts` can be of: those that the manifest may ask for.
    pub known_hosts: Vec<String>,
    /// Which portal the tickets of a Zendesk are about; the first of `hosts` where it is not named.
    pub of_zendesk: Vec<PortalOf>,
    /// Where the admin begins, e.g. `/admin`.
    pub admin_path: String,
    /// The sign-in page, e.g. `/admin/sign_in`.
    pub sign_in_path: String,
    /// Where the sign-in page's forms lead: such a form on a page without a record header tells a signed-out answer.
    pub sign_in_forms: Vec<String>,
    /// The last part of Validate License's address, which is its tab's name too.
    pub validate_action: String,
    /// The models' names in addresses and in `data-model`.
    pub models: Models,
    /// The fields read, by model.
    pub fields: Fields,
    /// How a boolean is printed.
    pub booleans: Booleans,
    /// What a cloud activation's page without a Trial row says.
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
    /// The portal's.
    pub portal: String,
}

/// The names of each model, the one used in built addresses first.
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

/// Where one value stands: the field's class first, its label second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Ruby field names (the class without its `_field`), the preferred one first.
    pub keys: Vec<String>,
    /// Labels; case, a colon at the end and blanks do not matter.
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
        /// The first name, where the name stands in two fields.
        first_name,
        /// The last name, where the name stands in two fields.
        last_name,
        /// The e-mail address.
        email,
    }
);

/// The fields read, by model.
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

/// How one of a boolean's three values is printed: as text or as an icon. A badge's colour alone says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Whole texts, lower case.
    pub texts: Vec<String>,
    /// Icons: their classes, or their names in a sprite.
    pub icons: Vec<String>,
}

/// What a cloud activation's page without a Trial row says. A portal may show the row only where it is Yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTrialRow {
    /// Nothing: whether it is a trial is unknown.
    Unknown,
    /// That it is no trial.
    No,
}

/// How booleans are printed.
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
    /// Checks a section; the error names the key at fault.
    pub(crate) fn of(section: &Value) -> Result<Self, BadWords> {
        plain::read_strictly::<Unchecked>(section.clone())
            .map_err(|e| misshapen("portal", &e))?
            .try_into()
    }
}

impl Models {
    /// Every model's names with its key in the profile.
    fn all(&self) -> [(&'static str, &Vec<String>); 5] {
        [
            ("license", &self.license),
            ("cloud_activation", &self.cloud_activation),
            ("order", &self.order),
            ("billing_account", &self.billing_account),
            ("contact", &self.contact),
        ]
    }

    /// The names of a model.
    pub fn names(&self, model: RecordKind) -> &[String] {
        match model {
            RecordKind::License => &self.license,
            RecordKind::CloudActivation => &self.cloud_activation,
            RecordKind::Order => &self.order,
            RecordKind::BillingAccount => &self.billing_account,
            RecordKind::Contact => &self.contact,
        }
    }

    /// The model of a name in an address or in `data-model`.
    pub fn named(&self, name: &str) -> Option<RecordKind> {
        RecordKind::ALL
            .into_iter()
            .find(|&m| self.names(m).iter().any(|n| n == name))
    }
}

impl Fields {
    /// The fields of one model.
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
