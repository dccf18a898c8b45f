//! The assumptions that `Check setup` looks at, made from the site profile, in the handbook's
//! order; and the settings that no check can look at, each with the reason.

use crate::case::product::Product;
use crate::case::reply::Outcome as Reply;
use crate::profile::Profile;
use crate::record::RecordKind;

/// Something that Tether assumes about the two sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// The browser gives access to Zendesk.
    ZendeskAccess,
    /// The browser gives access to the portal.
    PortalAccess,
    /// The engineer is signed in to Zendesk as an agent.
    SignedIn,
    /// The agent may see every ticket, change it and its requester, and write public comments.
    Rights,
    /// The form of association requests exists.
    TicketForm,
    /// A ticket field exists.
    TicketField(&'static str),
    /// The problem type has the option of association requests.
    ProblemTypeOption,
    /// The product type has an option for a product.
    ProductOption(Product),
    /// An organization field exists.
    OrganizationField(&'static str),
    /// A user has at most one organization.
    OneOrganization,
    /// The macro of a reply exists.
    Macro(Reply),
    /// A group for hand-overs exists.
    HandOverGroup,
    /// The person for hand-overs is an agent.
    HandOverPerson,
    /// A group for the hand-on exists.
    HandOnGroup,
    /// The form for the hand-on exists.
    HandOnForm,
    /// The field for the stage of a ticket that is handed on exists.
    HandOnField,
    /// It has the option for the hand-on.
    HandOnStage,
    /// Tickets have the tags that the hand-on takes off.
    HandOnTags,
    /// The agent may write internal notes.
    NoteSaved,
    /// The engineer is signed in to the portal.
    PortalSignedIn,
    /// The page of a record is one that Tether reads.
    Page(RecordKind),
    /// A field of a record is read.
    Field(RecordKind, &'static str),
    /// The order list can be filtered by subscription.
    OrderList,
    /// Exactly one organization has the Salesforce account.
    OrganizationFound,
    /// The selectors of a thing find it.
    Selectors(&'static str),
}

/// Every assumption, in the handbook's order.
pub fn all(profile: &Profile) -> Vec<Assumption> {
    let (portal, zendesk) = (&profile.portal, &profile.zendesk);
    let mut out = vec![
        Assumption::ZendeskAccess,
        Assumption::PortalAccess,
        Assumption::SignedIn,
        Assumption::Rights,
        Assumption::TicketForm,
    ];
    out.extend(["problem_type", "product_type", "subscription_email"].map(Assumption::TicketField));
    out.push(Assumption::ProblemTypeOption);
    out.extend(Product::ALL.iter().copied().map(Assumption::ProductOption));
    let fields = zendesk.organization_fields.all();
    out.extend(fields.map(|(name, _)| Assumption::OrganizationField(name)));
    out.push(Assumption::OneOrganization);
    out.extend(Reply::ALL.iter().copied().map(Assumption::Macro));
    out.extend([
        Assumption::HandOverGroup,
        Assumption::HandOverPerson,
        Assumption::HandOnGroup,
        Assumption::HandOnForm,
        Assumption::HandOnField,
        Assumption::HandOnStage,
        Assumption::HandOnTags,
        Assumption::NoteSaved,
        Assumption::PortalSignedIn,
    ]);
    for kind in RecordKind::ALL {
        if kind == RecordKind::Order {
            out.push(Assumption::OrderList);
        }
        out.push(Assumption::Page(kind));
        let fields = portal.fields.of(kind);
        out.extend(fields.iter().map(|(name, _)| Assumption::Field(kind, name)));
    }
    out.push(Assumption::OrganizationFound);
    let lists = zendesk.selectors.all();
    let lists = lists.into_iter().filter(|(name, _)| *name != LABELS);
    out.extend(lists.map(|(name, _)| Assumption::Selectors(name)));
    out
}

/// The list of texts that finds a user's organization where no selector does.
const LABELS: &str = "organization_labels";

impl Assumption {
    /// Its name in commands and reports.
    pub fn key(self) -> String {
        match self {
            Self::ZendeskAccess => "access.zendesk".to_owned(),
            Self::PortalAccess => "access.portal".to_owned(),
            Self::SignedIn => "signed_in.zendesk".to_owned(),
            Self::Rights => "rights".to_owned(),
            Self::TicketForm => "ticket_form".to_owned(),
            Self::TicketField(name) => format!("ticket_field.{name}"),
            Self::ProblemTypeOption => "problem_type_option".to_owned(),
            Self::ProductOption(product) => format!("product_option.{}", product.key()),
            Self::OrganizationField(name) => format!("organization_field.{name}"),
            Self::OneOrganization => "one_organization".to_owned(),
            Self::Macro(reply) => format!("macro.{}", reply.key()),
            Self::HandOverGroup => "hand_over.group".to_owned(),
            Self::HandOverPerson => "hand_over.person".to_owned(),
            Self::HandOnGroup => "hand_on.group".to_owned(),
            Self::HandOnForm => "hand_on.form".to_owned(),
            Self::HandOnField => "hand_on.stage_field".to_owned(),
            Self::HandOnStage => "hand_on.stage".to_owned(),
            Self::HandOnTags => "hand_on.tags".to_owned(),
            Self::NoteSaved => "note_saved".to_owned(),
            Self::PortalSignedIn => "signed_in.portal".to_owned(),
            Self::Page(kind) => format!("page.{}", kind.key()),
            Self::Field(kind, name) => format!("field.{}.{name}", kind.key()),
            Self::OrderList => "order_list".to_owned(),
            Self::OrganizationFound => "organization_found".to_owned(),
            Self::Selectors(name) => format!("selectors.{name}"),
        }
    }

    /// What people call it.
    pub fn title(self) -> String {
        let words = |name: &str| name.replace('_', " ");
        match self {
            Self::ZendeskAccess => "Access to Zendesk".to_owned(),
            Self::PortalAccess => "Access to the Customers portal".to_owned(),
            Self::SignedIn => "Signed in to Zendesk as an agent".to_owned(),
            Self::Rights => "Rights in Zendesk".to_owned(),
            Self::TicketForm => "Ticket form".to_owned(),
            Self::TicketField(name) => format!("Ticket field: {}", words(name)),
            Self::ProblemTypeOption => "Problem type: option for association requests".to_owned(),
            Self::ProductOption(product) => format!("Product type: option for {}", product.title()),
            Self::OrganizationField(name) => format!("Organization field: {}", words(name)),
            Self::OneOrganization => "One organization per user".to_owned(),
            Self::Macro(reply) => format!("Macro: {}", reply.title()),
            Self::HandOverGroup => "Hand-over: group".to_owned(),
            Self::HandOverPerson => "Hand-over: assignee".to_owned(),
            Self::HandOnGroup => "Hand-on: group".to_owned(),
            Self::HandOnForm => "Hand-on: form".to_owned(),
            Self::HandOnField => "Hand-on: ticket field of the stage".to_owned(),
            Self::HandOnStage => "Hand-on: option of the first reply".to_owned(),
            Self::HandOnTags => "Hand-on: tags to take off".to_owned(),
            Self::NoteSaved => "The internal note can be saved".to_owned(),
            Self::PortalSignedIn => "Signed in to the Customers portal".to_owned(),
            Self::Page(kind) => format!("Page of {}", kind.a()),
            Self::Field(kind, name) => format!("{}: {}", sentence(&words(kind.key())), words(name)),
            Self::OrderList => "Order list by subscription".to_owned(),
            Self::OrganizationFound => "Organization of the Salesforce account".to_owned(),
            Self::Selectors(name) => format!("Selectors: {}", words(name)),
        }
    }

    /// The part of the handbook that it belongs to.
    pub fn part(self) -> &'static str {
        match self {
            Self::ZendeskAccess | Self::PortalAccess | Self::SignedIn | Self::Rights => "Access",
            Self::TicketForm
            | Self::TicketField(_)
            | Self::ProblemTypeOption
            | Self::ProductOption(_)
            | Self::OrganizationField(_)
            | Self::OneOrganization => "Names in Zendesk",
            Self::Macro(_) => "Macros",
            Self::HandOverGroup
            | Self::HandOverPerson
            | Self::HandOnGroup
            | Self::HandOnForm
            | Self::HandOnField
            | Self::HandOnStage
            | Self::HandOnTags
            | Self::NoteSaved => "Hand-over, hand-on and note",
            Self::PortalSignedIn
            | Self::Page(_)
            | Self::Field(..)
            | Self::OrderList
            | Self::OrganizationFound => "Pages of a chain",
            Self::Selectors(_) => "Zendesk’s pages",
        }
    }

    /// The settings that it looks at.
    pub fn paths(self) -> Vec<String> {
        let one = |path: &str| vec![path.to_owned()];
        match self {
            Self::ZendeskAccess => one("zendesk.hosts"),
            Self::PortalAccess => one("portal.hosts"),
            Self::SignedIn
            | Self::Rights
            | Self::OneOrganization
            | Self::NoteSaved
            | Self::OrderList
            | Self::OrganizationFound => Vec::new(),
            Self::TicketForm => vec![
                "zendesk.ticket_forms.ids".to_owned(),
                "zendesk.ticket_forms.titles".to_owned(),
            ],
            Self::TicketField(name) => vec![format!("zendesk.ticket_fields.{name}")],
            Self::ProblemTypeOption => one("zendesk.problem_types"),
            Self::ProductOption(product) => vec![format!("zendesk.products.{}", product.key())],
            Self::OrganizationField(name) => vec![format!("zendesk.organization_fields.{name}")],
            Self::Macro(reply) => vec![format!("zendesk.macros.{}", reply.key())],
            Self::HandOverGroup => one("zendesk.hand_over.groups"),
            Self::HandOverPerson => one("zendesk.hand_over.assignee"),
            Self::HandOnGroup => one("zendesk.hand_on.groups"),
            Self::HandOnForm => one("zendesk.hand_on.forms"),
            Self::HandOnField => one("zendesk.hand_on.stage_field"),
            Self::HandOnStage => one("zendesk.hand_on.stages"),
            Self::HandOnTags => one("zendesk.hand_on.removed_tags"),
            Self::PortalSignedIn => one("portal.admin_path"),
            Self::Page(kind) => vec![format!("portal.models.{}", kind.key())],
            Self::Field(kind, name) => {
                let of = |list: &str| format!("portal.fields.{}.{name}.{list}", kind.key());
                let mut paths = vec![of("keys"), of("labels")];
                match (kind, name) {
                    // A trial is read by these words alone.
                    (RecordKind::License, "trial") => {
                        for answer in ["yes", "no", "none"] {
                            paths.push(format!("portal.booleans.{answer}.texts"));
                            paths.push(format!("portal.booleans.{answer}.icons"));
                        }
                    }
                    (RecordKind::CloudActivation, "trial") => {
                        paths.push("portal.no_trial_row".to_owned());
                    }
                    _ => {}
                }
                paths
            }
            Self::Selectors("organization_field") => vec![
                "zendesk.selectors.organization_field".to_owned(),
                format!("zendesk.selectors.{LABELS}"),
            ],
            Self::Selectors(name) => vec![format!("zendesk.selectors.{name}")],
        }
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A choice of the team, which no page of the sites can confirm.
const CHOICE: &str = "The team chooses it; nothing on the sites can confirm it.";
/// A text for replies.
const REPLY: &str = "It is Tether’s own text, and nothing on the sites.";
/// What only an administrator may choose.
const FIXED: &str = "It is part of the program: only a new version changes it.";

/// The settings that no check looks at, with the reason.
pub const NOT_CHECKED: [(&str, &str); 29] = [
    ("version", FIXED),
    ("portal.known_hosts", FIXED),
    ("portal.of_zendesk", FIXED),
    (
        "portal.sign_in_path",
        "It is seen only while you are signed out.",
    ),
    (
        "portal.sign_in_forms",
        "It is seen only while you are signed out.",
    ),
    (
        "portal.validate_action",
        "Its page shows a result only after a license key was sent.",
    ),
    (
        "portal.secrets.keys",
        "A secret cannot be looked for without reading it: only an administrator can choose.",
    ),
    (
        "portal.secrets.labels",
        "A secret cannot be looked for without reading it: only an administrator can choose.",
    ),
    ("zendesk.known_hosts", FIXED),
    ("zendesk.refused_hosts", FIXED),
    (
        "zendesk.file_host",
        "It is seen only while a ticket’s file is fetched.",
    ),
    ("zendesk.stopping_account_types", CHOICE),
    ("zendesk.stop_phrases", CHOICE),
    ("zendesk.contact_limit", CHOICE),
    ("zendesk.replies.proof_asked", REPLY),
    ("zendesk.replies.contacts_added", REPLY),
    ("zendesk.replies.contacts_removed", REPLY),
    ("zendesk.replies.not_an_owner", REPLY),
    ("zendesk.replies.trial", REPLY),
    ("zendesk.replies.entitlement_failed", REPLY),
    ("zendesk.replies.limit_reached", REPLY),
    ("zendesk.replies.company_email_needed", REPLY),
    ("zendesk.replies.open_tickets", REPLY),
    (
        "zendesk.submit_menu",
        "Only a click would show what a click does, and it could submit the ticket.",
    ),
    ("zendesk.note", CHOICE),
    ("zendesk.process", CHOICE),
    ("zendesk.removal_trace", CHOICE),
    ("zendesk.contact_project_phrases", CHOICE),
    (
        "license_keys",
        "It is needed only for a license key that is signed with it.",
    ),
];
