//! Quantiles by family: the exact function, and the table where the family has one. 4,096 uniforms at a time.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use foretell::design::{Design, Kind, Place};
use foretell::distribution::{Distribution, Family, QuantileTable};

const COLUMN: usize = 4096;

/// A member of the family as scenarios have them.
fn member(family: Family) -> Distribution {
    let parameters: &[f64] = match family {
        Family::Normal | Family::LogNormal | Family::Cauchy | Family::Logistic => &[0.0, 1.0],
        Family::Beta => &[8.0, 2.0],
        Family::Uniform => &[-1.0, 3.0],
        Family::Triangular => &[0.2, 0.6, 0.95],
        Family::Pert => &[0.0, 1.0, 4.0, 4.0],
        Family::Gamma => &[3.0, 2.0],
        Family::Exponential => &[0.5],
        Family::Weibull => &[1.5, 2.0],
        Family::StudentT => &[4.0, 0.0, 1.0],
        Family::Poisson => &[6.0],
        Family::Binomial => &[20.0, 0.3],
        Family::Geometric | Family::Bernoulli => &[0.3],
        Family::NegativeBinomial => &[5.0, 0.4],
        Family::Hypergeometric => &[50.0, 20.0, 10.0],
        _ => panic!("{} has no member here", family.name()),
    };
    family.build(parameters).expect("parameters in their ranges")
}

fn uniforms() -> Vec<f64> {
    let design = Design { kind: Kind::Independent, seed: 1, points_per_replicate: COLUMN as u64 };
    let mut values = vec![0.0; COLUMN];
    design.column(Place { replicate: 0, copy: 0, dimension: 0, name: "u" }).fill(0, &mut values);
    values
}

fn exact(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantiles, exact");
    group.throughput(Throughput::Elements(COLUMN as u64));
    let (uniforms, mut values) = (uniforms(), vec![0.0; COLUMN]);
    for family in Family::ALL {
        let member = member(*family);
        group.bench_function(family.name(), |bencher| {
            bencher.iter(|| {
                for (value, u) in values.iter_mut().zip(black_box(&uniforms)) {
                    *value = member.quantile(*u);
                }
            });
        });
    }
    group.finish();
}

fn tabulated(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantiles, by table");
    group.throughput(Throughput::Elements(COLUMN as u64));
    let (uniforms, mut values) = (uniforms(), vec![0.0; COLUMN]);
    for family in Family::ALL {
        let Some(table) = QuantileTable::build(&member(*family)) else { continue };
        group.bench_function(family.name(), |bencher| {
            bencher.iter(|| table.fill(black_box(&uniforms), black_box(&mut values)));
        });
    }
    group.finish();
}

/// What the table itself costs, once a run.
fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantiles, building the table");
    for family in Family::ALL {
        let member = member(*family);
        if QuantileTable::build(&member).is_some() {
            group.bench_function(family.name(), |bencher| {
                bencher.iter(|| QuantileTable::build(black_box(&member)))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, exact, tabulated, building);
criterion_main!(benches);
