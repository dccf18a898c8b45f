//! Decodes text in an encoding that the Encoding Standard names: by the browser, and outside of it by the library that
//! follows the same standard. The browser has the tables already; they would be a tenth of the core.

/// Decodes bytes; `None` if nobody knows the label. Bytes that are invalid in the encoding become U+FFFD.
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    platform::decode(label, bytes)
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use wasm_bindgen::prelude::*;

    pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
        let decoder = TextDecoder::new(label).ok()?;
        decoder.decode(&js_sys::Uint8Array::from(bytes)).ok()
    }

    #[wasm_bindgen]
    extern "C" {
        /// The part of the browser's decoder that is used here.
        type TextDecoder;
        #[wasm_bindgen(constructor, catch)]
        fn new(label: &str) -> Result<TextDecoder, JsValue>;
        #[wasm_bindgen(method, catch)]
        fn decode(this: &TextDecoder, bytes: &js_sys::Uint8Array) -> Result<String, JsValue>;
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use encoding_rs::Encoding;

    pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        Some(encoding.decode_with_bom_removal(bytes).0.into_owned())
    }
}
