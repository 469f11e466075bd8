//! What help shows: how each verb is typed.

pub(super) const OVERVIEW: &str = "\
Examples:
  foretell new budget                 write budget.toml, a scenario to change into your own
  foretell check budget.toml          see whether it is sound and agrees with its source
  foretell run budget.toml            see how probable each outcome is, and why

Exit codes: 0 done, 1 a claim does not hold, 2 the file, the arguments or the machine said no.";

pub(super) const RUN: &str = "\
Examples:
  foretell run budget.toml                            table here; charts and files in output/budget/
  foretell run budget.toml --set coalition_unity=0.9  what if the coalition held together?
  foretell run budget.toml --given 'growth < 1'       what if we learned that growth is below 1 %?
  foretell run budget.toml --variant boom             what if, as the file's [variants.boom] says?
  foretell run budget.toml --all-variants             every what-if of the file in one table
  foretell run budget.toml --joint 'growth < 1, outcome'
                                                      which things go together, as a table and a heat map
  foretell run budget.toml --precision 0.0001         until each standard error is 0.01 points
  foretell run budget.toml --format json | jq .outcomes
  foretell run budget.toml -q --of growth --percentiles 1,25,75,99
                                                      some quantities only, and more of their spread
  foretell run budget.toml --draws-out - | head -3    every draw as CSV, here to standard output
  foretell run budget.toml -n 1e7 --draws-out draws.parquet
                                                      the same for pandas, polars and DuckDB, in a fraction of the time
  foretell run - -o out < budget.toml                 read standard input, write into out/
  foretell run budget.toml -n 1e9 --shard 2/5 --part two.part
                                                      a fifth of the draws; `foretell merge` joins all
  foretell run budget.toml -n 1e9 --shard auto --part parts/
                                                      the share of a task of Slurm, AWS Batch or MPI";

pub(super) const MERGE: &str = "\
Examples:
  foretell run budget.toml -n 1e9 --shard 1/2 --part one.part   on one machine
  foretell run budget.toml -n 1e9 --shard 2/2 --part two.part   on another
  foretell merge budget.toml one.part two.part                  the answer of `foretell run budget.toml -n 1e9`
  foretell merge budget.toml *.part --format json -o out        in any order, as JSON, with files in out/
  foretell merge budget.toml parts/ 'more/*.part'               folders, and patterns that no shell has replaced
  foretell merge budget.toml one.part two.part --part both.part one part of several, which merges with others

Values replaced by --set, the seed and the design are those of the parts.";

pub(super) const CHECK: &str = "\
Examples:
  foretell check budget.toml                  messages, then a verdict on every claim
  foretell check budget.toml -v               and how `a to b` and words were read
  foretell check budget.toml --no-sampling    the file alone, without testing its claims
  foretell check budget.toml --second-opinion every answer once more by plain simulation: do both agree?
  foretell check budget.toml --set coalition_unity=0.2 --format json

Exit codes: 0 sound, and no claim fails (one too close to tell is a warning); 1 a claim fails, or a second opinion
disagrees; 2 the file has errors.";

pub(super) const UPDATE: &str = "\
Examples:
  foretell update summit.toml                      before and after all evidence, and what each item adds
  foretell update summit.toml --until 2024-03-31   what could be known on that day
  foretell update summit.toml --only ships,treaty  these items alone
  foretell update summit.toml --format json | jq .timeline";

pub(super) const SENSITIVITY: &str = "\
Examples:
  foretell sensitivity summit.toml                     what moves each outcome, strongest first
  foretell sensitivity summit.toml --of deal -v        all about one answer
  foretell sensitivity summit.toml --at median         with all else at its median
  foretell sensitivity summit.toml --shapley           shares that sum to 1, also of correlated factors
  foretell sensitivity summit.toml --structure 20%     which number of the file decides?";

pub(super) const INFLUENCE: &str = "\
Examples:
  foretell influence summit.toml              what enters what, strongest first; the picture in output/summit/
  foretell influence summit.toml -v           every link, also those that are too weak to tell
  foretell influence summit.toml --given deal what goes with what once that is known
  foretell influence summit.toml --format json | jq .links";

pub(super) const FLIP: &str = "\
Examples:
  foretell flip summit.toml                      what makes another outcome lead, the smallest change first
  foretell flip summit.toml --to deal            what makes this one lead
  foretell flip summit.toml --envelope           how far could an honest critic argue each probability?
  foretell run summit.toml --set approval=0.57   fixes a value that flip named
Claims that fail come with the numbers of the file that would make them hold.";

pub(super) const VOI: &str = "\
Examples:
  foretell voi summit.toml                       what to find out next, the most telling first
  foretell voi summit.toml --of deal             what tells whether one outcome comes true
  foretell voi summit.toml --evidence all        what is left to be found out after the evidence
  foretell voi summit.toml --format csv          every thing with its bits, Brier score and cost
A `cost = 3` on a factor, an event or an item of evidence adds what each tells for its cost.";

pub(super) const DECIDE: &str = "\
Examples:
  foretell decide oil.toml                     which option is best, by how much, and what to find out first
  foretell decide oil.toml -v                  all that could be known, and what is best after each result of a test
  foretell decide oil.toml --set decisions.drill.tests.seismic.cost=40
                                               what if the test cost more?
  foretell decide oil.toml --given 'oil != dry'
                                               what is best once that is known?
  foretell decide oil.toml --format json | jq '.decisions[].options'

