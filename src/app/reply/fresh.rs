//! The proof that a reply may be given to its page at this moment: the page shows what was saved to the ticket, and what the reply rests on
//! was read anew and is as the engineer saw it. Only this file makes one, and no reply is written without it.

use crate::app::work::LOOK_MS;
use crate::app::world::World;
use crate::case::Case;
use crate::case::change::TaskState;
use crate::case::reply_progress::PageSeen;

/// A tab into which the reply may be written now.
pub(super) struct Fresh {
    tab: i64,
}

impl Fresh {
    /// The tab.
    pub(super) fn tab(&self) -> i64 {
        self.tab
    }
}

/// What is to be done before a reply may be written.
pub(super) enum Lacks {
    /// A change is being saved to the ticket: its page is about to be outdated.
    Saving,
    /// The page has to be looked at.
    Page,
    /// What the reply rests on has to be read.
    Basis,
}

/// Whether the reply may be written in that tab.
pub(super) fn fresh(case: &Case, tab: i64, world: World<'_>) -> Result<Fresh, Lacks> {
    let saving = case.tasks.iter().any(|task| {
        task.change.writes_ticket()
            && matches!(
                task.state,
                TaskState::Sending { .. } | TaskState::Confirming { .. }
            )
    });
    if saving {
        return Err(Lacks::Saving);
    }
    let making = case.drafting.making.as_ref().ok_or(Lacks::Page)?;
    let saves = case.saved.count;
    if making.page != Some(PageSeen { tab, saves }) {
        return Err(Lacks::Page);
    }
    if !making.holds || !making.look.is_fresh(world.now_ms, LOOK_MS) {
        return Err(Lacks::Basis);
    }
    Ok(Fresh { tab })
}
