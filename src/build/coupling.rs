//! Groups of correlated variables after all overrides: what draws each of their members.

use super::builder::Builder;
use super::conflict;
use super::group::{Group, Row};
use super::groups::not_correlated;
use super::member::{Marginal, Member};
use super::proof::affine;
use crate::model::{Correlated, Draw, Latent, Mixing, QuantityId, Variable};

impl<'a> Builder<'a> {
    /// Draws each group from correlated normals, and gives the correlations in force. An override without a draw cuts its
    /// variable out of the group; its uniform goes on to move the others, which draw what they drew before.
    pub(super) fn couple(&mut self, groups: &[Group<'a>]) -> Vec<Correlated> {
        groups.iter().flat_map(|group| self.couple_one(group)).collect()
    }

    fn couple_one(&mut self, group: &Group<'a>) -> Vec<Correlated> {
        let now: Vec<Option<Member>> = group.members.iter().map(|one| self.still(one)).collect();
        let in_force = self.in_force(group, &now);
        let mixing = in_force.mixing.zip(in_force.degrees);
        let mixing = mixing.map(|(quantity, degrees)| Mixing { quantity, degrees });
        let mut draws: Vec<Option<Draw>> = Vec::new();
        for (at, row) in in_force.rows().into_iter().enumerate() {
            draws.push(now[at].as_ref().map(|member| self.draw(&in_force, at, member, row, mixing)));
        }
        let draw = |variable: Variable| {
            let at = group.members.iter().position(|one| one.variable == variable)?;
            draws.get(at)?.clone()
        };
        let correlated = in_force.pairs.iter().filter_map(|(pair, _)| {
            Some(Correlated {
                between: pair.between,
                kind: pair.given.kind,
                asked: pair.given.value.value,
                degrees: in_force.degrees,
                draws: [draw(pair.between[0])?, draw(pair.between[1])?],
            })
        });
        correlated.collect()
    }

    /// The group with the laws that its members have after all overrides: they decide what the correlations of the normals
    /// are. Signs stay those of the file, so that no draw of the others moves.
    fn in_force(&mut self, group: &Group<'a>, now: &[Option<Member>]) -> Group<'a> {
        let member = |(own, now): (&Member, &Option<Member>)| {
            let Some(now) = now else { return own.clone() };
            Member { sign: own.sign, ..now.clone() }
        };
        let members: Vec<Member> = group.members.iter().zip(now).map(member).collect();
        let is_as_it_was = |at: usize| members[at].marginal == group.members[at].marginal;
        if (0..members.len()).all(is_as_it_was) {
            return Group { members, ..group.clone() };
        }
        let pairs = group.pairs.iter().map(|(pair, _)| pair.clone()).collect();
        let pairs = self.linked(&members, pairs, group.degrees);
        let changed = Group { members, pairs, ..group.clone() };
        // What is wrong with the file is told already.
        if conflict::contradiction(group, self.resolver.meter).is_none() {
            self.resolver.found.extend(conflict::contradiction(&changed, self.resolver.meter));
        }
        changed
    }

    /// Lets a member be drawn by its normal.
    fn draw(&mut self, group: &Group, at: usize, member: &Member, row: Row, mixing: Option<Mixing>) -> Draw {
        let turned = member.sign * group.members[at].sign;
        let normals = row.drawn.iter().enumerate().filter(|(_, coefficient)| **coefficient != 0.0);
        let normals: Vec<(QuantityId, f64)> = normals
            .map(|(other, coefficient)| (group.members[other].quantity, turned * coefficient))
            .collect();
        if member.is_chance() {
            let is_apart = mixing.is_none() && normals.is_empty();
            let latent = Latent { normals, own: row.own, mixing };
            if !is_apart {
                self.latents.insert(member.variable, latent.clone());
            }
            let shares =
                if let Marginal::States(shares) = &member.marginal { shares.clone() } else { Vec::new() };
            return Draw::States(latent, shares);
        }
        let quantity = &mut self.resolver.quantities[member.quantity.0];
        quantity.mixing = mixing;
        // A member that depends on none before it keeps its uniform.
        if mixing.is_some() || normals != [(member.quantity, 1.0)] {
            quantity.normals = normals;
        }
        Draw::Number(member.quantity, member.sign)
    }

    /// The member after all overrides, if it is still drawn.
    fn still(&mut self, member: &Member) -> Option<Member> {
        let variable = member.variable;
        if member.is_chance() {
            let marginal = self.shares(variable)?;
            let is_certain = matches!(&marginal, Marginal::States(shares) if shares.contains(&1.0));
            return (!is_certain).then(|| Member { marginal, ..member.clone() });
        }
        let now = self.number(variable);
        if let (None, Some(term)) = (&now, self.term(variable))
            && affine::draws(term)
            && let Variable::Factor(id) = variable
        {
            let name = &self.document.factors[id.0].name;
            let problem = not_correlated(&name.text, term.span, name.span);
            self.report(problem);
        }
        now
    }
}
