//! The stored cases, and which of them changed.

use crate::case::{Case, CaseKey};
use crate::map::{Map, Set};

/// How many cases are kept. A working day has fewer, and the browser's storage for them is limited.
pub const CASES_MAX: usize = 250;

/// The cases.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// Each case is boxed: growing a list of some hundred large values would leave twice the needed
    /// memory behind.
    all: Map<CaseKey, Box<Case>>,
    /// The cases that must be saved.
    touched: Set<CaseKey>,
}

impl Cases {
    /// Takes a stored case.
    pub fn restore(&mut self, case: Case) {
        self.all.insert(case.key.clone(), Box::new(case));
    }

    /// A case.
    pub fn get(&self, key: &CaseKey) -> Option<&Case> {
        self.all.get(key).map(Box::as_ref)
    }

    /// A case to change; marks it to be saved.
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

    /// Bounds each case that must be saved.
    pub fn bound_touched(&mut self, bound: impl Fn(&mut Case)) {
        for key in self.touched.iter() {
            if let Some(case) = self.all.get_mut(key) {
                bound(case);
            }
        }
    }

    /// The cases that must be saved. Each is returned once.
    pub fn take_touched(&mut self) -> Set<CaseKey> {
        std::mem::take(&mut self.touched)
    }

    /// A case, created at the first look. If there are too many, those looked at longest ago are
    /// dropped.
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
