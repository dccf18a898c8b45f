//! What may stay: structure, and labels that the site profile knows.

use std::collections::HashSet;

use serde_json::Value;

use super::calendar;
use super::zendesk_words::is_in_word;
use crate::portal::{SHAPES, disowns, is_sign};
use crate::profile::Profile;

/// Words beside a date that say how it is meant.
pub(super) const BESIDE_DATES: [&str; 20] = [
    "UTC", "GMT", "CET", "Z", "T", "AM", "PM", "am", "pm", "at", "of", "until", "till", "through",
    "since", "from", "Yes", "yes", "de", "г",
];

/// Sentences of Rails, Zendesk and the reader's own rules that decide what an answer is.
pub(super) const PHRASES: [&str; 7] = [
    "invalid authenticity token",
    "no help desk at",
    "error code",
    "view in ",
    "open in ",
    "show in ",
    "see in ",
];

/// Words of classes, names, ids and paths: of rails_admin, Bootstrap, Font Awesome, GitLab's design system,
/// Rails, Zendesk and mail programs.
const STRUCTURE: &str = "rails admin bulk list filters filter box form field fields fieldset group groups item items row rows table head body \
    header headers page title footer nav navbar navigation tab tabs tabcontent pane panes panel card main sidebar container fluid column columns \
    col offset clearfix total count links link member collection root icon icons inline active disabled hidden hide show collapse collapsed \
    collapsing in fade alert dismissible warning danger success info primary secondary default light dark muted badge label labels lozenge pill \
    chip tag tags btn button buttons toggle toggler dropdown menu breadcrumb pagination pager next previous last first shrink empty text type \
    string integer boolean date datetime timestamp float decimal belongs to has many one association polymorphic enum json serialized uuid \
    inet file files upload password hash id ids name names edit editor new index export history record records dashboard delete destroy action \
    actions app invisible visually sr only focusable screen reader border rounded bg bordered striped condensed hover sm md lg xl xxl xs px py \
    pt pb mt mb ms me mx my flex wrap nowrap align center end start grow shrink block none display fixed top bottom left right position sticky \
    w h auto offcanvas unstyled brand expand dropup nested create created update updated control input textarea select selected option options \
    checkbox radio submit search query required optional error errors help hint well span hr dl dt dd definition fa fas far fab fw solid regular \
    spin spinner 2x 3x check times circle xmark minus plus info pencil alt trash book chevron down up arrow angle eye lock user users copy \
    clipboard external gl avatar token authenticity csrf param utf8 commit method samlrequest samlresponse challenge cf turbo frame data pjax \
    model preview remote sort order reverse per all set stale flash modal dialog backdrop close tooltip popover svg use path glyphicon bi ok \
    remove square fill code pre cell cells layout content wrapper inner outer wide narrow small large expanded haspopup controls current true \
    false h1 h2 h3 h4 h5 h6 value values key keys is on off at by of the for and with from http https www html js css png img image images \
    javascript stylesheet noopener noreferrer nofollow blank self get post put patch refresh polite assertive status state log region \
    d presentation tablist tabpanel listbox combobox menuitem menubar banner complementary contentinfo article heading toolbar tree grid \
    trial evaluation subscription subscriptions license licenses licence account accounts billing zuora salesforce sfdc company plan product \
    email mail address contact contacts sold activation activations cloud full work starts expires started ended validate pretty formatted \
    flag identifier number customer customers quantity seats version restrictions licensee cdn cgi l protection access platform orchestrate \
    assets auth admins sign api v2 me tickets ticket organization organizations comment comments composer omnicomposer omnichannel channel \
    switcher rich ckeditor ck editable standard custom internal public web entity standalone conversation requester assignee subject \
    memberships identities macros macro apply form forms jobs statuses job assignable agent end pending open hold solved closed note notes \
    gmail quote attr signature smartmail prefix moz cite blockquote zimbra yahoo protonmail outlook appendonsend divrplyfwdmsg workspace \
    detail details view views summary line lines wrap section time tooltips styles theme mode collapse pressed checked readonly multiple live \
    switch mixed decoration through omni omnilog sender message messages autocomplete property properties tablist attachments attachment retry after mitigated ray cache server length encoding atomic owns describedby labelledby autocomplete license_key";

/// Whole texts that rails_admin and Rails write themselves, in lower case.
const TEXTS: [&str; 34] = [
    "list",
    "show",
    "edit",
    "delete",
    "history",
    "export",
    "dashboard",
    "home",
    "log out",
    "sign in",
    "sign out",
    "filters",
    "add filter",
    "refresh",
    "navigation",
    "toggle navigation",
    "admin",
    "basic info",
    "details",
    "add new",
    "validate",
    "validate license",
    "id",
    "created at",
    "updated at",
    "no records found",
    "just a moment...",
    "attention required! | cloudflare",
    "request rejected",
    "restrictions",
    "licensee",
    "license",
    "uuid",
    "type",
];

/// Keys of the data that Validate License shows: they tell a result's structure.
const KEYS: [&str; 14] = [
    "restrictions",
    "licensee",
    "license",
    "license_data",
    "data",
    "id",
    "Name",
    "Email",
    "Company",
    "version",
    "issued_at",
    "expires_at",
    "starts_at",
    "add_on_products",
];

