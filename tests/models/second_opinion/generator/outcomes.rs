//! Random outcomes, and what is learned of them.

use rand::RngExt;

use super::Maker;

impl Maker {
    pub(super) fn outcomes(&mut self) {
        let count = self.up_to(2, 4);
        self.outcomes = (0..count).map(|at| format!("o{at}")).collect();
        if self.chance(0.3) {
            for name in self.outcomes.clone() {
                self.text += &format!("[outcomes.{name}]\n");
            }
            for (theory, weight) in ["t0", "t1"].into_iter().zip([0.375, 0.625]) {
                self.text += &format!("[theories.{theory}]\nweight = {weight}\n");
                self.form(&format!("theories.{theory}.outcomes"));
            }
        } else {
            self.form("outcomes");
        }
    }

    /// What decides the outcomes, under a heading.
    pub(super) fn form(&mut self, heading: &str) {
        let names = self.outcomes.clone();
        match self.up_to(0, 2) {
            0 => {
                let is_uncertain = self.chance(0.3);
                let shares = self.shares(names.len());
                for (name, share) in names.iter().zip(shares) {
                    let base = if is_uncertain {
                        format!("'beta({}, 2)'", 1.0 + 4.0 * share)
                    } else {
                        share.to_string()
                    };
                    let weights = self.weights();
                    self.text += &format!("[{heading}.{name}]\nbase = {base}\nweights = {{ {weights} }}\n");
                }
            }
            1 => {
                for name in &names {
                    let (a, b) = (self.number(), self.number());
                    self.text += &format!("[{heading}.{name}]\nscore = '({a}) + ({b})'\n");
                }
            }
            _ => self.rules(heading, &names),
        }
    }

    pub(super) fn weights(&mut self) -> String {
        let mut all: Vec<String> = Vec::new();
        // What is unbounded is weighed lightly.
        for name in self.numbers.clone() {
            if self.chance(0.5) {
                let w = self.within(-0.4, 0.4);
                all.push(if self.chance(0.3) {
                    format!("{} = 'normal({w}, 0.1)'", name.0)
                } else {
                    format!("{} = {w}", name.0)
                });
            }
        }
        for name in self.events.clone() {
            if self.chance(0.5) {
                all.push(format!("{name} = {}", self.within(-1.5, 1.5)));
            }
        }
        for (name, _) in self.states.clone() {
            if self.chance(0.5) {
                all.push(format!("{name} = {{ {name}_0 = {}, {name}_1 = -0.5 }}", self.within(-1.0, 1.0)));
            }
        }
        all.join(", ")
    }

    /// Rules that exclude each other by saying so.
    pub(super) fn rules(&mut self, heading: &str, names: &[String]) {
        let mut before: Vec<String> = Vec::new();
        for name in &names[..names.len() - 1] {
            let condition = self.condition();
            let rule: Vec<String> = std::iter::once(format!("({condition})"))
                .chain(before.iter().map(|one| format!("not ({one})")))
                .collect();
            self.text += &format!("[{heading}.{name}]\nwhen = '{}'\n", rule.join(" and "));
            before.push(condition);
        }
        self.text += &format!("[{heading}.{}]\nelse = true\n", names[names.len() - 1]);
    }

    pub(super) fn evidence(&mut self) -> Vec<String> {
        let mut items = Vec::new();
        for at in 0..self.up_to(1, 2) {
            let mut subjects: Vec<(Option<String>, Vec<String>)> = Vec::new();
            if !self.outcomes.is_empty() {
                subjects.push((None, self.outcomes.clone()));
            }
            subjects.extend(
                self.events.iter().map(|one| (Some(one.clone()), vec!["false".into(), "true".into()])),
            );
            subjects.extend(self.states.iter().map(|(name, count)| {
                (Some(name.clone()), (0..*count).map(|state| format!("{name}_{state}")).collect())
            }));
            if subjects.is_empty() {
                return items;
            }
            let (about, states) = subjects[self.rng.random_range(0..subjects.len())].clone();
            let shares: Vec<String> =
                states.iter().map(|one| format!("{one} = {}", self.within(0.2, 0.9))).collect();
            self.text += &format!("[[evidence]]\nid = \"i{at}\"\ndate = 2025-0{}-01\n", at + 2);
            self.text += &about.map_or(String::new(), |name| format!("about = \"{name}\"\n"));
            let (reliability, overlap) = (self.within(0.5, 1.0), self.within(0.0, 1.0));
            self.text += &format!("likelihood = {{ {} }}\nreliability = {reliability}\n", shares.join(", "));
            if at > 0 {
                self.text += &format!("depends_on = [\"i0\"]\noverlap = {overlap}\n");
            }
            items.push(format!("i{at}"));
        }
        items
    }

    pub(super) fn given(&mut self) -> Vec<String> {
        let one = match self.up_to(0, 3) {
            0 if !self.outcomes.is_empty() => {
                let outcomes = self.outcomes.clone();
                format!("outcome != {}", self.pick(&outcomes))
            }
            1 if !self.derived.is_empty() => {
                let derived = self.derived.clone();
                format!("{} > 0.1", self.pick(&derived))
            }
            2 => {
                let (a, b) = (self.condition(), self.condition());
                format!("{a} or {b}")
            }
            _ => self.condition(),
        };
        vec![one]
    }
}
