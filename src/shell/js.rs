//! Values of this side as values of JavaScript.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A value as JSON would have it.
pub(super) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|e| JsError::new(&e.to_string()))
}
