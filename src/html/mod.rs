//! Parsed HTML: its tree, its visible parts, its text, and limits on parsing. It serves pages,
//! macros and comments.

mod cost;
mod depth;
mod elements;
mod entities;
mod pieces;
mod tree;
mod visibility;

pub use cost::{Limits, Refused};
pub use elements::{is_inline, is_unseen, is_void};
pub use entities::{Referred, cloudflare_address, decoded, reference};
pub use pieces::{Piece, PieceKind, Pieces};
pub use scraper::node::Element;
pub use tree::{Document, Rewrite, Text, Tree, classes, collapsed, has_class};
pub use visibility::{is_crossed_out, is_for_screen_readers, is_hidden};
