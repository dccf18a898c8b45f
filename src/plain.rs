//! Reads plain values, as in JavaScript and JSON, into types with a derived `Deserialize`.
//!
//! It asks for a type's members by name in the type's own order, so that only serde's `visit_seq`
//! code is linked: about a third of the code that reading by name takes. An enum's variant is in
//! the member `type` or `kind` beside its own members, or is itself a text; types read here take no
//! `#[serde(tag)]`. A member that may be missing takes `#[serde(default)]`, even an `Option`.

use std::fmt;

use serde::de::value::U32Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value};

/// Reads a value and ignores unknown members.
///
/// # Errors
/// If it is not such a value; the error says where in it.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Misfit> {
    T::deserialize(Plain {
        value,
        strict: false,
    })
}

/// Reads a value and refuses unknown members.
///
/// # Errors
/// If it is not such a value; the error says where in it.
pub fn read_strictly<T: DeserializeOwned>(value: Value) -> Result<T, Misfit> {
    T::deserialize(Plain {
        value,
        strict: true,
    })
}

/// Why a value does not have the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place in the value, e.g. `selectors.composer.0`; empty for the whole value.
    pub at: String,
    /// What is wrong there.
    pub what: String,
}

impl Misfit {
    #[cold]
    fn within(self, member: &str) -> Self {
        let at = if self.at.is_empty() {
            member.to_owned()
        } else {
            format!("{member}.{}", self.at)
        };
        Self { at, ..self }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self {
            at: String::new(),
            what: what.to_string(),
        }
    }
}

struct Plain {
    value: Value,
    strict: bool,
}

impl Plain {
    #[cold]
    fn not<V>(&self, expected: &dyn serde::de::Expected) -> Result<V, Misfit> {
        let is = match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(b) => Unexpected::Bool(*b),
            Value::Number(n) => Unexpected::Float(n.as_f64().unwrap_or_default()),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(Misfit::invalid_type(is, expected))
    }
}

impl<'de> Deserializer<'de> for Plain {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(_) => self.deserialize_bool(visitor),
            Value::Number(n) if n.is_u64() => self.deserialize_u64(visitor),
            Value::Number(n) if n.is_i64() => self.deserialize_i64(visitor),
            Value::Number(_) => self.deserialize_f64(visitor),
            Value::String(_) => self.deserialize_string(visitor),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Bool(b) => visitor.visit_bool(b),
            _ => self.not(&visitor),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value.as_u64() {
            Some(n) => visitor.visit_u64(n),
            None => self.not(&visitor),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value.as_i64() {
            Some(n) => visitor.visit_i64(n),
            None => self.not(&visitor),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value.as_f64() {
            Some(n) => visitor.visit_f64(n),
            None => self.not(&visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::String(text) => visitor.visit_string(text),
            _ => self.not(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items {
                items: items.into_iter(),
                next: 0,
                strict: self.strict,
            }),
            _ => self.not(&visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Object(entries) => visitor.visit_map(Entries {
                entries: entries.into_iter(),
                next: Value::Null,
                strict: self.strict,
            }),
            _ => self.not(&visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Object(members) => Members::new(members, names, self.strict).read(visitor),
            _ => self.not(&visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let (name, members) = match self.value {
            Value::String(name) => (name, Map::new()),
            Value::Object(mut members) => match TAGS.iter().find_map(|tag| members.remove(*tag)) {
                Some(Value::String(name)) => (name, members),
                _ => {
                    return Err(Misfit::custom(
                        "it does not say in `type` or `kind` what it is",
                    ));
                }
            },
            _ => return self.not(&visitor),
        };
        visitor.visit_enum(Variant {
            name,
            names,
            members,
            strict: self.strict,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit unit_struct tuple tuple_struct char }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_string(visitor)
    }
}

/// The members that may name an enum's variant.
const TAGS: [&str; 2] = ["type", "kind"];

/// A list's items.
struct Items {
    items: std::vec::IntoIter<Value>,
    next: usize,
    strict: bool,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some(value) = self.items.next() else {
            return Ok(None);
        };
        let at = self.next;
        self.next += 1;
        seed.deserialize(Plain {
            value,
            strict: self.strict,
        })
        .map(Some)
        .map_err(|e| e.within(&at.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// A map's entries.
struct Entries {
    entries: serde_json::map::IntoIter,
    next: Value,
    strict: bool,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((name, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.next = value;
        seed.deserialize(Plain {
            value: Value::String(name),
            strict: self.strict,
        })
        .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(Plain {
            value: self.next.take(),
            strict: self.strict,
        })
    }
}

/// An object's members, in the type's order.
struct Members {
    members: Map<String, Value>,
    names: &'static [&'static str],
    next: usize,
    /// Whether the last one that was asked for is missing.
    missing: bool,
    strict: bool,
}

impl Members {
    fn new(members: Map<String, Value>, names: &'static [&'static str], strict: bool) -> Self {
        Self {
            members,
            names,
            next: 0,
            missing: false,
            strict,
        }
    }

    fn read<'de, V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Misfit> {
        self.all_known()?;
        visitor.visit_seq(&mut self).map_err(|e| self.or_missing(e))
    }

    fn all_known(&self) -> Result<(), Misfit> {
        match self
            .members
            .keys()
            .find(|name| self.strict && !self.names.contains(&name.as_str()))
        {
            Some(odd) => Err(Misfit::custom(format_args!("unknown field `{odd}`"))),
            None => Ok(()),
        }
    }

    /// Replaces serde's index of a member by its name.
    #[cold]
    fn or_missing(&self, error: Misfit) -> Misfit {
        match self
            .next
            .checked_sub(1)
            .and_then(|last| self.names.get(last))
        {
            Some(name) if self.missing => Misfit::missing_field(name),
            _ => error,
        }
    }

    fn take(&mut self) -> Option<(&'static str, Value)> {
        let name = *self.names.get(self.next)?;
        self.next += 1;
        let value = self.members.remove(name);
        self.missing = value.is_none();
        Some((name, value?))
    }
}

impl<'de> SeqAccess<'de> for &mut Members {
    type Error = Misfit;

    /// The next member. A missing one does not end the sequence: one with `#[serde(default)]` gets
    /// its default, and the next one is asked for.
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some((name, value)) = self.take() else {
            return Ok(None);
        };
        seed.deserialize(Plain {
            value,
            strict: self.strict,
        })
        .map(Some)
        .map_err(|e| e.within(name))
    }
}

/// An enum's variant.
struct Variant {
    name: String,
    names: &'static [&'static str],
    members: Map<String, Value>,
    strict: bool,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        let index = self
            .names
            .iter()
            .position(|name| *name == self.name)
            .and_then(|index| u32::try_from(index).ok());
        // An unknown variant is passed on, because the type may have a variant for it.
        match seed.deserialize(U32Deserializer::<Misfit>::new(index.unwrap_or(u32::MAX))) {
            Ok(variant) => Ok((variant, self)),
            Err(_) => Err(Misfit::unknown_variant(&self.name, self.names)),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Members::new(self.members, &[], self.strict).all_known()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(Plain {
            value: Value::Object(self.members),
            strict: self.strict,
        })
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        Err(Misfit::invalid_type(Unexpected::Map, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        Members::new(self.members, names, self.strict).read(visitor)
    }
}
