//! The pictures that can be asked for by name: one list of what each shows, which question it is part of the answer of, and how it
//! is got from that.

use super::finding::run::figures;
use super::finding::{convergence, decide, priors, quantities};
use super::page::{Block, Detail};
use super::paged::{Report, View};
use crate::analysis::compare::CompareFinding;
use crate::analysis::convergence::ConvergenceFinding;
use crate::analysis::decide::DecideFinding;
use crate::analysis::discover::DiscoverFinding;
use crate::analysis::explain::ExplainFinding;
use crate::analysis::flip::FlipFinding;
use crate::analysis::influence::InfluenceFinding;
use crate::analysis::information::InformationFinding;
use crate::analysis::priors::PriorsFinding;
use crate::analysis::run::RunFinding;
use crate::analysis::sensitivity::SensitivityFinding;
use crate::analysis::sweep::SweepFinding;
use crate::analysis::update::UpdateFinding;
use crate::analysis::worlds::WorldsFinding;
use crate::chart::Figure;
use crate::session::Answer;

/// A picture that can be asked for by name.
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in one sentence without a full stop.
    pub shows: &'static str,
    /// The question, and how the picture is got from the answer.
    pub source: Source,
    /// Why an answer may have no such picture, and what to do then.
    pub lacks: [&'static str; 2],
}

/// A figure that lays itself out.
pub type Drawn = Box<dyn Figure + Send + Sync>;

/// A picture of what was found; `None` if it has nothing to show.
pub type Of<F> = fn(&Answer<F>) -> Option<Drawn>;

/// The question whose answer a picture shows.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Source {
    /// How probable is each outcome, and why?
    Run(Of<RunFinding>),
    /// The same, with the file's variants beside it.
    Variants(Of<RunFinding>),
    /// The same, with how things go together that are named.
    Joint(Of<RunFinding>),
    /// What does evidence change?
    Update(Of<UpdateFinding>),
    /// What leads to what?
    Influence(Of<InfluenceFinding>),
    /// What would make another outcome lead?
    Flip(Of<FlipFinding>),
    /// What should be found out next?
    Information(Of<InformationFinding>),
    /// What is best to do?
    Decide(Of<DecideFinding>),
    /// In which worlds does something happen?
    Discover(Of<DiscoverFinding>),
    /// Why does it come out as it does?
    Explain(Of<ExplainFinding>),
    /// What could the future look like?
    Worlds(Of<WorldsFinding>),
    /// What moves each answer?
    Sensitivity(Of<SensitivityFinding>),
    /// What are the answers as a number goes from one value to another?
    Sweep(Of<SweepFinding>),
    /// The same of two numbers.
    Map(Of<SweepFinding>),
    /// What does the file state of what is not known?
    Priors(Of<PriorsFinding>),
    /// How did the answers settle?
    Convergence(Of<ConvergenceFinding>),
    /// What did an edit change?
    Compare(Of<CompareFinding>),
}

