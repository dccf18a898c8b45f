//! Converts values to JavaScript's.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A value in the form that it has in JSON.
pub(super) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|e| JsError::new(&e.to_string()))
}
