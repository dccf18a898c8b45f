//! Prepares what people write for all readers alike: one normal form, the parts of a mail, and
//! where its signature begins. Pure; every function takes time in proportion to the text.

pub mod blocks;
pub(crate) mod checkbox;
pub(crate) mod correction;
pub(crate) mod html;
pub mod line;
pub(crate) mod normal;
pub(crate) mod quotation;
pub(crate) mod signature;
