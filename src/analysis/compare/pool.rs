//! Models between two models: with some of the edits done.

use std::collections::BTreeMap;

use crate::analysis::Failure;
use crate::diagnostic::Diagnostic;
use crate::limits::Exceeded;
use crate::model::Model;

/// Makes the model in which some edits are done; nothing if that is no sound scenario.
pub(super) type Build<'b> = dyn Fn(&[bool]) -> Result<Option<Model>, Exceeded> + 'b;

/// The models that were made, by which edits are done. All number their dimensions alike.
pub(super) struct Pool<'b> {
    build: &'b Build<'b>,
    seats: Seats,
    /// The first and the second model, then those between.
    models: Vec<Model>,
    known: BTreeMap<Vec<bool>, Option<usize>>,
}

/// Where the first and the second model stand.
pub(super) const FIRST: usize = 0;
pub(super) const SECOND: usize = 1;

impl<'b> Pool<'b> {
    /// The first and the second model, with that many edits between them.
    pub fn new(before: &Model, after: &Model, edits: usize, build: &'b Build<'b>) -> Pool<'b> {
        let mut seats = Seats::of(before);
        let after = seats.seated(after.clone());
        let models = vec![before.clone(), after];
        let known = match edits {
            0 => BTreeMap::from([(Vec::new(), Some(FIRST))]),
            _ => BTreeMap::from([(vec![false; edits], Some(FIRST)), (vec![true; edits], Some(SECOND))]),
        };
        Pool { build, seats, models, known }
    }

    /// Where the model stands in which these edits are done; `None` if there is none.
    ///
    /// # Errors
    /// An interruption, or a lack of memory.
    pub fn find(&mut self, done: &[bool]) -> Result<Option<usize>, Failure> {
        if let Some(known) = self.known.get(done) {
            return Ok(*known);
        }
        let model = (self.build)(done).map_err(refused)?;
        let place = model.map(|model| {
            self.models.push(self.seats.seated(model));
            self.models.len() - 1
        });
        self.known.insert(done.to_vec(), place);
        Ok(place)
    }

    /// How many models were looked for.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// All models that were made; the dimensions of all are those of all together.
    pub fn into_models(mut self) -> Vec<Model> {
        let dimensions = self.seats.dimensions;
        self.models.iter_mut().for_each(|one| one.dimensions = dimensions);
        self.models
    }
}

fn refused(limit: Exceeded) -> Failure {
    match limit {
        Exceeded::Stopped => Failure::Interrupted,
        Exceeded::Memory { .. } => Diagnostic::error("memory", format!("a scenario between the two {limit}"))
            .hint("compare files that differ in less")
            .into(),
    }
}

/// The dimension of every quantity, by its key: those of the first model, then those that others add, in the order in which they
/// turn up.
struct Seats {
    seats: BTreeMap<String, usize>,
    dimensions: usize,
}

impl Seats {
    fn of(model: &Model) -> Seats {
        let seats = model.quantities.iter().map(|one| (one.key.clone(), one.dimension)).collect();
        Seats { seats, dimensions: model.dimensions }
    }

    /// A model whose quantities sit where those of the same key do in all others.
    fn seated(&mut self, mut model: Model) -> Model {
        let mut order: Vec<usize> = (0..model.quantities.len()).collect();
        order.sort_by_key(|at| model.quantities[*at].dimension);
        for at in order {
            let quantity = &mut model.quantities[at];
            let next = self.dimensions;
            let seat = *self.seats.entry(quantity.key.clone()).or_insert(next);
            self.dimensions = self.dimensions.max(seat + 1);
            quantity.dimension = seat;
        }
        model
    }
}
