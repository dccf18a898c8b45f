//! The products that the process distinguishes (step 3).

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::profile::zendesk::{ProductNames, is_one_of};

/// A product, as far as the process distinguishes them (step 3).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Product {
    /// GitLab.com: step 4.
    #[strum(to_string = "gitlab_com")]
    GitLabCom,
    /// Self-managed: step 5.
    SelfManaged,
    /// GitLab Dedicated: step 5.
    Dedicated,
}

impl Product {
    /// Every product, in the panel's order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::GitLabCom => "GitLab.com",
            Self::SelfManaged => "Self-Managed",
            Self::Dedicated => "GitLab Dedicated",
        }
    }

    /// The name that the panel's commands use.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The product that an option's name means.
    pub fn named(name: &str, names: &ProductNames) -> Option<Self> {
        let lists = [
            (Self::GitLabCom, &names.gitlab_com),
            (Self::SelfManaged, &names.self_managed),
            (Self::Dedicated, &names.dedicated),
        ];
        lists
            .into_iter()
            .find(|(_, list)| is_one_of(name, list))
            .map(|(product, _)| product)
    }
}
