//! `[[correlations]]` to members of copulas.

use std::collections::BTreeSet;

use super::builder::Builder;
use super::group::{Group, Law, Member, Pair};
use super::names::Meaning;
use super::proof::affine;
use super::{conflict, group};
use crate::diagnostic::{Diagnostic, Span};
use crate::distribution::{Distribution, Gamma, RankLaw};
use crate::expression::Ident;
use crate::model::{Correlated, FactorId, Mixing, Quantity, QuantityId, Shape, Variable};
use crate::scenario::Located;

impl<'a> Builder<'a> {
    /// The groups of correlated factors of the file, checked against the file alone. The mixing variables of t copulas
    /// get their dimensions here, after all that the file draws, so that they move no other quantity.
    pub(super) fn groups(&mut self) -> Vec<Group<'a>> {
        let pairs = self.pairs();
        group::groups(&pairs).into_iter().map(|(factors, pairs)| self.group(&factors, pairs)).collect()
    }

    /// The correlations of the file.
    fn pairs(&mut self) -> Vec<Pair<'a>> {
        let mut pairs: Vec<Pair> = Vec::new();
        for given in &self.document.correlations {
            let [Some(a), Some(b)] = [0, 1].map(|at| self.correlated(&given.between[at])) else { continue };
            let again = pairs.iter().find(|pair| pair.joins(a, b));
            let pair = Pair::new([a, b], given);
            if a == b {
                self.report(with_itself(&pair));
            } else if let Some(first) = again.map(Pair::span) {
                self.report(given_twice(&pair, first));
            } else {
                pairs.push(pair);
            }
        }
        pairs
    }

    fn group(&mut self, factors: &BTreeSet<FactorId>, pairs: Vec<Pair<'a>>) -> Group<'a> {
        let mut members: Vec<Member> = factors.iter().filter_map(|factor| self.member(*factor)).collect();
        members.sort_by_key(|one| one.dimension);
        let degrees = self.degrees(&pairs);
        let law = degrees.map_or(Law::Gaussian, |one| Law::T(one.value, RankLaw::new(one.value)));
        let mixing = degrees.and_then(|one| self.mixing(&members, one));
        let group = Group { pairs, members, law, mixing };
        self.resolver.found.extend(conflict::contradiction(&group, self.resolver.meter));
        group
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
    fn mixing(&mut self, members: &[Member], degrees: &Located<f64>) -> Option<QuantityId> {
        let law = Gamma::new(0.5 * degrees.value, 2.0 / degrees.value).ok()?;
        let first = members.iter().map(|one| one.factor).min()?;
        let key = format!("correlations.{}.mixing", self.document.factors[first.0].name.text);
        let dimension = self.resolver.register.dimension(&key);
        let shape = Shape::Fixed(Distribution::Gamma(law));
        let quantities = &mut self.resolver.quantities;
        quantities.push(Quantity::alone(key, dimension, shape, degrees.span));
        Some(QuantityId(quantities.len() - 1))
    }

    /// The factor of this name, if it can be correlated.
    fn correlated(&mut self, name: &Ident) -> Option<FactorId> {
        let Some(Meaning::Variable(Variable::Factor(id))) = self.resolver.names.get(&name.text) else {
            let admits = |named| matches!(named, Meaning::Variable(Variable::Factor(_)));
            let problem = self.resolver.names.unknown(name, "a factor", admits);
            self.report(problem);
            return None;
        };
        // What is wrong with a formula that could not be read is told already.
        let term = self.term(Variable::Factor(id))?;
        if self.member(id).is_some() {
            return Some(id);
        }
        let problem = not_correlated(&name.text, name.span, term.span);
        self.report(problem);
        None
    }

    /// The member of a copula that a factor is, if it rises or falls with one continuous draw.
    fn member(&self, factor: FactorId) -> Option<Member> {
        let (quantity, sign) = affine::lone(self.term(Variable::Factor(factor))?)?;
        let drawn = &self.resolver.quantities[quantity.0];
        let member = Member { factor, quantity, dimension: drawn.dimension, sign };
        (!drawn.shape.has_atoms()).then_some(member)
    }

    /// Draws each group from correlated normals, and gives the correlations in force. An override without a draw cuts its
    /// factor out of the group; its uniform goes on to move the others, which draw what they drew before.
    pub(super) fn couple(&mut self, groups: &[Group]) -> Vec<Correlated> {
        groups.iter().flat_map(|group| self.couple_one(group)).collect()
    }

    fn couple_one(&mut self, group: &Group) -> Vec<Correlated> {
        let now: Vec<Option<Member>> = group.members.iter().map(|one| self.still(one.factor)).collect();
        let drawn = |at: usize| now[at].as_ref().unwrap_or(&group.members[at]).quantity;
        for (at, row) in group.rows().iter().enumerate() {
            let Some(member) = &now[at] else { continue };
            let turned = member.sign * group.members[at].sign;
            let normals = row.iter().enumerate().filter(|(_, coefficient)| **coefficient != 0.0);
            let normals: Vec<(QuantityId, f64)> =
                normals.map(|(other, coefficient)| (drawn(other), turned * coefficient)).collect();
            let quantity = &mut self.resolver.quantities[member.quantity.0];
            quantity.mixing =
                group.mixing.zip(group.law.degrees()).map(|(quantity, degrees)| Mixing { quantity, degrees });
            // A member that depends on none before it keeps its uniform.
            if quantity.mixing.is_some() || normals != [(member.quantity, 1.0)] {
                quantity.normals = normals;
            }
        }
        let of = |factor: FactorId| now.iter().flatten().find(|one| one.factor == factor);
        let in_force = group.pairs.iter().filter_map(|pair| {
            let [a, b] = [of(pair.factors[0])?, of(pair.factors[1])?];
            Some(Correlated {
                factors: pair.factors,
                kind: pair.given.kind,
                asked: pair.given.value.value,
                degrees: group.law.degrees(),
                quantities: [a.quantity, b.quantity],
                sign: a.sign * b.sign,
            })
        });
        in_force.collect()
    }

    /// The member that a factor is after all overrides.
    fn still(&mut self, factor: FactorId) -> Option<Member> {
        let member = self.member(factor);
        if let (None, Some(term)) = (member, self.term(Variable::Factor(factor)))
            && affine::draws(term)
        {
            let name = &self.document.factors[factor.0].name;
            let problem = not_correlated(&name.text, term.span, name.span);
            self.report(problem);
        }
        member
    }
}

fn two_copulas(first: &Located<f64>, other: &Located<f64>) -> Diagnostic {
    Diagnostic::error("correlation", "factors that correlations join share one copula")
        .at(other.span, format!("{} degrees of freedom here", other.value))
        .at(first.span, format!("{} degrees of freedom here", first.value))
        .hint("write `degrees` once, or the same number each time")
}

fn not_correlated(name: &str, place: Span, other: Span) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{name}` can't be correlated"))
        .at(place, "needs one continuous distribution, as it is or scaled and shifted")
        .at(other, format!("what `{name}` is"))
        .hint("correlate factors such as `beta(2, 5)` or `1 - 0.5 * normal(oil, 1)`; let others depend on these")
}

fn with_itself(pair: &Pair) -> Diagnostic {
    Diagnostic::error("correlation", format!("`{}` can't be correlated with itself", pair.names()[0].text))
        .at(pair.span(), "the same factor twice")
        .hint("name two factors, as in `between = [\"a\", \"b\"]`")
}

fn given_twice(pair: &Pair, first: Span) -> Diagnostic {
    let [a, b] = pair.names();
    let message = format!("the correlation of `{}` and `{}` is given twice", a.text, b.text);
    Diagnostic::error("correlation", message)
        .at(pair.span(), "the second")
        .at(first, "the first")
        .hint("remove one of the two")
}
