//! Counts what the profile's selectors find on Zendesk's page, without reading its content.

use serde::{Deserialize, Serialize};

use crate::map::Map;
use crate::profile::zendesk::Selectors;

/// What the page script counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Looked {
    /// The address's path.
    pub path: String,
    /// Whether the page is out of sight.
    pub hidden: bool,
    /// By the list's name, for each of its selectors: how many in the whole page, and how many of them are seen where they are looked
    /// for; none if the browser does not take it for a selector.
    #[cfg_attr(
        feature = "typescript",
        ts(type = "Record<string, ([all: number, here: number] | null)[]>")
    )]
    pub counts: Map<String, Vec<Option<(u64, u64)>>>,
    /// By the list's name, selectors that find one element of the right kind there, by the marks of the page's program.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, string[]>"))]
    pub offers: Map<String, Vec<String>>,
    /// What the script that writes texts would find, if a ticket is in front.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub composer: Option<ComposerSeen>,
    /// Who would see the composer's text.
    #[serde(default)]
    pub channel: Option<ChannelSeen>,
    /// What the script that chooses an organization would find, if a user is in front.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub organization: Option<FieldSeen>,
}

/// What is in the place where a text would be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComposerSeen {
    /// One composer, of the ticket that address, tab and pane name.
    Composer,
    /// No pane in front, or no composer in it.
    NoComposer,
    /// Address, tab and pane do not name the same ticket.
    WrongTicket,
    /// Several panes in front.
    #[serde(rename = "ambiguous active pane")]
    SeveralPanes,
    /// The pane names no ticket, or several.
    #[serde(rename = "ambiguous ticket of the pane")]
    TicketOfPane,
    /// Several composers in the pane.
    #[serde(rename = "ambiguous composer")]
    SeveralComposers,
    /// An answer that this core does not know.
    #[serde(other)]
    Unknown,
}

/// Who sees what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChannelSeen {
    /// The team.
    Internal,
    /// The requester.
    Public,
    /// An answer that this core does not know.
    #[serde(other)]
    Unknown,
}

/// What is in the place where a user's organization would be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldSeen {
    /// One field.
    Field,
    /// None.
    NoField,
    /// Several.
    Ambiguous,
    /// The page's own mark names another user than its address.
    WrongPage,
    /// An answer that this core does not know.
    #[serde(other)]
    Unknown,
}

/// What is in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Front {
    /// A ticket.
    Ticket,
    /// A user.
    User,
    /// Anything else of the agent's page.
    Other,
}

/// A page of Zendesk, as the page scripts see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The address's path, without numbers and names.
    pub path: String,
    /// What is in front.
    pub front: Front,
    /// Whether the page is out of sight.
    pub hidden: bool,
    /// Each list of selectors.
    pub lists: Vec<ListSeen>,
    /// See [`Looked`].
    pub composer: Option<ComposerSeen>,
    /// See [`Looked`].
    pub channel: Option<ChannelSeen>,
    /// See [`Looked`].
    pub organization: Option<FieldSeen>,
}

/// How many elements a list should find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Exactly one.
    One,
    /// One and more.
    Some,
    /// None or one; neither matters.
    AtMostOne,
    /// It is for another page, or for an open menu.
    NotHere,
}

/// A list of selectors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSeen {
    /// Its name in the profile.
    pub name: String,
    /// How many selectors it has.
    pub variants: usize,
    /// Which of its selectors finds something, from 1; the first counts.
    pub variant: Option<usize>,
    /// How many that one finds there.
    pub here: u64,
    /// The most that one of them finds in the whole page.
    pub all: u64,
    /// The ones that the browser rejects as selectors, from 1.
    pub invalid: Vec<usize>,
    /// How many it should find.
    pub expected: Expected,
    /// Selectors of the page's own that could be taken instead.
    #[serde(default)]
    pub offers: Vec<String>,
}

impl ListSeen {
    /// Whether it finds as many as it should.
    pub fn is_right(&self) -> bool {
        self.invalid.is_empty()
            && match self.expected {
                Expected::One => self.here == 1,
                Expected::Some => self.here >= 1,
                Expected::AtMostOne => self.here <= 1,
                Expected::NotHere => true,
            }
    }
}

