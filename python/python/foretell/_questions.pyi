"""Types of the questions and their answers, written by ``python/stubs.py`` from the grammar and the schemas."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from os import PathLike
from typing import Any, Literal, Optional, Union

from ._answer import Answer, Check as _Check
from ._figure import Figure
from ._records import Record
from ._scenario import Scenario
from ._table import Table

_Value = Union[str, float, bool, date, PathLike[str]]
_Values = Union[_Value, Iterable[Any], Mapping[str, Any]]
_Time = Union[str, float, timedelta]

FREE: tuple[str, ...]
BOTH: tuple[str, ...]
RENAMED: dict[str, str]

class ScenarioFacts(Record):
    @property
    def file(self) -> str:
        """The file as the user named it."""
    @property
    def title(self) -> str:
        """Its title."""
    @property
    def question(self) -> Optional[str]:
        """The question that the outcomes answer."""
    @property
    def as_of(self) -> Optional[str]:
        """What was known when, as YYYY-MM-DD."""
    @property
    def by(self) -> Optional[str]:
        """When the question resolves, as YYYY-MM-DD."""
    @property
    def source(self) -> "SourceFacts":
        """The text that the file encodes."""

class SourceFacts(Record):
    @property
    def title(self) -> Optional[str]:
        """Its title."""
    @property
    def author(self) -> Optional[str]:
        """Who wrote it."""
    @property
    def date(self) -> Optional[str]:
        """When it appeared, as YYYY-MM-DD."""
    @property
    def publisher(self) -> Optional[str]:
        """Where it appeared."""
    @property
    def url(self) -> Optional[str]:
        """Its address."""

class RunFacts(Record):
    @property
    def draws(self) -> int:
        """Draws in all."""
    @property
    def seed(self) -> int:
        """The seed."""
    @property
    def design(self) -> str:
        """The kind of design: `independent`, `lhs` or `sobol`."""
    @property
    def replicates(self) -> int:
        """Independent randomisations."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered any answer."""
    @property
    def elapsed_seconds(self) -> Optional[float]:
        """Seconds on the clock; null in whatever is kept."""
    @property
    def version(self) -> str:
        """The version of foretell."""
    @property
    def file_hash(self) -> str:
        """SHA-256, in hexadecimal digits, over the file and its attachments in the order of their paths."""
    @property
    def target_reached(self) -> bool:
        """Whether the wanted precision was reached; true where none was asked for."""
    @property
    def overrides(self) -> list[str]:
        """Values that replaced the file's, as NAME=VALUE."""
    @property
    def given(self) -> list[str]:
        """What was learned, as propositions."""
    @property
    def evidence(self) -> list[str]:
        """The items of evidence that count, by their ids."""
    @property
    def variants(self) -> list[str]:
        """The variants that were run in place of the file."""
    @property
    def rescaled(self) -> Optional[list[str]]:
        """The addresses of exclusive shares that were rescaled, as others of the same whole were replaced."""

class OutcomeFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def p05(self) -> Optional[float]:
        """5th percentile."""
    @property
    def p17(self) -> Optional[float]:
        """17th percentile."""
    @property
    def p50(self) -> Optional[float]:
        """Median."""
    @property
    def p83(self) -> Optional[float]:
        """83rd percentile."""
    @property
    def p95(self) -> Optional[float]:
        """95th percentile."""
    @property
    def words(self) -> str:
        """The verbal scale's words for the probability."""
    @property
    def spread_std_error(self) -> Optional[list[Optional[float]]]:
        """Standard errors of P5, P50 and P95, where draws enter."""
    @property
    def variance(self) -> Optional["VarianceShares"]:
        """Where the variance of whether it comes true comes from, if it has any and that can be told."""
    @property
    def percentiles(self) -> Optional[Table["Percentile"]]:
        """The percentiles of the spread that were asked for."""

class VarianceShares(Record):
    @property
    def chance(self) -> Optional[float]:
        """What would be left if factors and theory were known."""
    @property
    def factors(self) -> Optional[float]:
        """What not knowing the factors adds."""
    @property
    def theories(self) -> Optional[float]:
        """How far the theories differ."""
    @property
    def std_error(self) -> Any:
        """The standard error of each."""

class Percentile(Record):
    @property
    def percent(self) -> float:
        """Which: above 0 and below 100."""
    @property
    def value(self) -> Optional[float]:
        """Its value."""
    @property
    def std_error(self) -> Optional[float]:
        """Its standard error, 0 where no draw enters; null where it can't be told."""

