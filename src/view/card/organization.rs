//! Several organizations have the Salesforce account: which one it is.

use maud::{Markup, html};

use crate::case::organization::Found;
use crate::view::case_view::CaseView;
use crate::view::field::Wrong;
use crate::view::parts::shown;

pub(in crate::view) fn choice(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let wrong = Wrong::with(view.model, "organization", None, "organization");
    let Some(Found::Several(all)) = case.organization.found() else {
        return html! {};
    };
    html! {
        form data-command="choose_organization" {
            p {
                @if all.len() == 2 { "Both" } @else { "All " (all.len()) }
                " have the Salesforce account"
                @if let Some(account) = case.salesforce_account() { " " (shown(account.as_str(), 40)) }
                "."
            }
            fieldset aria-describedby=[wrong.described(None)] {
                legend.unseen { "Organization" }
                @for one in all {
                    label.choice {
                        input type="radio" name="organization" value=(one.id) checked[case.organization.chosen == Some(one.id)];
                        span { strong { (shown(&one.name, 200)) } }
                        span.hint { "ID " (one.id) " · " a href=(case.organization_url(one.id)) target="_blank" rel="noreferrer" aria-label={ "Open organization " (one.id) } { "Open" } }
                    }
                }
            }
            (wrong.says())
            div.actions {
                button.primary type="submit" { "Choose organization" }
                p.hint { "Your choice is added to the internal note." }
            }
        }
    }
}