/// Makes a diagnosis from the counts.
pub fn diagnose(looked: &Looked, selectors: &Selectors) -> Diagnosis {
    let front = if looked.composer.is_some() {
        Front::Ticket
    } else if looked.organization.is_some() {
        Front::User
    } else {
        Front::Other
    };
    // The last one is a list of texts.
    let lists = selectors
        .all()
        .into_iter()
        .filter(|(name, _)| *name != "organization_labels");
    let lists = lists
        .map(|(name, variants)| list(name, variants.len(), looked, front))
        .collect();
    Diagnosis {
        path: path(&looked.path),
        front,
        hidden: looked.hidden,
        lists,
        composer: looked.composer,
        channel: looked.channel,
        organization: looked.organization,
    }
}

fn list(name: &str, variants: usize, looked: &Looked, front: Front) -> ListSeen {
    let counts = looked.counts.get(name).map_or(&[][..], Vec::as_slice);
    let counts = counts.get(..variants).unwrap_or(counts);
    let found = counts.iter().enumerate().find_map(|(at, count)| {
        count
            .filter(|(_, here)| *here > 0)
            .map(|(_, here)| (at + 1, here))
    });
    // If no selector finds the field, its label may.
    let by_label = name == "organization_field" && looked.organization == Some(FieldSeen::Field);
    let expected = match (name, front) {
        (
            "active_pane" | "composer" | "channel_button" | "submit_button" | "submit_menu_button",
            Front::Ticket,
        ) => Expected::One,
        ("pane_ticket", Front::Ticket) => Expected::Some,
        // Without the active tab, the URL alone decides; without the user pane, the whole page is
        // searched.
        ("active_tab", Front::Ticket) | ("user_pane", Front::User) => Expected::AtMostOne,
        ("organization_field", Front::User) if by_label => Expected::AtMostOne,
        ("organization_field", Front::User) => Expected::One,
        _ => Expected::NotHere,
    };
    ListSeen {
        name: name.to_owned(),
        variants,
        variant: found.map(|(at, _)| at),
        here: found.map_or(0, |(_, here)| here),
        all: counts
            .iter()
            .flatten()
            .map(|(all, _)| *all)
            .max()
            .unwrap_or(0),
        invalid: counts
            .iter()
            .enumerate()
            .filter(|(_, count)| count.is_none())
            .map(|(at, _)| at + 1)
            .collect(),
        expected,
        offers: offers(name, looked),
    }
}

/// Most selectors that are offered.
const OFFERS_MAX: usize = 20;

/// The offered selectors that are what they should be: one attribute of an element that is written into, never of one that is clicked. A
/// page can say anything.
fn offers(name: &str, looked: &Looked) -> Vec<String> {
    if !matches!(name, "composer" | "organization_field") {
        return Vec::new();
    }
    let all = looked.offers.get(name).map_or(&[][..], Vec::as_slice);
    let mut good: Vec<String> = Vec::new();
    for one in all.iter().filter(|one| is_offer(one)) {
        if !good.contains(one) && good.len() < OFFERS_MAX {
            good.push(one.clone());
        }
    }
    good
}

/// Whether a selector is one attribute with a mark of the page's program: letters and dashes, since digits could be a number or an ID.
fn is_offer(selector: &str) -> bool {
    let inner = selector
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix("\"]"));
    let Some((attribute, mark)) = inner.and_then(|inner| inner.split_once("=\"")) else {
        return false;
    };
    matches!(attribute, "data-test-id" | "id" | "name")
        && (3..=80).contains(&mark.len())
        && mark.starts_with(|c: char| c.is_ascii_alphabetic())
        && mark
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || b == b'_' || b == b'-')
        && !NOT_OFFERED
            .iter()
            .any(|part| mark.to_ascii_lowercase().contains(part))
}

/// Parts of marks of buttons, and of editors that are not for notes and replies.
const NOT_OFFERED: [&str; 6] = [
    "submit",
    "threadbody",
    "side-conversation",
    "side_conversation",
    "sideconversation",
    "standalone",
];

/// Words in the agent's URLs; everything else may be a number or a name.
const PARTS: [&str; 14] = [
    "agent",
    "tickets",
    "users",
    "organizations",
    "filters",
    "dashboard",
    "search",
    "home",
    "requester",
    "organization",
    "assigned_tickets",
    "requested_tickets",
    "events",
    "admin",
];

fn path(path: &str) -> String {
    let mut out = String::new();
    for part in path.split('/').filter(|part| !part.is_empty()).take(6) {
        out.push('/');
        out.push_str(if PARTS.contains(&part) {
            part
        } else if part.bytes().all(|b| b.is_ascii_digit()) {
            "<id>"
        } else {
            "<…>"
        });
    }
    if out.is_empty() { "/".to_owned() } else { out }
}
