//! Values in tables and lists of the portal's own making, and results of Validate License within other
//! elements: read if it is clear what they say, otherwise unreadable, never wrong.

use serde_json::{Value, json};
use tether::inspect::line_of_page;
use tether::portal::read;

use crate::support::pages::{
    HOST, VERSIONS, Version, field, frame, groups, member_tabs, url, validation, words,
};

/// A field of a license's page with this content.
fn of(version: Version, content: &str, name: &str) -> Value {
    let tabs = member_tabs(version, "license", 7, "show");
    let html = frame(version, "license", "Details", &tabs, content);
    let line = line_of_page("", &read(&url("license", 7), None, &html, &words()));
    line["fields"][name].clone()
}

fn is_unreadable(value: &Value) -> bool {
    value["unreadable"].is_string()
}

#[test]
fn a_trial_is_read_in_a_table_or_list_of_an_unknown_class() {
    for version in VERSIONS {
        for (shown, value) in [("No", "no"), ("Yes", "yes"), ("✘", "no")] {
            for content in [
                format!(
                    "<dl class=\"attributes\"><dt class=\"attr\">Is trial</dt><dd>{shown}</dd></dl>"
                ),
                format!("<dl><div><dt>Is trial?</dt><dd><b>{shown}</b></dd></div></dl>"),
                format!(
                    "<table class=\"attributes-table\"><tr class=\"row\"><th>Is trial</th><td>{shown}</td></tr></table>"
                ),
                format!(
                    "<div class=\"panel\"><h4>License</h4><table><tbody><tr><td>Name</td><td>Ada</td></tr><tr><td>Trial:</td><td>{shown}</td></tr></tbody></table></div>"
                ),
                format!(
                    "<table><tr><th>Name</th><td>Ada</td><th>Trial</th><td>{shown}</td></tr></table>"
                ),
                format!(
                    "<table><thead><tr><th>Attribute</th><th>Value</th></tr></thead><tr><td>Trial</td><td>{shown}</td></tr></table>"
                ),
                format!(
                    "<div class=\"fieldset\"><table><tr><td>Trial</td><td>{shown}</td></tr></table></div>"
                ),
                format!(
                    "<table><tr><th colspan=\"2\">License details</th></tr><tr><td>Trial</td><td>{shown}</td></tr></table>"
                ),
                format!(
                    "{}<table><tr><th>Is trial</th><td>{shown}</td></tr></table>",
                    groups(version, &[vec![field("name", "Name", "Ada")]])
                ),
            ] {
                assert_eq!(
                    of(version, &content, "trial")["value"],
                    json!(value),
                    "{version:?} {content}"
                );
            }
        }
    }
}

#[test]
fn a_table_that_may_be_about_something_else_never_gives_a_value() {
    let no = "<table><tr><td>Trial</td><td>No</td></tr></table>";
    let own = groups(Version::V3, &[vec![field("name", "Name", "Ada")]]);
    for content in [
        // Below a heading of its own, in another group, in columns of another kind, said twice.
        format!("{own}<h3>Add-on: Duo Pro</h3>{no}"),
        format!(
            "<h3>License</h3><table><tr><td>Name</td><td>Ada</td></tr></table><h3>Duo Pro</h3>{no}"
        ),
        "<table><tr><th>Field</th><th>Visible</th></tr><tr><td>Trial</td><td>No</td></tr></table>"
            .to_owned(),
        "<dl><dt>Trial</dt><dd>No</dd><dd>Yes</dd></dl>".to_owned(),
        format!("{no}<table><tr><td>Trial</td><td>Yes</td></tr></table>"),
    ] {
        let trial = of(Version::V3, &content, "trial");
        assert!(is_unreadable(&trial), "{trial} {content}");
    }
    for content in [
        format!("{own}<aside>{no}</aside>"),
        format!("{own}<form>{no}</form>"),
        format!("{own}<div class=\"alert alert-info\">{no}</div>"),
        format!("{own}<div hidden>{no}</div>"),
        format!("{own}<table><tr><td>Trial</td><td>No</td><td>Yes</td></tr></table>"),
        format!("{own}<table><tr><td colspan=2>Trial</td><td>No</td></tr></table>"),
    ] {
        let trial = of(Version::V3, &content, "trial");
        assert!(trial["value"].is_null(), "{trial} {content}");
    }
    let other = "<h4>Previous license</h4><dl><dt>Subscription name</dt><dd>A-S00099999</dd><dt>Company</dt><dd>Rival</dd></dl>";
    for name in ["subscription_name", "company"] {
        let value = of(Version::V3, &format!("{own}{other}"), name);
        assert!(is_unreadable(&value), "{value}");
    }
}

