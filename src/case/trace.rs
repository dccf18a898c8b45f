//! How far Trace got: its steps with their results, and the orders to choose from.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use time::Date;

use crate::evidence::KeyError;
use crate::map::Map;
use crate::reading::ReadError;
use crate::record::ids::{CloudActivationId, OrderId, SubscriptionName};
use crate::record::seen::Seen;
use crate::record::{BillingAccount, OrderRow};

/// A step of the walk (handbook steps 6 to 10).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Step {
    /// Step 6: the license's page.
    License,
    /// Step 7: the list of cloud activations, searched for the code.
    Search,
    /// Step 7: the cloud activation's page.
    Activation,
    /// Step 9: the orders of the subscription.
    Orders,
    /// Step 9: the order's page.
    Order,
    /// Step 10: the billing account's page.
    Account,
    /// The page of the contact behind a Sold-to that is only a name.
    Contact,
}

impl Step {
    /// Every step, in the chain's order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that the panel's commands use.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::License => "License",
            Self::Search => "Search for the activation code",
            Self::Activation => "Cloud activation",
            Self::Orders => "Orders of the subscription",
            Self::Order => "Order",
            Self::Account => "Billing account",
            Self::Contact => "Sold-to contact",
        }
    }
}

/// The result of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// The comments are being read again to find the code, which is never stored.
    Code,
    /// The portal is asked for the record of that number (0: a list).
    Asking(u64),
    /// Its page has been read.
    Got(u64),
    /// It failed, and why.
    Failed(TraceProblem),
}

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceProblem {
    /// The portal gave no page.
    Read(ReadError),
    /// The browser does not let Tether ask the portal.
    NoAccess,
    /// The page does not show what its URL names.
    NotThePage,
    /// No cloud activation has the code.
    NoActivation,
    /// More than one cloud activation was found.
    SeveralActivations(u64),
    /// The code, which is never stored, could not be found again.
    CodeGone,
    /// The license key cannot be opened.
    Closed(KeyError),
    /// The license key names no license.
    Nameless,
    /// The proof's page names no subscription.
    NoSubscription,
    /// The subscription has no order.
    NoOrders,
    /// The order names no billing account that can be opened.
    NoAccount,
}

impl TraceProblem {
    /// What happened, in sentences for the engineer.
    pub fn says(&self) -> String {
        match self {
            Self::Read(error) => error.says_of("The portal"),
            Self::NoAccess => "The browser does not let Tether read the portal.".to_owned(),
            Self::NotThePage => "The portal answered with a page that is not what its address says, or that Tether cannot read.".to_owned(),
            Self::NoActivation => "No cloud activation has this code.".to_owned(),
            Self::SeveralActivations(n) => format!("{n} cloud activations were found for this code."),
            Self::CodeGone => "The activation code is kept nowhere, and is not in the comments any more.".to_owned(),
            Self::Closed(error) => error.says().to_owned(),
            Self::Nameless => "The license key names no license.".to_owned(),
            Self::NoSubscription => "The page shows no subscription name that Tether can read.".to_owned(),
            Self::NoOrders => "No order has exactly this subscription name.".to_owned(),
            Self::NoAccount => "The order shows no billing account that can be opened.".to_owned(),
        }
    }

    /// What the engineer can do next, in one sentence.
    pub fn next(&self) -> String {
        match self {
            Self::Read(error) => match error {
                ReadError::SignedOut => {
                    "Sign in: Trace goes on by itself when a page of the portal is seen again."
                        .to_owned()
                }
                ReadError::NotAllowed => {
                    "Ask for access, or open the page and go on by hand.".to_owned()
                }
                ReadError::NotFound => {
                    "Check the number, or ask the requester for another proof.".to_owned()
                }
                other => other.next_of("The portal"),
            },
            Self::NoAccess => "Allow access, then try again.".to_owned(),
            Self::NotThePage => {
                "Open the page and look at it: what it shows is taken over.".to_owned()
            }
            Self::NoActivation => {
                "Ask the requester for the whole code; letter case matters.".to_owned()
            }
            Self::SeveralActivations(_) => "Open the list and look at the right one.".to_owned(),
            Self::CodeGone => "Paste it again.".to_owned(),
            Self::Closed(error) => error.next().to_owned(),
            Self::Nameless => "Open Validate License.".to_owned(),
            Self::NoSubscription => {
                "Find the order in the portal by hand and look at it.".to_owned()
            }
            Self::NoOrders => "Look for the order in the portal by hand, or hand over.".to_owned(),
            Self::NoAccount => {
                "Look for another order of this subscription, or hand over.".to_owned()
            }
        }
    }

