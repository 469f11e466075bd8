//! What an answer looks like as JSON, as JSON Schema (draft 2020-12).

use schemars::generate::SchemaSettings;
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
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
