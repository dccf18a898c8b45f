//! An answer of Zendesk's API without its values.

use serde_json::{Map, Number, Value};

use super::attributes::identifier;
use super::invent::Inventor;
use super::page::{Writer, learn, marked_as_block};
use super::words::Known;
use super::zendesk_words::is_word;
use crate::html::{Document, Limits, decoded};
use crate::profile::Profile;

/// Keys of Zendesk's answers, besides those that are made of known words.
const KEYS: &str = " attachments attachment thumbnails via via_id via_source_id source channel system metadata audit audit_id audits events \
    meta has_more before_cursor after_cursor before_url after_url next_page previous_page count facets results result result_type \
    request_source external_id raw_subject raw_title raw_name raw_description recipient submitter_id follower_ids collaborator_ids \
    email_cc_ids forum_topic_id problem_id has_incidents is_public due_at satisfaction_rating sharing_agreement_ids followup_ids \
    brand_id allow_channelback allow_attachments from_messaging_channel generated_timestamp custom_fields custom_field_options \
    custom_role_id custom_status_id shared shared_agent shared_phone_number shared_tickets shared_comments suspended verified locale \
    locale_id time_zone iana_time_zone moderator only_private_comments restricted_agent last_login_at last_active two_factor_auth_enabled \
    photo phone chat_only default_group_id report_csv permanently_deleted signature alias domain_names organization_fields user_fields \
    undeliverable_count deliverable_state primary organization_name default regexp_for_validation system_field_options sub_type_id \
    removable relationship_target_type collapsed_for_agents agent_description visible_in_portal editable_in_portal required_in_portal \
    restriction author_id plain_body html_body file_name content_url mapped_content_url content_type malware_access_override \
    malware_scan_result inline size width height recording_url recording_type recording_consent_action call_id call_duration \
    transcription_text transcription_visible started_at answered_by_id answered_by_name location from to recording duration call \
    safe_update updated_stamp message progress job_statuses success description errors error details headers body www-authenticate \
    retry-after cf-mitigated cf-ray set-cookie flags flags_options trusted latitude longitude client ip_address message_id raw_email_identifier \
    json_email_identifier eml_redacted suspension_type_id decoration is_default agent_can_publish assignable position restricted ";

/// Keys whose numbers count something, or are the status of an answer.
const COUNT_KEYS: [&str; 7] = [
    "status",
    "count",
    "page",
    "per_page",
    "page_size",
    "position",
    "total",
];

/// Keys whose texts may be names that the site profile knows.
const NAME_KEYS: [&str; 8] = [
    "title",
    "raw_title",
    "name",
    "raw_name",
    "title_in_portal",
    "raw_title_in_portal",
    "display_name",
    "account_type",
];

/// An answer's body without its values: JSON, or else what a site answers instead.
pub fn answer(body: &str, profile: &Profile) -> String {
    let known = Known::of(profile);
    let mut invent = Inventor::of(body, &known);
    match serde_json::from_str::<Value>(body.trim_start_matches('\u{FEFF}')) {
        Ok(value) => {
            learn_json(&value, &mut invent);
            invent.settle();
            let written = without("", &value, &invent);
            serde_json::to_string_pretty(&written).unwrap_or_default() + "\n"
        }
        Err(_) => {
            invent.learn(body);
            invent.settle();
            markup_or_text(body, &invent)
        }
    }
}

fn learn_json(value: &Value, invent: &mut Inventor<'_>) {
    match value {
        Value::String(text) => {
            if let Some(inner) = json_within(text) {
                return learn_json(&inner, invent);
            }
            if invent.known.is_label(text) || is_word("", text) {
                return;
            }
            invent.learn(text);
            invent.learn(&decoded(text));
            if is_markup(text)
                && let Ok(document) = Document::fragment(text, &Limits::PAGE)
            {
                learn(&document, invent);
            }
        }
        Value::Number(number) => invent.learn(&number.to_string()),
        Value::Array(list) => list.iter().for_each(|one| learn_json(one, invent)),
        Value::Object(map) => map.values().for_each(|one| learn_json(one, invent)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn without(name: &str, value: &Value, invent: &Inventor<'_>) -> Value {
    match value {
        Value::String(text) => Value::String(text_of(name, text, invent)),
        Value::Number(number) => Value::Number(number_of(name, number, invent)),
        Value::Array(list) => {
            Value::Array(list.iter().map(|one| without(name, one, invent)).collect())
        }
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key_of(key, invent), without(key, value, invent)))
                .collect::<Map<_, _>>(),
        ),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

/// A key stays if it is known, or written like one without a word of the answer's values.
fn key_of(key: &str, invent: &Inventor<'_>) -> String {
    let is_lower = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let is_known = KEYS.contains(&format!(" {} ", key.to_ascii_lowercase()));
    let is_plain = key.len() <= 60
        && key
            .split(['_', '-'])
            .all(|word| invent.known.is_part(word) || (is_lower && !invent.has(word)));
    if is_known || is_plain {
        key.to_owned()
    } else if key.contains('@') || key.contains(' ') {
        invent.text(key)
    } else {
        identifier(key, invent)
    }
}

fn text_of(name: &str, text: &str, invent: &Inventor<'_>) -> String {
    if let Some(inner) = json_within(text) {
        return serde_json::to_string(&without("", &inner, invent)).unwrap_or_default();
    }
    let is_name = NAME_KEYS.contains(&name);
    let is_few_seconds = name.eq_ignore_ascii_case("retry-after")
        && text.len() < 5
        && text.bytes().all(|b| b.is_ascii_digit());
    if is_word(name, text)
        || is_few_seconds
        || invent.known.is_sign(text)
        || (is_name && invent.known.is_label(text))
    {
        return text.to_owned();
    }
    if is_name && text.contains("::") {
        // A macro's categories, then its title.
        let parts: Vec<String> = text
            .split("::")
            .map(|part| text_of(name, part, invent))
            .collect();
        return parts.join("::");
    }
    // A parameter may follow: "text/html; charset=utf-8".
    if let Some((first, rest)) = text.split_once(';')
        && is_word(name, first)
    {
        return format!("{first};{}", invent.text(rest));
    }
    markup_or_text(text, invent)
}

fn markup_or_text(text: &str, invent: &Inventor<'_>) -> String {
    if !is_markup(text) {
        return invent.text(text);
    }
    match Document::fragment(text, &Limits::PAGE) {
        Ok(document) => {
            let written = document.rewritten(&mut Writer::of(invent, false));
            let inner = written.strip_prefix("<html>").unwrap_or(&written);
            let inner = inner.strip_suffix("</html>").unwrap_or(inner);
            marked_as_block(text, inner.to_owned())
        }
        Err(_) => String::new(),
    }
}

/// Whether a text is HTML: `<ada@example.com>` is none.
fn is_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["</", "<br", "<p>", "<img", "<!doctype", "<html", "<!--"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// JSON in a text, as in a recorded answer's body.
fn json_within(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_object() || value.is_array())
}

fn number_of(name: &str, number: &Number, invent: &Inventor<'_>) -> Number {
    let text = number.to_string();
    let is_small = text.trim_start_matches('-').len() < 2;
    if is_small || (COUNT_KEYS.contains(&name) && text.len() < 4) {
        return number.clone();
    }
    let other: String = text
        .split_inclusive(|c: char| !c.is_ascii_digit())
        .map(|part| {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let marks = part.get(digits.len()..).unwrap_or_default();
            format!("{}{marks}", invent.word(digits))
        })
        .collect();
    serde_json::from_str(&other).unwrap_or_else(|_| Number::from(0))
}
