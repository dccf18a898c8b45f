//! What a case stores for its hand-over.

use serde::{Deserialize, Serialize};

use super::load::Load;
use crate::record::ids::UserId;
use crate::record::people::{Group, Me};
use crate::record::ticket::TicketFields;

/// What a case stores for its hand-over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Whether the engineer opened the section; only then does it read anything.
    pub opened: bool,
    /// The agent who is signed in.
    pub me: Load<Me>,
    /// The groups that tickets can be assigned to.
    pub groups: Load<Vec<Group>>,
    /// The ticket forms, which a hand-on needs: numbers and names.
    #[serde(default)]
    pub forms: Load<Vec<(u64, String)>>,
    /// The ticket fields up to the stage's, if it was not among those that were read for the ticket.
    #[serde(default)]
    pub stage: Load<TicketFields>,
    /// The person whom the profile names, if Zendesk has exactly one agent with that address.
    pub person: Load<Option<Person>>,
    /// What was typed for the note while the case waits; none: Tether's own text.
    pub waiting: Option<String>,
    /// The typed reason of a hand-over.
    pub reason: String,
    /// The chosen group; none: the profile's.
    pub group: Option<u64>,
    /// The change that carries what was typed; once it is done, the fields are empty again.
    pub sent: Option<u64>,
}

/// Someone to whom tickets are handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The agent's number.
    pub id: UserId,
    /// The agent's name.
    pub label: String,
}
