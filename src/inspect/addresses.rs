//! `inspect sold-to` and `inspect mail`.

use serde_json::Value;

use super::Problem;

pub(super) fn sold_to(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let [_field, _sold_to] = arguments else { return Err(Problem::Usage("inspect sold-to 'FIELD TEXT' 'SOLD-TO TEXT'")) };
    Ok(Vec::new())
}

pub(super) fn mail(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let [_address, ..] = arguments else { return Err(Problem::Usage("inspect mail ADDRESS [--sold-to ADDRESS]")) };
    Ok(Vec::new())
}
