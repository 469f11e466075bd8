//! How a uniform, or a normal of a copula, becomes a draw: by a table where the distribution is fixed and smooth, else by its
//! quantile function.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::distribution::{Cache, Distribution, NormalTable, QuantileTable, Triangular, digest};
use crate::expression::Unary;
use crate::model::Shape;

/// What a quantity is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// A uniform.
    Uniform,
    /// A standard normal, whose level Φ is the uniform.
    Normal,
}

/// The way from a uniform, or from a normal, to a draw of one quantity.
#[derive(Clone, Debug)]
pub(super) enum Route {
    /// A table, off by at most 1e-8 of the nearer tail's mass.
    Table(Arc<QuantileTable>),
    /// A table at Φ of a normal, off by as little.
    NormalTable(Arc<NormalTable>),
    /// Φ of a normal, then the way from a uniform.
    Level(Box<Route>),
    /// A closed form that a loop can compute without a branch.
    Triangular(Triangular),
    /// The quantile function itself, with parameters that may differ from draw to draw.
    Shape(Shape),
}

impl Route {
    fn of((shape, origin): &(Shape, Origin), cache: &Cache) -> Route {
        match origin {
            Origin::Uniform => Route::from_uniform(shape, cache),
            Origin::Normal => match shape.fixed().and_then(|law| cache.normal_table(law)) {
                Some(table) => Route::NormalTable(table),
                None => Route::Level(Box::new(Route::from_uniform(shape, cache))),
            },
        }
    }

    fn from_uniform(shape: &Shape, cache: &Cache) -> Route {
        match shape.fixed() {
            Some(Distribution::Triangular(triangular)) => Route::Triangular(*triangular),
            Some(distribution) => match cache.table(distribution) {
                Some(table) => Route::Table(table),
                None => Route::Shape(shape.clone()),
            },
            None => Route::Shape(shape.clone()),
        }
    }

    /// The draw from a uniform or a normal, given the values of the parameters.
    pub(super) fn draw(&self, parameters: &[f64], from: f64) -> f64 {
        match self {
            Route::Table(table) => table.quantile(from),
            Route::NormalTable(table) => table.quantile(from),
            Route::Level(route) => route.draw(parameters, Unary::NormalLevel.apply(from)),
            Route::Triangular(triangular) => triangular.draw(from),
            Route::Shape(shape) => shape.quantile(parameters, from),
        }
    }

    /// Whether every draw from a uniform inside (0, 1), or from any normal, is a finite number.
    pub(super) fn is_sound(&self) -> bool {
        let outermost = 0.5 * f64::EPSILON;
        match self {
            Route::Table(table) => {
                [outermost, 1.0 - outermost].iter().all(|u| table.quantile(*u).is_finite())
            }
            // No sum of normals that uniforms are turned into is as far out.
            Route::NormalTable(table) => [-40.0, 40.0].iter().all(|z| table.quantile(*z).is_finite()),
            Route::Level(route) => route.is_sound(),
            Route::Triangular(_) => true,
            Route::Shape(_) => false,
        }
    }
}

/// The routes of some shapes. A route is found when it is first asked for, so that a program that draws nothing builds no
/// table.
#[derive(Clone, Debug)]
pub(super) struct Routes {
    shapes: Vec<(Shape, Origin)>,
    found: Vec<OnceLock<Route>>,
    cache: Cache,
}

impl Routes {
    pub(super) fn new(shapes: Vec<(Shape, Origin)>, cache: &Cache) -> Routes {
        Routes { found: vec![OnceLock::new(); shapes.len()], shapes, cache: cache.clone() }
    }

    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    pub(super) fn get(&self, at: usize) -> &Route {
        self.found[at].get_or_init(|| Route::of(&self.shapes[at], &self.cache))
    }

    /// The shape of which a route makes draws.
    pub(super) fn shape(&self, at: usize) -> &Shape {
        &self.shapes[at].0
    }

    /// Whether the route leads from a normal.
    pub(super) fn is_from_normal(&self, at: usize) -> bool {
        self.shapes[at].1 == Origin::Normal
    }

    /// Whether the route is known by now.
    pub(super) fn is_found(&self, at: usize) -> bool {
        self.found[at].get().is_some()
    }
}

/// Shapes and what they are drawn from, each once.
#[derive(Default)]
pub(super) struct Shapes {
    all: Vec<(Shape, Origin)>,
    /// Where the shapes with a digest are.
    places: HashMap<u64, Vec<usize>>,
}

impl Shapes {
    /// The place of a shape; equal shapes drawn from the like share one.
    pub(super) fn place(&mut self, shape: &Shape, origin: Origin) -> usize {
        let alike = self.places.entry(digest(shape)).or_default();
        let is_it = |(one, from): &(Shape, Origin)| one == shape && *from == origin;
        if let Some(known) = alike.iter().find(|at| is_it(&self.all[**at])) {
            return *known;
        }
        alike.push(self.all.len());
        self.all.push((shape.clone(), origin));
        self.all.len() - 1
    }

    pub(super) fn into_routes(self, cache: &Cache) -> Routes {
        Routes::new(self.all, cache)
    }
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
        let mut place = |alpha| shapes.place(&beta(alpha), Origin::Uniform);
        assert_eq!([one, next, one, 3.0, next].map(&mut place), [0, 1, 0, 2, 1]);
        assert_eq!([one, 3.0, one].map(|alpha| shapes.place(&beta(alpha), Origin::Normal)), [3, 4, 3]);
    }

    #[test]
    fn a_route_is_found_when_it_is_asked_for() {
        let routes =
            Routes::new(vec![(beta(2.0), Origin::Uniform), (beta(3.0), Origin::Uniform)], &Cache::new());
        assert!(matches!(routes.get(1), Route::Table(_)));
        assert_eq!([0, 1].map(|at| routes.is_found(at)), [false, true]);
    }

    #[test]
    fn what_overflows_far_out_is_not_sound() {
        for (mean, is_sound) in [(0.0, true), (690.0, false)] {
            let shape = Shape::Fixed(Family::LogNormal.build(&[mean, 3.0]).unwrap());
            for origin in [Origin::Uniform, Origin::Normal] {
                assert_eq!(
                    Route::of(&(shape.clone(), origin), &Cache::new()).is_sound(),
                    is_sound,
                    "{mean} {origin:?}"
                );
            }
        }
    }

    #[test]
    fn from_a_normal_leads_where_its_level_leads() {
        let laws =
            [Family::Beta.build(&[2.0, 3.0]), Family::Triangular.build(&[0.0, 0.3, 1.0])].map(Result::unwrap);
        let is_table = laws.map(|law| {
            let shape = Shape::Fixed(law.clone());
            let [uniform, normal] = [Origin::Uniform, Origin::Normal]
                .map(|origin| Route::of(&(shape.clone(), origin), &Cache::new()));
            for z in [-9.0, -3.0, -0.1, 0.0, 0.7, 4.3, 8.0] {
                let (one, other) = (uniform.draw(&[], Unary::NormalLevel.apply(z)), normal.draw(&[], z));
                // Each table is off by 1e-8 of a tail's mass.
                assert!((law.cdf(one) - law.cdf(other)).abs() <= 2e-8, "{law:?} at {z}: {one} {other}");
            }
            matches!(normal, Route::NormalTable(_))
        });
        assert_eq!(is_table, [true, false]);
    }
}
