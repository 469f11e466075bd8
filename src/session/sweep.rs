//! `--vary ADDRESS=a:b[:n]`, `--also NAME` and `--of NAME` of a sweep: from words to what is asked.

use super::case::Case;
use super::failure::Failure;
use super::names::as_state;
use crate::analysis::sweep::{Also, Axis, Hold, MOST_SPOTS, Steps, Sweep};
use crate::build::Target;
use crate::diagnostic::number::{count, general};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Span, did_you_mean, list};
use crate::expression::{Ident, Node};
use crate::model::{Model, OutcomeId, Outcomes, TheoryId, Variable};
use crate::program::{Held, Setting, Unholdable};
use crate::scenario::{Levels, Override, Stretch, parse_levels, parse_stretch};

/// At how many values one number is looked at, if nothing is said.
const VALUES: usize = 101;
/// The same with something held besides.
const VALUES_BESIDES: usize = 51;
/// The same of each of two numbers.
const VALUES_OF_TWO: usize = 21;

impl Case<'_> {
    /// The question of a sweep, in the words of the flags.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    ///
    /// ```
    /// use foretell::diagnostic::SourceFile;
    /// use foretell::session::{Changes, Session};
    /// use foretell::simulation::Settings;
    ///
    /// let text = "[events.deal]\nprobability = 0.5\n[outcomes.up]\nwhen = 'deal'\n[outcomes.down]\nelse = true\n";
    /// let session = Session::open(SourceFile::new("x.toml", text), |name| Err(format!("no {name} here")))?;
    /// let mut case = session.case(&Changes::default())?;
    /// let sweep = case.sweep(&["deal=0:1".into()], None, &[])?;
    /// let found = case.answer(&sweep, &Settings::default())?.finding;
    /// assert!((found.crossings[0].at - 0.5).abs() < 1e-9 && found.crossings[0].exact);
    /// # Ok::<(), foretell::session::Failure>(())
    /// ```
    pub fn sweep(&mut self, vary: &[String], also: Option<&str>, of: &[String]) -> Result<Sweep, Failure> {
        let mut found = Diagnostics::new();
        let (mut axes, mut places) = (Vec::new(), Vec::new());
        for text in &vary.iter().map(|text| self.by_name(text)).collect::<Vec<String>>() {
            let source = SourceFile::new("--vary", text);
            let id = self.sources.add(source.clone());
            places.push(Span::new(id, 0..text.len()));
            let default = values_of(vary.len(), also.is_some());
            match parse_stretch(&source, id).and_then(|one| self.axis(&one, default)) {
                Ok(axis) => axes.push(axis),
                Err(problem) => found.push(problem),
            }
        }
        let also = also.map(|text| self.by_name(text));
        let also = also.as_ref().and_then(|text| {
            let source = SourceFile::new("--also", text);
            let id = self.sources.add(source.clone());
            let read = parse_levels(&source, id).and_then(|one| self.also(&one));
            read.map_err(|problem| found.push(problem)).ok()
        });
        let of = self.looked_at(of, &mut found);
        found.extend(together(&places, &axes, also.as_ref()));
        if found.is_empty() {
            Ok(Sweep { axes, also, of })
        } else {
            Err(Failure::No(Box::new(self.sources.clone()), found))
        }
    }

    /// What is varied with the name of what is written by its label.
    fn by_name(&self, text: &str) -> String {
        let (address, values) = text.find('=').map_or((text, ""), |at| text.split_at(at));
        self.as_named(&[address.trim().to_string()]).concat() + values
    }

    /// Which theory is right is no number; how probable each is, is.
    fn is_number(&self, address: &Ident) -> Result<(), Diagnostic> {
        if address.text != "theory" || !self.model.has_theories() {
            return Ok(());
        }
        let name = &self.model.theories[0].named.id;
        let message = "which theory is right is no number that can go from one value to another";
        Err(Diagnostic::error("vary", message).at(address.span, "one of several theories").hint(format!(
            "vary how probable one is, as in --vary theories.{name}.weight=0:1, or take each for right with --set theory={name}"
        )))
    }

    fn axis(&self, stretch: &Stretch, default: usize) -> Result<Axis, Diagnostic> {
        self.is_number(&stretch.address)?;
        let target = Target::of(&stretch.address, &self.ground.document)?;
        let place = stretch.ends[0].span.to(stretch.ends[1].span);
        let hold = self.hold(&target, &stretch.address, place);
        let steps = match states(&self.model, &hold) {
            Some(states) => each(&states, stretch)?,
            None => range(stretch, default)?,
        };
        let axis = Axis {
            name: stretch.address.text.clone(),
            address: target.to_string(),
            label: label(&self.model, &hold, &target),
            own: self.own(&target),
            hold,
            steps,
        };
        for (at, end) in stretch.ends.iter().enumerate() {
            let values = axis.steps.values();
            let value = if at == 0 { values.first() } else { values.last() };
            self.can_be(&axis.hold, axis.own, value.copied().unwrap_or(f64::NAN), (&axis.name, end.span))?;
        }
        Ok(axis)
    }

    fn also(&self, levels: &Levels) -> Result<Also, Diagnostic> {
        self.is_number(&levels.address)?;
        let target = Target::of(&levels.address, &self.ground.document)?;
        let place = levels.values.first().map_or(levels.address.span, |one| one.span);
        let mut hold = self.hold(&target, &levels.address, place);
        // Held besides, an event happens or does not.
        if let (Hold::Setting(Held::Probability(id)), true) = (&hold, levels.values.is_empty()) {
            hold = Hold::Setting(Held::Variable(Variable::Event(*id)));
        }
        let own = self.own(&target);
        let known = states(&self.model, &hold);
        let mut values = Vec::new();
        for written in &levels.values {
            let value = match &known {
                Some(states) => position(states, written)? as f64,
                None => number(written)?,
            };
            let name = known.as_ref().map_or(general(value), |states| states[value as usize].label.clone());
            self.can_be(&hold, own, value, (&levels.address.text, written.span))?;
            values.push((value, name));
        }
        if let (Some(states), true) = (&known, values.is_empty()) {
            values = states.iter().enumerate().map(|(at, one)| (at as f64, one.label.clone())).collect();
        }
        if values.is_empty()
            && (own.is_some() || matches!(hold, Hold::File { .. } | Hold::Setting(Held::Theory(_))))
        {
            let name = &levels.address.text;
            let message = format!("`{name}` has no spread from which values could be taken");
            return Err(Diagnostic::error("also", message)
                .at(levels.address.span, "a single number")
                .hint(format!("write the values, as in --also {name}=0.2,0.5,0.8")));
        }
        let own = own.filter(|_| !matches!(hold, Hold::Setting(Held::Variable(Variable::Event(_)))));
        Ok(Also {
            name: levels.address.text.clone(),
            address: target.to_string(),
            label: label(&self.model, &hold, &target),
            hold,
            values,
            own,
        })
    }

    /// How a number is put into the model: held in a world where that says the same as `--set`, else put into the file.
    fn hold(&self, target: &Target, address: &Ident, place: Span) -> Hold {
        let file = Hold::File { address: address.clone(), place };
        if target.number.is_some() {
            return file;
        }
        let held = Held::all(&self.model).into_iter().find(|one| one.address(&self.model) == target.value);
        // Shares beside one that flags replace share the rest, which worlds know nothing of.
        let is_share = |held: &Held| matches!(held, Held::Share(..) | Held::Base(..) | Held::Theory(_));
        match held {
            Some(held)
                if !held.moves_correlations(&self.model)
                    && (!is_share(&held) || self.ground.overrides.is_empty()) =>
            {
                Hold::Setting(held)
            }
            _ => file,
        }
    }

    /// What a number is already, if it stands there by itself.
    fn own(&self, target: &Target) -> Option<f64> {
        let document = &self.ground.document;
        let changed = self.ground.overrides.iter().rev().find_map(|one: &Override| {
            let other = Target::of(&one.address, document).ok()?;
            (other.value == target.value).then_some((other, &one.expr.node))
        });
        match changed {
            Some((other, Node::Number(value))) if other == *target => Some(*value),
            Some(_) => None,
            None => {
                let address = target.to_string();
                document.numbers().into_iter().find(|one| one.address == address).map(|one| one.value)
            }
        }
    }

    /// Whether a number can be so.
    fn can_be(
        &self,
        hold: &Hold,
        own: Option<f64>,
        value: f64,
        (name, place): (&str, Span),
    ) -> Result<(), Diagnostic> {
        if own == Some(value) {
            return Ok(());
        }
        match hold {
            Hold::Setting(held) => match Setting::new().hold(&self.model, *held, value) {
                Ok(_) => Ok(()),
                Err(Unholdable::Value { wanted, value }) => {
                    Err(Diagnostic::error("range", format!("`{name}` can't be {value}: it must be {wanted}"))
                        .at(place, "beyond what it can be")
                        .hint(format!("write two values that are each {wanted}")))
                }
                Err(other) => Err(Diagnostic::error("vary", other.to_string()).at(place, "can't be held")),
            },
            Hold::File { address, .. } => {
                let expr = crate::expression::Expr { node: Node::Number(value), span: place };
                let change = Override { address: address.clone(), expr };
                match crate::analysis::Remodel::remodel(&self.ground, &[change]) {
                    Err(crate::analysis::Failure::Unfit(problem)) => Err(*problem),
                    _ => Ok(()),
                }
            }
        }
    }

    /// The answers that are looked at, each a name of the file.
    fn looked_at(&mut self, of: &[String], found: &mut Diagnostics) -> Vec<String> {
        let outcomes = self.model.outcomes.iter().map(|one| one.named.id.clone());
        let variables = self.model.order.iter().map(|variable| self.model.name(*variable).to_string());
        let known: Vec<String> = outcomes.chain(variables).collect();
        for stranger in of.iter().filter(|name| !known.contains(name)) {
            let source = self.sources.add(SourceFile::new("--of", stranger));
            let hint = match did_you_mean(stranger, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "--of takes outcomes, events, factors and derived values of the file".into(),
            };
            let message = format!("no outcome, event, factor or derived value is called `{stranger}`");
            let error = Diagnostic::error("unknown-name", message);
            found.push(error.at(Span::new(source, 0..stranger.len()), "no such name in the file").hint(hint));
        }
        of.to_vec()
    }
}

