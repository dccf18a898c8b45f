//! Step 4: the requester owns a top-level paid namespace of GitLab.com.

use super::{Answer, Case, Definition, Rules};
use crate::case::dot_com::Attempt;
use crate::case::route::Route;
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Owner of a paid namespace",
    key: "owns_namespace",
    is_pre_check: false,
    failed: |_| "the requester owns no paid namespace".to_owned(),
    marks: &[],
    applies: |_, route| *route == Route::GitLabCom,
    answer,
    looked_at: |_, _| Vec::new(),
    unreadable: |_| None,
    decidable: |_, _| false,
};

/// The app reports it, or the engineer looked it up.
fn answer(case: &Case, _: Rules<'_>) -> Answer {
    match (case.dot_com.attempt, &case.dot_com.by_hand) {
        (None, _) => Answer::Unknown("the app has not been asked: attempt the association there".to_owned()),
        (Some(Attempt::Associated), _) => Answer::Passed(case.dot_com.says_associated().to_owned()),
        (Some(Attempt::NotAnOwner), _) => Answer::Failed(Attempt::NotAnOwner.says().to_owned()),
        (Some(Attempt::AppFailed), None) => {
            Answer::Unknown("the app failed: look up the namespace that the requester owns, and its Salesforce account".to_owned())
        }
        (Some(Attempt::AppFailed), Some(found)) => {
            Answer::Passed(format!("the engineer found that the requester owns {}", one_line(&found.namespace, 120)))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::case::CaseKey;
    use crate::case::dot_com::ByHand;
    use crate::profile::Profile;
    use crate::record::ids::{SalesforceId, TicketId};

    #[test]
    fn a_failed_app_needs_a_namespace_found_by_hand() {
        let profile = Profile::parse(include_str!("../../../extension/site-profile.json")).unwrap();
        let rules = Rules {
            today: time::macros::date!(2026 - 11 - 20),
            words: &profile.zendesk,
        };
        let mut case = Case::new(CaseKey {
            host: "gitlab.zendesk.com".to_owned(),
            ticket: TicketId::try_from(41).unwrap(),
        });
        assert!(matches!(answer(&case, rules), Answer::Unknown(_)));
        case.dot_com.attempt = Some(Attempt::Associated);
        assert!(matches!(answer(&case, rules), Answer::Passed(_)));
        case.dot_com.attempt = Some(Attempt::NotAnOwner);
        assert!(matches!(answer(&case, rules), Answer::Failed(_)));
        case.dot_com.attempt = Some(Attempt::AppFailed);
        assert!(matches!(answer(&case, rules), Answer::Unknown(_)));
        case.dot_com.by_hand = Some(ByHand {
            namespace: "widgets".to_owned(),
            account: SalesforceId::parse("0014M00001hHV5C").unwrap(),
        });
        assert_eq!(
            answer(&case, rules),
            Answer::Passed("the engineer found that the requester owns widgets".to_owned())
        );
    }
}
