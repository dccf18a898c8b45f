//! The native tests, as one program: thirty programs would each compile and link the core's generics again, which took most of the
//! tests' time. `tests/unit/native.test.js` checks that no file is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hostile;
mod support;
mod walk;

mod addresses;
mod adopted;
mod boundary_types;
mod case_proof;
mod case_rules;
mod combinations;
mod contacts;
mod corpus;
mod day_slips;
mod diagnosis;
mod dot_com;
mod earlier;
mod evidence;
mod evidence_samples;
mod fault_matrix;
mod file_encodings;
mod first_view;
mod fresh_look;
mod hand_on;
mod hand_on_slips;
mod hostile_fields;
mod macro_lists;
mod mail;
mod map;
mod mutations;
mod oddities_tickets;
mod page_jobs;
mod page_slips;
mod panel_states;
mod plain;
mod plan_says;
mod plan_seen;
mod plan_slips;
mod plans;
mod pressed;
mod processes;
mod proofs;
mod proposals;
mod random_events;
mod read_as_meant;
mod reader_doubts;
mod reader_forms;
mod reader_found;
mod reader_layouts;
mod reader_mutations;
mod reader_oddities;
mod replies;
mod reply_looks;
mod reply_texts;
mod reply_undo;
mod run_slips;
mod settings;
mod settings_export;
mod settings_page;
mod setup;
mod slips;
mod storage;
mod ticket_letters;
mod ticket_mutations;
mod ticket_sentences;
mod ticket_texts;
mod trace;
mod trace_random;
mod trouble;
mod update;
mod view;
mod without_values;
mod writes;
mod zendesk_answers;
mod zendesk_comments;
mod zendesk_forms;
mod zendesk_people;
mod zendesk_requests;
mod zendesk_words;
