//! An answer as the browser's edge reports it.

use serde::Deserialize;

/// An HTTP answer with its whole body.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The address that answered.
    pub url: String,
    /// The header `Content-Type`, empty if there is none.
    pub content_type: String,
    /// The header `Retry-After` as sent: seconds or an HTTP date.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub retry_after: Option<String>,
    /// The header `cf-mitigated`: what Cloudflare did instead of the site.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub mitigated: Option<String>,
    /// The body as text.
    pub body: String,
}

/// The result of one read.
#[derive(Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "kind"))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// An answer, good or bad.
    Response(Response),
    /// The site redirected: both sites do so only to their sign-in page, and no redirect is
    /// followed.
    Redirected,
    /// The body exceeded the limit.
    TooLarge,
    /// There is no network.
    Offline,
    /// No answer in time.
    TimedOut,
    /// The browser gave neither an answer nor a reason, which it also does for hosts without
    /// permission.
    #[default]
    Failed,
}