/// What is wrong with all flags together, if each by itself is sound.
fn together(places: &[Span], axes: &[Axis], also: Option<&Also>) -> Option<Diagnostic> {
    let error = |message: &str| Diagnostic::error("vary", message);
    let (Some(place), true) = (places.last(), (1..=2).contains(&places.len())) else {
        let hint = "write --vary ADDRESS=FROM:TO once or twice";
        return Some(error("a sweep varies one number or two").hint(hint));
    };
    let [first, rest @ ..] = axes else { return None };
    if rest.iter().any(|one| one.address == first.address) {
        return Some(
            error(&format!("`{}` is varied twice", first.address))
                .at(*place, "the same number again")
                .hint("vary another number, or only this one"),
        );
    }
    if let Some(also) = also.filter(|also| axes.iter().any(|axis| axis.address == also.address)) {
        let message = format!("`{}` is varied and can't be held besides", also.address);
        return Some(error(&message).hint("hold something else with --also"));
    }
    if also.is_some() && places.len() == 2 {
        let hint = "vary one number with --also, or two without it; --set holds anything at one value";
        return Some(error("a map of two numbers has no room for what is held besides").hint(hint));
    }
    let spots: usize = axes.iter().map(|axis| axis.steps.values().len()).product();
    (spots > MOST_SPOTS).then(|| {
        let (all, most) = (count(spots as u64), count(MOST_SPOTS as u64));
        error(&format!("{all} values are too many: at most {most} can be looked at"))
            .at(*place, "too many")
            .hint("write fewer, as in ADDRESS=FROM:TO:51")
    })
}