/// Every picture, in the order in which they are listed.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "answer",
        shows: "How probable each outcome is, and how far that could move",
        source: Source::Run(|answer| on_page(answer, &["answer"])),
        lacks: ["the file has no outcome, event or factor with states", "give it `[outcomes.*]`"],
    },
    Kind {
        name: "dotplot",
        shows: "The outcomes as 100 futures, or a derived value as 50 values, that can be counted",
        source: Source::Run(|answer| figures::dots(&answer.finding, &answer.facts)),
        lacks: ["the file has no outcome, and no derived value that varies", "give it `[outcomes.*]`"],
    },
    Kind {
        name: "drivers",
        shows: "What moves each outcome, and how far",
        source: Source::Run(|answer| on_page(answer, &["drivers"])),
        lacks: [
            "nothing that is not known moves an outcome",
            "give an outcome weights or rules that name factors",
        ],
    },
    Kind {
        name: "ternary",
        shows: "Where the draws lie among three outcomes",
        source: Source::Run(|answer| drawn(figures::ternary(&answer.finding, &answer.facts))),
        lacks: ["the triangle is for three outcomes that depend on what is not known", "plot `answer`"],
    },
    Kind {
        name: "variants",
        shows: "What each what-if of the file does to each probability",
        source: Source::Variants(|answer| on_page(answer, &["variants"])),
        lacks: ["no variant bears on a probability", "give the file `[variants.*]` that change one"],
    },
    Kind {
        name: "theories",
        shows: "What each rival theory says of each outcome",
        source: Source::Run(|answer| on_page(answer, &["theories"])),
        lacks: ["the file has no theories that compete", "give it two `[theories.*]` or more"],
    },
    Kind {
        name: "evidence",
        shows: "What each item of evidence changes, in the order of dates",
        source: Source::Update(|answer| on_page(answer, &["evidence"])),
        lacks: [
            "the file has no evidence that counts",
            "give it `[[evidence]]`, or name items with --evidence",
        ],
    },
    Kind {
        name: "priors",
        shows: "What the file states of each thing that is not known, and what of it is left with what was learned",
        source: Source::Priors(|answer| drawn(priors::figure(answer))),
        lacks: ["the file has no factors", "give it `[factors.*]`"],
    },
    Kind {
        name: "density",
        shows: "How derived values lie",
        source: Source::Run(|answer| drawn(quantities::densities(answer))),
        lacks: ["no derived value varies", "give the file `[derived.*]` that depend on factors"],
    },
    Kind {
        name: "exceedance",
        shows: "How probable it is that derived values are more than any value",
        source: Source::Run(|answer| drawn(quantities::exceedance(answer))),
        lacks: ["no derived value varies", "give the file `[derived.*]` that depend on factors"],
    },
    Kind {
        name: "tornado",
        shows: "Where each answer goes as one thing after the other is moved",
        source: Source::Sensitivity(|answer| on_page(answer, &["tornado"])),
        lacks: ["nothing moves any answer", "name another answer with --of"],
    },
    Kind {
        name: "shares",
        shows: "How much of what is not known about each answer comes from where (Sobol indices)",
        source: Source::Sensitivity(|answer| on_page(answer, &["shares"])),
        lacks: ["no answer's variance can be shared out", "`foretell sensitivity FILE` says why"],
    },
    Kind {
        name: "voi",
        shows: "What to find out next, and how much it is expected to tell",
        source: Source::Information(|answer| on_page(answer, &["voi"])),
        lacks: ["nothing that could be found out bears on the answer", "look at `foretell voi`"],
    },
    Kind {
        name: "flip",
        shows: "How far each thing has to go for another outcome to lead",
        source: Source::Flip(|answer| on_page(answer, &["flip"])),
        lacks: ["no number alone makes another outcome lead", "look at `foretell flip`"],
    },
    Kind {
        name: "influence",
        shows: "What leads to what in the model, and how strongly",
        source: Source::Influence(|answer| on_page(answer, &["influence"])),
        lacks: [
            "nothing in the file leads to anything",
            "give an outcome weights or rules that name factors",
        ],
    },
    Kind {
        name: "decide",
        shows: "What each option of a decision pays, and what may come of it",
        source: Source::Decide(|answer| drawn(decide::options(&answer.finding, &answer.facts))),
        lacks: ["no option has an expected payoff", "bound what has no mean, as with `min(x, 1000)`"],
    },
    Kind {
        name: "information",
        shows: "What it would be worth to know each thing before an option is taken",
        source: Source::Decide(|answer| drawn(decide::information(&answer.finding, &answer.facts))),
        lacks: ["to know more is worth nothing: one option is best whatever comes true", "plot `decide`"],
    },
    Kind {
        name: "discover",
        shows: "In which worlds an outcome comes true: a box of them, and what a smaller one would give",
        source: Source::Discover(|answer| on_page(answer, &["discover"])),
        lacks: ["no box tells more than all worlds do", "name another outcome with --of"],
    },
    Kind {
        name: "explain",
        shows: "What the world is like in which each outcome comes true",
        source: Source::Explain(|answer| on_page(answer, &["explain"])),
        lacks: ["nothing shifts with any outcome", "give an outcome weights or rules that name factors"],
    },
    Kind {
        name: "worlds",
        shows: "Concrete futures: what is the case in each, which outcome follows, and how typical it is",
        source: Source::Worlds(|answer| on_page(answer, &["worlds"])),
        lacks: ["no future was drawn", "ask for some with -n 3"],
    },
    Kind {
        name: "sweep",
        shows: "The answers as one number goes from one value to another",
        source: Source::Sweep(|answer| on_page(answer, &["sweep"])),
        lacks: ["no value has an answer", "vary over another range"],
    },
    Kind {
        name: "map",
        shows: "Which answer leads where over two numbers, and by how much",
        source: Source::Map(|answer| on_page(answer, &["sweep"])),
        lacks: ["no pair of values has an answer", "vary over other ranges"],
    },
    Kind {
        name: "waterfall",
        shows: "Which edit moved an answer from one file to the other, and how far",
        source: Source::Compare(|answer| on_page(answer, &["compare"])),
        lacks: ["no answer moved", "compare files that differ in a number"],
    },
    Kind {
        name: "joint",
        shows: "How probable two things are together, and each given the other",
        source: Source::Joint(|answer| on_page(answer, &["joint"])),
        lacks: ["nothing was asked for jointly", "name two things, as in --joint 'growth > 1, outcome'"],
    },
    Kind {
        name: "convergence",
        shows: "How the answers settled as draws were added",
        source: Source::Convergence(|answer| drawn(convergence::figure(answer))),
        lacks: ["no draw enters the answers: they are exact", "ask for draws with --exact never"],
    },
];

/// The picture of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|one| one.name == name)
}

fn drawn(figure: Option<impl Figure + Send + Sync + 'static>) -> Option<Drawn> {
    figure.map(|one| Box::new(one) as Drawn)
}

/// The first picture of the answer's page that has one of some names.
fn on_page(answer: &impl Report, names: &[&str]) -> Option<Drawn> {
    let page = answer.page(View { detail: Detail::Normal, has_figures: true });
    page.blocks.into_iter().find_map(|block| match block {
        Block::Figure(one) if names.contains(&one.name) => Some(one.figure),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_says_what_it_shows() {
        for one in KINDS {
            assert_eq!(KINDS.iter().filter(|other| other.name == one.name).count(), 1, "{}", one.name);
            assert!(one.shows.starts_with(char::is_uppercase) && !one.shows.ends_with('.'), "{}", one.name);
        }
        assert!(kind("tornado").is_some() && kind("cake").is_none());
    }
}