#[test]
fn a_cloud_activation_without_a_trial_row_is_none_only_if_no_table_has_one() {
    let mut words = words();
    words.no_trial_row = serde_json::from_value(json!("no")).unwrap();
    let own = groups(
        Version::V3,
        &[vec![field(
            "subscription_name",
            "Subscription name",
            "A-S00104417",
        )]],
    );
    let tabs = member_tabs(Version::V3, "cloud_activation", 7, "show");
    let trial = |content: &str| {
        let html = frame(Version::V3, "cloud_activation", "Details", &tabs, content);
        let page = read(&url("cloud_activation", 7), None, &html, &words);
        line_of_page("", &page)["fields"]["trial"].clone()
    };
    assert_eq!(trial(&own)["value"], json!("no"));
    let more = "<table><tr><th>Is trial</th><td>Yes</td></tr></table>";
    assert_eq!(trial(&format!("{own}{more}"))["value"], json!("yes"));
    assert!(is_unreadable(&trial(&format!("{own}<h4>More</h4>{more}"))));
}

/// What a result of Validate License gives as the license's ID.
fn validated(result: &str) -> Value {
    let url = format!("https://{HOST}/admin/license/validate_license");
    let html = validation(Version::V3, result);
    line_of_page("", &read(&url, None, &html, &words()))["fields"]["license_id"].clone()
}

#[test]
fn a_result_is_read_within_other_elements() {
    for result in [
        "<div class=\"card\"><div class=\"card-body\"><pre>{\"restrictions\":{\"id\":410233}}</pre></div></div>",
        "<div class=\"viewer\"><span>{</span><span class=\"k\">\"restrictions\"</span>: {<span>\"id\"</span>: <span>410233</span>, \"plan\": \"premium\"}}</div>",
        "<div><div>{</div><div>&nbsp;\"licensee\": {\"Name\": \"Ada\"},</div><div>\"restrictions\": {</div><div>\"id\": 410233</div><div>}</div><div>}</div></div>",
        "<p>licensee:<br>&nbsp; Name: Ada<br>restrictions:<br>&nbsp; plan: premium<br>&nbsp; id: 410233</p>",
        "<ul><li>licensee<ul><li>Name: Ada</li></ul></li><li>restrictions<ul><li>plan: premium</li><li>id: 410233</li></ul></li></ul>",
        "<ul><li><b>restrictions:</b><ul><li><b>id</b> <span>410233</span></li><li><b>subscription_id</b> <span>5</span></li></ul></li></ul>",
        "<div class=\"entry\"><span>restrictions</span><div class=\"children\"><div><span>id</span><span>410233</span></div><div><span>add_on_products</span><div><div><span>id</span><span>777</span></div></div></div></div></div>",
        "<table><tr><th>Restrictions</th><td><ul><li>plan: premium</li><li>id: 410233</li></ul></td></tr></table>",
        "<details open><summary>Restrictions</summary><div><table><tr><td>Plan</td><td>premium</td></tr><tr><td>Id</td><td>410233</td></tr></table></div></details>",
        "<label>Result <textarea readonly>{\"restrictions\":{\"id\":410233}}</textarea></label>",
        "<table><tr><td><div><pre>{\"restrictions\":{\"id\":410233}}</pre></div></td></tr></table>",
    ] {
        assert_eq!(validated(result)["value"], json!(410_233), "{result}");
    }
}

#[test]
fn a_result_that_is_not_clear_gives_no_id() {
    for result in [
        "<ul><li>restrictions<ul><li>plan: premium</li></ul></li><li>id: 999</li></ul>",
        "<ul><li>restrictions<ul><li>add_ons<ul><li>id: 777</li></ul></li></ul></li></ul>",
        "<ul><li>restrictions<ul><li>id: 410233</li></ul></li><li>restrictions<ul><li>id: 410234</li></ul></li></ul>",
        "<ul><li>restrictions<ul><li><del>id: 410233</del></li><li>id: 410234</li></ul></li></ul>",
        "<div><span>{</span><span hidden>\"restrictions\": {\"id\": 1}, </span>\"restrictions\": {\"id\": 410233}}</div>",
        "<p>restrictions:<br>id: 410233</p>",
        "<div class=\"alert\"><pre>{\"restrictions\":{\"id\":410233}}</pre></div>",
    ] {
        let id = validated(result);
        assert!(id["value"].is_null(), "{id} {result}");
    }
}
