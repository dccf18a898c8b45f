//! What a read in the background came to: the answer as the browser's edge reports it, and why it was of no use.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::text::line::is_invisible;

/// An HTTP answer with its whole body.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The address that answered.
    pub url: String,
    /// The header `Content-Type`, empty where there is none.
    pub content_type: String,
    /// The header `Retry-After` as sent: seconds or an HTTP date.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub retry_after: Option<String>,
    /// The header `cf-mitigated`: what Cloudflare did in the place of the site.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub mitigated: Option<String>,
    /// The body as text.
    pub body: String,
}

/// What became of one read.
#[derive(Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "kind"))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// An answer, good or bad.
    Response(Response),
    /// The site led elsewhere: both sites do so to their sign-in page, and no redirect is followed.
    Redirected,
    /// The body exceeded the limit.
    TooLarge,
    /// The browser has no network.
    Offline,
    /// No answer in time.
    TimedOut,
    /// The browser gave no answer and no reason (it also does so for hosts that it has no permission for).
    #[default]
    Failed,
}

/// Why a read was of no use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    /// No session.
    SignedOut,
    /// What protects the site wants to check the browser first.
    BrowserCheck,
    /// The session may not do this.
    NotAllowed,
    /// The token that the page writes with is not valid any more; nothing was written.
    TokenStale,
    /// A firewall in front of the site refused the request, or wants the browser to be checked. It says nothing about the account.
    Blocked,
    /// There is no such record.
    NotFound,
    /// The site has nothing at this address, whatever the record.
    NoSuchAddress {
        /// The site's own words, as in [`ReadError::Refused`].
        said: String,
    },
    /// Too many requests.
    RateLimited {
        /// When to ask again, in milliseconds since 1970.
        until_ms: u64,
    },
    /// The site is not available for a while, and says for how long.
    Unavailable {
        /// When to ask again, in milliseconds since 1970.
        until_ms: u64,
    },
    /// The site failed.
    Server {
        /// The status code, 500 to 599.
        status: u16,
    },
    /// The site refused the request.
    Refused {
        /// The status code.
        status: u16,
        /// The site's own words: one line of at most [`SAID_MAX`] characters, empty where it gave none.
        said: String,
    },
    /// The record changed since it was read, so a write was refused; nothing was written.
    Conflict,
    /// The site's database was busy with the record, with nobody else writing; nothing was written.
    DatabaseConflict,
    /// Something else already has what a write wanted to give, e.g. a user the address; nothing was written.
    Taken {
        /// The site's own words, as in [`ReadError::Refused`].
        said: String,
    },
    /// The answer is no JSON.
    NotJson,
    /// The answer is JSON of another shape.
    WrongShape {
        /// What is wrong with which key, e.g. "ticket.subject is a number, not text".
        what: String,
    },
    /// The answer exceeds the limit.
    TooLarge,
    /// The browser has no network.
    Offline,
    /// No answer in time.
    TimedOut,
    /// The browser gave no answer and no reason.
    Failed,
}

/// How much of a site's own words is kept, in characters.
pub const SAID_MAX: usize = 300;
/// The wait where the site names none, in seconds.
const DEFAULT_WAIT: u64 = 60;
/// The longest wait taken from the site, in seconds.
const LONGEST_WAIT: u64 = 3600;
/// The same in ms.
pub const LONGEST_WAIT_MS: u64 = LONGEST_WAIT * 1000;

impl ReadError {
    /// What happened, in Zendesk.
    pub fn says(&self) -> String {
        self.says_of("Zendesk")
    }

    /// What the engineer can do next, in Zendesk.
    pub fn next(&self) -> String {
        self.next_of("Zendesk")
    }

