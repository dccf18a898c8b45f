//! Recognizes sign-in pages that come instead of what was read.

use super::Response;

/// Whether a non-JSON answer is a sign-in page, by its content or its URL.
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

/// Whether HTML asks for a password, or leads to a page that does.
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
