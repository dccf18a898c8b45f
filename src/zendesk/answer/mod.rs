//! Reads the answers of Zendesk's API. Every value is untrusted text: limited in size, unchanged,
//! and of the expected type or refused.

mod account;
mod comments;
mod fields;
mod macros;
mod organizations;
mod people;
mod ticket;
mod values;

pub use account::{
    custom_role, organization_field_keys, rights, several_organizations, tags, ticket_forms,
};
pub use comments::{all_comments, broken_addresses, written_addresses};
pub use fields::{other_titles, ticket_fields, ticket_form};
pub use macros::{Applied, MacroTitle, applied, macros};
pub use organizations::{every_organization, organization, organizations};
pub use people::{
    groups, identities, me, memberships, user, users_found, users_page, written_user,
};
pub use ticket::{open_tickets, ticket};
pub use values::ListPage;
