//! The state of `Check setup`: what was looked at and what was found there. Findings are not
//! stored: they follow from this and from the settings in force.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::diagnosis::Mapping;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::trace::TraceProblem;
use crate::map::Map;
use crate::portal::diagnose as portal;
use crate::reading::ReadError;
use crate::record::RecordKind;
use crate::record::ids::{BillingAccountId, ContactId, OrderId, SalesforceId, SubscriptionName};
use crate::record::people::{Group, Rights, RoleRights};
use crate::record::ticket::TicketFields;
use crate::zendesk::diagnose as zendesk;

/// The state of `Check setup`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Whether its result is shown.
    pub open: bool,
    /// How many checks were started: an answer to an earlier one is dropped.
    pub run: u64,
    /// The Zendesk that is looked at.
    pub host: String,
    /// The portal that is looked at.
    pub portal: String,
    /// What was typed as license ID.
    pub typed: String,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// What is looked at, and what was found.
    pub looks: Map<Look, Looking>,
    /// The chain that is followed, as far as it is known.
    pub chain: Links,
    /// The names that were taken, by the assumption's key.
    pub mends: Map<String, Mapping>,
    /// Why a name could not be taken: the assumption's key and the sentence.
    pub refused: Option<(String, String)>,
    /// An answer without its values.
    #[serde(default)]
    pub saving: SavingAnswer,
    /// The error report that is shown, as it was when it was asked for.
    pub report: Option<String>,
    /// Whether the report was copied.
    pub copied: Option<bool>,
}

/// An answer of Zendesk's API that can be saved, by the name that `inspect answer` has for it.
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
pub enum AnswerKind {
    /// The ticket in front.
    Ticket,
    /// Its comments.
    Comments,
    /// Its requester.
    User,
    /// The requester's organizations.
    Memberships,
    /// The requester's organization.
    Organization,
    /// The ticket fields.
    TicketFields,
    /// The groups.
    Groups,
    /// The macros.
    Macros,
    /// The agent who is signed in.
    Me,
}

impl AnswerKind {
    /// Its name in commands, files and `inspect answer`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ticket => "The ticket",
            Self::Comments => "Its comments",
            Self::User => "Its requester",
            Self::Memberships => "The requester’s organizations",
            Self::Organization => "The requester’s organization",
            Self::TicketFields => "Ticket fields",
            Self::Groups => "Groups",
            Self::Macros => "Macros",
            Self::Me => "You",
        }
    }
}

/// An answer that is to be saved without its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavingAnswer {
    /// None was asked for.
    #[default]
    Closed,
    /// Zendesk is asked.
    Asking,
    /// It is shown, ready to be saved.
    Done {
        /// The file's name.
        name: String,
        /// What the file will hold.
        content: String,
    },
    /// It is larger than Tether can take.
    TooLarge,
    /// It could not be read: why.
    Problem(String),
}

/// Something to look at, by one read or several pages of one, or by one page job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The agent who is signed in.
    Me,
    /// Their custom role.
    Role,
    /// The ticket forms.
    Forms,
    /// The ticket fields.
    Fields,
    /// The organization fields.
    OrganizationFields,
    /// The account's settings.
    Account,
    /// The macros.
    Macros,
    /// The groups.
    Groups,
    /// The tags that a hand-on takes off.
    Tags,
    /// The person for hand-overs.
    Person,
    /// The portal's license list.
    Portal,
    /// The license, or the cloud activation.
    Proof,
    /// The orders of its subscription.
    Orders,
    /// The first of them.
    Order,
    /// Its billing account.
    BillingAccount,
    /// The contact that the Sold-to names.
    Contact,
    /// The organization of the Salesforce account.
    Organization,
    /// The page of a ticket.
    TicketPage,
    /// The page of a user.
    UserPage,
}

/// How far a look has got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looking {
    /// Wanted, but not started.
    Wanted,
    /// It runs.
    Asking {
        /// Which page of the answer is read, from 1.
        page: usize,
        /// What earlier pages contained.
        so_far: Option<Box<Seen>>,
    },
    /// It is done.
    Seen(Box<Seen>),
    /// There is nothing to look at, or it failed.
    Not(Unseen),
}

/// What a look found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The agent's rights.
    Me(Rights),
    /// The rights of their role.
    Role(RoleRights),
    /// Numbers and names: of ticket forms or macros; and how many cannot be read.
    Named(Vec<(u64, String)>, usize),
    /// The ticket fields that were found by title, and the titles of the others.
    Fields(TicketFields, Vec<String>),
    /// Keys of organization fields, or tags, and how many cannot be read.
    Keys(Vec<String>, usize),
    /// Whether a user may be in several organizations, if the account says so.
    Several(Option<bool>),
    /// Groups, and how many cannot be read.
    Groups(Vec<Group>, usize),
    /// Whether exactly one agent has the address.
    Person(bool),
    /// The portal answered with one of its pages.
    SignedIn,
    /// A page of the portal.
    Page(Box<portal::Diagnosis>),
    /// How many orders the list shows.
    Orders {
        /// Those of the subscription.
        of_it: usize,
        /// Those whose subscription the list does not show, or that can't be read.
        unknown: usize,
        /// Those of other subscriptions.
        of_others: usize,
    },
    /// How many organizations have the account.
    Organizations(usize),
    /// A page of Zendesk.
    Zendesk(zendesk::Diagnosis),
}

