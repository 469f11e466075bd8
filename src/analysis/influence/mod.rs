//! What leads to what, and how strongly: the model as a network, each of whose links is measured in the draws.

mod asked;
mod finding;
mod network;
mod own;
mod strength;

pub use finding::{InfluenceFinding, Link, Node, NodeKind, Sign};

use super::Study;
use super::correlations;
use super::round::{Inquiry, Told, Topic};
use asked::Asked;
use network::Network;

/// What leads to what, and how strongly?
#[derive(Clone, Copy, Debug, Default)]
pub struct Influence;

/// What is asked to measure links.
pub struct InfluenceAsked {
    network: Network,
    asked: Asked,
}

impl Topic for Influence {
    type Asked = InfluenceAsked;
    type Finding = InfluenceFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> InfluenceAsked {
        let network = Network::of(study.model);
        let asked = Asked::ask(&network, study, inquiry);
        InfluenceAsked { network, asked }
    }

    fn find(&self, asked: &InfluenceAsked, told: &Told) -> InfluenceFinding {
        let (nodes, links) = asked.asked.find(&asked.network, told);
        let settings = &told.study.settings;
        InfluenceFinding {
            nodes,
            links,
            correlations: correlations::find(told.model(), settings.kind, settings.seed),
        }
    }
}
