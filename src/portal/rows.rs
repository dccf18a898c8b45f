//! A list's page, row by row.

use super::fields;
use super::lists::{self, Row};
use super::page::{OtherPage, Page};
use super::values::Reading;
use crate::profile::portal::Field;
use crate::record::ids::{CloudActivationId, LicenseId, OrderId};
use crate::record::{CloudActivationRow, LicenseRow, Listing, OrderRow, RecordKind};

/// Reads the list of a kind of records.
pub(super) fn list(reading: &Reading<'_, '_>, model: RecordKind) -> Page {
    let unusable = Page::Other(OtherPage::Unrecognized);
    if matches!(model, RecordKind::BillingAccount | RecordKind::Contact) {
        return Page::Other(OtherPage::OtherList);
    }
    let Some(list) = lists::of_page(reading, model) else {
        return unusable;
    };
    let r = reading;
    let words = &reading.words.fields;
    let all = words.of(model);
    let total = list.total;
    let trial = |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.boolean(c));
    let name =
        |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.subscription_name(c));
    let day = |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.day(c));
    match model {
        RecordKind::Order => {
            let w = &words.order;
            let read = |row: &Row<'_>| {
                Some(OrderRow {
                    id: OrderId::try_from(row.id).ok()?,
                    subscription_name: name(row, &w.subscription_name),
                    billing_account: fields::read(r, &row.cells, &w.billing_account, &all, |c| {
                        r.billing_account(c)
                    }),
                    trial: trial(row, &w.trial),
                    start_date: day(row, &w.start_date),
                    end_date: day(row, &w.end_date),
                })
            };
            let rows: Option<Vec<OrderRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| Page::OrderList(Listing { rows, total }))
        }
        RecordKind::CloudActivation => {
            let w = &words.cloud_activation;
            let read = |row: &Row<'_>| {
                let id = CloudActivationId::try_from(row.id).ok()?;
                Some(CloudActivationRow {
                    id,
                    subscription_name: name(row, &w.subscription_name),
                    trial: trial(row, &w.trial),
                })
            };
            let rows: Option<Vec<CloudActivationRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| {
                Page::CloudActivationList(Listing { rows, total })
            })
        }
        _ => {
            let w = &words.license;
            let read = |row: &Row<'_>| {
                let id = LicenseId::try_from(row.id).ok()?;
                Some(LicenseRow {
                    id,
                    subscription_name: name(row, &w.subscription_name),
                    trial: trial(row, &w.trial),
                })
            };
            let rows: Option<Vec<LicenseRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| Page::LicenseList(Listing { rows, total }))
        }
    }
}
