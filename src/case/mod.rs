//! One ticket's association: its records, checks, verdict and note. Knows no HTML, no JSON of Zendesk and no browser.

pub mod ids;
pub mod record;