    /// What happened. `site`: how the site is called at the beginning of a sentence, e.g. "Zendesk" or "The portal".
    pub fn says_of(&self, site: &str) -> String {
        let within = within(site);
        match self {
            Self::SignedOut => format!("You are signed out of {within}."),
            Self::BrowserCheck => format!("{site} asks for a check in the browser."),
            Self::NotAllowed => format!("Your account may not read this in {within}."),
            Self::TokenStale => format!("{site} refused the request: the page's token is old."),
            Self::Blocked => format!(
                "A firewall in front of {within} refused the request; it was not your account."
            ),
            Self::NotFound => format!("{site} has no such record."),
            Self::NoSuchAddress { said } if said.is_empty() => {
                format!("{site} has nothing at this address.")
            }
            Self::NoSuchAddress { said } => format!("{site} has nothing at this address: {said}"),
            Self::RateLimited { .. } => format!("{site} has had too many requests."),
            Self::Unavailable { .. } => format!("{site} is not available for a moment."),
            Self::Server { status } => format!("{site} failed (status {status})."),
            Self::Refused { status, said } if said.is_empty() => {
                format!("{site} refused the request (status {status}).")
            }
            Self::Refused { status, said } => {
                format!("{site} refused the request (status {status}): {said}")
            }
            Self::Conflict => {
                format!("The record was changed in {within} meanwhile; nothing was written.")
            }
            Self::DatabaseConflict => format!("{site} was busy; nothing was written."),
            Self::Taken { said } if said.is_empty() => {
                format!("{site} has this already; nothing was written.")
            }
            Self::Taken { said } => format!("{site} has this already; nothing was written: {said}"),
            Self::NotJson => format!("{site} answered with something other than data."),
            Self::WrongShape { what } => format!("{site}'s answer has an unknown form: {what}."),
            Self::TooLarge => format!("{site}'s answer is too large to read."),
            Self::Offline => "The browser is offline.".to_owned(),
            Self::TimedOut => format!("{site} did not answer in time."),
            Self::Failed => format!("{site} could not be reached."),
        }
    }

    /// What the engineer can do next. `site`: as for [`ReadError::says_of`].
    pub fn next_of(&self, site: &str) -> String {
        let within = within(site);
        match self {
            Self::SignedOut => format!("Sign in to {within} in this browser, then read again."),
            Self::BrowserCheck => format!("Open this page of {within} in a tab, pass the check, then read again."),
            Self::NotAllowed => "Ask for access, or continue by hand.".to_owned(),
            Self::TokenStale => "Reload the ticket, then try again.".to_owned(),
            Self::Blocked => format!("Reload the page of {within}, then try again."),
            Self::NotFound => "Check that it has not been deleted or merged.".to_owned(),
            Self::NoSuchAddress { .. } => {
                "Check the site's name in the settings; if it is right, continue by hand and report it.".to_owned()
            }
            Self::RateLimited { .. } | Self::Unavailable { .. } => format!("Tether asks again when {within} allows it."),
            Self::Server { .. } | Self::TimedOut => "Wait a moment, then read again.".to_owned(),
            Self::Refused { status: 422, .. } => "Put right what is named there, then try again.".to_owned(),
            Self::Refused { .. } => "Read again; if it stays so, continue by hand and report it.".to_owned(),
            Self::Conflict => "Look at what changed, then decide again.".to_owned(),
            Self::DatabaseConflict => "Try again.".to_owned(),
            Self::Taken { .. } => {
                "Look for the one that has it: it may have it as a second one, or be too new to be found at once.".to_owned()
            }
            Self::NotJson => format!("Reload the page of {within}, then read again."),
            Self::WrongShape { .. } => "Continue by hand and report it: Tether has to learn this form.".to_owned(),
            Self::TooLarge => "Continue by hand.".to_owned(),
            Self::Offline => "Connect, then read again.".to_owned(),
            Self::Failed => "Check the connection and that Tether may read this site, then read again.".to_owned(),
        }
    }

    /// When to ask again by itself, in milliseconds since 1970, where the site named a time.
    pub fn waits_until(&self) -> Option<u64> {
        match self {
            Self::RateLimited { until_ms } | Self::Unavailable { until_ms } => Some(*until_ms),
            _ => None,
        }
    }

