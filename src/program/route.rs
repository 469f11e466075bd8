//! How a uniform becomes a draw: by a table where the distribution is fixed and smooth, else by its quantile function.

use std::collections::HashMap;
use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, OnceLock};

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
    fn of(shape: &Shape) -> Route {
        match shape.fixed() {
            Some(Distribution::Triangular(triangular)) => Route::Triangular(*triangular),
            Some(distribution) => match Table::build(distribution) {
                Some(table) => Route::Table(Arc::new(table)),
                None => Route::Shape(shape.clone()),
            },
            None => Route::Shape(shape.clone()),
        }
    }

    /// The draw at `u`, given the values of the parameters.
    pub(super) fn draw(&self, parameters: &[f64], u: f64) -> f64 {
        match self {
            Route::Table(table) => table.quantile(u),
            Route::Triangular(triangular) => triangular.draw(u),
            Route::Shape(shape) => shape.quantile(parameters, u),
        }
    }

    /// Whether every draw is a finite number.
    pub(super) fn is_sound(&self) -> bool {
        !matches!(self, Route::Shape(_))
    }
}

/// The routes of some shapes. A route is found when it is first asked for, so that a program that draws nothing builds no
/// table.
#[derive(Clone, Debug)]
pub(super) struct Routes {
    shapes: Vec<Shape>,
    found: Vec<OnceLock<Route>>,
}

impl Routes {
    pub(super) fn new(shapes: Vec<Shape>) -> Routes {
        Routes { found: vec![OnceLock::new(); shapes.len()], shapes }
    }

    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    pub(super) fn get(&self, at: usize) -> &Route {
        self.found[at].get_or_init(|| Route::of(&self.shapes[at]))
    }

    /// Whether the route is known by now.
    pub(super) fn is_found(&self, at: usize) -> bool {
        self.found[at].get().is_some()
    }
}

/// Shapes, each once.
#[derive(Default)]
pub(super) struct Shapes {
    all: Vec<Shape>,
    /// Where the shapes with a digest are.
    places: HashMap<u64, Vec<usize>>,
}

impl Shapes {
    /// The place of a shape; equal shapes share one.
    pub(super) fn place(&mut self, shape: &Shape) -> usize {
        let alike = self.places.entry(digest(shape)).or_default();
        if let Some(known) = alike.iter().find(|at| self.all[**at] == *shape) {
            return *known;
        }
        alike.push(self.all.len());
        self.all.push(shape.clone());
        self.all.len() - 1
    }

    pub(super) fn into_routes(self) -> Routes {
        Routes::new(self.all)
    }
}

/// A hash of every parameter, by way of its shortest decimal, which tells all numbers apart.
fn digest(shape: &Shape) -> u64 {
    struct Digest(DefaultHasher);
    impl Write for Digest {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut digest = Digest(DefaultHasher::new());
    // A digest takes in any text.
    let _ = write!(digest, "{shape:?}");
    digest.0.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Family;

    fn beta(alpha: f64) -> Shape {
        Shape::Fixed(Family::Beta.build(&[alpha, 3.0]).unwrap())
    }

    #[test]
    fn equal_shapes_share_a_place_and_others_do_not() {
        let mut shapes = Shapes::default();
        let (one, next) = (2.0f64, 2.0f64.next_up());
        assert_eq!([one, next, one, 3.0, next].map(|alpha| shapes.place(&beta(alpha))), [0, 1, 0, 2, 1]);
    }

    #[test]
    fn a_route_is_found_when_it_is_asked_for() {
        let routes = Routes::new(vec![beta(2.0), beta(3.0)]);
        assert!(matches!(routes.get(1), Route::Table(_)));
        assert_eq!([0, 1].map(|at| routes.is_found(at)), [false, true]);
    }
}