The file says what can be done: `[[decisions]]`, with `[decisions.options.NAME]` and a `payoff` in each.";

pub(super) const DISCOVER: &str = "\
Examples:
  foretell discover summit.toml --outcome deal        in which worlds does it come true? One box, as a sentence
  foretell discover summit.toml --outcome deal -v     the whole path of boxes, and what each restriction does
  foretell discover summit.toml --outcome deal --box 12
                                                      that box of the path
  foretell discover summit.toml --outcome deal --coverage 80%
                                                      the densest box that holds four fifths of it
  foretell discover summit.toml --outcome deal --boxes 3
                                                      further boxes in what is left
  foretell discover summit.toml --state mood=calm --by trade,pressure
                                                      what puts a factor into a state, told by two others";

pub(super) const EXPLAIN: &str = "\
Examples:
  foretell explain summit.toml                  the typical world of each outcome, and the nearest that ends otherwise
  foretell explain summit.toml -v               every shift with its error, and what the spread is made of
  foretell explain summit.toml --draw 3         how one draw comes about: every value, every term of every score
  foretell explain summit.toml --draw 3 --format json | jq .draw.scores";

pub(super) const WORLDS: &str = "\
Examples:
  foretell worlds summit.toml                    five futures, each as probable as any other
  foretell worlds summit.toml -n 3 --given deal  three in which there is a deal
  foretell worlds summit.toml -n 10000 --format csv > worlds.csv
                                                 ten thousand, one a line
  foretell explain summit.toml --draw 3          how the third came about, step by step";

pub(super) const SWEEP: &str = "\
Examples:
  foretell sweep budget.toml --vary coalition_unity=0:1    who leads where, and the answers at 101 values
  foretell sweep budget.toml --vary growth=-1:3:21 --of passes
                                                           one outcome at 21 values
  foretell sweep budget.toml --vary outcomes.passes.base=0.2:0.8
                                                           a number of the file, by its address as after --set
  foretell sweep budget.toml --vary growth=-1:3 --vary coalition_unity=0:1
                                                           a map of two: who leads where, and by how much
  foretell sweep budget.toml --vary growth=-1:3 --also coalition_unity
                                                           the same with another factor at its P5, P50 and P95
  foretell sweep budget.toml --vary growth=-1:3 -o out     with pictures, in out/charts/
  foretell sweep budget.toml --vary growth=-1:3 --format csv > growth.csv";

pub(super) const COMPARE: &str = "\
Examples:
  foretell compare old.toml new.toml              what differs, how far each answer moved, which edit moved it
  foretell compare HEAD:budget.toml budget.toml   what did I change since the last commit?
  foretell compare main:budget.toml feature:budget.toml --of growth
  foretell compare budget.toml --variant boom     the file beside a what-if of its own
  foretell compare budget.toml --variant boom --variant bust
                                                  two what-ifs of one file
  foretell compare old.toml new.toml --set coalition_unity=0.9 -o out
                                                  the same value in both; every form and a chart in out/
  foretell compare old.toml new.toml --format json | jq '.edits[].effects'";

pub(super) const PLOT: &str = "\
Examples:
  foretell plot budget.toml answer                     write budget-answer.png here
  foretell plot budget.toml drivers -o drivers.svg     another form, by the ending: .png, .svg, .pdf
  foretell plot budget.toml answer --given 'growth < 1'
                                                       any what-if that `run` takes
  foretell plot budget.toml tornado --of passes        about one answer
  foretell plot budget.toml sweep --vary coalition_unity=0:1
  foretell plot budget.toml map --vary growth=-1:3 --vary coalition_unity=0:1
  foretell plot budget.toml joint --joint 'growth < 1, outcome'
  foretell plot old.toml waterfall --with new.toml     or --variant boom: the file beside a what-if of its own
  foretell plot budget.toml answer --size 1920x1080 --theme dark -o slide.png
  foretell plot budget.toml answer -o - --form svg > answer.svg

docs/gallery.md shows one of each.";

pub(super) const NEW: &str = "\
Examples:
  foretell new budget                  write budget.toml
  foretell new scenarios/budget.toml   write it into a folder that exists
  foretell new budget && foretell run budget.toml
  foretell new - | less                to read it only";

pub(super) const IMPORT: &str = "\
Examples:
  foretell import asia.bif                    write asia.toml
  foretell import clinic.xdsl                 from GeNIe; .net from Hugin, .dne from Netica, .xml in XMLBIF
  foretell import asia.bif -o clinic.toml     under another name
  foretell import asia.bif --force            in place of the asia.toml that is there
  foretell import - -o - < asia.bif           from standard input to standard output
  foretell import clinic.txt --from net       where neither ending nor text tells the format

Decisions and utilities become decisions of the scenario, or factors to be set and derived values. Names that can't
stand in a scenario file are changed and survive as labels, which stand for them in --given, --set and --of. What can't
be imported is named.";

pub(super) const SCHEMA: &str = "\
Examples:
  foretell schema run > run.schema.json   what `foretell run FILE --format json` prints
  foretell schema mistakes                what is printed with --format json where something is wrong";
