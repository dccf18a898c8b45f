//! The JSON of an answer, or why there is none.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::error::LONGEST_WAIT;
use super::words::{has_code, is_taken, said};
use super::{Answer, ReadError, Response, firewall, is_sign_in_page};

/// The wait if the site names none, in seconds.
const DEFAULT_WAIT: u64 = 60;

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
        status @ 400..=599 if firewall::is_block(&response.body) && status != 404 => {
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

/// The reason for a 403: the page's token, the account, or something in front of the site.
fn forbidden(response: &Response) -> ReadError {
    let body = &response.body;
    if is_stale_token(body) {
        ReadError::TokenStale
    } else if is_sign_in_page(response) {
        ReadError::SignedOut
    } else if is_html(response) || firewall::is_text_for_programs(body) {
        // The site itself refuses with data.
        ReadError::Blocked
    } else {
        ReadError::NotAllowed
    }
}

/// Whether a refusal is about the page's token, by its code or by its text.
fn is_stale_token(body: &str) -> bool {
    has_code(body, &["InvalidAuthenticityToken"])
        || said(body)
            .to_lowercase()
            .contains("invalid authenticity token")
}

/// What is missing: the record, or the whole URL.
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
        // In some places, Zendesk answers a missing session with a user without a number.
        Ok(value)
            if value
                .get("user")
                .and_then(|user| user.get("id"))
                .is_some_and(Value::is_null) =>
        {
            Err(ReadError::SignedOut)
        }
        Ok(value) => Ok(value),
        Err(_) if firewall::is_block(&response.body) => Err(ReadError::Blocked),
        Err(_) if is_sign_in_page(response) => Err(ReadError::SignedOut),
        Err(_) => Err(ReadError::NotJson),
    }
}

fn is_html(response: &Response) -> bool {
    let body = response.body.trim_start_matches('\u{FEFF}').trim_start();
    body.starts_with('<')
        || response.content_type.to_ascii_lowercase().contains("html")
            && !body.is_empty()
            && !body.starts_with(['{', '['])
}

/// The wait that a `Retry-After` names, in seconds from now.
fn wait_seconds(raw: &str, now_ms: u64) -> Option<u64> {
    let raw = raw.trim();
    if !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit()) {
        // A number too large to parse is a very long wait.
        return Some(raw.parse().unwrap_or(u64::MAX));
    }
    let at = OffsetDateTime::parse(raw, &Rfc2822).ok()?.unix_timestamp();
    let now = i64::try_from(now_ms.div_ceil(1000)).ok()?;
    Some(u64::try_from(at.saturating_sub(now)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json as value;

    use super::*;
    use crate::reading::SAID_MAX;

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
    fn a_refusal_contains_the_sites_words_in_each_error_shape() {
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
    fn a_rate_limit_may_name_seconds_or_a_date() {
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
    fn a_page_instead_of_data_is_distinguished_from_a_sign_in_page() {
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
