//! `foretell plot`: one picture of a file, by its name.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, ValueEnum};

use super::args::Varied;
use super::charts::tell_boxes;
use super::compare::{self, CompareArgs};
use super::door::Asking;
use super::failure::Failure;
use super::files::{self, STANDARD_INPUT};
use super::flags::{Asked, Display, Sampling};
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::target::Target;
use super::terminal::Terminal;
use super::values::size;
use crate::analysis::Question;
use crate::analysis::convergence::Convergence;
use crate::analysis::decide::{Decide, DecideFinding};
use crate::analysis::discover::{Discover, Looking, Wanted};
use crate::analysis::explain::Explain;
use crate::analysis::flip::Flips;
use crate::analysis::influence::Influence;
use crate::analysis::information::Information;
use crate::analysis::priors::Priors;
use crate::analysis::run::Run;
use crate::analysis::sensitivity::{Others, Sensitivity};
use crate::analysis::update::Update;
use crate::analysis::worlds::Worlds;
use crate::chart::Picture;
use crate::chart::draw::{self, Look};
use crate::chart::theme::Theme;
use crate::diagnostic::{Diagnostic, did_you_mean, list};
use crate::report::form::Format;
use crate::report::plot::{Drawn, KINDS, Kind, Source, kind};
use crate::session::{self, Answer, Case, Changes};

/// `plot`.
#[derive(Clone, Debug, clap::Args)]
pub struct PlotArgs {
    /// The scenario file; - reads standard input.
    pub file: PathBuf,
    /// What is drawn.
    #[arg(value_parser = kinds())]
    pub kind: String,
    /// How draws are made.
    #[command(flatten)]
    pub sampling: Sampling,
    /// Draw these outcomes, events, factors and derived values only, where the picture has a choice; separated by commas, may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub of: Vec<String>,
    /// Of `sweep` and `map`: what is varied.
    #[command(flatten)]
    pub varied: Varied,
    /// Of `joint`: the two or three things that go together, as in `run --joint`.
    #[arg(long, value_name = "A,B[,C]", allow_hyphen_values = true)]
    pub joint: Option<String>,
    /// Of `waterfall`: the later file; REV:PATH is a file at a revision that git knows.
    #[arg(long, value_name = "FILE")]
    pub with: Option<PathBuf>,
    /// The file to write, in the form of its ending; - for standard output [default: FILE-STEM-KIND.png in the current folder].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Its form, where no ending tells it.
    #[arg(long, value_enum, value_name = "FORM")]
    pub form: Option<Form>,
    /// Its width and height in pixels, as in 1920x1080: the picture is as large as fits [default: 1440 wide, as high as it needs].
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub size: Option<(u32, u32)>,
    /// Its colours.
    #[arg(long, value_enum, default_value = "light", value_name = "THEME")]
    pub theme: ThemeName,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

fn kinds() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(KINDS.iter().map(|one| PossibleValue::new(one.name).help(one.shows)))
}

/// The forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Pixels, two for each unit.
    Png,
    /// Lines and text, for pages and for changes by hand.
    Svg,
    /// One page of lines and text, for printed matter.
    Pdf,
}

/// The themes by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// Dark ink on white.
    Light,
    /// Light ink on near black.
    Dark,
    /// Black ink on white, told apart in grey.
    Print,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Theme {
        match name {
            ThemeName::Light => Theme::Light,
            ThemeName::Dark => Theme::Dark,
            ThemeName::Print => Theme::Print,
        }
    }
}

impl Form {
    /// The form of a file with this ending.
    fn of(path: &Path) -> Option<Form> {
        let ending = path.extension()?.to_str()?;
        Form::from_str(ending, true).ok()
    }

    fn ending(self) -> &'static str {
        match self {
            Form::Png => "png",
            Form::Svg => "svg",
            Form::Pdf => "pdf",
        }
    }

    fn bytes(self, picture: &Picture, look: &Look) -> Result<Vec<u8>, Failure> {
        let drawn = match self {
            Form::Png => draw::png(picture, look),
            Form::Svg => draw::svg(picture, look).map(String::into_bytes),
            Form::Pdf => draw::pdf(picture, look),
        };
        drawn.map_err(|error| Failure::plain(Diagnostic::error("picture", error.to_string())))
    }
}

