//! The cases that are kept, and which of them changed.

use crate::case::{Case, CaseKey};
use crate::map::{Map, Set};

/// How many cases are kept: a working day has fewer, and the browser's memory for them is bounded.
pub const CASES_MAX: usize = 250;

/// The cases.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// Each in a place of its own: a list of some hundreds that grows would leave behind twice what it needs.
    all: Map<CaseKey, Box<Case>>,
    /// Those that have to be saved.
    touched: Set<CaseKey>,
}

impl Cases {
    /// Takes a case that was saved.
    pub fn restore(&mut self, case: Case) {
        self.all.insert(case.key.clone(), Box::new(case));
    }

    /// A case.
    pub fn get(&self, key: &CaseKey) -> Option<&Case> {
        self.all.get(key).map(Box::as_ref)
    }

    /// A case to change; it will be saved.
    pub fn get_mut(&mut self, key: &CaseKey) -> Option<&mut Case> {
        let case = self.all.get_mut(key)?;
        self.touched.insert(key.clone());
        Some(case)
    }

    /// Drops a case, from storage too.
    pub fn remove(&mut self, key: &CaseKey) {
        self.all.remove(key);
        self.touched.insert(key.clone());
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Case> {
        self.all.values().map(Box::as_ref)
    }

    /// Bounds each case that has to be saved.
    pub fn bound_touched(&mut self, bound: impl Fn(&mut Case)) {
        for key in self.touched.iter() {
            if let Some(case) = self.all.get_mut(key) {
                bound(case);
            }
        }
    }

    /// The cases that have to be saved, once.
    pub fn take_touched(&mut self) -> Set<CaseKey> {
        std::mem::take(&mut self.touched)
    }

    /// A case, made at the first look; the ones not looked at for longest make room.
    pub fn look_at(&mut self, key: &CaseKey, now_ms: u64) {
        self.all
            .entry(key.clone())
            .or_insert_with(|| Box::new(Case::new(key.clone())))
            .looked_at = now_ms;
        self.touched.insert(key.clone());
        while self.all.len() > CASES_MAX {
            let oldest = self
                .all
                .values()
                .filter(|c| c.key != *key)
                .min_by_key(|c| c.looked_at)
                .map(|c| c.key.clone());
            let Some(oldest) = oldest else { break };
            self.remove(&oldest);
        }
    }
}
