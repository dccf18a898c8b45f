//! The types that pass between the core and its JavaScript match `extension/shared/boundary.d.ts`,
//! which the type checker uses.

use std::collections::BTreeMap;

use tether::app::turn::{Hosts, Turn};
use tether::app::{Event, effect::Job, event::Outcome};
use tether::profile::Settings;
use ts_rs::{Config, TS, TypeVisitor};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/extension/shared/boundary.d.ts"
);

/// The declarations of types and of all that they name, by name.
struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let is_declared = T::output_path().is_some();
        let name = T::name(&self.config);
        if !is_declared || self.found.contains_key(&name) {
            return;
        }
        self.found.insert(name, written(&T::decl(&self.config)));
        T::visit_dependencies(self);
    }
}

/// A declaration without its members' comments, with each variant on its own line.
fn written(declaration: &str) -> String {
    let mut parts = declaration.split("/**");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    let line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace(", }", " }");
    let variants = line.replace(" | {", "\n  | {");
    if variants == line {
        format!("export {line}\n")
    } else {
        format!("export {}\n", variants.replacen(" = ", " =\n  | ", 1))
    }
}

fn declarations() -> String {
    let config = Config::new().with_large_int("number");
    let mut all = Declarations {
        config,
        found: BTreeMap::new(),
    };
    all.visit::<Event>();
    all.visit::<Job>();
    all.visit::<Outcome>();
    all.visit::<Turn>();
    all.visit::<Hosts<'static>>();
    all.visit::<Settings>();
    let head = "// Generated from the Rust types; the test `boundary_types` holds it current and says how to renew it.\n";
    let body: Vec<String> = all.found.into_values().collect();
    format!("{head}\n{}", body.join("\n"))
}

#[test]
fn the_javascript_is_checked_against_the_types_of_the_core() {
    let wanted = declarations();
    if std::env::var_os("TETHER_WRITE_TYPES").is_some() {
        std::fs::write(FILE, &wanted).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == wanted,
        "extension/shared/boundary.d.ts is out of date; renew it with\n  TETHER_WRITE_TYPES=1 cargo test --locked --test native boundary_types"
    );
}
