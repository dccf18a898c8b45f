//! The rules that both sections of the profile share.

use std::borrow::Cow;

use crate::address::is_host;
use crate::plain::Misfit;

/// Why a part of the site profile is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} must be {must}")]
pub struct BadWords {
    /// The faulty key, e.g. `portal.fields.license.trial.keys`.
    pub key: String,
    /// What it must be.
    pub must: Cow<'static, str>,
}

pub(crate) type Checked = Result<(), BadWords>;

pub(crate) fn ensure(good: bool, key: impl Into<String>, must: &'static str) -> Checked {
    if good {
        Ok(())
    } else {
        Err(BadWords {
            key: key.into(),
            must: must.into(),
        })
    }
}

/// Checks a section's hosts: those in use must all be known. `section` is its name with a dot.
pub(crate) fn ensure_hosts(known: &[String], used: &[String], section: &str) -> Checked {
    ensure(
        known.iter().all(|host| is_host(host)),
        format!("{section}known_hosts"),
        "lower-case host names without scheme or port",
    )?;
    ensure(
        !used.is_empty()
            && used
                .iter()
                .all(|host| is_host(host) && known.contains(host)),
        format!("{section}hosts"),
        "one or more lower-case host names without scheme or port, all listed in known_hosts",
    )
}

/// The error for a section of the wrong shape.
pub(crate) fn misshapen(section: &str, Misfit { at, what }: &Misfit) -> BadWords {
    let key = if at.is_empty() {
        section.to_owned()
    } else {
        format!("{section}.{at}")
    };
    BadWords {
        key,
        must: format!("in the form that this version of Tether knows: {what}").into(),
    }
}
