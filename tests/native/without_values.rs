//! A page or an answer without its values holds no value of it, and reads like it.

mod answers;
mod pages;
mod search;
