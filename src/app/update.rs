//! The one place where events become changes and effects.

use super::command::{BadInput, Command};
use super::effect::Effect;
use super::event::Event;
use super::model::{Model, Said, TaskRead, Waiting};
use super::{
    World, associate, capture, choices, contacts, diagnose, dot_com, evidence, focus, metadata, note, page_jobs, reads, reply, settings,
    trace, trouble, work,
};
use crate::case::CaseKey;
use crate::map::Map;

/// Takes an event: changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event {
        Event::Woke => {
            reads::forget_waiting(model);
            effects.extend(work::woke(model));
            effects.extend(page_jobs::woke(model));
        }
        Event::Browser { agent } => model.browser = diagnose::browser(&agent),
        Event::TabSeen { tab, url, front } => {
            focus::tab_seen(model, tab, &url, front, world);
            trace::portal_seen(model, &url, world);
            effects.extend(evidence::tab_seen(model, tab, &url, world));
        }
        Event::TabCreated { tab, opener } => focus::tab_created(model, tab, opener),
        Event::TabClosed { tab } => {
            // A page that is gone never answers.
            page_jobs::tab_closed(model, tab, world);
            focus::tab_closed(model, tab);
            evidence::tab_closed(model, tab);
        }
        Event::TabOpened { tab, token } => {
            focus::tab_opened(model, tab, token);
            evidence::tab_opened(model, tab, token);
        }
        Event::HostAccess { missing } => {
            evidence::host_access(model, &missing, world);
            // The instance that Tether refuses is worth no question to the engineer.
            let words = &world.profile;
            let used = |pattern: &String| {
                words.portal.hosts.iter().chain(&words.zendesk.hosts).any(|host| *pattern == format!("https://{host}/*"))
            };
            model.missing_access = missing.into_iter().filter(used).collect();
        }
        Event::PanelOpened => model.panel_open = true,
        Event::PanelClosed => model.panel_open = false,
        Event::PortalPage { tab, url, html } => {
            capture::page(model, tab, &url, &html, world);
            trace::portal_seen(model, &url, world);
        }
        Event::Fetched { id, file } => evidence::fetched(model, id, file, world),
        Event::Selected { tab, text } => evidence::selected(model, tab, &text, world),
        Event::FileGiven { name, size, base64 } => evidence::given(model, &name, size, &base64, world),
        Event::Answered { id, answer } => effects.extend(reads::answered(model, id, &answer, world)),
        Event::Waited { id } => {
            if let Some(Waiting::Task { case, task, step: TaskRead::Reopen }) = model.waiting.remove(&id) {
                effects.extend(work::reopen(model, &case, task, world));
            }
        }
        Event::PageResult { tab, effect, outcome } => page_jobs::reported(model, tab, effect, outcome, world),
        Event::PageUnreachable { effect, why } => page_jobs::unreachable(model, effect, why, world),
        Event::PageHasJob { effect, has } => effects.extend(page_jobs::page_has(model, effect, has, world)),
        Event::Reminders { set } => model.reminders = set,
        // `handle` has taken them into the profile already.
        Event::Settings { .. } => effects.extend(diagnose::settings_changed(model, world)),
        Event::PageOpened { page, keys } => settings::page_opened(model, page, keys),
        Event::PageClosed { page } => _ = model.pages.open.remove(&page),
        Event::ImportGiven { text } => settings::import_given(model, &text, world),
        Event::SettingsNotSaved { paths, why } => settings::not_saved(model, paths, &why),
        Event::Command { name, fields } => {
            if name != "tick" {
                model.said = None;
            }
            match Command::parse(&name, &fields) {
                Ok(Some(c)) => effects.extend(command(model, c, world)),
                Ok(None) => {}
                Err(BadInput { field, says }) => model.said = Some(Said { of: whose(&fields), ..Said::wrong(field, says) }),
            }
        }
    }
    page_jobs::give_up_waiting(model, world);
    effects.extend(work::advance(model, world));
    effects.extend(trace::advance(model, world));
    effects.extend(reads::wanted(model, world));
    effects.extend(focus::badge(model, world));
    effects
}

/// Whose form it was, where there are several of a kind.
fn whose(fields: &Map<String, String>) -> Option<String> {
    ["check", "user", "from"].iter().find_map(|key| fields.get(*key)).cloned()
}

