//! Which way a case takes: step 2 (is the requester pre-authorized?) and step 3 (which product?).

use serde::{Deserialize, Serialize};

use super::Case;
use crate::profile::zendesk::{ProductNames, ZendeskWords, is_one_of};
use crate::record::ticket::OrganizationRef;

/// A product, as far as the process tells them apart (step 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// GitLab.com: step 4.
    GitLabCom,
    /// Self-managed: step 5.
    SelfManaged,
    /// GitLab Dedicated: step 5.
    Dedicated,
}

impl Product {
    /// All, in the panel's order.
    pub const ALL: [Self; 3] = [Self::GitLabCom, Self::SelfManaged, Self::Dedicated];

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::GitLabCom => "GitLab.com",
            Self::SelfManaged => "Self-Managed",
            Self::Dedicated => "GitLab Dedicated",
        }
    }

    /// The name by which the panel's commands speak of it.
    pub fn key(self) -> &'static str {
        match self {
            Self::GitLabCom => "gitlab_com",
            Self::SelfManaged => "self_managed",
            Self::Dedicated => "dedicated",
        }
    }

    /// The product of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }

    /// The product that an option's name stands for.
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

/// The way of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The ticket has not been read.
    Unknown,
    /// Step 2: the requester is in an organization already.
    PreAuthorized(OrganizationRef),
    /// Step 4.
    GitLabCom,
    /// Steps 5 to 13: proof of entitlement leads to the organization.
    Proof,
    /// Step 3: the product is not known, and nothing was given as proof.
    Undecided,
}

impl Route {
    /// Whether a license or cloud activation has to show the entitlement: on every route but the two that have another reason.
    pub fn rests_on_proof(&self) -> bool {
        !matches!(self, Self::PreAuthorized(_) | Self::GitLabCom)
    }
}

impl Case {
    /// The product: the engineer's word, else the ticket's field, else its tags.
    pub fn product(&self, words: &ZendeskWords) -> Option<Product> {
        self.requester.product.or_else(|| self.told_product(words))
    }

    /// The product that the ticket tells: by the name of the chosen option, or by a tag that is an option's.
    fn told_product(&self, words: &ZendeskWords) -> Option<Product> {
        let options = &self.fields.as_ref()?.product_options;
        let named = |value: &str| {
            let name = options
                .iter()
                .find(|o| o.value == value)
                .map_or(value, |o| o.name.as_str());
            Product::named(name, &words.products)
        };
        let by_field = self.field_value(|f| f.product_type).and_then(named);
        by_field.or_else(|| {
            let tagged = |tag: &&String| options.iter().any(|o| o.value == **tag);
            let mut found = self
                .ticket
                .got()?
                .tags
                .iter()
                .filter(tagged)
                .filter_map(|tag| named(tag));
            let first = found.next()?;
            found.all(|other| other == first).then_some(first)
        })
    }

    /// What a dropdown's value is called: the option's name, else the value itself.
    pub fn option_name<'a>(&'a self, value: &'a str) -> &'a str {
        let Some(fields) = &self.fields else {
            return value;
        };
        let mut options = fields.problem_options.iter().chain(&fields.product_options);
        options
            .find(|o| o.value == value)
            .map_or(value, |o| o.name.as_str())
    }

    /// Which way the case takes. A record in the chain means that proof is looked at, whoever asks.
    pub fn route(&self, words: &ZendeskWords) -> Route {
        if !self.chain.is_empty() {
            return Route::Proof;
        }
        if self.ticket.got().is_none() {
            return Route::Unknown;
        }
        // Only while they are in it: this case's own change may have taken them out.
        if let Some(organization) = self
            .found_in
            .as_ref()
            .filter(|o| self.requester.organization == Some(o.id))
        {
            return Route::PreAuthorized(organization.clone());
        }
        match self.product(words) {
            Some(Product::GitLabCom) => Route::GitLabCom,
            Some(Product::SelfManaged | Product::Dedicated) => Route::Proof,
            None => Route::Undecided,
        }
    }
}
