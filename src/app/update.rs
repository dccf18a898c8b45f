//! The one place where events become changes and effects.

use super::capture::Report;
use super::command::{Action, BadInput, CaseCommand, Command, NoCommand};
use super::effect::Effect;
use super::event::Event;
use super::focus::Seen;
use super::model::{Model, Said, TaskRead, Validated, Waiting};
use super::{
    World, associate, capture, choices, contacts, diagnose, dot_com, evidence, focus, metadata,
    note, page_jobs, reads, reply, settings, trace, trouble, work,
};
use crate::case::CaseKey;
use crate::map::Map;
use crate::text::line::one_line;
use crate::zendesk::address::{Front, front as zendesk_front};

/// Takes an event: changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event {
        Event::Woke => {
            reads::forget_waiting(model);
            effects.extend(work::woke(model));
            // A page that had its time is not asked any more.
            page_jobs::give_up_waiting(model, world);
            effects.extend(page_jobs::woke(model));
        }
        Event::Browser { agent } => model.browser = diagnose::browser(&agent),
        Event::TabSeen { tab, url, front } => {
            effects.extend(tab_seen(
                model,
                Seen {
                    tab,
                    window: None,
                    active: front,
                    focused: front,
                },
                &url,
                world,
            ));
        }
        Event::TabSeenIn {
            tab,
            window,
            url,
            active,
            focused,
        } => {
            effects.extend(tab_seen(
                model,
                Seen {
                    tab,
                    window: Some(window),
                    active,
                    focused,
                },
                &url,
                world,
            ));
        }
        Event::TabReplaced { old, new } => focus::tab_replaced(model, old, new),
        Event::WindowClosed { window } => focus::window_closed(model, window),
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
                words
                    .portal
                    .hosts
                    .iter()
                    .chain(&words.zendesk.hosts)
                    .any(|host| *pattern == format!("https://{host}/*"))
            };
            model.missing_access = missing.into_iter().filter(used).collect();
        }
        Event::PanelOpened => focus::panel_opened(model, model.here),
        Event::PanelIn { window } => focus::panel_opened(model, window),
        Event::PanelGone { window } => focus::panel_gone(model, window),
        Event::PanelClosed => focus::panels_closed(model),
        Event::NotSaved { why } => model.not_saved(&why),
        Event::SavedAgain => model.save_problem = None,
        Event::PortalPage { tab, url, html } => {
            capture::page(model, tab, &url, &html, Report::Looked, world);
            trace::portal_seen(model, &url, world);
        }
        Event::PortalPageOpenBefore { tab, url, html } => {
            capture::page(model, tab, &url, &html, Report::OpenBefore, world);
            trace::portal_seen(model, &url, world);
        }
        Event::Fetched { id, file } => evidence::fetched(model, id, file, world),
        Event::Selected { tab, text } => evidence::selected(model, tab, &text, world),
        Event::FileGiven {
            case,
            window,
            name,
            size,
            base64,
        } => {
            let window = window.unwrap_or(model.here);
            match pressed(model, window, case) {
                Ok(key) => evidence::given(model, key, &name, size, &base64, world),
                Err(refusal) => refuse(
                    model,
                    window,
                    format!(
                        "{refusal} The file “{}” was not taken: drop it again.",
                        one_line(&name, 100)
                    ),
                ),
            }
        }
        Event::Answered { id, answer } => {
            effects.extend(reads::answered(model, id, &answer, world))
        }
        Event::Waited { id } => {
            if let Some(Waiting::Task {
                case,
                task,
                step: TaskRead::Reopen,
            }) = model.waiting.remove(&id)
            {
                effects.extend(work::reopen(model, &case, task, world));
            }
        }
        Event::PageResult {
            tab,
            effect,
            outcome,
        } => page_jobs::reported(model, tab, effect, outcome, world),
        Event::PageUnreachable { effect, why } => page_jobs::unreachable(model, effect, why, world),
        Event::PageHasJob { effect, has } => {
            effects.extend(page_jobs::page_has(model, effect, has, world))
        }
        Event::Reminders { set } => model.reminders = set,
        // `handle` has taken them into the profile already.
        Event::Settings { .. } => effects.extend(diagnose::settings_changed(model, world)),
        Event::PageOpened { page, keys } => settings::page_opened(model, page, keys),
        Event::PageClosed { page } => _ = model.pages.open.remove(&page),
        Event::ImportGiven { text } => settings::import_given(model, &text, world),
        Event::SettingsNotSaved { paths, why } => settings::not_saved(model, paths, &why),
        Event::Shortcut {
            name,
            tab,
            window,
            url,
        } => {
            // The ticket in front is what the engineer sees; over another page it is what the panel shows.
            let ticket = match zendesk_front(&url, &world.profile.zendesk) {
                Some(Front::Ticket { host, id }) => Some(CaseKey { host, ticket: id }),
                _ => None,
            };
            let seen = model
                .windows
                .get(&window)
                .filter(|w| w.front_tab == Some(tab))
                .and_then(|w| w.focus.clone());
            effects.extend(command(
                model,
                window,
                ticket.or(seen),
                &name,
                &Map::new(),
                world,
            ));
        }
        Event::Command {
            case,
            window,
            name,
            fields,
        } => {
            let window = window.unwrap_or(model.here);
            effects.extend(command(model, window, case, &name, &fields, world));
        }
    }
    if model.said.is_none() {
        model.said_in = None;
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
    ["check", "user", "from"]
        .iter()
        .find_map(|key| fields.get(*key))
        .cloned()
}