class FactorFinding(Record):
    @property
    def id(self) -> Optional[str]:
        """Its name."""
    @property
    def states(self) -> Optional[dict[str, Optional[float]]]:
        """The probability of each state; null where there is none."""
    @property
    def label(self) -> Optional[str]:
        """What people call it."""
    @property
    def state_labels(self) -> Optional[dict[str, str]]:
        """What people call each state."""
    @property
    def std_errors(self) -> Optional[dict[str, Optional[float]]]:
        """The standard error of each probability."""
    @property
    def exact(self) -> Optional[bool]:
        """Whether no draw entered the estimate."""
    @property
    def mean(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> Optional[list[Optional[float]]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> Optional[float]:
        """The level of the interval, a share of 1."""
    @property
    def sd(self) -> Optional[float]:
        """Its standard deviation; null where none exists, or where draws don't tell it."""
    @property
    def settles(self) -> Optional[str]:
        """How its mean settles as draws are added."""
    @property
    def p05(self) -> Optional[float]:
        """5th percentile."""
    @property
    def p17(self) -> Optional[float]:
        """17th percentile."""
    @property
    def p50(self) -> Optional[float]:
        """Median."""
    @property
    def p83(self) -> Optional[float]:
        """83rd percentile."""
    @property
    def p95(self) -> Optional[float]:
        """95th percentile."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def percentiles(self) -> Optional[Table["Percentile"]]:
        """The percentiles that were asked for."""

class NumberFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def mean(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def sd(self) -> Optional[float]:
        """Its standard deviation; null where none exists, or where draws don't tell it."""
    @property
    def settles(self) -> str:
        """How its mean settles as draws are added."""
    @property
    def p05(self) -> Optional[float]:
        """5th percentile."""
    @property
    def p17(self) -> Optional[float]:
        """17th percentile."""
    @property
    def p50(self) -> Optional[float]:
        """Median."""
    @property
    def p83(self) -> Optional[float]:
        """83rd percentile."""
    @property
    def p95(self) -> Optional[float]:
        """95th percentile."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def percentiles(self) -> Optional[Table["Percentile"]]:
        """The percentiles that were asked for."""

class StatesFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def states(self) -> dict[str, Optional[float]]:
        """The probability of each state; null where there is none."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def state_labels(self) -> dict[str, str]:
        """What people call each state."""
    @property
    def std_errors(self) -> dict[str, Optional[float]]:
        """The standard error of each probability."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered any of them."""

class DerivedFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def mean(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def sd(self) -> Optional[float]:
        """Its standard deviation; null where none exists, or where draws don't tell it."""
    @property
    def settles(self) -> str:
        """How its mean settles as draws are added."""
    @property
    def p05(self) -> Optional[float]:
        """5th percentile."""
    @property
    def p17(self) -> Optional[float]:
        """17th percentile."""
    @property
    def p50(self) -> Optional[float]:
        """Median."""
    @property
    def p83(self) -> Optional[float]:
        """83rd percentile."""
    @property
    def p95(self) -> Optional[float]:
        """95th percentile."""
    @property
    def histogram(self) -> list[list[Any]]:
        """Its values as bars, [from, to, share] of the draws: single values, with both ends the same, where there are at most 100; else
equal parts from P0.5 to P99.5, beyond which the tails are left out."""
    @property
    def by_outcome(self) -> Table["GivenOutcome"]:
        """Its mean given each outcome."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def percentiles(self) -> Optional[Table["Percentile"]]:
        """The percentiles that were asked for."""

class GivenOutcome(Record):
    @property
    def id(self) -> str:
        """The outcome's name."""
    @property
    def mean(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class EventFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Driver(Record):
    @property
    def outcome(self) -> str:
        """The outcome's name."""
    @property
    def factor(self) -> str:
        """The name of a factor, a derived value or an event, or the address of an uncertain weight or base."""
    @property
    def label(self) -> str:
        """In words; of a factor with states followed by those in which the outcome is least and most probable."""
    @property
    def kind(self) -> str:
        """What its levels are."""
    @property
    def low(self) -> Optional[float]:
        """The outcome's probability when the factor is in its lowest fifth, in the state where the outcome is least probable, or
where the event does not happen."""
    @property
    def high(self) -> Optional[float]:
        """The outcome's probability when the factor is in its highest fifth, in the state where the outcome is most probable, or
where the event happens."""
    @property
    def swing(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def correlation(self) -> Optional[float]:
        """The correlation of the factor's rank with the outcome's probability; null where events or states have a part in the factor."""
    @property
    def share(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def share_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def share_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def share_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def share_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def shape(self) -> Optional[str]:
        """Where among the fifths the outcome is most and least probable; null for events and states."""
    @property
    def levels(self) -> Table["Level"]:
        """The outcome's probability in each fifth from the lowest to the highest, without and with the event, or in each state."""

class Level(Record):
    @property
    def id(self) -> str:
        """The number of the fifth, `false` or `true` of an event, or the name of the state."""
    @property
    def label(self) -> str:
        """In words."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Learned(Record):
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def effective_sample_size(self) -> Optional[float]:
        """(ΣW)² / ΣW² over the draws' weights W, at most the number of draws; null where no draw enters."""
    @property
    def relative(self) -> bool:
        """Whether the probability is a share of the most that the evidence could have."""

class Reached(Record):
    @property
    def between(self) -> list[str]:
        """The names of what is correlated."""
    @property
    def kind(self) -> str:
        """Which correlation it is: `rank`, `pearson`, `kendall` or `normal`."""
    @property
    def degrees(self) -> Optional[float]:
        """The degrees of freedom of a t copula; null for a normal one."""
    @property
    def asked(self) -> float:
        """What the file asks for."""
    @property
    def reached(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class TheoryFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def weight(self) -> float:
        """How probable it is that it is right, before anything was learned."""
    @property
    def posterior(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def posterior_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def posterior_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def posterior_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def posterior_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def outcomes(self) -> Table["UnderTheory"]:
        """Each outcome under it; of a theory that can't be right, without numbers."""

class UnderTheory(Record):
    @property
    def id(self) -> str:
        """The outcome's name."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class VariantFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def set(self) -> list[str]:
        """What is made so in it, as NAME=VALUE."""
    @property
    def given(self) -> list[str]:
        """What is learned in it, as propositions."""
    @property
    def rescaled(self) -> Optional[list[str]]:
        """The addresses of exclusive shares that were rescaled in it, as others of the same whole were set."""
    @property
    def outcomes(self) -> Table[Any]:
        """The outcomes; in a file without any, its states and events."""
    @property
    def derived(self) -> Table[Any]:
        """The derived values."""
    @property
    def evidence(self) -> Optional["Learned"]:
        """What was learned in it, if anything was."""

class JointFinding(Record):
    @property
    def of(self) -> Table["AspectFinding"]:
        """The things, in the order in which they were named."""
    @property
    def cells(self) -> Table["CellFinding"]:
        """Every combination of their states, the last one's states changing fastest."""
    @property
    def margins(self) -> Table["MarginFinding"]:
        """The sums over the states of some of the things."""

class AspectFinding(Record):
    @property
    def id(self) -> str:
        """Its name: of the outcome `outcome`, of the theory `theory`, of a proposition what was written."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def states(self) -> Table["StateName"]:
        """Its states; of what is so or not `true` and `false`."""

class StateName(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""

class CellFinding(Record):
    @property
    def states(self) -> list[str]:
        """The states, by their names, in the order of the things."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def conditional(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def conditional_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def conditional_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def conditional_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def conditional_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def beyond_independence(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def beyond_independence_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def beyond_independence_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def beyond_independence_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def beyond_independence_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class MarginFinding(Record):
    @property
    def states(self) -> list[Optional[str]]:
        """The states, by their names, in the order of the things; null for a thing whose states are summed over."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class VoidFacts(Record):
    @property
    def draws(self) -> int:
        """How many."""
    @property
    def place(self) -> Optional[str]:
        """`file:line:column` of the formula that first failed in the first of them."""
    @property
    def example(self) -> Optional[dict[str, Optional[float]]]:
        """The factors' values in it; null for what chance has a part in."""

class Reading(Record):
    @property
    def place(self) -> str:
        """`file:line:column` where it stands."""
    @property
    def text(self) -> str:
        """How it was read."""

class Run(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def outcomes(self) -> Table["OutcomeFinding"]:
        """The probability of each outcome, and its spread."""
    @property
    def factors(self) -> Table["FactorFinding"]:
        """What is not known."""
    @property
    def derived(self) -> Table["DerivedFinding"]:
        """What follows from it."""
    @property
    def events(self) -> Table["EventFinding"]:
        """What happens or not."""
    @property
    def drivers(self) -> Table["Driver"]:
        """For each outcome in the order of the file its drivers, strongest first."""
    @property
    def evidence(self) -> Optional["Learned"]:
        """What was learned; null if nothing was."""
    @property
    def correlations(self) -> Table["Reached"]:
        """The correlations of factors, as asked for and as reached."""
    @property
    def theories(self) -> Table["TheoryFinding"]:
        """Each theory by itself, if the file names any."""
    @property
    def variants(self) -> Optional[Table["VariantFinding"]]:
        """Each variant."""
    @property
    def joint(self) -> Optional[Table["JointFinding"]]:
        """How things go together of which that was asked."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class Counts(Record):
    @property
    def factors(self) -> int:
        """Factors, with numbers or with states."""
    @property
    def derived_values(self) -> int:
        """Derived values."""
    @property
    def events(self) -> int:
        """Events."""
    @property
    def outcomes(self) -> int:
        """Outcomes."""
    @property
    def claims(self) -> int:
        """Claims."""
    @property
    def theories(self) -> int:
        """Theories that have names."""
    @property
    def correlations(self) -> int:
        """Correlations."""
    @property
    def items_of_evidence(self) -> int:
        """Items of evidence."""
    @property
    def variants(self) -> int:
        """Variants."""

class Verdict(Record):
    @property
    def text(self) -> str:
        """The claim in words."""
    @property
    def expect(self) -> str:
        """The test as written."""
    @property
    def verdict(self) -> str:
        """What came out."""
    @property
    def place(self) -> str:
        """`file:line:column` where it stands."""
    @property
    def comparisons(self) -> Table["Comparison"]:
        """The numbers behind it, one for each comparison."""

class Comparison(Record):
    @property
    def what(self) -> str:
        """What is compared, in words, such as `P(sanctioned) − 30 %`."""
    @property
    def difference(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def verdict(self) -> str:
        """What came out."""

class CheckSecondOpinion(Record):
    @property
    def worlds(self) -> int:
        """Worlds that were drawn."""
    @property
    def void(self) -> int:
        """How many of them gave no number and were left out."""
    @property
    def matching(self) -> int:
        """How many of the others are as what was learned says."""
    @property
    def seed(self) -> int:
        """What the generator was seeded with."""
    @property
    def generator(self) -> str:
        """The generator."""
    @property
    def compared(self) -> int:
        """How many answers were compared."""
    @property
    def agree(self) -> int:
        """How many of them lie within chance."""
    @property
    def disagree(self) -> int:
        """How many lie further apart than chance has them."""
    @property
    def largest_z(self) -> Optional[float]:
        """The largest distance from 0 of any z-score; null if nothing was compared, or if it has no end."""
    @property
    def familywise_error(self) -> float:
        """The probability with which at least one answer is said to disagree although both are right."""
    @property
    def critical_z(self) -> float:
        """The z-score up to which every answer lies within chance."""
    @property
    def answers(self) -> Table["CheckTwice"]:
        """One for each answer, in the order of the run's."""

class CheckTwice(Record):
    @property
    def kind(self) -> str:
        """What kind of answer it is."""
    @property
    def what(self) -> str:
        """What it is, as in `P(rain)`, `mean of price` or `P95 of price`."""
    @property
    def at(self) -> Optional[float]:
        """Where a percentile lies; the shares of it are those of values at or below."""
    @property
    def integrated(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def integrated_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def integrated_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def integrated_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def integrated_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def plain(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def plain_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def plain_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def plain_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def plain_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def z(self) -> Optional[float]:
        """The difference in standard errors; null where nothing was compared, or where it has no end."""
    @property
    def p_value(self) -> Optional[float]:
        """How often chance alone has them as far apart; null where nothing was compared."""
    @property
    def agrees(self) -> Optional[bool]:
        """Whether they lie within chance; null where nothing was compared."""
    @property
    def reason(self) -> Optional[str]:
        """Why nothing was compared."""

class Check(_Check):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def file_hash(self) -> str:
        """SHA-256, in hexadecimal digits, over the file and its attachments."""
    @property
    def counts(self) -> "Counts":
        """How many of each kind the file has."""
    @property
    def tested(self) -> bool:
        """Whether its claims were tested."""
    @property
    def draws(self) -> Optional[int]:
        """Draws that the last look took; 0 if nothing had to be drawn, null if claims were not tested."""
    @property
    def agree(self) -> int:
        """How many claims the model agrees with."""
    @property
    def disagree(self) -> int:
        """How many it disagrees with."""
    @property
    def cannot_tell(self) -> int:
        """How many are too close to tell."""
    @property
    def claims(self) -> Table["Verdict"]:
        """One for each claim, in the order of the file."""
    @property
    def conflicts(self) -> list[list[int]]:
        """Claims that cannot hold together, whatever the model: sets of positions in `claims`."""
    @property
    def evidence(self) -> list[str]:
        """The items of evidence that count, by their ids."""
    @property
    def second_opinion(self) -> Optional["CheckSecondOpinion"]:
        """Every answer of a run a second time, by plain simulation; null if that was not asked for."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class UpdateAnswer(Record):
    @property
    def id(self) -> str:
        """Its name; of a state, the factor's and the state's with a full stop between."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def prior(self) -> Any:
        """Its probability before the evidence."""
    @property
    def posterior(self) -> Any:
        """Its probability after all of it."""
    @property
    def change(self) -> Any:
        """By how much that is more."""
    @property
    def words(self) -> str:
        """The verbal scale's words for the probability after all of it."""

class UpdateItem(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def date(self) -> str:
        """When it became known, as YYYY-MM-DD."""
    @property
    def text(self) -> str:
        """What was learned, in words."""
    @property
    def publisher(self) -> Optional[str]:
        """Who reported it."""
    @property
    def url(self) -> Optional[str]:
        """Where the report can be read."""
    @property
    def place(self) -> str:
        """`file:line:column` where it stands."""
    @property
    def note(self) -> Optional[str]:
        """Where its likelihoods come from."""
    @property
    def about(self) -> Optional[str]:
        """What its likelihoods are about: an event or a factor with states; null for the outcome."""
    @property
    def likelihood(self) -> list[float]:
        """What it counts by outcome or state in the order of the file, or under false and true, as shares of the largest, beside those
that come before it."""
    @property
    def reliability(self) -> float:
        """The probability that it says anything."""
    @property
    def depends_on(self) -> list[str]:
        """The items that share a cause with it."""
    @property
    def overlap(self) -> float:
        """The share of what it says that these have said."""
    @property
    def overlapped(self) -> bool:
        """Whether it counts less because an earlier item shares its cause."""
    @property
    def log_odds_added(self) -> Table["ById"]:
        """By how much it raises the log-odds of each answer against all others, after the items before it."""
    @property
    def log_odds_alone(self) -> Table["ById"]:
        """The same by itself."""
    @property
    def probabilities_after(self) -> Table["ById"]:
        """The probabilities after it and all before it."""

class ById(Record):
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def id(self) -> str:
        """The answer's name."""

class UpdatePoint(Record):
    @property
    def date(self) -> str:
        """The day, as YYYY-MM-DD."""
    @property
    def evidence(self) -> list[str]:
        """The items of that day, by name."""
    @property
    def probabilities(self) -> Table["ById"]:
        """The probability of each answer."""
    @property
    def effective_sample_size(self) -> Optional[float]:
        """(ΣW)² / ΣW² over the draws' weights W, at most the number of draws; null where no draw enters."""

class Update(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def answers(self) -> Table["UpdateAnswer"]:
        """What the evidence bears on."""
    @property
    def items(self) -> Table["UpdateItem"]:
        """The items that count, by date."""
    @property
    def timeline(self) -> Table["UpdatePoint"]:
        """The probabilities at the end of each day on which there was an item, by date."""
    @property
    def evidence(self) -> "Learned":
        """How probable all items are together, as a share of the most that they could be, and how much the draws weigh under
them."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class SensitivityAnswer(Record):
    @property
    def id(self) -> str:
        """Its name; of a state, the factor's and the state's with a full stop between."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def is_mean(self) -> bool:
        """Whether it is the mean of a derived value, and no probability."""
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def levers(self) -> Table["Lever"]:
        """What it becomes with one thing moved, strongest first."""
    @property
    def indices(self) -> Table["Index"]:
        """Where the variance of what it would be comes from, if all that is not known were known; greatest total first. Nothing where
it has none, or none that can be told."""
    @property
    def shapley(self) -> Optional[Table["SensitivityEffect"]]:
        """The same shared out so that the shares sum to 1, if that was asked for."""
    @property
    def associations(self) -> Table["Goes"]:
        """How far it goes along with each value in the draws of the ordinary run, closest first."""
    @property
    def screening(self) -> Optional[Table["Screened"]]:
        """Elementary effects, where there is too much that is not known for shares; greatest first."""
    @property
    def structure(self) -> Optional[Table["Nudged"]]:
        """Its moves under small changes of the numbers that the file states, if that was asked for; greatest first."""
    @property
    def followers(self) -> Table["Follower"]:
        """Events and derived values, which follow from what is not known and from chance, with the share of whether the outcome comes
true that knowing them takes away, as drivers have it; greatest first. Nothing of what is no outcome."""
    @property
    def without(self) -> Optional[str]:
        """Why it has no shares of variance."""

class Lever(Record):
    @property
    def id(self) -> str:
        """The name of a factor, an event or a derived value, the address of a weight or base, or `theory`."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def kind(self) -> str:
        """What its levels are."""
    @property
    def levels(self) -> Table["LeverLevel"]:
        """What the answer is at each level: at P5, at the median and at P95, without and with the event, in each state, under each
theory."""
    @property
    def swing(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def reach(self) -> float:
        """How far the greatest of the levels' answers lies above the least: levers are ranked by it."""

class LeverLevel(Record):
    @property
    def id(self) -> str:
        """`p05`, `p50` or `p95`, `false` or `true`, the name of the state or the theory."""
    @property
    def label(self) -> str:
        """In words."""
    @property
    def at(self) -> Optional[float]:
        """The number that it is put at; null for states, events and theories."""
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Index(Record):
    @property
    def id(self) -> str:
        """The name of a factor, the address of a weight or base, `theory`; of several that depend on each other, all names."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def members(self) -> list[str]:
        """What belongs to it."""
    @property
    def first(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def first_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def first_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def first_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def first_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def total(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def total_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def total_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def total_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def total_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def interaction(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def interaction_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interaction_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interaction_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def interaction_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class SensitivityEffect(Record):
    @property
    def id(self) -> str:
        """The name of a factor, the address of a weight or base, or `theory`."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def shapley(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def shapley_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def shapley_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def shapley_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def shapley_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Goes(Record):
    @property
    def id(self) -> str:
        """The name of a factor or a derived value, or the address of a weight or base."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def share(self) -> Any:
        """The share of the answer's variance that goes away once the value is known (the correlation ratio; Pearson 1905), by 40
cells of the value: Sobol's first-order index where values do not depend on each other, and neither states nor theories are
among what is not known, which are averaged over here."""
    @property
    def rank_correlation(self) -> Any:
        """Spearman's rank correlation."""
    @property
    def xi(self) -> Any:
        """Chatterjee's ξ (2021): 0 if the answer does not depend on the value, 1 if it is a function of it. Null where something was
learned by weights."""

class Screened(Record):
    @property
    def id(self) -> str:
        """The name of a factor, the address of a weight or base; of several that depend on each other, all names."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def strength(self) -> Any:
        """The mean of the absolute elementary effect, μ*: inputs are ranked by it."""
    @property
    def direction(self) -> Any:
        """The mean elementary effect, μ."""
    @property
    def deviation(self) -> float:
        """The deviation of the elementary effect, σ."""

class Nudged(Record):
    @property
    def id(self) -> str:
        """The number's address."""
    @property
    def at(self) -> float:
        """What it is in the file."""
    @property
    def between(self) -> list[float]:
        """What it is put at: less, and more."""
    @property
    def less(self) -> Any:
        """The answer with less."""
    @property
    def more(self) -> Any:
        """The answer with more."""
    @property
    def swing(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Follower(Record):
    @property
    def id(self) -> str:
        """The name of an event or a derived value."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def share(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def share_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def share_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def share_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def share_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Sensitivity(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def answers(self) -> Table["SensitivityAnswer"]:
        """The outcomes, events and derived values, in the order of the file."""
    @property
    def others(self) -> str:
        """Where the others are while one thing is moved."""
    @property
    def method(self) -> str:
        """How the shares of variance were found."""
    @property
    def points(self) -> int:
        """The base points of the design that they were found on; 0 where no draw enters."""
    @property
    def notes(self) -> list[str]:
        """Why no answer has shares of its own for everything, if that is so."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class Node(Record):
    @property
    def id(self) -> str:
        """Its name; `theories` for which theory is right."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def kind(self) -> str:
        """What it is."""
    @property
    def value(self) -> Any:
        """The mean of a number; the probability of an event, an outcome, or the most probable state. Null where draws don't tell it."""
    @property
    def state(self) -> Optional[str]:
        """The most probable state or theory, of what has states."""

class Link(Record):
    @property
    def from_(self) -> str:
        """The name of what enters."""
    @property
    def to(self) -> str:
        """The name of what it enters."""
    @property
    def share(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def share_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def share_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def share_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def share_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def sign(self) -> str:
        """In which direction `to` goes as `from` rises, happens or is so."""

class Influence(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def nodes(self) -> Table["Node"]:
        """Factors, derived values, events, which theory is right, and outcomes: each after all that leads to it."""
    @property
    def links(self) -> Table["Link"]:
        """What enters what directly, in the order of what it leads to."""
    @property
    def correlations(self) -> Table["Reached"]:
        """What is drawn together without one leading to the other."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class FlipAnswer(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class FlipFlip(Record):
    @property
    def id(self) -> str:
        """Its name, by which `--set` fixes it."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in."""
    @property
    def from_(self) -> Optional[float]:
        """Its median; null of an event and of what has states."""
    @property
    def at(self) -> float:
        """What it is fixed at: of an event 0 or 1, of what has states the position of the state."""
    @property
    def state(self) -> Optional[str]:
        """The state, of what has states."""
    @property
    def distance(self) -> Optional[float]:
        """How far that is from its median, in its own standard deviations: the normal quantile of the share of what is
known that lies below (Hasofer & Lind 1974). Of an event and of what has states null."""
    @property
    def probability(self) -> Optional[float]:
        """How probable it is by itself, of an event and of what has states."""
    @property
    def leads(self) -> str:
        """The name of the outcome that leads then."""
    @property
    def outcomes(self) -> Table[Any]:
        """The probability of each outcome then, in the order of the file."""

class Together(Record):
    @property
    def fixed(self) -> Table["Fixed"]:
        """What is fixed, the farthest first."""
    @property
    def distance(self) -> float:
        """The length of the way, in standard deviations: √ Σ distance²."""
    @property
    def leads(self) -> str:
        """The name of the outcome that leads then."""
    @property
    def outcomes(self) -> Table[Any]:
        """The probability of each outcome then, in the order of the file."""

class Fixed(Record):
    @property
    def id(self) -> str:
        """Its name, by which `--set` fixes it."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in."""
    @property
    def from_(self) -> Optional[float]:
        """Its median; null of an event and of what has states."""
    @property
    def at(self) -> float:
        """What it is fixed at: of an event 0 or 1, of what has states the position of the state."""
    @property
    def state(self) -> Optional[str]:
        """The state, of what has states."""
    @property
    def distance(self) -> Optional[float]:
        """How far that is from its median, in its own standard deviations: the normal quantile of the share of what is
known that lies below (Hasofer & Lind 1974). Of an event and of what has states null."""
    @property
    def probability(self) -> Optional[float]:
        """How probable it is by itself, of an event and of what has states."""

class ClaimFlip(Record):
    @property
    def claim(self) -> int:
        """Its position among the claims of the file, from 0."""
    @property
    def text(self) -> str:
        """What it says, in words."""
    @property
    def verdict(self) -> str:
        """What became of it."""
    @property
    def numbers(self) -> Table["Repair"]:
        """Numbers of the file that would make it hold, the smallest change first."""

class Repair(Record):
    @property
    def address(self) -> str:
        """Its address, by which `--set` replaces it."""
    @property
    def from_(self) -> float:
        """What it is."""
    @property
    def to(self) -> float:
        """What it would have to be."""
    @property
    def breaks(self) -> list[int]:
        """Positions of claims that fail then and do not now."""

class Reach(Record):
    @property
    def id(self) -> str:
        """The outcome's name."""
    @property
    def low(self) -> "End":
        """The lowest that was found."""
    @property
    def high(self) -> "End":
        """The highest that was found."""

class End(Record):
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def moved(self) -> Table["Moved"]:
        """What is moved for it, the farthest first."""
    @property
    def held_back(self) -> bool:
        """Whether a claim stood in the way of going farther."""

class Moved(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def by(self) -> float:
        """What is added, in its own unit."""
    @property
    def distance(self) -> float:
        """How far that is, in its own standard deviations."""

class Flip(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def outcomes(self) -> Table["FlipAnswer"]:
        """The outcomes, in the order of the file."""
    @property
    def leader(self) -> str:
        """The name of the one that leads."""
    @property
    def to(self) -> Optional[str]:
        """The name of the one that is to lead; null for any other than the leader."""
    @property
    def alone(self) -> Table["FlipFlip"]:
        """One thing fixed that makes another outcome lead, the smallest change first."""
    @property
    def together(self) -> Optional["Together"]:
        """Several things fixed together, if that takes a smaller change than any alone, or if none alone does it."""
    @property
    def tried(self) -> int:
        """As many things as were tried alone."""
    @property
    def claims(self) -> Table["ClaimFlip"]:
        """What would make each claim hold that fails."""
    @property
    def envelope(self) -> Optional[Table["Reach"]]:
        """The lowest and the highest probability of each outcome while the mean of each factor stays within its own 90 % interval and no claim
fails that does not fail now; null if that was not asked for."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class VoiAnswer(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class VoiItem(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def kind(self) -> str:
        """What it is."""
    @property
    def bits(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def bits_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def bits_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def bits_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def bits_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def brier(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def brier_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def brier_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def brier_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def brier_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def leader_changes(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def leader_changes_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def leader_changes_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def leader_changes_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def leader_changes_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def bits_between(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def bits_between_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def bits_between_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def bits_between_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def bits_between_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def cost(self) -> Optional[float]:
        """What finding it out costs, as the file has it."""
    @property
    def bits_per_cost(self) -> Optional[float]:
        """Bits for each unit of cost; null without a cost."""

class Untold(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What it says."""

class Voi(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def of(self) -> str:
        """What is to be told: `outcome`, or the name of an event or a factor with states."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def answers(self) -> Table["VoiAnswer"]:
        """Its answers, in the order of the file."""
    @property
    def entropy(self) -> float:
        """The entropy of the answer, in bits: 0 if it is certain, 1 for a fair coin."""
    @property
    def brier(self) -> float:
        """The Brier score that is expected of these probabilities, 0 to 2."""
    @property
    def top(self) -> Optional[list[str]]:
        """The two most probable answers, by name."""
    @property
    def items(self) -> Table["VoiItem"]:
        """What can be found out, the most telling first."""
    @property
    def untold(self) -> Table["Untold"]:
        """Reports that do not count yet and are not among these: the file has a ratio of their likelihoods alone, which does not say how
probable it is that they come."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class DecideDecisionFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What payoffs are measured in, if the file says so."""
    @property
    def is_cost(self) -> bool:
        """Whether payoffs are costs, of which less is better."""
    @property
    def best(self) -> Optional[str]:
        """The option with the best expected payoff; null where the draws don't tell expectations."""
    @property
    def lead(self) -> Any:
        """By how much it is better than the second best in expectation."""
    @property
    def options(self) -> Table["OptionFinding"]:
        """The options, in the order of the file."""
    @property
    def perfect_information(self) -> Any:
        """The expected value of perfect information: what it would be worth to know everything before an option is taken."""
    @property
    def information(self) -> Table["DecideInformationFinding"]:
        """What it would be worth to know one thing, or several together; the most valuable first."""
    @property
    def tests(self) -> Table["DecideTestFinding"]:
        """The tests that can be made first, in the order of the file."""
    @property
    def first(self) -> Optional[str]:
        """The test with which it is best to begin; null where it is best to make none."""
    @property
    def untold(self) -> list[str]:
        """Names of what has several values in a draw, of which it is not told what it is worth to know them."""

class OptionFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def mean(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def sd(self) -> Optional[float]:
        """The standard deviation of its payoff."""
    @property
    def p05(self) -> Optional[float]:
        """5th percentile."""
    @property
    def p17(self) -> Optional[float]:
        """17th percentile."""
    @property
    def p50(self) -> Optional[float]:
        """Median."""
    @property
    def p83(self) -> Optional[float]:
        """83rd percentile."""
    @property
    def p95(self) -> Optional[float]:
        """95th percentile."""
    @property
    def best(self) -> Any:
        """The probability that no other option will turn out to have paid more; shared among those that pay alike."""
    @property
    def regret(self) -> Any:
        """How much better the best option turns out to have been, in expectation: the expected opportunity loss."""

class DecideInformationFinding(Record):
    @property
    def id(self) -> str:
        """Its name; of the outcome `outcome`, of the theory `theory`."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def kind(self) -> str:
        """What it is."""
    @property
    def of(self) -> Optional[list[str]]:
        """What a group is made of."""
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def method(self) -> str:
        """How it was found."""

class DecideTestFinding(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def of(self) -> list[str]:
        """The names of what it tells."""
    @property
    def cost(self) -> float:
        """What it costs."""
    @property
    def value(self) -> Any:
        """The expected value of its information, before its cost."""
    @property
    def net(self) -> Any:
        """The same after its cost: made if more than 0."""
    @property
    def limit(self) -> Optional["LimitFinding"]:
        """What it would be worth to know for certain what the test depends on, which no test is worth more than; nothing where what
the test tells has a part in more than the test."""
    @property
    def results(self) -> Table["ResultFinding"]:
        """What is best after each result; empty where it tells a number, or has too many results."""
    @property
    def method(self) -> str:
        """How its value was found."""

class LimitFinding(Record):
    @property
    def of(self) -> list[str]:
        """What the test depends on."""
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class ResultFinding(Record):
    @property
    def states(self) -> list[str]:
        """What it says, by the names of states; of an event `true` or `false`."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def then(self) -> Optional[str]:
        """The option that is best then."""
    @property
    def expected(self) -> Any:
        """What that pays in expectation, before the test's cost."""

class Decide(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def decisions(self) -> Table["DecideDecisionFinding"]:
        """In the order of the file."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class OutcomeStory(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def shifts(self) -> Table["Shift"]:
        """How far each number shifts once it is known that this outcome comes true, farthest first."""
    @property
    def tilts(self) -> Table["Tilt"]:
        """How probable events and states are then, those that change most first."""
    @property
    def combination(self) -> Optional["Combination"]:
        """The most probable combination of states and events given this outcome; null where nothing has states."""
    @property
    def variance(self) -> Optional["VarianceShares"]:
        """Where the variance of whether it comes true comes from, if it has any and that can be told."""

class Shift(Record):
    @property
    def id(self) -> str:
        """The number's name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def is_derived(self) -> bool:
        """Whether it is a derived value; else it is a factor."""
    @property
    def usual(self) -> Optional[float]:
        """Its mean, whatever comes true."""
    @property
    def given(self) -> Optional[float]:
        """Its mean if this outcome comes true."""
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Tilt(Record):
    @property
    def id(self) -> str:
        """The name of an event, or of a factor and its state with a full stop between."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def conditional(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def conditional_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def conditional_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def conditional_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def conditional_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def difference(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def difference_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def difference_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def difference_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def difference_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Combination(Record):
    @property
    def states(self) -> Table["StateOf"]:
        """Each event and factor with states."""
    @property
    def expression(self) -> str:
        """The same as an expression that `--given` takes."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def counted_among(self) -> Optional[int]:
        """Among how many futures it was counted as the most frequent; null where it is the most probable of all there are."""

class StateOf(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def state(self) -> str:
        """The state's name; of an event `true` or `false`."""

class NearestFinding(Record):
    @property
    def leader(self) -> "Leader":
        """The most probable outcome of all, and how probable it is in that world."""
    @property
    def runner_up(self) -> "Leader":
        """The second, likewise."""
    @property
    def distance(self) -> Optional[float]:
        """How far the world is from the middle, in standard deviations of the normals that it is drawn from: the reliability index
(Hasofer & Lind 1974) of the nearest of the draws; null where numbers have no part in it."""
    @property
    def numbers(self) -> int:
        """How many numbers have a part in it."""
    @property
    def share(self) -> float:
        """The share of draws, by weight, in which the runner-up is ahead."""
    @property
    def among(self) -> int:
        """How many draws were looked at."""
    @property
    def world(self) -> "FutureFinding":
        """The world."""

class Leader(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def probability(self) -> float:
        """How probable it is in that world."""

class FutureFinding(Record):
    @property
    def draw(self) -> int:
        """The number of its draw, as `explain --draw` takes it."""
    @property
    def copy(self) -> int:
        """Which future of that draw it is, from 1: a draw that counts much may stand for several."""
    @property
    def outcome(self) -> Optional["OutcomeOf"]:
        """Which outcome comes true; null in a file without outcomes."""
    @property
    def typical(self) -> Optional[float]:
        """How typical it is: the share of futures that lie less densely (Hyndman 1996)."""
    @property
    def theory(self) -> Optional[str]:
        """The theory that is right, if the file names any."""
    @property
    def states(self) -> dict[str, "InState"]:
        """The state of each factor with states."""
    @property
    def events(self) -> dict[str, "Happening"]:
        """Each event."""
    @property
    def numbers(self) -> dict[str, "Ranked"]:
        """Each factor that is a number, and each derived value."""

class OutcomeOf(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def probability(self) -> float:
        """How probable it was in this future, given all else in it."""

class InState(Record):
    @property
    def state(self) -> str:
        """The state's name."""
    @property
    def probability(self) -> float:
        """How probable it was, given what decides it."""

class Happening(Record):
    @property
    def happens(self) -> bool:
        """Whether it does."""
    @property
    def probability(self) -> float:
        """How probable it was that it would, given what decides it."""

class Ranked(Record):
    @property
    def value(self) -> float:
        """The number."""
    @property
    def percentile(self) -> Optional[float]:
        """The share of futures in which it is smaller, those in which it is the same counting half."""

class ExplainFollowed(Record):
    @property
    def world(self) -> "FutureFinding":
        """The future that the draw becomes, as `worlds` tells it."""
    @property
    def replicate(self) -> int:
        """The replicate and the index of the draw, as `run --draws-out` has them, both from 0."""
    @property
    def index(self) -> int:
        """See `replicate`."""
    @property
    def weight(self) -> float:
        """How probable what was learned is given the numbers of this draw: its weight; 1 where nothing was learned but what draws are
confined to."""
    @property
    def steps(self) -> Table["ExplainStep"]:
        """Factors, derived values and events, each after all that it depends on."""
    @property
    def theory(self) -> Optional["Decision"]:
        """Which theory is right, if the file names any."""
    @property
    def scores(self) -> Table["ScoreOf"]:
        """The score of each outcome under that theory, or whether its rule holds."""
    @property
    def by_scores(self) -> bool:
        """Whether the outcome is decided by scores, of which the probabilities are the shares of exp(score); else by rules, one of which
holds."""
    @property
    def outcome(self) -> Optional["Decision"]:
        """Which outcome comes true, and how probable each is."""

class ExplainStep(Record):
    @property
    def kind(self) -> str:
        """What it computes."""
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def given(self) -> Table["Given"]:
        """How it is computed: the formula of its value, or of its probabilities."""
    @property
    def value(self) -> Optional[float]:
        """Its value, of a number."""
    @property
    def decision(self) -> Optional["Decision"]:
        """How it is decided, of an event or a factor with states."""

class Given(Record):
    @property
    def expression(self) -> str:
        """As the file has it."""
    @property
    def put_in(self) -> str:
        """With the values of this draw in place of names and of what is drawn."""
    @property
    def with_(self) -> Table["PutIn"]:
        """These values."""
    @property
    def value(self) -> Optional[float]:
        """What it comes to."""

class PutIn(Record):
    @property
    def name(self) -> str:
        """The name that it stands for, or what is drawn."""
    @property
    def value(self) -> Optional[float]:
        """The number; null where it is a state."""
    @property
    def state(self) -> str:
        """What stands in the formula."""
    @property
    def is_draw(self) -> bool:
        """Whether it is drawn."""

class Decision(Record):
    @property
    def states(self) -> Table["Chances"]:
        """The states."""
    @property
    def state(self) -> str:
        """Which of them it is in."""
    @property
    def label(self) -> str:
        """What people call that."""

class Chances(Record):
    @property
    def id(self) -> str:
        """Its name; of an event `false` or `true`."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def probability(self) -> float:
        """How probable it is given what the file says that decides it."""
    @property
    def drawn_by(self) -> float:
        """The same given all that was learned, by which it is drawn."""

class ScoreOf(Record):
    @property
    def id(self) -> str:
        """The outcome's name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def base(self) -> Optional[float]:
        """Its base, of which the logarithm is the first term of the score, where it has weights."""
    @property
    def weights(self) -> Table["WeightOf"]:
        """What its weights add."""
    @property
    def formula(self) -> Optional["Given"]:
        """The formula of the score or of the rule, where it has no weights."""
    @property
    def score(self) -> Optional[float]:
        """The score; of a rule 1 if it holds and 0 if not. Null for the rule `else`, and for an outcome that can't come true."""
    @property
    def probability(self) -> float:
        """How probable it is, given all of this."""

class WeightOf(Record):
    @property
    def id(self) -> str:
        """What it weighs."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def weight(self) -> float:
        """The weight."""
    @property
    def value(self) -> float:
        """The value of what it weighs; of an event or a state 1 if it is so."""
    @property
    def neutral(self) -> float:
        """The point at which it says nothing."""
    @property
    def term(self) -> float:
        """What it adds."""

class Explain(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def outcomes(self) -> Table["OutcomeStory"]:
        """Each outcome; none where one draw was asked for."""
    @property
    def nearest(self) -> Optional["NearestFinding"]:
        """The nearest world in which the runner-up wins; null where there is none among the draws."""
    @property
    def draw(self) -> Optional["ExplainFollowed"]:
        """One draw, step by step, if it was asked for."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class NumberCalled(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def states(self) -> Optional[list[str]]:
        """What people call each of its states, if it has any."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def is_derived(self) -> bool:
        """Whether it is a derived value; else it is a factor."""
    @property
    def p05(self) -> float:
        """Its 5th percentile among the futures."""
    @property
    def p50(self) -> float:
        """Its median."""
    @property
    def p95(self) -> float:
        """Its 95th percentile."""

class Called(Record):
    @property
    def id(self) -> str:
        """Its name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def states(self) -> Optional[list[str]]:
        """What people call each of its states, if it has any."""

class Worlds(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def futures(self) -> Table["FutureFinding"]:
        """The futures."""
    @property
    def numbers(self) -> Table["NumberCalled"]:
        """Factors that are numbers and derived values: what they are called, and what is usual."""
    @property
    def states(self) -> Table["Called"]:
        """The factors with states."""
    @property
    def events(self) -> Table["Called"]:
        """The events."""
    @property
    def theories(self) -> Table["Called"]:
        """The theories, if the file names any."""
    @property
    def outcomes(self) -> Table["Called"]:
        """The outcomes."""
    @property
    def compared_with(self) -> int:
        """How many futures tell what is usual and what is typical."""
    @property
    def effective_draws(self) -> Optional[float]:
        """How many draws would tell as much as those that the futures were taken from, if each counted alike; null where each does."""
    @property
    def most_probable(self) -> Optional["Combination"]:
        """The most probable of all combinations of states and events; null where draws decide probabilities, where nothing has states, or where
too many would have to be looked at together."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class Target(Record):
    @property
    def id(self) -> str:
        """Its name: of a state, the factor's and the state's with a full stop between; of a table, the column's."""
    @property
    def label(self) -> str:
        """What people call it."""

class DiscoverFoundBox(Record):
    @property
    def expression(self) -> str:
        """What it asks for, as an expression that `--given` takes."""
    @property
    def restrictions(self) -> Table["Restriction"]:
        """What it restricts, that which does most first."""
    @property
    def mass(self) -> Any:
        """The share of all worlds that are among them."""
    @property
    def coverage(self) -> Any:
        """The share of the worlds in which it happens that are among them."""
    @property
    def density(self) -> Any:
        """The share of them in which it happens."""
    @property
    def outside(self) -> Any:
        """How probable it is that it happens in the worlds of no box up to this one."""
    @property
    def chosen(self) -> int:
        """The number of the box of the path that it was made of."""
    @property
    def path(self) -> Table["DiscoverStep"]:
        """The boxes on the way to it and beyond, from that of all worlds which no box before it has."""

class Restriction(Record):
    @property
    def id(self) -> str:
        """The name of the thing."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in."""
    @property
    def at_least(self) -> Optional[float]:
        """Of a number: allowed from here on; null if all that are small enough."""
    @property
    def at_most(self) -> Optional[float]:
        """Of a number: allowed up to here; null if all that are large enough."""
    @property
    def usual(self) -> Optional[list[float]]:
        """Of a number: its P5 and its P95 where boxes were looked for."""
    @property
    def states(self) -> Optional[list[str]]:
        """Of what has states: the names of those that are allowed; of an event `true` or `false`."""
    @property
    def density_without(self) -> Any:
        """The density of the box without this restriction."""
    @property
    def coverage_without(self) -> Any:
        """The coverage of the box without this restriction."""
    @property
    def p_value(self) -> Optional[float]:
        """How probable it is by chance alone that the restriction raises the density by so much: the one-sided p-value of the difference;
of rows on which the box was chosen, the quasi-p-value of Bryant & Lempert (2010). Null where no draw entered."""
    @property
    def found_again(self) -> int:
        """In how many parts of the draws, or half samples of the rows, the search restricts it too."""
    @property
    def parts(self) -> int:
        """Of how many."""

class DiscoverStep(Record):
    @property
    def number(self) -> int:
        """Its number, as `--box` takes it."""
    @property
    def mass(self) -> Any:
        """The share of all worlds that are among them."""
    @property
    def coverage(self) -> Any:
        """The share of the worlds in which it happens that are among them."""
    @property
    def density(self) -> Any:
        """The share of them in which it happens."""
    @property
    def expression(self) -> str:
        """What it asks for, as an expression that `--given` takes; empty of all worlds."""
    @property
    def restricted(self) -> list[str]:
        """The names of what it restricts."""

class Measured(Record):
    @property
    def mass(self) -> Any:
        """The share of all worlds that are among them."""
    @property
    def coverage(self) -> Any:
        """The share of the worlds in which it happens that are among them."""
    @property
    def density(self) -> Any:
        """The share of them in which it happens."""

class Discover(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def of(self) -> "Target":
        """What happens in them."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def measured_on(self) -> str:
        """What the numbers of boxes are measured on."""
    @property
    def searched(self) -> int:
        """How many worlds or rows the boxes were looked for in."""
    @property
    def support(self) -> float:
        """The least share of these that a box was to hold."""
    @property
    def boxes(self) -> Table["DiscoverFoundBox"]:
        """The boxes, each of what those before it leave."""
    @property
    def together(self) -> Optional["Measured"]:
        """All boxes together, if there are several."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class AxisFinding(Record):
    @property
    def name(self) -> str:
        """As it was asked for."""
    @property
    def address(self) -> str:
        """Its address in the file."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def from_(self) -> float:
        """Its first value."""
    @property
    def to(self) -> float:
        """Its last value."""
    @property
    def own(self) -> Optional[float]:
        """What it is in the file; null if that is no plain number."""
    @property
    def values(self) -> list[float]:
        """Its values, which ascend; also what it is in the file, if that lies between."""
    @property
    def states(self) -> Optional[list[str]]:
        """What the values are called, where they stand for states."""
    @property
    def is_made(self) -> bool:
        """Whether it is made so, cut from its causes, and no part of a formula."""

class FacetFinding(Record):
    @property
    def name(self) -> str:
        """As it was asked for."""
    @property
    def address(self) -> str:
        """Its address in the file."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def values(self) -> list[float]:
        """Its values."""
    @property
    def labels(self) -> list[str]:
        """What each value is called."""

class SweepSwept(Record):
    @property
    def id(self) -> str:
        """Its name; of a state, the factor's and the state's with a full stop between."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def unit(self) -> Optional[str]:
        """What it is measured in, if the file says so."""
    @property
    def kind(self) -> str:
        """What it is."""

class SweepPoint(Record):
    @property
    def at(self) -> float:
        """The value of what is varied."""
    @property
    def also(self) -> Optional[float]:
        """The value of what is held besides; null if nothing is."""
    @property
    def leads(self) -> Optional[str]:
        """Which answer leads, by name; null unless one answer must come true."""
    @property
    def gap(self) -> Optional[str]:
        """Why there is no answer: what was learned is impossible there, or too rare for the draws, or too many draws gave no number;
null if there is one."""
    @property
    def values(self) -> Table[Any]:
        """Each answer, in the order of `answers`; null where there is none."""

class Lead(Record):
    @property
    def id(self) -> str:
        """The answer, by name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def also(self) -> Optional[float]:
        """The value of what is held besides; null if nothing is."""
    @property
    def from_(self) -> float:
        """From this value."""
    @property
    def to(self) -> float:
        """To this value."""

class Crossing(Record):
    @property
    def at(self) -> float:
        """The value of what is varied."""
    @property
    def interval(self) -> list[float]:
        """The ends of the confidence interval: between them the draws leave open which of the two leads."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def from_(self) -> str:
        """Who leads before, by name."""
    @property
    def to(self) -> str:
        """Who leads after, by name."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered."""
    @property
    def also(self) -> Optional[float]:
        """The value of what is held besides; null if nothing is."""

class Closest(Record):
    @property
    def at(self) -> list[float]:
        """The value of each number that is varied."""
    @property
    def also(self) -> Optional[float]:
        """The value of what is held besides; null if nothing is."""
    @property
    def first(self) -> str:
        """Who leads there, by name."""
    @property
    def second(self) -> str:
        """Who comes next, by name."""
    @property
    def difference(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def difference_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def difference_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def difference_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def difference_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class Cell(Record):
    @property
    def at(self) -> list[float]:
        """The values of both numbers."""
    @property
    def leads(self) -> Optional[str]:
        """Which answer leads, by name; null unless one answer must come true."""
    @property
    def second(self) -> Optional[str]:
        """Who comes next, by name; null unless one answer must come true."""
    @property
    def difference(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def difference_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def difference_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def difference_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def difference_exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def gap(self) -> Optional[str]:
        """Why there is no answer, as of points; null if there is one."""
    @property
    def values(self) -> Table[Any]:
        """Each answer, in the order of `answers`; null where there is none."""

class Area(Record):
    @property
    def id(self) -> str:
        """The answer, by name."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def share(self) -> float:
        """The share of the map where it leads, 0 to 1."""
    @property
    def told(self) -> float:
        """The share of the map where it leads and the draws tell that it does, 0 to 1."""

class Sweep(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def axes(self) -> Table["AxisFinding"]:
        """The numbers that are varied, one or two."""
    @property
    def also(self) -> Optional["FacetFinding"]:
        """What is held besides, each value in its turn; null if nothing is."""
    @property
    def answers(self) -> Table["SweepSwept"]:
        """What is looked at."""
    @property
    def points(self) -> Table["SweepPoint"]:
        """Along one number: the answers at each of its values; empty along two."""
    @property
    def leads(self) -> Table["Lead"]:
        """Along one number: who leads from where to where; empty unless one answer must come true."""
    @property
    def crossings(self) -> Table["Crossing"]:
        """Along one number: where the lead changes."""
    @property
    def closest(self) -> Optional["Closest"]:
        """Where the lead is smallest; null unless one answer must come true."""
    @property
    def cells(self) -> Table["Cell"]:
        """Along two numbers: the answers at each pair of their values, the second number within the first."""
    @property
    def areas(self) -> Table["Area"]:
        """Along two numbers: over which share of the map each answer leads."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class Compared(Record):
    @property
    def name(self) -> str:
        """What it is called: the file, or the variant of it."""
    @property
    def label(self) -> str:
        """What people call it: of files with different titles its own title, else its name; of a variant its label."""
    @property
    def file_hash(self) -> str:
        """SHA-256, in hexadecimal digits, over the file and its attachments in the order of their paths."""

class ComparedAnswer(Record):
    @property
    def id(self) -> str:
        """Its name; of a state, the factor's and the state's with a full stop between."""
    @property
    def label(self) -> str:
        """What people call it."""
    @property
    def measure(self) -> str:
        """What it is."""
    @property
    def unit(self) -> Optional[str]:
        """What a mean is measured in."""
    @property
    def before(self) -> Optional[Any]:
        """What it is in the first scenario; null if that does not have it."""
    @property
    def after(self) -> Optional[Any]:
        """What it is in the second scenario; null if that does not have it."""
    @property
    def difference(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def difference_std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def difference_interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def difference_interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def difference_exact(self) -> bool:
        """Whether no draw entered the estimate."""

class CompareEditFinding(Record):
    @property
    def addresses(self) -> list[str]:
        """The addresses of what is said otherwise."""
    @property
    def changes(self) -> Table["Change"]:
        """What is said otherwise: several where one without the others makes no scenario."""
    @property
    def effects(self) -> Table["CompareEffect"]:
        """Its share of each answer's move, in the order of the answers that both scenarios have. The shares of all edits sum to
the move."""

class Change(Record):
    @property
    def address(self) -> str:
        """Its address."""
    @property
    def label(self) -> Optional[str]:
        """What people call it; of what is no value with what of it is meant. Null for what has no name of its own."""
    @property
    def kind(self) -> str:
        """What became of it."""
    @property
    def before(self) -> Optional["Said"]:
        """What the first scenario says; null if nothing."""
    @property
    def after(self) -> Optional["Said"]:
        """What the second scenario says; null if nothing."""

class Said(Record):
    @property
    def text(self) -> str:
        """The text."""
    @property
    def place(self) -> str:
        """`file:line:column` where it stands."""

class CompareEffect(Record):
    @property
    def value(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def id(self) -> str:
        """The answer's name."""

class CompareAttribution(Record):
    @property
    def method(self) -> str:
        """Over all orders of the edits, or over some."""
    @property
    def models(self) -> int:
        """How many scenarios were looked at, with some of the edits done."""
    @property
    def permutations(self) -> int:
        """How many orders of the edits the shares are means over."""
    @property
    def gathered(self) -> bool:
        """Whether edits were gathered with their neighbours in the file, as they are too many to be told apart."""

class Compare(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def scenario(self) -> "ScenarioFacts":
        """What was asked about."""
    @property
    def run(self) -> "RunFacts":
        """How the answer was made."""
    @property
    def before(self) -> "Compared":
        """The first scenario."""
    @property
    def after(self) -> "Compared":
        """The second scenario."""
    @property
    def same(self) -> bool:
        """Whether nothing that bears on an answer is said otherwise."""
    @property
    def answers(self) -> Table["ComparedAnswer"]:
        """The answers of both, in the order of the first, then those that only the second has."""
    @property
    def edits(self) -> Table["CompareEditFinding"]:
        """What they say otherwise: each edit, or edits together that need each other."""
    @property
    def words(self) -> Table["Change"]:
        """Edits that can change no number: labels, sources, claims, what-ifs that are not run, evidence that does not count."""
    @property
    def attribution(self) -> Optional["CompareAttribution"]:
        """How answers' moves were shared out among the edits; null where there are none."""
    @property
    def void(self) -> "VoidFacts":
        """Draws that gave no number and were left out."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def readings(self) -> Table["Reading"]:
        """How expressions that allow more than one reading were read."""

class NewStep(Record):
    @property
    def command(self) -> str:
        """What to type."""
    @property
    def question(self) -> str:
        """What that answers."""

class New(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def file(self) -> str:
        """The file as the user named it."""
    @property
    def content(self) -> str:
        """What it holds."""
    @property
    def variables(self) -> Optional[int]:
        """How many variables a network has."""
    @property
    def arcs(self) -> Optional[int]:
        """How many arcs lead to them."""
    @property
    def next(self) -> Optional[Table["NewStep"]]:
        """What can be done with a template now."""

class ExperimentsFoundBox(Record):
    @property
    def expression(self) -> str:
        """What it asks for, as an expression that `--given` takes."""
    @property
    def restrictions(self) -> Table["Restriction"]:
        """What it restricts, that which does most first."""
    @property
    def mass(self) -> Any:
        """The share of all worlds that are among them."""
    @property
    def coverage(self) -> Any:
        """The share of the worlds in which it happens that are among them."""
    @property
    def density(self) -> Any:
        """The share of them in which it happens."""
    @property
    def outside(self) -> Any:
        """How probable it is that it happens in the worlds of no box up to this one."""
    @property
    def chosen(self) -> int:
        """The number of the box of the path that it was made of."""
    @property
    def path(self) -> Table["ExperimentsStep"]:
        """The boxes on the way to it and beyond, from that of all worlds which no box before it has."""

class ExperimentsStep(Record):
    @property
    def number(self) -> int:
        """Its number, as `--box` takes it."""
    @property
    def mass(self) -> Any:
        """The share of all worlds that are among them."""
    @property
    def coverage(self) -> Any:
        """The share of the worlds in which it happens that are among them."""
    @property
    def density(self) -> Any:
        """The share of them in which it happens."""
    @property
    def expression(self) -> str:
        """What it asks for, as an expression that `--given` takes; empty of all worlds."""
    @property
    def restricted(self) -> list[str]:
        """The names of what it restricts."""

class Experiments(Answer):
    @property
    def foretell(self) -> int:
        """The version of this contract."""
    @property
    def file(self) -> str:
        """The table as the user named it."""
    @property
    def rows(self) -> int:
        """Rows that were looked at."""
    @property
    def left_out(self) -> int:
        """Rows that lack a cell of a column that was looked at, or hold a number that is not finite there."""
    @property
    def unused_columns(self) -> list[str]:
        """Columns that hold neither numbers nor at most 40 different words."""
    @property
    def seed(self) -> int:
        """Which random numbers halved the rows."""
    @property
    def warnings(self) -> list[str]:
        """What the reader should know, each in a sentence."""
    @property
    def of(self) -> "Target":
        """What happens in them."""
    @property
    def probability(self) -> Optional[float]:
        """The estimate; null if there is none."""
    @property
    def std_error(self) -> Optional[float]:
        """The standard error of sampling: 0 if exact, null if it can't be told."""
    @property
    def interval(self) -> list[Optional[float]]:
        """The ends of the confidence interval."""
    @property
    def interval_level(self) -> float:
        """The level of the interval, a share of 1."""
    @property
    def exact(self) -> bool:
        """Whether no draw entered the estimate."""
    @property
    def measured_on(self) -> str:
        """What the numbers of boxes are measured on."""
    @property
    def searched(self) -> int:
        """How many worlds or rows the boxes were looked for in."""
    @property
    def support(self) -> float:
        """The least share of these that a box was to hold."""
    @property
    def boxes(self) -> Table["ExperimentsFoundBox"]:
        """The boxes, each of what those before it leave."""
    @property
    def together(self) -> Optional["Measured"]:
        """All boxes together, if there are several."""

class Questions:
    def run(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, all_variants: bool = False, joint: Optional[_Values] = None, of: Optional[_Values] = None, percentiles: Optional[_Values] = None, draws_out: Optional[_Value] = None, shard: Optional[_Value] = None, part: Optional[_Value] = None, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Run: ...
    def check(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, no_sampling: bool = False, second_opinion: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Check: ...
    def update(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Update: ...
    def sensitivity(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, of: Optional[_Values] = None, at: Optional[Literal['free', 'median']] = None, shapley: bool = False, structure: Optional[_Value] = None, screen: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Sensitivity: ...
    def influence(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Influence: ...
    def flip(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, to: Optional[_Value] = None, envelope: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Flip: ...
    def voi(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, of: Optional[_Value] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Voi: ...
    def decide(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Decide: ...
    def explain(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, draw: Optional[_Value] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Explain: ...
    def worlds(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Worlds: ...
    def discover(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, outcome: Optional[_Value] = None, state: Optional[_Value] = None, data: Optional[_Value] = None, of: Optional[_Value] = None, above: Optional[_Value] = None, below: Optional[_Value] = None, is_: Optional[_Value] = None, by: Optional[_Values] = None, box: Optional[_Value] = None, coverage: Optional[_Value] = None, density: Optional[_Value] = None, boxes: Optional[_Value] = None, peel: Optional[_Value] = None, support: Optional[_Value] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Discover: ...
    def sweep(self, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, vary: Optional[_Values] = None, also: Optional[_Values] = None, of: Optional[_Values] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Sweep: ...
    def compare(self, other: Optional[Union[Scenario, str, PathLike[str]]] = None, *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, of: Optional[_Values] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Compare: ...
    def figure(self, kind: Literal['answer', 'dotplot', 'drivers', 'ternary', 'variants', 'theories', 'evidence', 'priors', 'density', 'exceedance', 'tornado', 'shares', 'voi', 'flip', 'influence', 'decide', 'information', 'discover', 'explain', 'worlds', 'sweep', 'map', 'waterfall', 'joint', 'convergence'], *, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, of: Optional[_Values] = None, vary: Optional[_Values] = None, also: Optional[_Values] = None, joint: Optional[_Value] = None, with_: Optional[_Value] = None, output: Optional[_Value] = None, form: Optional[Literal['png', 'svg', 'pdf']] = None, size: Optional[_Values] = None, theme: Optional[Literal['light', 'dark', 'print']] = None, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Figure: ...
    def merge(self, parts: _Values, *, part: Optional[_Value] = None, of: Optional[_Values] = None, percentiles: Optional[_Values] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Run: ...
def discover(*, draws: Optional[_Value] = None, seed: Optional[_Value] = None, design: Optional[Literal['independent', 'lhs', 'sobol']] = None, precision: Optional[_Value] = None, max_time: Optional[_Time] = None, threads: Optional[_Value] = None, variant: Optional[_Values] = None, set: Optional[_Values] = None, given: Optional[_Values] = None, evidence: Optional[_Values] = None, until: Optional[_Value] = None, exact: Optional[Literal['require', 'allow', 'never']] = None, output: Optional[_Value] = None, no_charts: bool = False, quiet: bool = False, verbose: bool = False, excel: bool = False, outcome: Optional[_Value] = None, state: Optional[_Value] = None, data: Optional[_Value] = None, of: Optional[_Value] = None, above: Optional[_Value] = None, below: Optional[_Value] = None, is_: Optional[_Value] = None, by: Optional[_Values] = None, box: Optional[_Value] = None, coverage: Optional[_Value] = None, density: Optional[_Value] = None, boxes: Optional[_Value] = None, peel: Optional[_Value] = None, support: Optional[_Value] = None, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Experiments: ...
def new(name: _Value, *, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Union[New, str]: ...
def import_(file: _Value, *, output: Optional[_Value] = None, force: bool = False, from_: Optional[Literal['bif', 'xmlbif', 'net', 'xdsl', 'dne']] = None, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> Union[New, str]: ...
def schema(of: Literal['run', 'check', 'update', 'sensitivity', 'flip', 'voi', 'influence', 'decide', 'discover', 'experiments', 'explain', 'worlds', 'sweep', 'compare', 'merge', 'new', 'import', 'mistakes'], *, quiet: bool = False, verbose: bool = False, excel: bool = False, memory: Optional[_Value] = None, allow_path: Optional[_Values] = None) -> dict[str, Any]: ...