fn values_of(axes: usize, has_also: bool) -> usize {
    match (axes, has_also) {
        (2, _) => VALUES_OF_TWO,
        (_, true) => VALUES_BESIDES,
        _ => VALUES,
    }
}

/// Evenly from one end to the other.
fn range(stretch: &Stretch, default: usize) -> Result<Steps, Diagnostic> {
    let [from, to] = [number(&stretch.ends[0])?, number(&stretch.ends[1])?];
    let place = stretch.ends[0].span.to(stretch.ends[1].span);
    if from >= to {
        let name = &stretch.address.text;
        return Err(Diagnostic::error("vary", format!("`{name}` can't go from {from} to {to}"))
            .at(place, "the first value must be less than the second")
            .hint(format!(
                "write the lesser value first, as in {name}={}:{}",
                to.min(from),
                if from == to { from + 1.0 } else { from }
            )));
    }
    let count = stretch.count.as_ref().map_or(Ok(default), |one| {
        let read = one.text.replace('_', "").parse::<usize>().ok().filter(|n| (2..=MOST_SPOTS).contains(n));
        read.ok_or_else(|| {
            Diagnostic::error("vary", format!("`{}` is no number of values", one.text))
                .at(one.span, format!("a whole number from 2 to {}", count(MOST_SPOTS as u64)))
                .hint(format!(
                    "write it behind the values, as in {}={from}:{to}:11, or leave it out",
                    stretch.address.text
                ))
        })
    })?;
    Ok(Steps::Range { from, to, count })
}

