//! Where a value of the profile comes from.

/// The origin of a value in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Shipped with Tether.
    Shipped,
    /// The engineer's setting.
    User,
    /// The organization's policy.
    Managed,
}
