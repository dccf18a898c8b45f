//! `inspect sold-to` and `inspect mail`.

use serde_json::{Value, json};

use super::input::Problem;
use crate::case::check::{Answer, compared_with_sold_to};
use crate::mail::{Address, Company, Named, judge, named};

const MAIL: Problem = Problem::Usage("inspect mail ADDRESS [--sold-to ADDRESS]");

/// Whether the text of `Subscription Email` names the Sold-to, as the check decides it.
pub(super) fn sold_to(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let [field, sold_to] = arguments else {
        return Err(Problem::Usage(
            "inspect sold-to 'FIELD TEXT' 'SOLD-TO TEXT'",
        ));
    };
    let (answer, why) = match named(sold_to) {
        Named::One(address) | Named::Within(address) => {
            match compared_with_sold_to(field, "text of the field", &address) {
                Answer::Passed(why) => ("same", why),
                Answer::Failed(why) => ("differs", why),
                Answer::ToDecide(why) | Answer::Unknown(why) => ("to decide", why),
            }
        }
        Named::Several(_) => ("to decide", "Sold to names several addresses".to_owned()),
        Named::None => (
            "to decide",
            "Sold to names no email address that can be read".to_owned(),
        ),
    };
    Ok(vec![json!({"answer": answer, "why": why})])
}

/// What an address says about the company behind it, as the check `Company email` judges it.
pub(super) fn mail(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let (address, sold_to) = match arguments {
        [address] => (address, None),
        [address, flag, sold_to] | [flag, sold_to, address] if flag == "--sold-to" => {
            (address, Some(sold_to))
        }
        _ => return Err(MAIL),
    };
    let line = |answer: &str, why: String| Ok(vec![json!({"answer": answer, "why": why})]);
    let address = match Address::parse(address) {
        Ok(address) => address,
        Err(why) => return line("no address", why.to_string()),
    };
    let sold_to = match sold_to.map(|text| Address::parse(text)).transpose() {
        Ok(sold_to) => sold_to,
        Err(why) => return line("no address", format!("the Sold-to: {why}")),
    };
    let domain = address.domain();
    match judge(&address, sold_to.as_ref()) {
        Company::Company {
            same_as_sold_to: true,
        } => line("company", format!("{domain} is Sold to’s domain too")),
        Company::Company {
            same_as_sold_to: false,
        } => line("company", format!("{domain} is of no free mail provider")),
        Company::Free => line(
            "free",
            format!("{domain} is a free or disposable mail provider"),
        ),
        Company::BelowFree { provider } => line(
            "to decide",
            format!("{domain} is below {provider}, a free mail provider"),
        ),
        Company::LookAlike { of } => line(
            "look-alike",
            format!("{domain} looks like Sold to’s domain {of}, and is another"),
        ),
    }
}
