//! What an answer looks like as JSON, as JSON Schema (draft 2020-12).

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

/// The schema of what [`json::render`](super::json::render) makes of a value of this type.
///
/// ```
/// use foretell::analysis::run::RunFinding;
/// use foretell::report::form::schema;
/// use foretell::session::Answer;
/// let schema = schema::of::<Answer<RunFinding>>();
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("RunAnswer"));
/// ```
pub fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(without_examples));
    settings.into_generator().into_root_schema_for::<T>()
}

/// Leaves of a description what stands before the example, which is one in Rust.
fn without_examples(schema: &mut Schema) {
    let text = schema.get("description").and_then(|text| text.as_str()).map(String::from);
    if let Some((before, _)) = text.as_deref().and_then(|text| text.split_once("```")) {
        schema.insert("description".into(), before.trim_end().into());
    }
}
