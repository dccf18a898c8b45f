//! The bare identifiers of a case, one by one or all together, for the fields of GitLab's own
//! Zendesk app.

use super::Case;
use crate::record::seen::Record;

/// An identifier and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BareId {
    /// What it is, e.g. `Order ID`.
    pub label: &'static str,
    /// The identifier alone.
    pub value: String,
}

impl Case {
    /// The identifiers that are known, in the chain's order. Sold-to is an internal matter: it goes to the app, never into a reply.
    pub fn bare_ids(&self) -> Vec<BareId> {
        let chain = &self.chain;
        let account = chain.billing_account();
        let proof = chain.proof().map(|proof| {
            let label = if matches!(proof, Record::CloudActivation(_)) {
                "Cloud activation ID"
            } else {
                "License ID"
            };
            BareId {
                label,
                value: proof.number().to_string(),
            }
        });
        let one =
            |label: &'static str, value: Option<String>| value.map(|value| BareId { label, value });
        [
            proof,
            one("Order ID", chain.order().map(|o| o.record.id.to_string())),
            one(
                "Billing account ID",
                account.map(|a| a.record.id.to_string()),
            ),
            one(
                "Salesforce account",
                self.salesforce_account().map(|id| id.as_str().to_owned()),
            ),
            one(
                "Sold-to",
                chain
                    .sold_to_email()
                    .map(|email| crate::text::line::one_line(email, 320)),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// All of them, one per line.
pub fn all_of(ids: &[BareId]) -> String {
    ids.iter()
        .map(|id| format!("{}: {}", id.label, id.value))
        .collect::<Vec<_>>()
        .join("\n")
}
