//! The beginning of an older mail within a mail.

use super::sender::Sender;

/// How an older mail begins.
pub(super) struct Begin {
    pub(super) lines: usize,
    pub(super) sender: Sender,
    pub(super) forwards: bool,
    pub(super) headers: bool,
    pub(super) mark: bool,
}
