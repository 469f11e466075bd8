//! Events: what happens or not, by chance.

use super::latent::Latent;
use super::named::Named;
use super::term::Term;
use crate::scenario::Origin;

/// Something that happens or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it is called.
    pub named: Named,
    /// The probability that it happens, which may depend on anything that does not depend on it.
    pub probability: Term,
    /// The same as a product, if many causes work on it apart from each other.
    pub product: Option<Product>,
    /// Its normal, if it is in a copula.
    pub latent: Option<Latent>,
    /// What finding it out costs, in the unit of all costs of the file.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The probability that an event happens, or that it does not, as a product of parts that depend on one cause each
/// (Pearl 1988, section 4.3.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Whether it is the probability that the event happens.
    pub happens: bool,
    /// What is multiplied.
    pub parts: Vec<Term>,
}