    /// Whether the same request can succeed later without anything being repaired.
    pub fn retryable(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Unavailable { .. }
            | Self::Server { .. }
            | Self::DatabaseConflict
            | Self::Offline
            | Self::TimedOut
            | Self::Failed => true,
            Self::SignedOut
            | Self::BrowserCheck
            | Self::NotAllowed
            | Self::TokenStale
            | Self::Blocked
            | Self::NotFound
            | Self::NoSuchAddress { .. }
            | Self::Refused { .. }
            | Self::Conflict
            | Self::Taken { .. }
            | Self::NotJson
            | Self::WrongShape { .. }
            | Self::TooLarge => false,
        }
    }
}

/// The JSON of an answer, or why there is none. `now_ms`: milliseconds since 1970, from which a `Retry-After` counts.
pub fn json(answer: &Answer, now_ms: u64) -> Result<Value, ReadError> {
    match answer {
        Answer::Response(response) => json_of(response, now_ms),
        Answer::Redirected => Err(ReadError::SignedOut),
        Answer::TooLarge => Err(ReadError::TooLarge),
        Answer::Offline => Err(ReadError::Offline),
        Answer::TimedOut => Err(ReadError::TimedOut),
        Answer::Failed => Err(ReadError::Failed),
    }
}

fn json_of(response: &Response, now_ms: u64) -> Result<Value, ReadError> {
    let asked_wait = || {
        response
            .retry_after
            .as_deref()
            .and_then(|raw| wait_seconds(raw, now_ms))
    };
    let until = |wait: u64| now_ms.saturating_add(wait.clamp(1, LONGEST_WAIT) * 1000);
    match response.status {
        200..=299 => body_json(response),
        301 | 302 | 303 | 307 | 308 | 401 => Err(ReadError::SignedOut),
        429 => Err(ReadError::RateLimited {
            until_ms: until(asked_wait().unwrap_or(DEFAULT_WAIT)),
        }),
        status @ 400..=599 if is_challenge(&response.body) && status != 404 => {
            Err(ReadError::Blocked)
        }
        403 => Err(forbidden(response)),
        404 => Err(absent(response)),
        409 if has_code(&response.body, &["DatabaseConflict"]) => Err(ReadError::DatabaseConflict),
        409 => Err(ReadError::Conflict),
        422 if is_stale_token(&response.body) => Err(ReadError::TokenStale),
        422 if is_taken(&response.body) => Err(ReadError::Taken {
            said: said(&response.body),
        }),
        status @ 400..=499 => Err(ReadError::Refused {
            status,
            said: said(&response.body),
        }),
        status @ 500..=599 => Err(match asked_wait() {
            Some(wait) => ReadError::Unavailable {
                until_ms: until(wait),
            },
            None => ReadError::Server { status },
        }),
        _ => Err(ReadError::Failed),
    }
}

/// Who refused with 403: the site because of the page's token or of the account, or something in front of the site.
fn forbidden(response: &Response) -> ReadError {
    let body = &response.body;
    if is_stale_token(body) {
        ReadError::TokenStale
    } else if is_sign_in_page(response) {
        ReadError::SignedOut
    } else if is_html(response) || is_firewall_text(body) {
        // The site itself refuses with data.
        ReadError::Blocked
    } else {
        ReadError::NotAllowed
    }
}

/// Whether a refusal is of the page's token: by its code, or in the form that has words alone.
fn is_stale_token(body: &str) -> bool {
    has_code(body, &["InvalidAuthenticityToken"])
        || said(body)
            .to_lowercase()
            .contains("invalid authenticity token")
}

/// What is not there: the record, or the whole address.
fn absent(response: &Response) -> ReadError {
    let body = &response.body;
    let words = said(body);
    if has_code(body, &["InvalidEndpoint"]) || words.contains("help desk") || is_html(response) {
        ReadError::NoSuchAddress { said: words }
    } else {
        ReadError::NotFound
    }
}

