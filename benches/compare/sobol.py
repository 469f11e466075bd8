"""Sobol's indices of the model of benches/models/summit.toml by SALib, as its documentation does it.

    python sobol.py POINTS

Saltelli's sample of POINTS base points, the correlated pair as one group; the model in NumPy with SciPy's quantiles; then
the analysis of each of the three outputs, with SALib's bootstrapped intervals. Prints, as JSON, the indices of the first output
with the half-widths of their 90 % intervals.
"""

import json
import sys

import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sample
from scipy import stats

FACTORS = {
    "inertia": stats.beta(8, 2),
    "russia_shell_need": stats.beta(6, 2),
    "dprk_supply": stats.beta(5, 2),
    "dprk_food_need": stats.beta(6, 2),
    "russia_can_pay": stats.beta(4, 2),
    "us_concern": stats.beta(5, 3),
    "seoul_pressure": stats.beta(4, 3),
    "china_approval": stats.beta(3, 3),
    "china_monopoly_cost": stats.beta(3, 4),
    "china_leverage": stats.beta(7, 2),
    "schism_gain": stats.beta(3, 5),
    "dprk_unreliability": stats.triang(c=0.4 / 0.75, loc=0.2, scale=0.75),
    "political_shock": stats.norm(0, 1),
}
PAIR = ("russia_shell_need", "dprk_food_need")


def probabilities(uniforms):
    u = dict(zip(FACTORS, uniforms.T, strict=True))
    first, second = (stats.norm.ppf(u[name]) for name in PAIR)
    u[PAIR[1]] = stats.norm.cdf(0.5 * first + np.sqrt(0.75) * second)
    x = {name: law.ppf(u[name]) for name, law in FACTORS.items()}
    trade = 0.6 * np.sqrt(x["russia_shell_need"] * x["dprk_supply"]) + 0.4 * np.sqrt(x["dprk_food_need"] * x["russia_can_pay"])
    scores = np.stack([
        1.2 + 2.0 * x["inertia"] - 1.5 * trade - 0.5 * x["us_concern"] + 0.3 * x["political_shock"],
        2.2 * trade + 1.8 * x["china_approval"] - 1.2 * x["china_monopoly_cost"] + 0.6 * x["seoul_pressure"]
        - 0.8 * x["dprk_unreliability"],
        -1.5 + 1.2 * trade + 1.5 * x["schism_gain"] - 2.5 * x["china_leverage"] * (1 - x["china_approval"]),
    ])
    scores = np.exp(scores - scores.max(axis=0))
    return scores / scores.sum(axis=0)


def main(points):
    names = list(FACTORS)
    groups = [" & ".join(PAIR) if name in PAIR else name for name in names]
    problem = {"num_vars": len(names), "names": names, "bounds": [[1e-12, 1 - 1e-12]] * len(names), "groups": groups}
    outputs = probabilities(sample.sample(problem, points, calc_second_order=False, seed=1))
    how = {"calc_second_order": False, "conf_level": 0.9, "seed": 1}
    found = [analysis.analyze(problem, output, **how) for output in outputs]
    order = list(dict.fromkeys(groups))
    one = {
        name: {key: float(found[0][key][at]) for key in ("S1", "S1_conf", "ST", "ST_conf")} for at, name in enumerate(order)
    }
    print(json.dumps(one))


main(int(sys.argv[1]))
