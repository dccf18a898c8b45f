//! The files that are inspected, and what may go wrong with them.

/// What went wrong before anything could be inspected.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The arguments are invalid. Says what the command takes.
    #[error("usage: {0}")]
    Usage(&'static str),
    /// A file could not be read: its name, and the system's error message.
    #[error("cannot read {0}: {1}")]
    File(String, String),
    /// The result could not be written.
    #[error("cannot write the result: {0}")]
    Output(String),
}

/// Reads a file; `-` is standard input.
pub(super) fn read(name: &str) -> Result<Vec<u8>, Problem> {
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(name)
    };
    bytes.map_err(|error| Problem::File(name.to_owned(), error.to_string()))
}