fn body_json(response: &Response) -> Result<Value, ReadError> {
    match serde_json::from_str::<Value>(response.body.trim_start_matches('\u{FEFF}')) {
        // Zendesk answers a missing session with a user without a number in some places.
        Ok(value)
            if value
                .get("user")
                .and_then(|user| user.get("id"))
                .is_some_and(Value::is_null) =>
        {
            Err(ReadError::SignedOut)
        }
        Ok(value) => Ok(value),
        Err(_) if is_challenge(&response.body) => Err(ReadError::Blocked),
        Err(_) if is_sign_in_page(response) => Err(ReadError::SignedOut),
        Err(_) => Err(ReadError::NotJson),
    }
}

/// Whether a body is a page of a firewall that refuses, or checks the browser first.
fn is_challenge(body: &str) -> bool {
    if !body
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .starts_with('<')
    {
        return is_firewall_text(body);
    }
    let body = body.to_ascii_lowercase();
    let marks = [
        "| cloudflare</title>",
        "<title>just a moment...</title>",
        "/cdn-cgi/challenge-platform/",
        "cf-error-details",
        "cf-chl-",
        "_cf_chl_opt",
        "<title>request rejected</title>",
        "_incapsula_resource",
        "generated by cloudfront",
        "errors.edgesuite.net",
    ];
    marks.into_iter().any(|mark| body.contains(mark))
}

/// Whether a body is what Cloudflare answers to a program: "error code: 1020".
fn is_firewall_text(body: &str) -> bool {
    let rest = body.trim().to_ascii_lowercase();
    rest.strip_prefix("error code:").is_some_and(|number| {
        number.trim().len() == 4 && number.trim().bytes().all(|b| b.is_ascii_digit())
    })
}

fn is_html(response: &Response) -> bool {
    let body = response.body.trim_start_matches('\u{FEFF}').trim_start();
    body.starts_with('<')
        || response.content_type.to_ascii_lowercase().contains("html")
            && !body.is_empty()
            && !body.starts_with(['{', '['])
}

/// Whether an error's body names one of some codes, in any of the forms that Zendesk uses.
fn has_code(body: &str, codes: &[&str]) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let is_one = |word: Option<&Value>| {
        word.and_then(Value::as_str)
            .is_some_and(|word| codes.contains(&word))
    };
    let error = value.get("error");
    is_one(error)
        || is_one(error.and_then(|e| e.get("title")))
        || is_one(error.and_then(|e| e.get("code")))
        || value
            .get("errors")
            .and_then(Value::as_array)
            .is_some_and(|all| {
                all.iter()
                    .any(|e| is_one(e.get("code")) || is_one(e.get("title")))
            })
}

/// Whether an answer that is no JSON is a page that asks for a password, or stands where such pages stand.
pub(crate) fn is_sign_in_page(response: &Response) -> bool {
    let body = response.body.trim_start_matches('\u{FEFF}').trim_start();
    if !response.content_type.to_ascii_lowercase().contains("html") && !body.starts_with('<') {
        return false;
    }
    let after_scheme = response.url.split_once("://").map_or("", |(_, rest)| rest);
    let path = after_scheme
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let part = |name: &str| path.split('/').skip(1).any(|p| p == name);
    if [
        "access",
        "auth",
        "signin",
        "sign_in",
        "login",
        "saml",
        "unauthenticated",
    ]
    .into_iter()
    .any(part)
    {
        return true;
    }
    asks_to_sign_in(body)
}

/// Whether HTML asks for a password, or leads to where one is asked for.
pub(crate) fn asks_to_sign_in(html: &str) -> bool {
    let body = html.to_ascii_lowercase();
    let marks = [
        "type=\"password\"",
        "type='password'",
        "type=password",
        "/access/login",
        "/access/unauthenticated",
        "/auth/v2/login",
        "/auth/v3/signin",
    ];
    marks.into_iter().any(|mark| body.contains(mark))
}