fn command(model: &mut Model, command: Command, world: World<'_>) -> Vec<Effect> {
    // A page can be diagnosed where there is no case, too.
    if let Command::Diagnose(command) = command {
        return diagnose::command(model, command, world);
    }
    // Settings are no case's.
    if let Command::Settings(command) = command {
        return settings::command(model, command, world);
    }
    let Some(key) = model.focus.clone() else { return Vec::new() };
    match command {
        Command::Settings(_) => Vec::new(),
        Command::AddNote { again } => note::add(model, &key, again, world),
        Command::DismissNote => note::dismiss(model, &key),
        Command::Copied { ok: true } => model.say_nothing("Copied."),
        Command::Copied { ok: false } => {
            model.said = Some(Said {
                text: "The browser did not copy. Select the note's text and copy it by hand.".to_owned(),
                field: None,
                error: true,
                of: None,
            });
            Vec::new()
        }
        Command::OpenLicense(_)
        | Command::OpenActivation(_)
        | Command::OpenValidate
        | Command::OpenNext
        | Command::OpenRecord(_)
        | Command::ShowTicket => focus::open(model, &key, command, world),
        Command::ShowCase(ticket) => focus::show_case(model, ticket, world),
        Command::Remove(slot) => {
            trace::removed(model, &key, slot);
            choices::remove(model, &key, slot)
        }
        Command::TakeOffered => choices::take_offered(model, &key),
        Command::KeepHeld => choices::keep_held(model, &key),
        Command::PickAddress(address) => choices::pick_address(model, &key, Some(address)),
        Command::UnpickAddress => choices::pick_address(model, &key, None),
        Command::ChooseOrganization(id) => choices::choose_organization(model, &key, id),
        Command::Decide { check, accepted, reason } => choices::decide(model, &key, check, accepted, reason, world),
        Command::Undecide(check) => choices::undecide(model, &key, check),
        Command::Retry => reads::retry(model, &key),
        Command::Refresh => reads::refresh(model, &key),
        Command::Tick => Vec::new(),
        Command::SetProblemType => metadata::set_problem_type(model, &key, world),
        Command::ChooseProduct(product) => choices::choose_product(model, &key, product),
        Command::Associate => associate::associate(model, &key, world),
        Command::RetryTask(task) => work::retry(model, &key, task),
        Command::ByApi(task) => work::by_api(model, &key, task),
        Command::LeaveTask(task) => work::leave(model, &key, task),
        Command::Undo(task) => work::undo(model, &key, task),
        Command::StopWaiting(job) => {
            page_jobs::stop_waiting(model, job, world);
            Vec::new()
        }
        Command::Contacts(command) => contacts::command(model, &key, command, world),
        Command::Evidence(command) => evidence::command(model, &key, command, world),
        Command::Trace(command) => trace::command(model, &key, command, world),
        Command::DotCom(command) => dot_com::command(model, &key, command, world),
        Command::Reply(command) => reply::command(model, &key, command, world),
        Command::Trouble(command) => trouble::command(model, &key, command, world),
        Command::Diagnose(_) => Vec::new(),
    }
}

impl Model {
    fn say_nothing(&mut self, text: &str) -> Vec<Effect> {
        self.say(text);
        Vec::new()
    }
}

/// Where the engineer is asked to go next; the view and `open_next` agree on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPage {
    /// What the link says.
    pub says: String,
    /// Where it leads.
    pub url: String,
}

/// The page of the portal that leads on (steps 6 to 10), where one does.
pub fn next_page(model: &Model, key: &CaseKey, world: World<'_>) -> Option<NextPage> {
    use crate::case::chain::Slot;
    use crate::case::ids::LicenseId;
    use crate::case::record::{Shown, SoldTo};
    use crate::portal::address;

    let case = model.case(key)?;
    let host = model.portal_host(world.profile);
    let chain = &case.chain;
    if chain.at(Slot::Proof).is_none() {
        let (validated_for, id) = model.validated.as_ref()?;
        let id = LicenseId::try_from(*id).ok().filter(|_| validated_for == key)?;
        return Some(NextPage { says: format!("Open license {id}"), url: address::license_url(host, id) });
    }
    match (chain.order(), chain.billing_account()) {
        (None, None) => {
            let name = case.proven_subscription()?;
            Some(NextPage { says: format!("Open the orders of {name}"), url: address::orders_by_subscription_url(host, name) })
        }
        (Some(order), None) => {
            let id = *order.record.billing_account.value()?;
            Some(NextPage { says: format!("Open billing account {id}"), url: address::billing_account_url(host, id) })
        }
        (None, Some(_)) => {
            let name = case.proven_subscription()?;
            Some(NextPage { says: format!("Open the orders of {name}"), url: address::orders_by_subscription_url(host, name) })
        }
        (Some(_), Some(account)) => match &account.record.sold_to {
            Shown::Value(SoldTo::NameOnly { contact: Some(contact), .. }) if chain.contact().is_none() => {
                Some(NextPage { says: "Open the Sold-to contact".to_owned(), url: address::contact_url(host, *contact) })
            }
            _ => None,
        },
    }
}