/// The groups of the profile whose texts are names and labels of the sites.
const LABELS: [&str; 14] = [
    "/portal/fields",
    "/portal/secrets/labels",
    "/zendesk/ticket_forms/titles",
    "/zendesk/ticket_fields",
    "/zendesk/problem_types",
    "/zendesk/products",
    "/zendesk/stopping_account_types",
    "/zendesk/hand_over/groups",
    "/zendesk/hand_on/groups",
    "/zendesk/hand_on/forms",
    "/zendesk/hand_on/stage_field",
    "/zendesk/macros",
    "/zendesk/selectors/organization_labels",
    "/zendesk/organization_fields",
];

/// The groups of the profile whose words are structure.
const NAMES: [&str; 9] = [
    "/portal/admin_path",
    "/portal/sign_in_path",
    "/portal/sign_in_forms",
    "/portal/validate_action",
    "/portal/models",
    "/portal/fields",
    "/portal/booleans",
    "/zendesk/selectors",
    "/zendesk/organization_fields",
];

/// What is no value, whatever the page.
pub struct Known {
    structure: HashSet<String>,
    labels: HashSet<String>,
    hosts: HashSet<String>,
    booleans: HashSet<String>,
    /// The attributes that the profile's selectors look at.
    attributes: HashSet<String>,
}

impl Known {
    /// What a site profile knows.
    pub fn of(profile: &Profile) -> Self {
        let profile = profile.layers.in_force();
        let at = |path: &str| profile.pointer(path).unwrap_or(&Value::Null);
        let mut known = Self {
            structure: STRUCTURE.split_whitespace().map(str::to_owned).collect(),
            labels: TEXTS.iter().map(|text| plain_label(text)).collect(),
            hosts: HashSet::new(),
            booleans: HashSet::new(),
            attributes: HashSet::new(),
        };
        for path in NAMES {
            each_text(at(path), &mut |text| {
                let words = text.split(|c: char| !c.is_alphanumeric());
                known
                    .structure
                    .extend(words.filter(|w| !w.is_empty()).map(str::to_lowercase));
            });
        }
        for path in LABELS {
            each_text(at(path), &mut |text| {
                known.labels.insert(plain_label(text));
            });
        }
        // Lists are named after what they list.
        each_text(at("/portal/models"), &mut |text| {
            known.labels.insert(plain_label(text));
            known.labels.insert(plain_label(&format!("{text}s")));
        });
        for path in [
            "/portal/hosts",
            "/portal/known_hosts",
            "/zendesk/hosts",
            "/zendesk/known_hosts",
            "/zendesk/refused_hosts",
        ] {
            each_text(at(path), &mut |text| {
                known.hosts.insert(text.to_lowercase());
            });
        }
        each_text(at("/portal/booleans"), &mut |text| {
            known.booleans.insert(text.to_lowercase());
        });
        each_text(at("/zendesk/selectors"), &mut |text| {
            for after in text.split('[').skip(1) {
                let end = after
                    .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                    .unwrap_or(after.len());
                known
                    .attributes
                    .extend(after.get(..end).map(str::to_lowercase));
            }
        });
        known
    }

    /// Whether a part of a name is structure.
    pub fn is_part(&self, part: &str) -> bool {
        part.is_empty() || self.structure.contains(&part.to_lowercase())
    }

    /// Whether a selector of the profile looks at an attribute.
    pub fn is_attribute(&self, name: &str) -> bool {
        self.attributes.contains(name)
    }

    /// Whether a host is one of the two sites'.
    pub fn is_host(&self, host: &str) -> bool {
        self.hosts.contains(&host.to_ascii_lowercase())
    }

    /// Whether a label or a text of the site's own is known.
    pub fn is_label(&self, text: &str) -> bool {
        self.labels.contains(&plain_label(text))
    }

    /// Whether a text is no value: yes, no, a word for nothing, or the name of an action.
    pub fn is_sign(&self, text: &str) -> bool {
        let bare = text.trim().to_lowercase().replace('\u{FE0F}', "");
        is_sign(text.trim())
            || SHAPES.contains(&bare.as_str())
            || self.booleans.contains(bare.trim_end_matches(['.', '!']))
            || bare.split_once(' ').is_some_and(|(sign, word)| {
                self.booleans.contains(sign) && self.booleans.contains(word)
            })
    }

    /// Whether a word is a key of what Validate License shows.
    pub fn is_key(word: &str) -> bool {
        KEYS.contains(&word)
    }

    /// Whether a word may be in a page without its values: for tests that look for values.
    pub fn may_stay(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let words = |text: &str| {
            text.split(' ')
                .any(|one| one.trim_matches(|c: char| !c.is_alphanumeric()) == word)
        };
        self.is_part(&word)
            || KEYS.iter().any(|key| key.to_lowercase() == word)
            || BESIDE_DATES.iter().any(|one| one.to_lowercase() == word)
            || calendar::is_name(&word)
            || disowns(&word)
            || SHAPES.iter().any(|shape| words(shape))
            || self
                .hosts
                .iter()
                .any(|host| host.split('.').any(|part| part == word))
            || self.labels.iter().any(|label| words(label))
            || self.booleans.iter().any(|one| words(one))
            || PHRASES.iter().any(|phrase| words(phrase.trim()))
            || is_in_word(&word)
            || ["example", "mailto", "00am", "00pm"].contains(&word.as_str())
            || self.is_sign(&word)
    }
}

/// A label as labels are compared: lower case, words alone.
fn plain_label(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || ":：_-?？*".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn each_text(value: &Value, take: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(list) => list.iter().for_each(|one| each_text(one, take)),
        Value::Object(map) => map.values().for_each(|one| each_text(one, take)),
        _ => {}
    }
}