fn tab_seen(model: &mut Model, seen: Seen, url: &str, world: World<'_>) -> Option<Effect> {
    focus::tab_seen(model, seen, url, world);
    trace::portal_seen(model, url, world);
    evidence::tab_seen(model, seen.tab, url, world)
}

/// Why something pressed in a panel is not done.
struct Refusal {
    /// The case that the panel showed then.
    then: Option<CaseKey>,
    /// The case that it shows now.
    now: Option<CaseKey>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Two tickets of one number are told apart by their hosts.
        let hosts =
            matches!((&self.then, &self.now), (Some(then), Some(now)) if then.ticket == now.ticket);
        let name = |key: &Option<CaseKey>| match key {
            Some(key) if hosts => format!("#{} of {}", key.ticket, key.host),
            Some(key) => format!("#{}", key.ticket),
            None => "no ticket".to_owned(),
        };
        let then = name(&self.then);
        let first = if self.then.is_some() {
            then
        } else {
            "No ticket".to_owned()
        };
        write!(
            f,
            "{first} was shown when you pressed; the panel shows {} now: nothing was done.",
            name(&self.now)
        )
    }
}

/// The case that something pressed in a window's panel is about: the one that the panel showed, provided that it shows it still.
fn pressed(model: &Model, window: i64, then: Option<CaseKey>) -> Result<CaseKey, Refusal> {
    let now = model
        .behind(window)
        .filter(|w| w.refused_host.is_none())
        .and_then(|w| w.focus.clone());
    match then {
        Some(key) if now.as_ref() == Some(&key) => Ok(key),
        then => Err(Refusal { then, now }),
    }
}

fn refuse(model: &mut Model, window: i64, text: String) {
    model.said = Some(Said {
        text,
        field: None,
        error: true,
        of: None,
    });
    model.said_in = Some(model.stands_for(window));
}

fn command(
    model: &mut Model,
    window: i64,
    case: Option<CaseKey>,
    name: &str,
    fields: &Map<String, String>,
    world: World<'_>,
) -> Vec<Effect> {
    if name != "tick" {
        model.said = None;
        // Whoever presses in a window's panel works there.
        model.here = model.stands_for(window);
        model.said_in = Some(model.here);
    }
    match Command::parse(name, fields, case) {
        Ok(None) => {}
        Ok(Some(command)) => return carry_out(model, window, command, world),
        Err(NoCommand::Input(BadInput { field, says })) => {
            model.said = Some(Said {
                of: whose(fields),
                ..Said::wrong(field, says)
            })
        }
        Err(NoCommand::NoCase) => {
            if let Err(refusal) = pressed(model, window, None) {
                refuse(model, window, refusal.to_string());
            }
        }
    }
    Vec::new()
}

fn carry_out(model: &mut Model, window: i64, command: Command, world: World<'_>) -> Vec<Effect> {
    match command {
        // A page can be diagnosed where there is no case, too.
        Command::Diagnose(command) => diagnose::command(model, command, world),
        Command::Settings(command) => settings::command(model, command, world),
        Command::Tick => Vec::new(),
        Command::ShowCase(key) => focus::show_case(model, &key, world),
        Command::Copied { ok: true } => model.say_nothing("Copied."),
        Command::Copied { ok: false } => {
            refuse(
                model,
                window,
                "The browser did not copy. Select the text and copy it by hand.".to_owned(),
            );
            Vec::new()
        }
        Command::OfCase(CaseCommand { key, action }) => match pressed(model, window, Some(key)) {
            Ok(key) => act(model, CaseCommand { key, action }, world),
            Err(refusal) => {
                refuse(model, window, refusal.to_string());
                Vec::new()
            }
        },
    }
}

