//! One answer of Zendesk's API without its values, for the maintainers: read when it is asked for, shown before the engineer saves it, and
//! never sent.

use strum::VariantArray;

use super::host::zendesk_host;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{JSON, Waiting};
use crate::app::model::setup::{AnswerKind, SavingAnswer};
use crate::app::world::World;
use crate::reading::{self, Answer};
use crate::without_values;
use crate::zendesk::request;

/// The largest answer, in bytes: what the panel shows is kept in memory with everything else.
const LARGEST: usize = 1_500_000;

/// The answers that can be asked for now: those about a ticket need one in front.
pub fn kinds(model: &Model, world: World<'_>) -> Vec<AnswerKind> {
    let all = AnswerKind::VARIANTS.iter().copied();
    all.filter(|kind| url(model, *kind, world).is_some())
        .collect()
}

/// The address of an answer's first page.
fn url(model: &Model, kind: AnswerKind, world: World<'_>) -> Option<String> {
    let host = zendesk_host(model, world.profile);
    if host.is_empty() || !model.has_access(&host) {
        return None;
    }
    let case = || model.focused().filter(|case| case.key.host == host);
    let requester = || Some(&case()?.ticket.got()?.requester);
    Some(match kind {
        AnswerKind::Ticket => request::ticket(&host, case()?.key.ticket),
        AnswerKind::Comments => request::comments(&host, case()?.key.ticket, None),
        AnswerKind::User => request::user(&host, requester()?.id),
        AnswerKind::Memberships => request::memberships(&host, requester()?.id, None),
        AnswerKind::Organization => {
            request::organization(&host, requester()?.organization.as_ref()?.id)
        }
        AnswerKind::TicketFields => request::ticket_fields(&host, None),
        AnswerKind::Groups => request::groups(&host, None),
        AnswerKind::Macros => request::active_macros(&host, 1),
        AnswerKind::Me => request::me(&host),
    })
}

/// Asks for an answer.
pub(super) fn ask(model: &mut Model, kind: AnswerKind, world: World<'_>) -> Option<Effect> {
    drop(model);
    let Some(url) = url(model, kind, world) else {
        model.setup.saving = SavingAnswer::Problem(
            "This answer is about a ticket, and none is in front. Open it, then try again."
                .to_owned(),
        );
        return None;
    };
    let id = model.next_effect();
    model.waiting.insert(id, Waiting::SavedAnswer(kind));
    model.setup.saving = SavingAnswer::Asking;
    let accept = JSON.to_owned();
    Some(Effect::Read { id, url, accept })
}

/// Drops it, and an answer that is still to come.
pub(super) fn drop(model: &mut Model) {
    model.setup.saving = SavingAnswer::Closed;
    model
        .waiting
        .retain(|_, waiting| !matches!(waiting, Waiting::SavedAnswer(_)));
}

/// Takes the answer. Only what is left without its values is kept.
pub fn saved(model: &mut Model, kind: AnswerKind, answer: &Answer, world: World<'_>) {
    let Answer::Response(response) = answer else {
        model.setup.saving = SavingAnswer::Problem(problem(answer, world));
        return;
    };
    if response.body.len() > LARGEST {
        model.setup.saving = SavingAnswer::TooLarge;
        return;
    }
    model.setup.saving = match reading::json(answer, world.now_ms) {
        Ok(_) => SavingAnswer::Done {
            name: format!("tether-{}-answer.json", kind.key()),
            content: without_values::answer(&response.body, world.profile),
        },
        Err(_) => SavingAnswer::Problem(problem(answer, world)),
    };
}

fn problem(answer: &Answer, world: World<'_>) -> String {
    let error = reading::json(answer, world.now_ms).err();
    error.map_or_else(String::new, |error| error.says_of("Zendesk"))
}
