"""A text about the future as a probability model that can be run, questioned and checked.

>>> import foretell
>>> budget = foretell.Scenario('''
... [factors.unity]
... value = 'beta(6, 3)'
... [outcomes.passes]
... base = 0.6
... weights = { unity = 3 }
... [outcomes.fails]
... base = 0.4
... ''')
>>> budget.run().outcomes["passes"].probability > 0.6
True
>>> budget.run(set={"unity": 0.2}).outcomes["passes"].probability < 0.6
True

Every question of the command line is a method of :class:`Scenario`, and its flags are keywords: ``--max-time 10s`` is
``max_time="10s"``. Probabilities and shares are numbers from 0 to 1, times are in seconds where they are numbers.
"""

from ._answer import Answer, Check
from ._draws import Draws
from ._errors import ForetellError, ScenarioError
from ._figure import Figure
from ._foretell import VERSION as __version__
from ._messages import Change, Edit, Message, Place
from ._questions import discover, import_, new, schema
from ._records import Record
from ._scenario import Scenario
from ._table import Table

__all__ = [
    "Answer",
    "Change",
    "Check",
    "Draws",
    "Edit",
    "Figure",
    "ForetellError",
    "Message",
    "Place",
    "Record",
    "Scenario",
    "ScenarioError",
    "Table",
    "__version__",
    "discover",
    "import_",
    "new",
    "schema",
]
