//! How long reading a page of the portal takes natively: prints a JSON list of ms. Its arguments are the page's address and a file with
//! its HTML. Run by `./build.sh bench`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use tether::portal::{Page, reader};
use tether::profile::Profile;

const ROUNDS: usize = 300;
const WARM_UP: usize = 50;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let (url, file) = (
        arguments.next().expect("an address"),
        arguments.next().expect("a file"),
    );
    let html = std::fs::read_to_string(file).expect("the file");
    let profile = Profile::parse(include_str!("../../../extension/site-profile.json"))
        .expect("the shipped profile");
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let read = reader::read(&url, Some(200), &html, &profile.portal);
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert!(!matches!(read, Page::Other(_)), "{read:?}");
    }
    println!(
        "{}",
        serde_json::to_string(times.get(WARM_UP..).expect("enough rounds")).expect("numbers")
    );
}