    /// Whether asking again may help.
    pub fn again_helps(&self) -> bool {
        match self {
            Self::Read(error) => {
                error.retryable()
                    || matches!(
                        error,
                        ReadError::Blocked
                            | ReadError::NotAllowed
                            | ReadError::SignedOut
                            | ReadError::NotFound
                    )
            }
            Self::NoAccess
            | Self::NotThePage
            | Self::NoActivation
            | Self::NoOrders
            | Self::NoAccount
            | Self::CodeGone => true,
            Self::SeveralActivations(_)
            | Self::Closed(_)
            | Self::Nameless
            | Self::NoSubscription => false,
        }
    }

    /// Whether there is a page to look at.
    pub fn page_helps(&self) -> bool {
        !matches!(
            self,
            Self::NoAccess
                | Self::CodeGone
                | Self::Closed(_)
                | Self::Nameless
                | Self::NoSubscription
        )
    }
}

/// What Trace is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceState {
    /// It has not been started.
    #[default]
    Idle,
    /// It is running.
    Running,
    /// The engineer stopped it.
    Stopped,
    /// A step failed, or a record waits for the engineer's choice.
    Held,
    /// The chain is complete.
    Done,
}

/// Longer than any answer takes, in ms.
const OVERDUE_MS: u64 = 35_000;

/// The walk of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What it is doing.
    pub state: TraceState,
    /// The results of the steps that were taken.
    pub steps: Map<Step, StepState>,
    /// The cloud activation that was found by the code with that mask.
    pub activation: Option<(String, CloudActivationId)>,
    /// The orders of the subscription.
    pub orders: Option<Orders>,
    /// The order to look at: the proposed one, or the engineer's choice.
    pub order: Option<OrderId>,
    /// A billing account that was read before its order.
    pub early_account: Option<Seen<BillingAccount>>,
    /// When the portal was last asked, in ms since 1970.
    pub asked_at: u64,
    /// Whether the sign-in page has been opened since the click.
    pub sign_in_opened: bool,
}

/// The orders of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// The subscription.
    pub name: SubscriptionName,
    /// The orders with exactly its name, in the list's order.
    pub rows: Vec<OrderRow>,
    /// How many more there are on further pages of the list; none if the list does not give its total.
    pub further: Option<u64>,
}

impl Orders {
    /// Whether an order is active today: from its start until the day before its end.
    pub fn is_active(row: &OrderRow, today: Date) -> bool {
        match (row.start_date.value(), row.end_date.value()) {
            (Some(start), Some(end)) => start.date <= today && today < end.date,
            (Some(start), None) => start.date <= today,
            _ => false,
        }
    }

    /// The newest active order; if none is active, the newest one.
    pub fn proposed(&self, today: Date) -> Option<&OrderRow> {
        self.rows.iter().max_by_key(|row| {
            (
                Self::is_active(row, today),
                row.start_date.value().copied(),
                row.id,
            )
        })
    }
}

impl Trace {
    /// Whether it is running.
    pub fn is_running(&self) -> bool {
        self.state == TraceState::Running
    }

    /// When to check on a walk that has gone silent, in ms since 1970: the background may have been stopped.
    pub fn overdue_at(&self) -> Option<u64> {
        let asking = self.is_running()
            && self
                .steps
                .values()
                .any(|s| matches!(s, StepState::Asking(_)));
        asking.then(|| self.asked_at.saturating_add(OVERDUE_MS))
    }

    /// Whether the place where the code was found is being read again.
    pub fn wants_code(&self) -> bool {
        self.steps.get(&Step::Search) == Some(&StepState::Code)
    }

    /// Whether a step failed because the session was over.
    pub fn signed_out(&self) -> bool {
        self.steps.values().any(|s| {
            matches!(
                s,
                StepState::Failed(TraceProblem::Read(ReadError::SignedOut))
            )
        })
    }
}