/// The states from one to another.
fn each(states: &[State], stretch: &Stretch) -> Result<Steps, Diagnostic> {
    if let Some(count) = &stretch.count {
        return Err(Diagnostic::error("vary", "states are taken one by one")
            .at(count.span, "no number of values here")
            .hint("leave the number out"));
    }
    let [from, to] = [position(states, &stretch.ends[0])?, position(states, &stretch.ends[1])?];
    if from >= to {
        return Err(Diagnostic::error("vary", "the first state must come before the second")
            .at(stretch.ends[0].span.to(stretch.ends[1].span), "in the order of the file")
            .hint(format!("the states are {}", list(states.iter().map(State::id), "and"))));
    }
    Ok(Steps::Each((from..=to).map(|at| (at as f64, states[at].label.clone())).collect()))
}

/// A number as written.
fn number(written: &Ident) -> Result<f64, Diagnostic> {
    let plain = written.text.replace('_', "");
    let read = match plain.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|value| value / 100.0),
        None => plain.parse(),
    };
    read.ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| {
        Diagnostic::error("vary", format!("`{}` is no number", written.text))
            .at(written.span, "not a finite number")
            .hint("write a number such as `0.35`, `35%` or `-1.5`: expressions stand in --set only")
    })
}

/// The position of a state by its name or its label, which may be a number, or as written.
fn position(states: &[State], written: &Ident) -> Result<usize, Diagnostic> {
    let named = as_state(states.iter().map(|one| (one.id.as_str(), one.label.as_str())), &written.text);
    let named = states.iter().position(|one| one.id == named);
    let counted = written.text.parse::<usize>().ok().filter(|at| *at < states.len());
    named.or(counted).ok_or_else(|| {
        Diagnostic::error("unknown-state", format!("`{}` is no state of it", written.text))
            .at(written.span, "neither a state nor the position of one")
            .hint(format!(
                "write {}, or a position from 0 to {}",
                list(states.iter().map(State::id), "or"),
                states.len() - 1
            ))
    })
}

/// One of the things that something can be.
struct State {
    id: String,
    label: String,
}

impl State {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What something can be, if that is one of several things.
fn states(model: &Model, hold: &Hold) -> Option<Vec<State>> {
    let state = |id: &str, label: &str| State { id: id.into(), label: label.into() };
    match hold {
        Hold::Setting(Held::Variable(Variable::Category(id))) => {
            let all = model.categories[id.0].states.iter();
            Some(all.map(|one| state(&one.named.id, &one.named.label)).collect())
        }
        Hold::Setting(Held::Variable(Variable::Event(_))) => {
            Some(vec![state("false", "no"), state("true", "yes")])
        }
        _ => None,
    }
}

/// What people call a number, as it stands in a sentence.
fn label(model: &Model, hold: &Hold, target: &Target) -> String {
    let outcome = |id: OutcomeId| {
        model.outcomes[id.0].named.short.clone().unwrap_or_else(|| model.outcomes[id.0].named.label.clone())
    };
    match hold {
        Hold::Setting(Held::Variable(variable)) => model.label(*variable).into(),
        Hold::Setting(Held::Probability(id)) => {
            format!("the probability of “{}”", model.events[id.0].named.label)
        }
        Hold::Setting(Held::Share(id, at)) => {
            let category = &model.categories[id.0];
            format!("the probability of “{}: {}”", category.named.label, category.states[*at].named.label)
        }
        Hold::Setting(Held::Base(_, id)) => format!("the base of “{}”", outcome(*id)),
        Hold::Setting(Held::Weight(theory, id, at)) => {
            format!("the weight of “{}” for “{}”", weighed(model, *theory, *id, *at), outcome(*id))
        }
        Hold::Setting(Held::Theory(id)) => {
            format!("the weight of the theory “{}”", model.theories[id.0].named.label)
        }
        Hold::File { .. } => target.to_string(),
    }
}

fn weighed(model: &Model, theory: TheoryId, outcome: OutcomeId, at: usize) -> String {
    match &model.theories[theory.0].form {
        Outcomes::Weighted { weights, .. } => weights
            .get(outcome.0)
            .and_then(|own| own.get(at))
            .map_or(String::new(), |one| model.label(one.variable).into()),
        _ => String::new(),
    }
}
