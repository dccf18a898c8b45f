//! Words of Zendesk's own in its answers: roles, states, types and errors.

/// Keys whose values are words of Zendesk's own, if they are among [`WORDS`].
const WORD_KEYS: [&str; 16] = [
    "role",
    "status",
    "previous_status",
    "type",
    "channel",
    "error",
    "code",
    "title",
    "malware_scan_result",
    "content_type",
    "content-type",
    "priority",
    "status_category",
    "ticket_restriction",
    "cf-mitigated",
    "result_type",
];

/// Words of Zendesk's own.
const WORDS: &str = " end-user agent admin new open pending hold solved closed deleted queued working completed failed killed email \
    phone_number twitter facebook google agent_forwarding any_channel foreign sdk messaging comment voicecomment ticket user organization \
    group problem incident question task text textarea tagger subject description integer decimal regexp date checkbox multiselect lookup \
    assignee priority tickettype partialcreditcard custom_status web api voice chat phone mobile native_messaging rule system \
    recordinvalid recordnotfound invalidendpoint duplicatevalue invalidauthenticitytoken databaseconflict updateconflict \
    invalidvalue blankvalue invalid forbidden unauthorized toomanyvalues searchunavailable unprocessableentity badrequest \
    malware_found malware_not_found not_scanned failed_to_scan application/json text/html text/plain application/pdf text/csv \
    image/png image/jpeg application/octet-stream message/rfc822 application/zip low normal high urgent assigned requested groups challenge ";

/// Whether a text is one of Zendesk's own words; without a key, whether it can be one.
pub(super) fn is_word(name: &str, text: &str) -> bool {
    let is_key = name.is_empty() || WORD_KEYS.iter().any(|key| name.eq_ignore_ascii_case(key));
    is_key && !text.contains(' ') && WORDS.contains(&format!(" {} ", text.to_lowercase()))
}

/// Whether a word is in one of Zendesk's own.
pub(super) fn is_in_word(word: &str) -> bool {
    WORDS
        .split(|c: char| !c.is_alphanumeric())
        .any(|one| one == word)
}
