//! The JSON Schema of a rules file, written by the reader itself: a reader that asks for fields is shown an object without
//! any, and what it asks for is noted. So the schema and the reader cannot differ.

use serde_json::{Map, Value, json};
use windowshop::base::money::Money;
use windowshop::base::notation::{Fields, MISSING};
use windowshop::base::time::Timestamp;

/// What a reader asked of one object.
#[derive(Default)]
pub(super) struct SchemaFields {
    properties: Map<String, Value>,
    required: Vec<String>,
    /// The forms of an object that is `{kind: {…}}`.
    kinds: Option<Vec<Value>>,
    /// The kinds that stand around this object, by their names, so that one that holds itself is referred to.
    around: Vec<(Vec<&'static str>, String)>,
    path: String,
}

/// The schema of what `read` reads.
pub(super) fn of(title: &str, read: impl FnOnce(&mut SchemaFields)) -> Value {
    let mut whole = SchemaFields { path: "#".into(), ..SchemaFields::default() };
    read(&mut whole);
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), title.into());
    if let Value::Object(fields) = whole.schema() {
        schema.extend(fields);
    }
    schema.into()
}

impl SchemaFields {
    fn schema(self) -> Value {
        if let Some(kinds) = self.kinds {
            return json!({ "oneOf": kinds });
        }
        let mut required = self.required;
        required.sort_unstable();
        required.dedup();
        json!({
            "type": "object",
            "properties": self.properties,
            "required": required,
            "patternProperties": { "^x_": true },
            "additionalProperties": false,
        })
    }

    fn note(&mut self, field: &str, schema: Value) {
        self.properties.insert(field.to_string(), schema);
    }

    fn inside(&self, field: &str) -> Self {
        Self { path: format!("{}/{field}", self.path), around: self.around.clone(), ..Self::default() }
    }

    /// Names in every language, which the feed's reader asks for.
    pub(super) fn names(&mut self, field: &'static str) {
        self.require(field);
        self.optional_names(field);
    }

    /// Names in every language, where they are wanted.
    pub(super) fn optional_names(&mut self, field: &'static str) {
        self.note(
            field,
            json!({
                "description": "The name in every language of the shop.",
                "type": "object",
                "minProperties": 1,
                "additionalProperties": { "type": "string", "pattern": "\\S" },
            }),
        );
    }
}

fn id() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^\\S+$" })
}

fn whole(least: u32, most: u32) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

impl Fields for SchemaFields {
    fn has(&self, _: &'static str) -> bool {
        false
    }

    fn problem(&mut self, field: &str, reason: &str) {
        // Of an object without fields a reader can only say what is missing.
        if reason == MISSING {
            self.required.push(field.to_string());
        }
    }

    fn id(&mut self, field: &'static str) -> Option<String> {
        self.note(field, id());
        None
    }

    fn ids(&mut self, field: &'static str) -> Vec<String> {
        self.note(field, json!({ "type": "array", "items": id(), "minItems": 1, "uniqueItems": true }));
        Vec::new()
    }

    fn amount(&mut self, field: &'static str) -> Option<Money> {
        let amount = json!({
            "description": "An amount of money as a decimal text.",
            "type": "string",
            "pattern": "^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
        });
        self.note(field, amount);
        None
    }

    fn count(&mut self, field: &'static str, least: u32, most: u32) -> Option<u32> {
        self.note(field, whole(least, most));
        None
    }

    fn counts(&mut self, field: &'static str, least: u32, most: u32) -> Vec<u32> {
        self.note(field, json!({ "type": "array", "items": whole(least, most) }));
        Vec::new()
    }

    fn percent(&mut self, field: &'static str) -> Option<u32> {
        let percent = json!({
            "description": "A number with at most two digits behind the point, as a decimal text.",
            "type": "string",
            "pattern": "^([0-9]+(\\.[0-9]{0,2}0*)?|\\.[0-9]{1,2}0*)$",
        });
        self.note(field, percent);
        None
    }

    fn flag(&mut self, field: &'static str) -> bool {
        self.note(field, json!({ "type": "boolean" }));
        false
    }

    fn instant(&mut self, field: &'static str) -> Option<Timestamp> {
        let instant = json!({
            "description": "Shop time such as 2026-11-22T10:00, or with an offset.",
            "type": "string",
        });
        self.note(field, instant);
        None
    }

    fn yearly_day(&mut self, field: &'static str) -> Option<(u8, u8)> {
        self.note(field, json!({ "type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$" }));
        None
    }

    fn word(&mut self, field: &'static str, words: &[&'static str]) -> Option<usize> {
        self.note(field, json!({ "enum": words }));
        None
    }

    fn words(&mut self, field: &'static str, words: &[&'static str]) -> Vec<usize> {
        self.note(field, json!({ "type": "array", "items": { "enum": words }, "uniqueItems": true }));
        Vec::new()
    }

    fn object<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let mut inside = self.inside(&format!("properties/{field}"));
        read(&mut inside);
        self.note(field, inside.schema());
        None
    }

    fn list<T>(&mut self, field: &'static str, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut inside = self.inside(&format!("properties/{field}/items"));
        read(&mut inside);
        self.note(field, json!({ "type": "array", "items": inside.schema() }));
        Vec::new()
    }

    fn kind<T>(
        &mut self,
        kinds: &[&'static str],
        mut read: impl FnMut(&mut Self, usize) -> Option<T>,
    ) -> Option<T> {
        // A kind that may hold itself is written once and referred to from within.
        if let Some((_, path)) = self.around.iter().find(|(known, _)| known == kinds) {
            self.kinds = Some(vec![json!({ "$ref": path })]);
            return None;
        }
        let mut forms = Vec::new();
        for (at, kind) in kinds.iter().enumerate() {
            let mut inside = self.inside(&format!("oneOf/{at}/properties/{kind}"));
            inside.around.push((kinds.to_vec(), self.path.clone()));
            read(&mut inside, at);
            forms.push(json!({
                "type": "object",
                "properties": { *kind: inside.schema() },
                "required": [kind],
                "additionalProperties": false,
            }));
        }
        self.kinds = Some(forms);
        None
    }
}
