//! How a uniform becomes a draw: by a table where the distribution is fixed and smooth, else by its quantile function.

use std::sync::Arc;

use crate::distribution::{Distribution, Table, Triangular};
use crate::model::Shape;

/// The way from a uniform to a draw of one quantity.
#[derive(Clone, Debug)]
pub(super) enum Route {
    /// A table, off by at most 1e-8 of the nearer tail's mass.
    Table(Arc<Table>),
    /// A closed form that a loop can compute without a branch.
    Triangular(Triangular),
    /// The quantile function itself, with parameters that may differ from draw to draw.
    Shape(Shape),
}

impl Route {
    /// The draw at `u`, given the values of the parameters.
    pub(super) fn draw(&self, parameters: &[f64], u: f64) -> f64 {
        match self {
            Route::Table(table) => table.quantile(u),
            Route::Triangular(triangular) => triangular.draw(u),
            Route::Shape(shape) => shape.quantile(parameters, u),
        }
    }
}

impl Route {
    /// Whether every draw is a finite number.
    pub(super) fn is_sound(&self) -> bool {
        !matches!(self, Route::Shape(_))
    }
}

/// The routes of some shapes. Equal distributions share a table.
pub(super) fn routes(shapes: Vec<Shape>) -> Vec<Route> {
    let mut known: Vec<(Shape, Option<Arc<Table>>)> = Vec::new();
    shapes
        .into_iter()
        .map(|shape| {
            let Some(distribution) = shape.fixed() else { return Route::Shape(shape) };
            if let Distribution::Triangular(triangular) = distribution {
                return Route::Triangular(*triangular);
            }
            let table = match known.iter().find(|(other, _)| *other == shape) {
                Some((_, table)) => table.clone(),
                None => {
                    let table = Table::build(distribution).map(Arc::new);
                    known.push((shape.clone(), table.clone()));
                    table
                }
            };
            table.map_or(Route::Shape(shape), Route::Table)
        })
        .collect()
}
