//! Activation codes.

use super::words::{is_action, is_masked, is_nothing};
use super::{Cell, Reading};
use crate::evidence::ActivationCode;
use crate::html::PieceKind;
use crate::record::Shown;
use crate::record::ids::MaskedCode;

impl Reading<'_, '_> {
    /// An activation code, masked. Its text never leaves the reader.
    pub fn code(&self, cell: &Cell) -> Shown<MaskedCode> {
        let pieces = self.flat.pieces(cell.at);
        let mut found: Vec<&str> = Vec::new();
        for piece in pieces
            .shown
            .iter()
            .filter(|p| matches!(p.kind, PieceKind::Text | PieceKind::Link) && !is_action(&p.text))
        {
            if !found.contains(&piece.text.as_str()) {
                found.push(&piece.text);
            }
        }
        match found.as_slice() {
            [] if !pieces.hides_text => Shown::Absent,
            [one] if is_nothing(one) || self.is_none_mark(one) => Shown::Absent,
            [one] if is_masked(one) => Shown::Unreadable("…".to_owned()),
            [one]
                if !pieces.torn
                    && !pieces.cut
                    && !cell.is_doubtful
                    && one.len() == ActivationCode::LENGTH
                    && one.bytes().all(|b| b.is_ascii_alphanumeric()) =>
            {
                Shown::Value(MaskedCode::of(one))
            }
            _ => Shown::Unreadable("…".to_owned()),
        }
    }
}