/// Draws one picture.
///
/// # Errors
/// The file, the flags or the machine say no; or the file has nothing that such a picture shows.
pub fn plot(args: &PlotArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let interrupt = terminal.listen();
    let kind =
        kind(&args.kind).ok_or_else(|| refused("no such picture", "`foretell plot --help` lists them"))?;
    let form = args.form()?;
    let plot = Plot { args, kind, form, interrupt: &interrupt, terminal };
    let (figure, target) = plot.figure()?;
    let figure = figure.ok_or_else(|| plot.nothing())?;
    let picture = figure.layout().map_err(|error| {
        Failure::plain(
            Diagnostic::error("picture", error.to_string()).hint("narrow the question, as with --of"),
        )
    })?;
    let look = Look { theme: args.theme.into(), frame: args.size, ..Look::default() };
    target.write_bytes(&form.bytes(&picture, &look)?, &interrupt)?;
    tell_boxes(&picture.unshown_scripts(), terminal);
    if !target.is_standard() {
        terminal.say(&format!("Picture written to {}\n", target.name()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A text that begins with a small letter.
fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

fn refused(message: impl Into<String>, hint: impl Into<crate::diagnostic::Hint>) -> Failure {
    Failure::plain(Diagnostic::error("arguments", message).hint(hint))
}

impl PlotArgs {
    /// The form that is asked for.
    fn form(&self) -> Result<Form, Failure> {
        let ending = self.output.as_deref().and_then(Form::of);
        match (self.form, &self.output) {
            (Some(form), Some(path)) if ending.is_some_and(|ending| ending != form) => Err(refused(
                format!("`{}` has the ending of another form than --form {}", path.display(), form.ending()),
                format!("end the name in .{}, or leave --form out", form.ending()),
            )),
            (Some(form), _) => Ok(form),
            (None, None) => Ok(Form::Png),
            (None, Some(path)) if path.as_os_str() == STANDARD_INPUT => Err(refused(
                "standard output has no ending that tells a form",
                "add --form svg, --form png or --form pdf",
            )),
            (None, Some(path)) if path.is_dir() => Err(refused(
                format!("`{}` is a folder", path.display()),
                format!("name a file in it, as in {}", path.join(format!("{}.png", self.kind)).display()),
            )),
            // A device has no ending, and takes whatever it is given.
            (None, Some(path)) if path.exists() && !path.is_file() => Ok(Form::Png),
            (None, Some(_)) => ending.ok_or_else(|| {
                let path = self.output.clone().unwrap_or_default();
                refused(
                    format!("the ending of `{}` is no form of a picture", path.display()),
                    "end the name in .png, .svg or .pdf, or say which with --form",
                )
            }),
        }
    }

    fn asked(&self) -> Asked {
        Asked {
            file: self.file.clone(),
            sampling: self.sampling.clone(),
            format: Format::Text,
            output: None,
            no_charts: true,
            display: self.display,
        }
    }
}

/// A picture on its way.
struct Plot<'a> {
    args: &'a PlotArgs,
    kind: &'static Kind,
    form: Form,
    interrupt: &'a Interrupt,
    terminal: &'a Terminal,
}

impl Plot<'_> {
    /// The figure, if there is one, and where it goes.
    fn figure(&self) -> Result<(Option<Drawn>, Target), Failure> {
        let args = self.args;
        let changes = args.sampling.changes();
        match self.kind.source {
            Source::Run(of) => self.ask(&args.sampling, changes, of, |case| self.run(case)),
            Source::Variants(of) => {
                self.ask(&args.sampling, Changes { all_variants: true, ..changes }, of, |case| self.run(case))
            }
            Source::Joint(of) => {
                let joint = args.joint.iter().cloned().collect();
                self.ask(&args.sampling, Changes { joint, ..changes }, of, |case| self.run(case))
            }
            Source::Update(of) => {
                // All evidence counts here if nothing else is said.
                let sampling = args.sampling.with_all_evidence();
                self.ask(&sampling, sampling.changes(), of, |_| Ok(Update))
            }
            Source::Flip(of) => self.ask(&args.sampling, changes, of, |_| Ok(Flips::default())),
            Source::Information(of) => self.ask(&args.sampling, changes, of, |case| {
                Information::about(&case.model, self.of(case).first().map(String::as_str))
                    .map_err(session::Failure::plain)
            }),
            Source::Decide(of) => {
                let of = |answer: &Answer<DecideFinding>| {
                    let mut chosen = answer.clone();
                    chosen.finding.decisions.retain(|one| args.of.is_empty() || args.of.contains(&one.id));
                    of(&chosen)
                };
                self.ask(&args.sampling, changes, of, |case| self.decide(case))
            }
            Source::Influence(of) => self.ask(&args.sampling, changes, of, |_| Ok(Influence)),
            Source::Discover(of) => {
                let wanted = |case: &Case| {
                    self.of(case).first().map_or(Wanted::Likeliest, |name| Wanted::written(name))
                };
                self.ask(&args.sampling, changes, of, |case| {
                    Ok(Discover { of: wanted(case), by: Vec::new(), looking: Looking::default() })
                })
            }
            Source::Explain(of) => self.ask(&args.sampling, changes, of, |_| Ok(Explain::default())),
            Source::Worlds(of) => self.ask(&args.sampling, changes, of, |_| Ok(Worlds)),
            Source::Sensitivity(of) => {
                let question = |case: &mut Case| {
                    let (of, others) = (self.of(case), Others::Free);
                    Ok(Sensitivity { of, others, shapley: false, structure: None, screen: false })
                };
                self.ask(&args.sampling, changes, of, question)
            }
            Source::Sweep(of) | Source::Map(of) => {
                self.ask(&args.sampling, changes, of, |case| self.sweep(case))
            }
            Source::Priors(of) => {
                self.ask(&args.sampling, changes, of, |case| Ok(Priors { of: self.of(case) }))
            }
            Source::Convergence(of) => {
                self.ask(&args.sampling, changes, of, |case| Ok(Convergence { of: self.of(case) }))
            }
            Source::Compare(of) => {
                let compared =
                    CompareArgs { asked: args.asked(), other: args.with.clone(), of: args.of.clone() };
                let stem = files::stem(&args.file);
                let target = |inputs: &Inputs| self.target(&stem, inputs);
                let (answer, target) = compare::answer(&compared, self.interrupt, self.terminal, target)?;
                Ok((of(&answer), target))
            }
        }
    }

    /// Puts a question, and takes the figure from its answer.
    fn ask<Q: Question>(
        &self,
        sampling: &Sampling,
        changes: Changes,
        of: impl Fn(&Answer<Q::Finding>) -> Option<Drawn>,
        question: impl FnOnce(&mut Case) -> Result<Q, session::Failure>,
    ) -> Result<(Option<Drawn>, Target), Failure> {
        let (interrupt, terminal) = (self.interrupt, self.terminal);
        let asking = Asking { file: &self.args.file, changes, sampling, interrupt, terminal };
        let (answer, target) = asking.answer(question, |stem, inputs| self.target(stem, inputs))?;
        Ok((of(&answer), target))
    }

    /// What is drawn only, each by its name.
    fn of(&self, case: &Case) -> Vec<String> {
        case.as_named(&self.args.of)
    }

    fn decide(&self, case: &Case) -> Result<Decide, session::Failure> {
        let known = || case.model.decisions.iter().map(|one| one.named.id.as_str());
        match self.args.of.iter().find(|name| !known().any(|one| one == name.as_str())) {
            None => Ok(Decide),
            Some(stranger) => {
                let hint = match did_you_mean(stranger, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("decisions are {}", list(known(), "and")),
                };
                let message = format!("no decision is called `{stranger}`");
                Err(session::Failure::plain(Diagnostic::error("unknown-name", message).hint(hint)))
            }
        }
    }

    fn run(&self, case: &Case) -> Result<Run, session::Failure> {
        let of = case.named("--of", &self.args.of)?;
        let all_variants = matches!(self.kind.source, Source::Variants(_));
        Ok(Run { of, percents: Vec::new(), all_variants, joint: case.joint.clone() })
    }

    fn sweep(&self, case: &mut Case) -> Result<crate::analysis::sweep::Sweep, session::Failure> {
        let (varied, is_map) = (&self.args.varied, matches!(self.kind.source, Source::Map(_)));
        if !varied.vary.is_empty() && is_map != (varied.vary.len() == 2) {
            return Err(match is_map {
                true => refused("a map is of two numbers", "write --vary twice"),
                false => refused("a sweep is of one number", "write --vary once, or plot `map`"),
            });
        }
        let of = self.of(case);
        varied.question(case, &of)
    }

    /// Where the picture goes; looked at before anything is computed.
    fn target(&self, stem: &str, inputs: &Inputs) -> Result<Target, Failure> {
        let default = || PathBuf::from(format!("{stem}-{}.{}", self.kind.name, self.form.ending()));
        let target = Target::find(&self.args.output.clone().unwrap_or_else(default), inputs)?;
        target.claim_output(self.terminal);
        Ok(target)
    }

    /// Why there is no picture.
    fn nothing(&self) -> Failure {
        let [why, instead] = self.kind.lacks;
        let name = self.kind.name;
        if !self.args.of.is_empty() {
            let hint =
                format!("leave --of out, or name what `{name}` shows: {}", uncapitalised(self.kind.shows));
            let message = format!("no picture `{name}` of {}", self.args.of.join(", "));
            return Failure::plain(Diagnostic::error("no-picture", message).hint(hint));
        }
        let message = format!("no picture `{name}`: {why}");
        Failure::plain(Diagnostic::error("no-picture", message).hint(instead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_forms() {
        let form = |path: &str| Form::of(Path::new(path));
        assert_eq!(form("a/b.SVG"), Some(Form::Svg));
        assert_eq!((form("x.png"), form("x.jpg"), form("svg")), (Some(Form::Png), None, None));
    }
}
