//! A record's page, field by field.

use super::fields;
use super::page::{OtherPage, Page};
use super::values::{Cell, Found, Reading};
use crate::profile::portal::{Field, NoTrialRow};
use crate::record::ids::{BillingAccountId, CloudActivationId, ContactId, LicenseId, OrderId};
use crate::record::{BillingAccount, CloudActivation, Contact, License, Order, RecordKind, Shown};

/// Reads single fields of one record's page.
struct Fields<'p, 'r, 'h> {
    reading: &'p Reading<'r, 'h>,
    found: &'p [Found<'h>],
    all: Vec<(&'static str, &'p Field)>,
}

impl Fields<'_, '_, '_> {
    fn read<T: PartialEq>(&self, wanted: &Field, read: impl Fn(&Cell) -> Shown<T>) -> Shown<T> {
        fields::read(self.reading, self.found, wanted, &self.all, read)
    }
}

/// Reads the record of a kind.
pub(super) fn record(
    reading: &Reading<'_, '_>,
    found: &[Found<'_>],
    model: RecordKind,
    id: u64,
) -> Page {
    let r = reading;
    let unusable = Page::Other(OtherPage::Unrecognized);
    let words = &reading.words.fields;
    let p = Fields {
        reading,
        found,
        all: words.of(model),
    };
    match model {
        RecordKind::License => {
            let (w, Ok(id)) = (&words.license, LicenseId::try_from(id)) else {
                return unusable;
            };
            Page::License(License {
                id,
                trial: p.read(&w.trial, |c| r.boolean(c)),
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                name: p.read(&w.name, |c| r.string(c)),
                company: p.read(&w.company, |c| r.string(c)),
                email: p.read(&w.email, |c| r.email_text(c)),
                plan: p.read(&w.plan, |c| r.string(c)),
                starts_at: p.read(&w.starts_at, |c| r.day(c)),
                expires_at: p.read(&w.expires_at, |c| r.day(c)),
                key: fields::key_mark(r.flat, found, &r.words.secrets),
            })
        }
        RecordKind::CloudActivation => {
            let (w, Ok(id)) = (&words.cloud_activation, CloudActivationId::try_from(id)) else {
                return unusable;
            };
            let activation_code = match p.read(&w.activation_code, |c| r.code(c)) {
                Shown::Unreadable(_) => Shown::Unreadable("…".to_owned()),
                code => code,
            };
            let mut trial = p.read(&w.trial, |c| r.boolean(c));
            if r.words.no_trial_row == NoTrialRow::No
                && !found.is_empty()
                && !fields::has_field(found, &w.trial)
            {
                trial = Shown::Value(false);
            }
            Page::CloudActivation(CloudActivation {
                id,
                activation_code,
                trial,
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                billing_account: p.read(&w.billing_account, |c| r.billing_account(c)),
                expires_at: p.read(&w.expires_at, |c| r.day(c)),
            })
        }
        RecordKind::Order => {
            let (w, Ok(id)) = (&words.order, OrderId::try_from(id)) else {
                return unusable;
            };
            Page::Order(Order {
                id,
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                billing_account: p.read(&w.billing_account, |c| r.billing_account(c)),
                trial: p.read(&w.trial, |c| r.boolean(c)),
                start_date: p.read(&w.start_date, |c| r.day(c)),
                end_date: p.read(&w.end_date, |c| r.day(c)),
            })
        }
        RecordKind::BillingAccount => {
            let (w, Ok(id)) = (&words.billing_account, BillingAccountId::try_from(id)) else {
                return unusable;
            };
            Page::BillingAccount(BillingAccount {
                id,
                name: p.read(&w.name, |c| r.string(c)),
                salesforce_account: p.read(&w.salesforce_account, |c| r.salesforce(c)),
                sold_to: p.read(&w.sold_to, |c| r.sold_to(c)),
            })
        }
        RecordKind::Contact => {
            let (w, Ok(id)) = (&words.contact, ContactId::try_from(id)) else {
                return unusable;
            };
            let name = match p.read(&w.name, |c| r.string(c)) {
                Shown::Absent => joined(
                    p.read(&w.first_name, |c| r.string(c)),
                    p.read(&w.last_name, |c| r.string(c)),
                ),
                name => name,
            };
            Page::Contact(Contact {
                id,
                name,
                email: p.read(&w.email, |c| r.email(c)),
            })
        }
    }
}

/// Joins a name that is in two fields.
fn joined(first: Shown<String>, last: Shown<String>) -> Shown<String> {
    match (first, last) {
        (Shown::Value(first), Shown::Value(last)) => Shown::Value(format!("{first} {last}")),
        (Shown::Absent, one) | (one, Shown::Absent) => one,
        (unreadable @ Shown::Unreadable(_), _) | (_, unreadable) => unreadable,
    }
}
