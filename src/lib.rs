//! Tether's core.

pub mod case;
pub mod portal;
