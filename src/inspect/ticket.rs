//! `inspect ticket`.

use serde_json::Value;

use super::{Problem, read};

pub(super) fn inspect(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let file = arguments.last().ok_or(Problem::Usage("inspect ticket FILE…"))?;
    read(file).map(|_| Vec::new())
}
