//! Small pictures of the panel, drawn with its own classes, so that they follow its colors and the
//! browser's text size. A screen reader hears one sentence for each.

use maud::{Markup, html};

fn picture(says: &str, content: &Markup) -> Markup {
    html! { div.picture role="img" aria-label=(says) { (content) } }
}

/// A ticket with a proof, ready to be traced.
pub(super) fn proof_found() -> Markup {
    let content = html! {
        div.case {
            p.title { strong { "Ticket #41" } " " span.hint { "Please associate me" } }
            p { strong { "Ada Lindqvist" } " " span.hint { "ada@home.example" } }
        }
        (card("Next step", "Trace license ID 410233", &html! { (button("Trace")) p.hint { "Changes nothing." } }, &html! {}))
    };
    picture(
        "Picture: the panel shows the ticket, its requester, and the button Trace.",
        &content,
    )
}

/// What Trace finds.
const RECORDS: [(&str, &str); 4] = [
    ("License", "410233"),
    ("Order", "700101"),
    ("Billing account", "9001"),
    ("Organization", "Lindqvist Widgets"),
];

/// The records of a traced proof, and the verdict.
pub(super) fn traced() -> Markup {
    let content = html! {
        div.case { p.verdict.signed.is-good { span { strong { "Entitled" } ": all 8 checks passed" } } }
        div.sheet {
            ul { @for (kind, which) in RECORDS { li.signed.is-good { strong { (kind) } " " span.link { (which) } } } }
        }
    };
    picture(
        "Picture: the panel shows four records and the verdict Entitled.",
        &content,
    )
}

/// The IDs of the traced records, ready to copy.
pub(super) fn ids() -> Markup {
    let content = html! {
        div.sheet {
            p.bar { strong { "Records" } span.link { "Copy IDs" } }
            ul { @for (kind, which) in RECORDS { li.signed.is-good { strong { (kind) } " " span.link { (which) } } } }
        }
    };
    picture(
        "Picture: the records with the button Copy IDs above them.",
        &content,
    )
}

/// What the plan does, in its order.
const STEPS: [&str; 4] = [
    "Set problem type",
    "Add internal note",
    "Associate Ada Lindqvist",
    "Draft reply",
];

/// The steps that are left, ready to run.
pub(super) fn plan() -> Markup {
    let steps = html! { ul { @for step in STEPS { li.step { span.tick {} (step) } } } };
    let content = card(
        "Next step",
        "Finish this ticket",
        &html! { (button("Run 4 steps")) p.hint { "Nothing is sent." } },
        &steps,
    );
    picture(
        "Picture: four steps, each with a checkbox, and the button Run 4 steps.",
        &content,
    )
}

/// The steps after the run.
pub(super) fn done() -> Markup {
    let steps = html! { ul { @for step in STEPS { li.signed.is-good { (step) } } } };
    let content = html! {
        div.done { (card("Last step", "Submit the reply as Solved", &button("Show ticket"), &steps)) }
    };
    picture(
        "Picture: the four steps are done, and the reply waits to be submitted.",
        &content,
    )
}

/// The card of what to do next: what it is about above its button.
fn card(eyebrow: &str, title: &str, actions: &Markup, about: &Markup) -> Markup {
    html! {
        div.next {
            p { span.eyebrow { (eyebrow) } strong { (title) } }
            (about)
            div.actions { (actions) }
        }
    }
}

fn button(says: &str) -> Markup {
    html! { span.button.primary { (says) } }
}