/// Seconds from now that a `Retry-After` names.
fn wait_seconds(raw: &str, now_ms: u64) -> Option<u64> {
    let raw = raw.trim();
    if !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than fit are a very long wait.
        return Some(raw.parse().unwrap_or(u64::MAX));
    }
    let at = OffsetDateTime::parse(raw, &Rfc2822).ok()?.unix_timestamp();
    let now = i64::try_from(now_ms.div_ceil(1000)).ok()?;
    Some(u64::try_from(at.saturating_sub(now)).unwrap_or(0))
}

/// The site's own words in an error's body, in any of the four forms that Zendesk uses.
fn said(body: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return String::new();
    };
    let text = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .filter(|t| !t.trim().is_empty())
            .map(str::to_owned)
    };
    let joined =
        |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let words = if let Some(errors) = value.get("errors").and_then(Value::as_array) {
        let one = |e: &Value| {
            joined([
                text(e.get("title")).or_else(|| text(e.get("code"))),
                text(e.get("detail")).or_else(|| text(e.get("message"))),
            ])
        };
        errors
            .iter()
            .take(5)
            .map(one)
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    } else {
        match value.get("error") {
            Some(error @ Value::Object(_)) => {
                joined([text(error.get("title")), text(error.get("message"))])
            }
            error => {
                let details = value
                    .get("details")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten();
                let listed = details.flat_map(|(field, all)| {
                    all.as_array()
                        .into_iter()
                        .flatten()
                        .map(move |one| (field, one))
                });
                let listed = listed.take(3).filter_map(|(field, one)| {
                    Some(with_field(text(one.get("description"))?, field, one))
                });
                let details = listed.collect::<Vec<_>>().join("; ");
                let described = joined([
                    text(error),
                    text(value.get("description")).or_else(|| text(value.get("message"))),
                ]);
                joined([
                    Some(described).filter(|t| !t.is_empty()),
                    Some(details).filter(|t| !t.is_empty()),
                ])
            }
        }
    };
    one_line(&words, SAID_MAX)
}

/// What is wrong with a field, and with which one, where the words do not say so themselves.
fn with_field(words: String, field: &str, detail: &Value) -> String {
    match detail.get("ticket_field_id").and_then(Value::as_u64) {
        Some(id) => format!("{words} (ticket field {id})"),
        None if field == "base"
            || words
                .to_lowercase()
                .contains(&field.replace('_', " ").to_lowercase()) =>
        {
            words
        }
        None => format!("{words} ({field})"),
    }
}

/// Whether a refusal's body says, whatever the language of its words, that a value is taken.
fn is_taken(body: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let details = value
        .get("details")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values);
    details
        .filter_map(Value::as_array)
        .flatten()
        .any(|d| d.get("error").and_then(Value::as_str) == Some("DuplicateValue"))
}

/// A site's name within a sentence.
fn within(site: &str) -> String {
    site.strip_prefix("The ")
        .map_or_else(|| site.to_owned(), |name| format!("the {name}"))
}

/// A text as one line of at most `max` characters, without control characters and invisible marks.
fn one_line(text: &str, max: usize) -> String {
    let clean: String = text
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    bounded(&clean.split_whitespace().collect::<Vec<_>>().join(" "), max)
}

