//! The core's maps and sets behave like `BTreeMap` and `BTreeSet`, for serde and everybody else.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tether::app::storage;
use tether::map::{Map, Set};
use tether::plain;

fn same<
    A: Serialize + DeserializeOwned + PartialEq,
    B: Serialize + DeserializeOwned + PartialEq,
>(
    theirs: &A,
    ours: &B,
) {
    let json = serde_json::to_string(theirs).unwrap();
    assert_eq!(serde_json::to_string(ours).unwrap(), json);
    assert_eq!(storage::text_of(ours), storage::text_of(theirs));
    assert!(storage::value_of::<B>(&storage::text_of(theirs).unwrap()).as_ref() == Some(ours));
    let value = || serde_json::to_value(theirs).unwrap();
    assert_eq!(
        plain::read::<B>(value()).map(|read| read == *ours),
        plain::read::<A>(value()).map(|read| read == *theirs)
    );
    assert!(serde_json::from_str::<B>(&json).unwrap() == *ours);
}

proptest! {
    #[test]
    fn a_map_is_what_a_tree_would_be(steps in prop::collection::vec((0..4_u8, "[a-d]{0,2}", any::<u8>()), 0..60)) {
        let (mut theirs, mut ours) = (BTreeMap::new(), Map::new());
        for (step, key, value) in steps {
            match step {
                0 => prop_assert_eq!(theirs.remove(&key), ours.remove(&key)),
                1 => prop_assert_eq!(theirs.entry(key.clone()).or_insert(value), ours.entry(key).or_insert(value)),
                _ => prop_assert_eq!(theirs.insert(key.clone(), value), ours.insert(key, value)),
            }
        }
        prop_assert!(theirs.iter().eq(&ours) && theirs.keys().eq(ours.keys()) && theirs.values().eq(ours.values()));
        prop_assert_eq!(format!("{theirs:?}"), format!("{ours:?}"));
        same(&theirs, &ours);
    }

    #[test]
    fn the_last_of_equal_keys_counts_in_any_order(entries in prop::collection::vec(("[a-c]", any::<u8>()), 0..9)) {
        let (theirs, ours): (BTreeMap<_, _>, Map<_, _>) = (entries.iter().cloned().collect(), entries.iter().cloned().collect());
        same(&theirs, &ours);
        let json: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        let read: Map<String, u8> = serde_json::from_str(&format!("{{{}}}", json.join(","))).unwrap();
        prop_assert!(read == ours);
    }

    #[test]
    fn a_set_is_what_a_tree_would_be(steps in prop::collection::vec((any::<bool>(), 0..9_u8), 0..40)) {
        let (mut theirs, mut ours) = (BTreeSet::new(), Set::default());
        for (add, one) in steps {
            if add {
                prop_assert_eq!(theirs.insert(one), ours.insert(one));
            } else {
                prop_assert_eq!(theirs.remove(&one), ours.remove(&one));
            }
            prop_assert_eq!(theirs.contains(&one), ours.contains(&one));
        }
        prop_assert_eq!((theirs.len(), theirs.is_empty(), format!("{theirs:?}")), (ours.len(), ours.is_empty(), format!("{ours:?}")));
        same(&theirs, &ours);
    }
}

#[test]
fn numbers_are_keys_as_they_are_of_a_tree_and_an_empty_map_is_an_object() {
    same(
        &BTreeMap::from([(-1_i64, "a".to_owned()), (7, "b".to_owned())]),
        &Map::from([(7_i64, "b".to_owned()), (-1, "a".to_owned())]),
    );
    assert_eq!(
        serde_json::to_value(Map::<String, u8>::new()).unwrap(),
        json!({})
    );
    assert_eq!(
        serde_json::to_value(Set::<u8>::default()).unwrap(),
        json!([])
    );
}

#[test]
fn what_is_no_map_is_refused_as_before() {
    for value in [
        json!([]),
        json!([["a", 1]]),
        json!(null),
        json!("a"),
        json!({"a": "b"}),
    ] {
        let refused = plain::read::<BTreeMap<String, u8>>(value.clone()).unwrap_err();
        assert_eq!(
            plain::read::<Map<String, u8>>(value.clone()).unwrap_err(),
            refused,
            "{value}"
        );
    }
    for value in [json!({}), Value::Null, json!(["a"])] {
        let refused = plain::read::<BTreeSet<u8>>(value.clone()).unwrap_err();
        assert_eq!(
            plain::read::<Set<u8>>(value.clone()).unwrap_err(),
            refused,
            "{value}"
        );
    }
}

#[test]
fn a_length_that_is_not_so_takes_no_memory() {
    let endless = storage::text_of(&u64::from(u32::MAX)).unwrap();
    assert_eq!(storage::value_of::<Map<u64, u64>>(&endless), None);
    assert_eq!(storage::value_of::<Set<u64>>(&endless), None);
}
