//! Networks of other programs, changed by chance: what is read is written as a scenario that is sound and answers as the network does.

#[path = "../tests/common/networks.rs"]
mod common_networks;

use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, Sources, Style, render_all};
use foretell::interchange::{self, Format, Network, scenario_text};
use foretell::simulation::Rule;

pub use common_networks::Chance;
use common_networks::{brute_force, random};

use crate::common::{compiled, run_of};
use crate::corpus::Corpus;
use crate::mutation::mutated;
use crate::reading::{accepted, assert_placed};
use crate::walk::walk;

/// Larger ones are not recounted.
const WORLDS: usize = 1 << 12;

#[test]
fn networks() {
    let corpora = Format::ALL.map(|format| {
        let mut corpus = Corpus::with(&["tests/fixtures/import"], format.endings());
        if format == Format::Bif {
            corpus.texts.extend((1..20).map(|seed| random(seed, 2 + seed as usize % 5)));
        }
        (format, corpus)
    });
    walk("networks", 40_000, |chance| {
        let (format, corpus) = &corpora[chance.below(corpora.len())];
        let text = mutated(corpus, chance);
        let sources = Sources::new(SourceFile::new("fuzz", text.as_str()));
        let (network, found) = interchange::read(sources.file(), *format);
        assert_placed(&found, &sources);
        assert!(found.is_empty() || !render_all(&found, &sources, Style::Plain).is_empty());
        assert_eq!(
            network.is_none(),
            found.has_errors(),
            "a network in spite of errors, or none without:\n{text}"
        );
        if let Some(network) = network {
            assert_means_the_same(&network);
        }
    });
}

/// What is written of a network is a sound scenario, whose states are as probable as in the network.
fn assert_means_the_same(network: &Network) {
    let written = scenario_text(network, "fuzz.bif");
    let model = accepted(&written);
    let worlds = network.variables.iter().try_fold(1usize, |all, one| all.checked_mul(one.states.len()));
    if worlds.is_none_or(|worlds| worlds > WORLDS) {
        return;
    }
    let Ok(asked) = compiled(&model) else { return };
    let found = run_of(&asked, Kind::Sobol, 1, Rule::default()).finding;
    let (_, expected) = brute_force(network, &[]);
    let shares = found.states().flat_map(|one| one.states.iter().map(|state| state.probability.value));
    let expected: Vec<f64> = expected.into_iter().flatten().collect();
    let shares: Vec<f64> = shares.collect();
    assert_eq!(shares.len(), expected.len(), "{written}");
    for (one, other) in shares.iter().zip(&expected) {
        assert!((one - other).abs() < 1e-9, "{one} for {other}:\n{written}");
    }
}
