//! Step 3: the product, if the ticket does not tell it.

use maud::{Markup, html};

use super::case_view::CaseView;
use crate::case::product::Product;

/// Whether the engineer may choose: the requester isn't pre-authorized, and the ticket does not tell it.
fn may_choose(view: &CaseView<'_>) -> bool {
    let case = view.case;
    case.found_in.is_none()
        && (case.product(&view.world.profile.zendesk).is_none() || case.product.is_some())
}

pub(super) fn choices(view: &CaseView<'_>) -> Markup {
    let told = view.case.product(&view.world.profile.zendesk);
    html! {
        fieldset {
            legend.unseen { "Product" }
            @for product in Product::ALL {
                label.choice {
                    input type="radio" name="product" value=(product.key()) checked[told == Some(*product)];
                    span { (product.title()) }
                }
            }
        }
    }
}

/// `Change product`, among the requester's details.
pub(super) fn change(view: &CaseView<'_>) -> Markup {
    html! {
        @if may_choose(view) {
            form data-command="choose_product" {
                (choices(view))
                div.actions { button type="submit" { "Change product" } }
            }
        }
    }
}
