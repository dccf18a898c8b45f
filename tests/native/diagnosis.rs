//! `Diagnose this page`: what it finds agrees with what the reader reads, its words name what to mend, and no value of a page is in it.

mod fixtures;
mod mapping;
mod values;
mod words;
mod zendesk;
