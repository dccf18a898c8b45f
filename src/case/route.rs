//! The route of a case: step 2 (is the requester pre-authorized?) and step 3 (which product?).

use super::Case;
use super::product::Product;
use crate::mail::AddressText;
use crate::profile::zendesk::ZendeskWords;
use crate::record::ticket::OrganizationRef;

/// The route of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The ticket has not been read.
    Unknown,
    /// Step 2: the requester is already in an organization.
    PreAuthorized(OrganizationRef),
    /// Step 4.
    GitLabCom,
    /// Steps 5 to 13: proof of entitlement leads to the organization.
    Proof,
    /// Step 3: the product is not known, and nothing was given as proof.
    Undecided,
}

impl Route {
    /// Whether a license or cloud activation must show the entitlement: on every route except the
    /// two that have another reason.
    pub fn rests_on_proof(&self) -> bool {
        !matches!(self, Self::PreAuthorized(_) | Self::GitLabCom)
    }
}

impl Case {
    /// The product: the engineer's choice, otherwise the ticket's field, otherwise its tags.
    pub fn product(&self, words: &ZendeskWords) -> Option<Product> {
        self.requester.product.or_else(|| self.told_product(words))
    }

    /// The product that the ticket names, by the chosen option or by a tag that belongs to an
    /// option.
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

    /// The name of a dropdown's option, or its value if the name is unknown.
    pub fn option_name<'a>(&'a self, value: &'a str) -> &'a str {
        let Some(fields) = &self.fields else {
            return value;
        };
        let mut options = fields.problem_options.iter().chain(&fields.product_options);
        options
            .find(|o| o.value == value)
            .map_or(value, |o| o.name.as_str())
    }

    /// The case's route. A record in the chain means that proof is being checked, whoever the
    /// requester is.
    pub fn route(&self, words: &ZendeskWords) -> Route {
        if !self.chain.is_empty() {
            return Route::Proof;
        }
        if self.ticket.got().is_none() {
            return Route::Unknown;
        }
        // Only while they are still in it: this case's own change may have removed them.
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

    /// Whether the case takes the route of GitLab.com, even while its ticket is being read again.
    pub fn is_dot_com(&self, words: &ZendeskWords) -> bool {
        match self.route(words) {
            Route::GitLabCom => true,
            Route::Unknown => self.found_in.is_none() && self.dot_com.attempt.is_some(),
            Route::PreAuthorized(_) | Route::Proof | Route::Undecided => false,
        }
    }

    /// The organization that users are to join: the requester's own if they are pre-authorized,
    /// otherwise the one that was found.
    pub fn target(&self, words: &ZendeskWords) -> Option<OrganizationRef> {
        match self.route(words) {
            Route::PreAuthorized(organization) => Some(organization),
            Route::Unknown => None,
            Route::GitLabCom | Route::Proof | Route::Undecided => {
                self.organization.one().map(|o| OrganizationRef {
                    id: o.id,
                    name: Some(o.name.clone()),
                })
            }
        }
    }

    /// The addresses that are to join the organization: the requester's, unless they are
    /// pre-authorized, and the ticked ones.
    pub fn joining(&self, words: &ZendeskWords) -> Vec<AddressText> {
        let pre_authorized = matches!(self.route(words), Route::PreAuthorized(_));
        let own = self
            .ticket
            .got()
            .filter(|_| !pre_authorized)
            .and_then(|t| t.requester.email.clone());
        let mut all: Vec<AddressText> = own.into_iter().collect();
        for email in self.contacts.ticked_addresses() {
            if !all.iter().any(|known| known.is(email)) {
                all.push(email.clone().into());
            }
        }
        all
    }
}
