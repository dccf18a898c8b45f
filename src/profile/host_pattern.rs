//! The browser's match patterns, by which it grants access to all pages of a host.

/// The pattern of a host.
pub fn pattern_of(host: &str) -> String {
    format!("https://{host}/*")
}

/// The host of a pattern.
pub fn host_of(pattern: &str) -> &str {
    pattern
        .trim_start_matches("https://")
        .trim_end_matches("/*")
}
