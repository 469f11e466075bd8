//! What is expensive to make of a distribution and is wanted again: tables of quantiles, and fits to intervals.

use std::collections::{HashMap, VecDeque};
use std::fmt::{self, Debug, Write};
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::elicited::{self, FitError};
use super::{Distribution, Family, Joint, Measure, Profile};
use super::{NormalTable, QuantileTable};

/// As many of each kind as are kept; of more, the oldest go.
const MOST: usize = 256;

/// Tables and fits, kept across models and programs and shared by its clones. What is kept never differs from what would be
/// made anew.
///
/// ```
/// use foretell::distribution::{Cache, Family};
/// let cache = Cache::new();
/// let beta = Family::Beta.build(&[8.0, 2.0])?;
/// let table = cache.table(&beta).expect("smooth and continuous");
/// assert!(std::sync::Arc::ptr_eq(&table, &cache.table(&beta).expect("it is kept")));
/// # Ok::<(), foretell::distribution::ParameterError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cache {
    kept: Arc<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    tables: Mutex<Store<Distribution, Option<Arc<QuantileTable>>>>,
    normal_tables: Mutex<Store<Distribution, Option<Arc<NormalTable>>>>,
    fits: Mutex<Store<Quantiles, Result<Vec<f64>, FitError>>>,
    joints: Mutex<Store<Pair, Option<Arc<Joint>>>>,
    intervals: Mutex<Store<Interval, Result<Distribution, FitError>>>,
}

/// What a correlation is calibrated for: the laws of both, `None` where the levels alone count, the measure, and the bits of the degrees
/// of freedom of a t copula.
type Pair = ([Option<Distribution>; 2], Measure, Option<u64>);

/// What a family is fitted to: levels and values, by their bits.
type Quantiles = (Family, Vec<[u64; 2]>);

/// What an interval is fitted to: its ends and those of the range, by their bits.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Interval {
    Ranged([u64; 2], Option<[u64; 2]>),
    Signed([u64; 2]),
}

impl Cache {
    /// Nothing is kept yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// The table of a distribution's quantiles; `None` if [none can be made](QuantileTable::build).
    pub fn table(&self, distribution: &Distribution) -> Option<Arc<QuantileTable>> {
        kept(&self.kept.tables, distribution, || QuantileTable::build(distribution).map(Arc::new))
    }

    /// The table of a distribution's quantiles at Φ of a normal; `None` if [none can be made](NormalTable::build).
    pub fn normal_table(&self, distribution: &Distribution) -> Option<Arc<NormalTable>> {
        kept(&self.kept.normal_tables, distribution, || NormalTable::build(distribution).map(Arc::new))
    }

    /// As [`Joint::new`] of the profiles of two laws under a measure; of a law that is `None`, of its levels.
    pub fn joint(
        &self,
        laws: [Option<&Distribution>; 2],
        measure: Measure,
        profiles: &[Profile],
        degrees: Option<f64>,
    ) -> Option<Arc<Joint>> {
        let [a, b] = profiles else { return None };
        let key = (laws.map(|law| law.cloned()), measure, degrees.map(f64::to_bits));
        kept(&self.kept.joints, &key, || Joint::new(a, b, degrees).map(Arc::new))
    }

    /// As [`elicited::fit`].
    ///
    /// # Errors
    /// No member of the family has these quantiles.
    pub fn fit(&self, family: Family, quantiles: &[(f64, f64)]) -> Result<Vec<f64>, FitError> {
        let key = (family, quantiles.iter().map(|(level, value)| bits(*level, *value)).collect());
        kept(&self.kept.fits, &key, || elicited::fit(family, quantiles))
    }

    /// As [`elicited::interval`].
    ///
    /// # Errors
    /// Nothing fits.
    pub fn interval(&self, low: f64, high: f64, range: Option<(f64, f64)>) -> Result<Distribution, FitError> {
        let key = Interval::Ranged(bits(low, high), range.map(|(from, to)| bits(from, to)));
        kept(&self.kept.intervals, &key, || elicited::interval(low, high, range))
    }

    /// As [`elicited::signed_interval`].
    ///
    /// # Errors
    /// Nothing fits.
    pub fn signed_interval(&self, low: f64, high: f64) -> Result<Distribution, FitError> {
        let key = Interval::Signed(bits(low, high));
        kept(&self.kept.intervals, &key, || elicited::signed_interval(low, high))
    }
}

fn bits(low: f64, high: f64) -> [u64; 2] {
    [low.to_bits(), high.to_bits()]
}

/// What is kept under a key, or made and kept. It is made outside the lock, so that several threads can make several.
fn kept<K: Clone + Debug + PartialEq, V: Clone>(
    store: &Mutex<Store<K, V>>,
    key: &K,
    make: impl FnOnce() -> V,
) -> V {
    let digest = digest(key);
    // A thread that panicked has left nothing half-made.
    let known = store.lock().unwrap_or_else(PoisonError::into_inner).get(digest, key);
    known.unwrap_or_else(|| {
        let made = make();
        store.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, key.clone(), made.clone());
        made
    })
}

/// Values by their keys, the oldest first.
#[derive(Debug)]
struct Store<K, V> {
    by_digest: HashMap<u64, Vec<(K, V)>>,
    order: VecDeque<u64>,
}

impl<K, V> Default for Store<K, V> {
    fn default() -> Store<K, V> {
        Store { by_digest: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: PartialEq, V: Clone> Store<K, V> {
    fn get(&self, digest: u64, key: &K) -> Option<V> {
        let alike = self.by_digest.get(&digest)?;
        alike.iter().find(|(one, _)| one == key).map(|(_, value)| value.clone())
    }

    fn insert(&mut self, digest: u64, key: K, value: V) {
        if self.order.len() == MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_digest.remove(&oldest);
            self.order.retain(|one| *one != oldest);
        }
        self.by_digest.entry(digest).or_default().push((key, value));
        self.order.push_back(digest);
    }
}

/// A hash of everything that a key holds, by way of its shortest decimals, which tell all numbers apart.
pub(crate) fn digest(key: &impl Debug) -> u64 {
    struct Digest(DefaultHasher);
    impl Write for Digest {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut digest = Digest(DefaultHasher::new());
    // A digest takes in any text.
    let _ = write!(digest, "{key:?}");
    digest.0.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_would_be_made() {
        let cache = Cache::new();
        for _ in 0..2 {
            assert_eq!(cache.interval(0.1, 0.4, None), elicited::interval(0.1, 0.4, None));
            assert_eq!(
                cache.interval(0.1, 0.4, Some((0.0, 2.0))),
                elicited::interval(0.1, 0.4, Some((0.0, 2.0)))
            );
            assert_eq!(cache.signed_interval(-0.1, 0.4), elicited::signed_interval(-0.1, 0.4));
            let points = [(0.05, 0.1), (0.95, 0.6)];
            assert_eq!(cache.fit(Family::Beta, &points), elicited::fit(Family::Beta, &points));
        }
        // A neighbour in the last bit may have the same fit.
        let neighbour = 0.4 + 1e-6;
        assert_ne!(cache.interval(0.1, neighbour, None), cache.interval(0.1, 0.4, None));
    }

    #[test]
    fn the_oldest_go() {
        let mut store = Store::default();
        (0..=MOST as u64).for_each(|at| store.insert(at, at, at));
        assert_eq!(
            (store.get(0, &0), store.get(1, &1), store.get(MOST as u64, &(MOST as u64))),
            (None, Some(1), Some(MOST as u64))
        );
        assert_eq!(store.order.len(), MOST);
    }
}
