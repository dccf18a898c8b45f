//! Step 1: reads the form's name if it is needed, and `Set problem type`.

use super::effect::Effect;
use super::model::Model;
use super::model::reads::Waiting;
use super::work;
use super::world::World;
use crate::case::CaseKey;
use crate::case::change::Change;
use crate::case::metadata::{FormIs, ProblemType};
use crate::zendesk::request;

/// Reads the form's name if it is needed and not known.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let form = case
        .form_to_read(&world.profile.zendesk)
        .filter(|_| case.form.wants_asking(world.now_ms));
    let Some(id) = form else { return Vec::new() };
    let url = request::ticket_form(&key.host, id);
    if let Some(case) = model.case_mut(key) {
        case.form = crate::case::load::Load::Asking;
    }
    vec![model.ask(Waiting::Form(key.clone(), id), url)]
}

/// `Set problem type`.
pub(super) fn set_problem_type(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let words = &world.profile.zendesk;
    let change = model
        .case(key)
        .filter(|case| !case.is_undoing())
        .and_then(
            |case| match (case.form_is(words), case.problem_type(words)) {
                (FormIs::Wrong(_), _) => None,
                (_, ProblemType::ToSet { wanted, .. }) => {
                    let field = case.fields.as_ref()?.problem_type?;
                    Some(Change::ProblemType {
                        field,
                        value: wanted.value,
                        name: wanted.name,
                    })
                }
                _ => None,
            },
        );
    work::start(model, key, change.into_iter().collect());
}