/// At most `max` characters of a text, the last one an ellipsis where some are missing.
pub(crate) fn bounded(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .take(max.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json as value;

    use super::*;

    /// 2026-11-24T00:00:00Z.
    const NOW: u64 = 1_795_478_400_000;

    fn response(status: u16, content_type: &str, body: &str) -> Response {
        let url = "https://gitlab.zendesk.com/api/v2/tickets/1".to_owned();
        Response {
            status,
            url,
            content_type: content_type.to_owned(),
            retry_after: None,
            mitigated: None,
            body: body.to_owned(),
        }
    }

    fn failed(status: u16, body: &str) -> ReadError {
        json(
            &Answer::Response(response(status, "application/json", body)),
            NOW,
        )
        .unwrap_err()
    }

    fn wait(retry_after: Option<&str>) -> u64 {
        let limited = Response {
            retry_after: retry_after.map(Into::into),
            ..response(429, "text/plain", "")
        };
        match json(&Answer::Response(limited), NOW) {
            Err(ReadError::RateLimited { until_ms }) => (until_ms - NOW) / 1000,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_good_answer_is_its_json() {
        let read = json(
            &Answer::Response(response(
                200,
                "application/json; charset=utf-8",
                r#"{"a":1}"#,
            )),
            NOW,
        );
        assert_eq!(read, Ok(value!({"a": 1})));
    }

    #[test]
    fn each_outcome_without_an_answer_keeps_its_reason() {
        let reasons = [
            (Answer::Redirected, ReadError::SignedOut),
            (Answer::TooLarge, ReadError::TooLarge),
            (Answer::Offline, ReadError::Offline),
            (Answer::TimedOut, ReadError::TimedOut),
            (Answer::Failed, ReadError::Failed),
        ];
        for (answer, reason) in reasons {
            assert_eq!(json(&answer, NOW), Err(reason), "{answer:?}");
        }
    }

    #[test]
    fn each_status_has_its_reason_whatever_the_body_says() {
        for body in [
            "",
            "null",
            "[]",
            r#"{"error":"Couldn't authenticate you"}"#,
            "<html>",
            "{\"user\":{\"id\":null}}",
        ] {
            assert_eq!(failed(401, body), ReadError::SignedOut);
            assert_eq!(failed(302, body), ReadError::SignedOut);
            let html = body.starts_with('<');
            assert_eq!(
                failed(403, body),
                if html {
                    ReadError::Blocked
                } else {
                    ReadError::NotAllowed
                }
            );
            let nothing = ReadError::NoSuchAddress {
                said: String::new(),
            };
            assert_eq!(
                failed(404, body),
                if html { nothing } else { ReadError::NotFound }
            );
            assert_eq!(failed(503, body), ReadError::Server { status: 503 });
            for status in [0, 100, 304, 600] {
                assert_eq!(failed(status, body), ReadError::Failed, "{status}");
            }
        }
    }

    #[test]
    fn a_refusal_tells_the_words_of_each_error_shape() {
        let shapes = [
            (
                r#"{"error":{"title":"Forbidden","message":"You do not have access"}}"#,
                "Forbidden: You do not have access",
            ),
            (
                r#"{"error":"RecordInvalid","description":"Record validation errors"}"#,
                "RecordInvalid: Record validation errors",
            ),
            (
                r#"{"error":"RecordInvalid","description":"Errors","details":{"email":[{"description":"Email is taken"}]}}"#,
                "RecordInvalid: Errors: Email is taken",
            ),
            (
                r#"{"errors":[{"code":"X","title":"Invalid attribute","detail":"page[size] is too big"}]}"#,
                "Invalid attribute: page[size] is too big",
            ),
            (
                r#"{"errors":[{"code":"TooMany"},{"detail":"second"}]}"#,
                "TooMany; second",
            ),
            (r#"{"error":"Unprocessable"}"#, "Unprocessable"),
        ];
        for (body, said) in shapes {
            assert_eq!(
                failed(422, body),
                ReadError::Refused {
                    status: 422,
                    said: said.to_owned()
                }
            );
        }
        for body in [
            "",
            "<html>",
            "7",
            "null",
            r#"{"error":7}"#,
            r#"{"errors":{}}"#,
            r#"{"errors":[7,null]}"#,
            r#"{"error":{"title":[]}}"#,
        ] {
            let error = failed(400, body);
            assert_eq!(
                error,
                ReadError::Refused {
                    status: 400,
                    said: String::new()
                },
                "{body}"
            );
            assert_eq!(error.says(), "Zendesk refused the request (status 400).");
        }
    }

    #[test]
    fn a_write_that_came_too_late_or_wanted_what_is_taken_has_its_own_reason() {
        let stale = r#"{"error":"UpdateConflict","description":"Safe Update prevented the update due to outdated ticket data"}"#;
        for body in [stale, "", "<html>"] {
            assert_eq!(failed(409, body), ReadError::Conflict);
        }
        let taken = value!({
            "error": "RecordInvalid", "description": "Errors",
            "details": {"name": [{"description": "x"}], "email": [{"description": "Email: a@b.example wird verwendet", "error": "DuplicateValue"}]}
        });
        let error = failed(422, &taken.to_string());
        assert_eq!(
            error,
            ReadError::Taken {
                said: "RecordInvalid: Errors: Email: a@b.example wird verwendet; x (name)".into()
            }
        );
        assert_eq!(
            error
                .says_of("The portal")
                .find("The portal has this already; nothing was written: "),
            Some(0)
        );
        for other in ["InvalidValue", ""] {
            let body = value!({"error": "RecordInvalid", "details": {"email": [{"description": "bad", "error": other}]}}).to_string();
            assert_eq!(
                failed(422, &body),
                ReadError::Refused {
                    status: 422,
                    said: "RecordInvalid: bad (email)".into()
                }
            );
        }
        for odd in [
            r#"{"details":["DuplicateValue"]}"#,
            r#"{"details":{"email":"DuplicateValue"}}"#,
            r#"{"details":{"email":[7,{"error":[]}]}}"#,
        ] {
            assert!(
                matches!(failed(422, odd), ReadError::Refused { status: 422, .. }),
                "{odd}"
            );
        }
    }

    #[test]
    fn a_refusals_words_are_one_short_line_without_invisible_marks() {
        let body = value!({"error": format!("a\n\u{202E}b\t{}", "é".repeat(1000))}).to_string();
        let ReadError::Refused { said, .. } = failed(422, &body) else {
            unreachable!()
        };
        assert!(said.starts_with("a b é") && said.ends_with("é…"), "{said}");
        assert_eq!(said.chars().count(), SAID_MAX);
    }

    #[test]
    fn a_rate_limit_waits_as_told_in_seconds_or_until_a_date() {
        assert_eq!(wait(Some("17")), 17);
        assert_eq!(wait(Some(" 93 ")), 93);
        assert_eq!(wait(Some("Tue, 24 Nov 2026 00:01:30 GMT")), 90);
        assert_eq!(
            wait(Some("Mon, 23 Nov 2026 23:59:00 GMT")),
            1,
            "a date that has passed"
        );
        assert_eq!(wait(Some("0")), 1);
        for long in [
            "86400",
            "99999999999999999999999",
            "Wed, 25 Nov 2026 00:00:00 GMT",
        ] {
            assert_eq!(wait(Some(long)), 3600, "{long}");
        }
        for odd in [
            None,
            Some(""),
            Some("soon"),
            Some("-5"),
            Some("1.5"),
            Some("Tue, 24 Nov"),
            Some("٣"),
        ] {
            assert_eq!(wait(odd), 60, "{odd:?}");
        }
    }

    #[test]
    fn a_page_instead_of_data_is_told_from_a_sign_in_page() {
        let page = |url: &str, body: &str| {
            let response = Response {
                url: url.to_owned(),
                ..response(200, "text/html; charset=utf-8", body)
            };
            json(&Answer::Response(response), NOW).unwrap_err()
        };
        let api = "https://gitlab.zendesk.com/api/v2/tickets/1";
        assert_eq!(
            page(api, "<html><form><input type=\"password\">"),
            ReadError::SignedOut
        );
        assert_eq!(
            page(api, "<html><a href='/access/login?return_to=x'>"),
            ReadError::SignedOut
        );
        assert_eq!(
            page("https://gitlab.zendesk.com/auth/v3/signin?x=1", "<html>"),
            ReadError::SignedOut
        );
        assert_eq!(
            page("https://gitlab.zendesk.com/access", "<html>"),
            ReadError::SignedOut
        );
        assert_eq!(
            page(
                "https://gitlab.zendesk.com/api/v2/x?next=/access/login",
                "<html>Maintenance"
            ),
            ReadError::NotJson
        );
        assert_eq!(page(api, ""), ReadError::NotJson);
    }

    #[test]
    fn a_body_cut_short_is_no_data_and_never_a_panic() {
        let whole = r#"{"ticket":{"id":1,"subject":"é"},"users":[{"id":null}]}"#;
        for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            assert_eq!(
                failed(200, whole.get(..end).unwrap()),
                ReadError::NotJson,
                "{end}"
            );
        }
        assert_eq!(
            failed(200, &"[".repeat(1_000_000)),
            ReadError::NotJson,
            "nested too deeply"
        );
    }

    #[test]
    fn the_anonymous_user_is_signed_out() {
        assert_eq!(
            failed(
                200,
                r#"{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}"#
            ),
            ReadError::SignedOut
        );
        let known = response(200, "application/json", r#"{"user":{"id":7}}"#);
        assert!(json(&Answer::Response(known), NOW).is_ok());
    }

    #[test]
    fn every_reason_says_what_happened_and_what_to_do() {
        let refused = ReadError::Refused {
            status: 422,
            said: "Invalid".into(),
        };
        assert_eq!(
            refused.says(),
            "Zendesk refused the request (status 422): Invalid"
        );
        let all = [
            (ReadError::SignedOut, false),
            (ReadError::NotAllowed, false),
            (ReadError::TokenStale, false),
            (ReadError::Blocked, false),
            (ReadError::NotFound, false),
            (
                ReadError::NoSuchAddress {
                    said: "No help desk".into(),
                },
                false,
            ),
            (
                ReadError::NoSuchAddress {
                    said: String::new(),
                },
                false,
            ),
            (ReadError::DatabaseConflict, true),
            (ReadError::Unavailable { until_ms: 1 }, true),
            (ReadError::RateLimited { until_ms: 1 }, true),
            (ReadError::Server { status: 500 }, true),
            (refused, false),
            (ReadError::Conflict, false),
            (
                ReadError::Taken {
                    said: "Email is taken".into(),
                },
                false,
            ),
            (
                ReadError::Taken {
                    said: String::new(),
                },
                false,
            ),
            (ReadError::NotJson, false),
            (ReadError::WrongShape { what: "x".into() }, false),
            (ReadError::TooLarge, false),
            (ReadError::Offline, true),
            (ReadError::TimedOut, true),
            (ReadError::Failed, true),
        ];
        for (error, retryable) in all {
            assert!(
                error.says().len() > 10 && error.next().ends_with('.'),
                "{error:?}"
            );
            assert_eq!(error.retryable(), retryable, "{error:?}");
            for site in ["Zendesk", "The portal"] {
                for text in [error.says_of(site), error.next_of(site)] {
                    assert!(
                        site == "Zendesk" || !text.contains("Zendesk") && !text.contains(" The "),
                        "{text}"
                    );
                }
            }
            let kept = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ReadError>(&kept).unwrap(), error);
        }
    }

    #[test]
    fn answers_are_reported_by_kind() {
        let reported: Answer = crate::plain::read(value!({
            "kind": "response", "status": 200, "url": "https://x", "content_type": "", "retry_after": null, "body": "{}"
        }))
        .unwrap();
        assert!(matches!(
            reported,
            Answer::Response(Response {
                status: 200,
                retry_after: None,
                mitigated: None,
                ..
            })
        ));
        assert_eq!(
            crate::plain::read(value!({"kind": "timed_out"})),
            Ok(Answer::TimedOut)
        );
    }
}
