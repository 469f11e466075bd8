//! Estimates as findings hold them: each with the names that its parts have in JSON.
//!
//! An [`Estimate`] stands below the floor of formats. Here it gets a name for what it estimates; a number that may be missing
//! is null.

use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// A type for each name: the estimate under it, its standard error, and its 90 % interval.
macro_rules! estimated {
    ($($(#[$doc:meta])* $name:ident: $value:tt, $error:tt, $interval:tt, $level:tt, $exact:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub Estimate);

        impl From<Estimate> for $name {
            fn from(estimate: Estimate) -> $name {
                $name(estimate)
            }
        }

        impl Deref for $name {
            type Target = Estimate;
            fn deref(&self) -> &Estimate {
                &self.0
            }
        }

        const _: () = {
            /// How it stands in JSON.
            #[derive(JsonSchema, Serialize)]
            struct Form {
                /// The estimate; null if there is none.
                #[serde(rename = $value)]
                value: Option<f64>,
                /// The standard error of sampling: 0 if exact, null if it can't be told.
                #[serde(rename = $error)]
                std_error: Option<f64>,
                /// The ends of the confidence interval.
                #[serde(rename = $interval)]
                interval: [Option<f64>; 2],
                /// The level of the interval, a share of 1.
                #[serde(rename = $level)]
                level: f64,
                /// Whether no draw entered the estimate.
                #[serde(rename = $exact)]
                exact: bool,
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let Estimate { value, std_error, interval: (low, high), exact } = self.0;
                    Form {
                        value: finite(value),
                        std_error: finite(std_error),
                        interval: [finite(low), finite(high)],
                        level: INTERVAL_LEVEL,
                        exact,
                    }
                    .serialize(serializer)
                }
            }

            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }
                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    Form::json_schema(generator)
                }
            }
        };
    )*};
}

estimated! {
    /// A probability, 0 to 1.
    Probability: "probability", "std_error", "interval", "interval_level", "exact";
    /// The mean of a quantity, in its own unit.
    Mean: "mean", "std_error", "interval", "interval_level", "exact";
    /// A number whose meaning its place tells.
    Figure: "value", "std_error", "interval", "interval_level", "exact";
    /// By how much something is more in a variant than in the file itself.
    Difference: "difference", "difference_std_error", "difference_interval", "difference_interval_level", "difference_exact";
    /// Left side minus right side of a comparison.
    Margin: "difference", "std_error", "interval", "interval_level", "exact";
    /// A probability given what was learned, beside the one before.
    Posterior: "posterior", "posterior_std_error", "posterior_interval", "posterior_interval_level", "posterior_exact";
    /// A probability given something, beside one that is given nothing.
    Conditional: "conditional", "conditional_std_error", "conditional_interval", "conditional_interval_level", "conditional_exact";
    /// By how much something is more probable than if its parts were independent.
    BeyondIndependence: "beyond_independence", "beyond_independence_std_error", "beyond_independence_interval", "beyond_independence_interval_level", "beyond_independence_exact";
    /// How much more probable an outcome is at one end of a driver than at the other.
    Swing: "swing", "std_error", "interval", "interval_level", "exact";
    /// A share of an outcome's variance.
    Share: "share", "share_std_error", "share_interval", "share_interval_level", "share_exact";
    /// The share of an answer's variance that goes away once something is known.
    First: "first", "first_std_error", "first_interval", "first_interval_level", "first_exact";
    /// The share of an answer's variance that stays while all else is known.
    Total: "total", "total_std_error", "total_interval", "total_interval_level", "total_exact";
    /// The share of an answer's variance that something has only together with others.
    Interaction: "interaction", "interaction_std_error", "interaction_interval", "interaction_interval_level", "interaction_exact";
    /// A share of an answer's variance, all of which sum to 1.
    ShapleyEffect: "shapley", "shapley_std_error", "shapley_interval", "shapley_interval_level", "shapley_exact";
    /// What the engine says, beside a plain simulation.
    Integrated: "integrated", "integrated_std_error", "integrated_interval", "integrated_interval_level", "integrated_exact";
    /// What a plain simulation says, beside the engine.
    Plain: "plain", "plain_std_error", "plain_interval", "plain_interval_level", "plain_exact";
    /// By how many bits the entropy of an answer is expected to drop.
    Bits: "bits", "bits_std_error", "bits_interval", "bits_interval_level", "bits_exact";
    /// By how much the Brier score of an answer is expected to drop.
    Brier: "brier", "brier_std_error", "brier_interval", "brier_interval_level", "brier_exact";
    /// The probability that another answer would lead.
    LeaderChanges: "leader_changes", "leader_changes_std_error", "leader_changes_interval", "leader_changes_interval_level", "leader_changes_exact";
    /// By how many bits the entropy between two answers is expected to drop.
    BitsBetween: "bits_between", "bits_between_std_error", "bits_between_interval", "bits_between_interval_level", "bits_between_exact";
    /// A correlation that the draws have.
    Correlation: "reached", "std_error", "interval", "interval_level", "exact";
}

/// A number, or nothing where it is not finite.
pub fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A number in JSON, null where it is not finite.
pub(super) fn or_null<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    finite(*value).serialize(serializer)
}

/// Values by name, in their own order: an object in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct ByName<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for ByName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<T: JsonSchema> JsonSchema for ByName<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("ByName_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        std::collections::BTreeMap::<String, T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_their_names_and_what_is_missing_is_null() {
        let change = Difference(Estimate { std_error: f64::INFINITY, ..Estimate::exact(0.25) });
        let text = serde_json::to_string(&change).expect("plain data");
        assert_eq!(
            text,
            "{\"difference\":0.25,\"difference_std_error\":null,\"difference_interval\":[0.25,0.25],\
             \"difference_interval_level\":0.9,\"difference_exact\":true}"
        );
        let nothing = serde_json::to_value(Mean(Estimate::unknown())).expect("plain data");
        assert_eq!(nothing["mean"], serde_json::Value::Null);
    }

    #[test]
    fn names_keep_their_order() {
        let states = ByName(vec![("late".to_string(), 0.25), ("early".to_string(), 0.75)]);
        assert_eq!(serde_json::to_string(&states).expect("plain data"), "{\"late\":0.25,\"early\":0.75}");
    }
}
