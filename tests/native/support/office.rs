//! A browser at work with both sites: what it is asked for waits here until someone does it.

use std::collections::BTreeSet;

use tether::app::effect::Job;
use tether::app::{Effect, Event};

use super::sites::Sites;
use super::{Browser, ticket_address};

/// A browser with the panel open, at work with both sites. What it is asked for waits until someone does it.
#[derive(Clone)]
pub struct Office {
    pub browser: Browser,
    pub sites: Sites,
    pub jobs: Vec<(i64, Job)>,
    pub waits: Vec<u64>,
    pub fetches: Vec<(u64, String)>,
    /// Page jobs that pages are asked about.
    pub asked: Vec<u64>,
    /// Page jobs that pages took, whether they ever confirmed it or not.
    pub taken: BTreeSet<u64>,
    pub opening: Vec<(u64, String)>,
    pub last_tab: i64,
}

impl Office {
    pub fn new(sites: Sites) -> Self {
        let browser = Browser::new();
        Self {
            browser,
            sites,
            jobs: Vec::new(),
            waits: Vec::new(),
            fetches: Vec::new(),
            asked: Vec::new(),
            taken: BTreeSet::new(),
            opening: Vec::new(),
            last_tab: 20,
        }
    }

    /// An event; what it leads to waits in this office.
    pub fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.browser.tell(event);
        self.browser.told.clear();
        self.take(&effects);
        effects
    }

    pub fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Page { tab, job } => self.jobs.push((*tab, job.clone())),
                Effect::AskPage { effect, .. } => self.asked.push(*effect),
                Effect::Wait { id, .. } => self.waits.push(*id),
                Effect::Fetch { id, url, .. } => self.fetches.push((*id, url.clone())),
                // The page is loaded anew; the tab says so when it is looked at next.
                Effect::ReloadTab { tab } => {
                    self.sites.outdated_pages.remove(&tab.unsigned_abs());
                }
                Effect::OpenTab { url, token } => self.opening.push((*token, url.clone())),
                _ => {}
            }
        }
    }

    pub fn press(&mut self, name: &str, fields: &[(&str, &str)]) -> Vec<Effect> {
        let command = self.browser.pressed(name, fields);
        self.tell(command)
    }

    /// A page says whether it has the page job that it is asked about; whether any was asked.
    pub fn say_what_pages_have(&mut self) -> bool {
        if self.asked.is_empty() {
            return false;
        }
        let effect = self.asked.remove(0);
        let has = self.jobs.iter().any(|(_, job)| job.number() == effect);
        self.tell(Event::PageHasJob { effect, has });
        true
    }

    /// The browser stops the background and starts it again. Pages go on; what the background waited for is lost.
    pub fn stop_background(&mut self) {
        self.waits.clear();
        self.fetches.clear();
        self.browser.told.clear();
        self.browser.stop();
        let effects = std::mem::take(&mut self.browser.told);
        self.take(&effects);
        while self.say_what_pages_have() {}
    }

    /// The ticket comes to the front, in the tab of its number.
    pub fn look_at_ticket(&mut self, ticket: u64) -> Vec<Effect> {
        self.tell(Event::TabSeen {
            tab: i64::try_from(ticket).unwrap(),
            url: ticket_address(ticket),
            front: true,
        })
    }

    /// A requested tab opens, comes to the front and, if it shows a page of the portal, reports
    /// itself.
    pub fn open_next(&mut self) -> bool {
        if self.opening.is_empty() {
            return false;
        }
        let (token, url) = self.opening.remove(0);
        self.last_tab += 1;
        let tab = self.last_tab;
        self.tell(Event::TabOpened { tab, token });
        self.tell(Event::TabSeen {
            tab,
            url: url.clone(),
            front: true,
        });
        if let Some(html) = self.sites.portal.get(&url).cloned() {
            self.tell(Event::PortalPage { tab, url, html });
        }
        true
    }
}