/// Carries out what was pressed about the case that the panel shows.
fn act(model: &mut Model, command: CaseCommand, world: World<'_>) -> Vec<Effect> {
    let key = command.key.clone();
    match command.action {
        Action::AddNote { again } => note::add(model, &key, again, world),
        Action::DismissNote => note::dismiss(model, &key),
        Action::OpenLicense(_)
        | Action::OpenActivation(_)
        | Action::OpenValidate
        | Action::OpenNext
        | Action::OpenRecord(_)
        | Action::ShowTicket => focus::open(model, command, world),
        Action::Remove(record) => choices::remove(model, &key, &record),
        Action::TakeOffered(record) => choices::take_offered(model, &key, &record),
        Action::KeepHeld(record) => choices::keep_held(model, &key, &record),
        Action::UseAside(record) => choices::use_aside(model, &key, &record),
        Action::LeaveAside(record) => choices::leave_aside(model, &key, &record),
        Action::PickAddress(address) => choices::pick_address(model, &key, Some(address)),
        Action::UnpickAddress => choices::pick_address(model, &key, None),
        Action::ChooseOrganization(id) => choices::choose_organization(model, &key, id),
        Action::Decide {
            check,
            accepted,
            reason,
            shown,
        } => choices::decide(model, &key, (check, &shown), (accepted, reason), world),
        Action::Undecide(check) => choices::undecide(model, &key, check),
        Action::Retry => reads::retry(model, &key),
        Action::Refresh => reads::refresh(model, &key),
        Action::SetProblemType => metadata::set_problem_type(model, &key, world),
        Action::ChooseProduct(product) => choices::choose_product(model, &key, product),
        Action::Associate { user, organization } => {
            let gate = model
                .case(&key)
                .map(|case| associate::gate(case, world.rules()));
            match gate {
                Some(Ok((now, into))) if (now, into.id) != (user, organization) => {
                    choices::changed(model, "The requester or the organization to join")
                }
                _ => associate::associate(model, &key, world),
            }
        }
        Action::RetryTask(task) => work::retry(model, &key, task, world),
        Action::ByApi(task) => work::by_api(model, &key, task),
        Action::LeaveTask(task) => work::leave(model, &key, task),
        Action::Undo(task) => work::undo(model, &key, task),
        Action::StopWaiting(job) => {
            page_jobs::stop_waiting(model, job, world);
            Vec::new()
        }
        Action::DismissNotice => choices::dismiss_notice(model, &key),
        Action::Contacts(command) => contacts::command(model, &key, command, world),
        Action::Evidence(command) => evidence::command(model, &key, command, world),
        Action::Trace(command) => trace::command(model, &key, command, world),
        Action::DotCom(command) => dot_com::command(model, &key, command, world),
        Action::Reply(command) => reply::command(model, &key, command, world),
        Action::Trouble(command) => trouble::command(model, &key, command, world),
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
    use crate::portal::address;
    use crate::record::ids::LicenseId;
    use crate::record::seen::Slot;
    use crate::record::{Shown, SoldTo};

    let case = model.case(key)?;
    let host = world.profile.portal_host(&key.host);
    let chain = &case.chain;
    if chain.at(Slot::Proof).is_none() {
        let chosen = case.proofs.chosen().map(|p| p.number);
        // The result for a key belongs to that key; one for a key that nobody knows is offered.
        let fits = |v: &&Validated| v.case == *key && (v.proof.is_none() || v.proof == chosen);
        let id = LicenseId::try_from(model.validated.as_ref().filter(fits)?.license).ok()?;
        return Some(NextPage {
            says: format!("Open license {id}"),
            url: address::license_url(host, id),
        });
    }
    match (chain.order(), chain.billing_account()) {
        (None, None) => {
            let name = case.proven_subscription()?;
            Some(NextPage {
                says: format!("Open the orders of {name}"),
                url: address::orders_by_subscription_url(host, name),
            })
        }
        (Some(order), None) => {
            let id = *order.record.billing_account.value()?;
            Some(NextPage {
                says: format!("Open billing account {id}"),
                url: address::billing_account_url(host, id),
            })
        }
        (None, Some(_)) => {
            let name = case.proven_subscription()?;
            Some(NextPage {
                says: format!("Open the orders of {name}"),
                url: address::orders_by_subscription_url(host, name),
            })
        }
        (Some(_), Some(account)) => match &account.record.sold_to {
            Shown::Value(SoldTo::NameOnly {
                contact: Some(contact),
                ..
            }) if chain.contact().is_none() => Some(NextPage {
                says: "Open the Sold-to contact".to_owned(),
                url: address::contact_url(host, *contact),
            }),
            _ => None,
        },
    }
}
