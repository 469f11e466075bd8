//! `[[correlations]]` to members of copulas.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Builder;
use super::group::Group;
use super::link::{self, End, Link};
use super::member::{Marginal, Member, Pair};
use super::names::Meaning;
use super::proof::affine;
use super::{conflict, group};
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::distribution::{Distribution, Gamma, Normal};
use crate::expression::Ident;
use crate::model::{Quantity, QuantityId, Shape, Term, Variable, constant};
use crate::scenario::Located;

impl<'a> Builder<'a> {
    /// The groups of correlated variables of the file, checked against the file alone. What t copulas share and the normals
    /// of what has states get their dimensions here, after all that the file draws, so that they move no other quantity.
    pub(super) fn groups(&mut self) -> Vec<Group<'a>> {
        let pairs = self.pairs();
        group::groups(&pairs).into_iter().map(|(variables, pairs)| self.group(&variables, pairs)).collect()
    }

    /// The correlations of the file.
    fn pairs(&mut self) -> Vec<Pair<'a>> {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut first: BTreeMap<[Variable; 2], Span> = BTreeMap::new();
        for given in &self.document.correlations {
            let [Some(a), Some(b)] = [0, 1].map(|at| self.correlated(&given.between[at])) else { continue };
            let pair = Pair::new([a, b], given);
            let again = first.get(&pair.key()).copied();
            if a == b {
                self.report(with_itself(&pair));
            } else if let Some(first) = again {
                self.report(given_twice(&pair, first));
            } else {
                first.insert(pair.key(), pair.span());
                pairs.push(pair);
            }
        }
        pairs
    }

    fn group(&mut self, variables: &BTreeSet<Variable>, pairs: Vec<Pair<'a>>) -> Group<'a> {
        let mut members: Vec<Member> = variables.iter().filter_map(|one| self.number(*one)).collect();
        members.sort_by_key(|one| one.dimension);
        let degrees = self.degrees(&pairs);
        let name = variables.first().map_or("", |one| self.called(*one)).to_string();
        let mixing = degrees.and_then(|one| self.mixing(&name, one));
        let degrees = degrees.map(|one| one.value);
        let states: Vec<Member> = variables.iter().filter_map(|one| self.states_of(*one)).collect();
        members.extend(states);
        let pairs = self.linked(&members, pairs, degrees);
        let group = Group { pairs, members, degrees, mixing };
        self.resolver.found.extend(conflict::contradiction(&group, self.resolver.meter));
        group
    }

    /// The pairs that can be had, each with its link.
    pub(super) fn linked(
        &mut self,
        members: &[Member],
        pairs: Vec<Pair<'a>>,
        degrees: Option<f64>,
    ) -> Vec<(Pair<'a>, Link)> {
        let mut linked = Vec::new();
        for pair in pairs {
            if !self.resolver.meter.goes_on() {
                break;
            }
            match self.link(members, &pair, degrees) {
                Some(Ok(link)) => linked.push((pair, link)),
                Some(Err(problem)) => self.report(problem),
                None => {}
            }
        }
        linked
    }

    fn link(
        &self,
        members: &[Member],
        pair: &Pair<'a>,
        degrees: Option<f64>,
    ) -> Option<Result<Link, Diagnostic>> {
        let end = |at: usize| {
            let member = members.iter().find(|one| one.variable == pair.between[at])?;
            let span = self.formulas(member.variable).first()?.span;
            Some(End { member, name: &pair.names()[at].text, span })
        };
        Some(link::link(pair, [end(0)?, end(1)?], degrees, self.resolver.cache))
    }

    /// The degrees of freedom of a group: any of its correlations may give them, and all that do must agree.
    fn degrees(&mut self, pairs: &[Pair<'a>]) -> Option<&'a Located<f64>> {
        let mut given = pairs.iter().filter_map(|pair| pair.given.degrees.as_ref());
        let first = given.next()?;
        if let Some(other) = given.find(|one| one.value != first.value) {
            self.report(two_copulas(first, other));
        }
        Some(first)
    }

    /// The variable that a group's normals share: χ² over its degrees of freedom.
    fn mixing(&mut self, name: &str, degrees: &Located<f64>) -> Option<QuantityId> {
        let law = Gamma::new(0.5 * degrees.value, 2.0 / degrees.value).ok()?;
        let key = format!("correlations.{name}.mixing");
        Some(self.quantity(key, Distribution::Gamma(law), degrees.span))
    }

    /// A quantity that the file does not name.
    fn quantity(&mut self, key: String, law: Distribution, span: Span) -> QuantityId {
        let dimension = self.resolver.register.dimension(&key);
        let quantities = &mut self.resolver.quantities;
        quantities.push(Quantity::alone(key, dimension, Shape::Fixed(law), span));
        QuantityId(quantities.len() - 1)
    }

    /// The factor or event of this name, if it can be correlated.
    fn correlated(&mut self, name: &Ident) -> Option<Variable> {
        let can_be = |variable: &Variable| !matches!(variable, Variable::Derived(_));
        let variable = match self.resolver.names.get(&name.text) {
            Some(Meaning::Variable(variable)) if can_be(&variable) => variable,
            _ => {
                let admits = |named| matches!(named, Meaning::Variable(one) if can_be(&one));
                let problem = self.resolver.names.unknown(name, "a factor or event", admits);
                self.report(problem);
                return None;
            }
        };
        // What is wrong with a formula that could not be read is told already.
        let term = self.term(variable)?;
        if !matches!(variable, Variable::Factor(_)) || self.number(variable).is_some() {
            return Some(variable);
        }
        let problem = not_correlated(&name.text, name.span, term.span);
        self.report(problem);
        None
    }

    /// The member of a copula that a factor is, if it rises or falls with one draw.
    pub(super) fn number(&self, variable: Variable) -> Option<Member> {
        let Variable::Factor(_) = variable else { return None };
        let term = self.term(variable)?;
        let (quantity, sign) = affine::lone(term)?;
        let drawn = &self.resolver.quantities[quantity.0];
        let law = affine::affine(term)
            .and_then(|(_, scale, shift)| affine::scaled(drawn.shape.fixed()?, scale, shift));
        let marginal = match law {
            Some(law) => Marginal::Number(law),
            None => Marginal::Open { has_ties: drawn.shape.has_atoms() },
        };
        Some(Member { variable, quantity, dimension: drawn.dimension, sign, marginal })
    }

    /// The member of a copula that an event or a factor with states is, with a normal of its own.
    fn states_of(&mut self, variable: Variable) -> Option<Member> {
        let section = match variable {
            Variable::Event(_) => "events",
            Variable::Category(_) => "factors",
            Variable::Factor(_) | Variable::Derived(_) => return None,
        };
        let marginal = self.shares(variable)?;
        let span = self.term(variable)?.span;
        let key = format!("{section}.{}.normal", self.called(variable));
        let quantity = self.quantity(key, Distribution::Normal(Normal::STANDARD), span);
        let dimension = self.resolver.quantities[quantity.0].dimension;
        Some(Member { variable, quantity, dimension, sign: 1.0, marginal })
    }

    /// The probabilities of the states of an event or a factor with states.
    pub(super) fn shares(&self, variable: Variable) -> Option<Marginal> {
        let formulas = self.formulas(variable);
        let numbers: Option<Vec<f64>> = formulas.iter().map(|one: &&Term| constant(one)).collect();
        Some(match (variable, numbers.as_deref()) {
            (_, Some([])) => return None,
            (Variable::Event(_), Some([p, ..])) => {
                let p = p.clamp(0.0, 1.0);
                Marginal::States(vec![1.0 - p, p])
            }
            (_, Some(shares)) => Marginal::States(shares.to_vec()),
            (_, None) => Marginal::Open { has_ties: true },
        })
    }

    /// What a variable that can be correlated is called.
    fn called(&self, variable: Variable) -> &'a str {
        let document = self.document;
        match variable {
            Variable::Factor(id) => &document.factors[id.0].name.text,
            Variable::Category(id) => &document.categories[id.0].name.text,
            Variable::Event(id) => &document.events[id.0].name.text,
            Variable::Derived(id) => &document.derived[id.0].name.text,
        }
    }
}

fn two_copulas(first: &Located<f64>, other: &Located<f64>) -> Diagnostic {
    Diagnostic::error("correlation", "correlations that hang together have the same `degrees`")
        .at(other.span, format!("{} degrees of freedom here", other.value))
        .at(first.span, format!("{} degrees of freedom here", first.value))
        .hint(Hint::new("give the same number each time, or once").edit(other.span, first.value.to_string()))
}

pub(super) fn not_correlated(name: &str, place: Span, other: Span) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{name}` can't be correlated"))
        .at(place, "needs one distribution, as it is or scaled and shifted")
        .at(other, format!("what `{name}` is"))
        .hint("correlate factors such as `beta(2, 5)` or `1 - 0.5 * normal(oil, 1)`; let others depend on these")
}

fn with_itself(pair: &Pair) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{}` can't be correlated with itself", pair.names()[0].text))
        .at(pair.span(), "the same twice")
        .hint("name two factors or events, as in `between = [\"a\", \"b\"]`")
}

fn given_twice(pair: &Pair, first: Span) -> Diagnostic {
    let [a, b] = pair.names();
    let message = format!("the correlation of `{}` and `{}` is given twice", a.text, b.text);
    Diagnostic::error("correlation", message)
        .at(pair.span(), "the second")
        .at(first, "the first")
        .hint("remove one of the two")
}