/// Why something was not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unseen {
    /// The read failed.
    Read(ReadError),
    /// The portal's page did not lead on.
    Chain(TraceProblem),
    /// The page could not be asked.
    Page(PageProblem),
    /// The browser gives no access to this host.
    NoAccess(String),
    /// The settings switch this host off.
    SwitchedOff(String),
    /// No tab shows such a page.
    NoTab,
    /// There is no license ID to begin with.
    NoStart,
    /// What leads there was not read.
    Before,
    /// The Sold-to has an address, so its contact is not needed.
    NotNeeded,
    /// The engineer stopped the check.
    Stopped,
}

impl Unseen {
    /// Whether somebody was asked, so that the answer is unknown rather than not looked at.
    pub fn was_tried(&self) -> bool {
        match self {
            Self::Read(_) | Self::Chain(_) | Self::Page(_) => true,
            Self::NoAccess(_)
            | Self::SwitchedOff(_)
            | Self::NoTab
            | Self::NoStart
            | Self::Before
            | Self::NotNeeded
            | Self::Stopped => false,
        }
    }

    /// The reason, as a sentence.
    pub fn says(&self, look: Look) -> String {
        match self {
            Self::Read(error) => error.says_of(if look.is_of_portal() {
                "The portal"
            } else {
                "Zendesk"
            }),
            Self::Chain(problem) => problem.says(),
            Self::Page(problem) => problem.says(PageWork::Diagnosis),
            Self::NoAccess(host) => format!("The browser gives no access to {host}."),
            Self::SwitchedOff(host) => format!("The settings switch {host} off."),
            Self::NoTab if look == Look::UserPage => {
                "No tab shows a user’s page. Open one, then check again.".to_owned()
            }
            Self::NoTab => "No tab shows a ticket. Open one, then check again.".to_owned(),
            Self::NoStart => {
                "Type a license ID, or open a ticket whose license is known.".to_owned()
            }
            Self::Before => "The page that leads there was not read.".to_owned(),
            Self::NotNeeded => "The billing account shows the Sold-to address itself.".to_owned(),
            Self::Stopped => "The check was stopped.".to_owned(),
        }
    }
}

impl Look {
    /// Whether it looks at the portal.
    pub fn is_of_portal(self) -> bool {
        self == Self::Portal || self.is_of_chain()
    }

    /// Whether it looks at a page of the portal's chain of records.
    pub fn is_of_chain(self) -> bool {
        matches!(
            self,
            Self::Proof | Self::Orders | Self::Order | Self::BillingAccount | Self::Contact
        )
    }

    /// Whether it looks at a page that is open in a tab.
    pub fn is_of_tab(self) -> bool {
        matches!(self, Self::TicketPage | Self::UserPage)
    }
}

/// The records of a chain, each found on the page before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// The license or the cloud activation.
    pub proof: Option<(RecordKind, u64)>,
    /// Its subscription.
    pub subscription: Option<SubscriptionName>,
    /// The order.
    pub order: Option<OrderId>,
    /// The billing account.
    pub account: Option<BillingAccountId>,
    /// The Sold-to's contact.
    pub contact: Option<ContactId>,
    /// The Salesforce account.
    pub salesforce: Option<SalesforceId>,
}

impl Setup {
    /// Whether something is still being looked at.
    pub fn is_running(&self) -> bool {
        self.looks.values().any(Looking::is_open)
    }

    /// How many looks are done, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        let open = self.looks.values().filter(|l| l.is_open()).count();
        (self.looks.len() - open, self.looks.len())
    }

    /// A look is done: what it leads to is wanted.
    pub fn done(&mut self, look: Look, seen: Seen) {
        let leads_to_role = matches!(&seen, Seen::Me(rights) if rights.role.is_some());
        self.looks.insert(look, Looking::Seen(Box::new(seen)));
        if leads_to_role {
            self.looks.insert(Look::Role, Looking::Wanted);
        }
    }

    /// What a look found, if it is done.
    pub fn seen(&self, look: Look) -> Option<&Seen> {
        match self.looks.get(&look) {
            Some(Looking::Seen(seen)) => Some(seen),
            _ => None,
        }
    }
}

impl Looking {
    /// Whether it is not over.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Wanted | Self::Asking { .. })
    }
}
