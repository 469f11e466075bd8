#!/usr/bin/env python3
"""Makes the tables of this folder with mpmath, from definitions, to 60 digits.

    pip install mpmath==1.3.0 scipy==1.17.1
    python3 make.py [family | functions | truncated]…

scipy only chooses the points (its quantiles need not be right); every value is mpmath's: incomplete gamma and beta
functions by their power series of positive terms in whole numbers of 2^-200 (2^-1200 above the mean of a gamma variable,
so that 1 - p keeps its digits down to 1e-300), or where that is slow by the continued fraction DLMF 8.17.22. Truncated
moments are integrals in 30 digits.
"""
import csv, math, random, sys
import mpmath as mp
import scipy, scipy.stats as st
from mpmath import mpf

mp.mp.dps = 60


def write(name, columns, rows):
    with open(name, "w", newline="") as file:
        file.write(f"# mpmath {mp.__version__} with {mp.mp.dps} digits; points chosen by scipy {scipy.__version__}; made by make.py\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def text(value):
    return "" if value is None else mp.nstr(value, 20) if isinstance(value, mpf) else repr(value)


# -- incomplete functions ---------------------------------------------------------------------------------------------

def positive_series(top, top_step, bottom, bottom_step, x, bits):
    """1 + r(1) + r(1) r(2) + …, r(n) = x (top + n top_step) / (bottom + n bottom_step), in whole numbers of 2^-bits."""
    top, bottom, x = (int(mp.floor(mp.ldexp(mpf(value), bits))) for value in (top, bottom, x))
    step = 1 << bits
    total = term = step
    while term:
        top += top_step * step
        bottom += bottom_step * step
        term = (term * x >> bits) * top // bottom
        total += term
    return mp.ldexp(mpf(total), -bits)


def gamma_tails(a, x):
    with mp.workdps(400):
        a, x = mpf(a), mpf(x)
        if x <= 0:
            return mpf(0), mpf(1)
        front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
        lower = front * positive_series(1, 0, a, 1, x, 1200 if x > a else 200)
        return lower, 1 - lower


def beta_tails(a, b, x, y):
    a, b, x, y = map(mpf, (a, b, x, y))
    if x <= 0:
        return mpf(0), mpf(1)
    if y <= 0:
        return mpf(1), mpf(0)
    if x * (a + b) > a:
        upper, lower = beta_tails(b, a, y, x)
        return lower, upper
    lower = mp.exp(a * mp.log(x) + b * mp.log(y) - lbeta(a, b)) / a
    lower *= positive_series(a + b - 1, 1, a, 1, x, 220) if y > 0.01 else beta_fraction(a, b, x)
    return lower, 1 - lower


def beta_fraction(a, b, x):
    """1 / (1 + d1 / (1 + d2 / (1 + …))), DLMF 8.17.22, by Steed's recurrence."""
    def coefficient(n):
        m = n // 2
        if n % 2:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d, step, n = mpf(1), mpf(1), 0
    total = mpf(1)
    while abs(step) > mpf(10) ** -35 * abs(total):
        n += 1
        c = coefficient(n)
        d_next = 1 / (1 + c * d)
        step *= d_next - 1
        d = d_next
        total += step
    return total


def lbeta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def choose(n, k):
    return mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1))


# -- families: (density or mass, (lower, upper)) at x -----------------------------------------------------------------

def normal(x, m, s):
    z = (mpf(x) - m) / s
    return mp.npdf(z) / s, (mp.erfc(-z / mp.sqrt(2)) / 2, mp.erfc(z / mp.sqrt(2)) / 2)

def lognormal(x, m, s):
    f, tails = normal(mp.log(mpf(x)), mpf(m), mpf(s))
    return f / mpf(x), tails

def beta(x, a, b):
    x, a, b = mpf(x), mpf(a), mpf(b)
    return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - lbeta(a, b)), beta_tails(a, b, x, 1 - x)

def uniform(x, a, b):
    x, a, b = mpf(x), mpf(a), mpf(b)
    return 1 / (b - a), ((x - a) / (b - a), (b - x) / (b - a))

def triangular(x, a, c, b):
    x, a, b, c = mpf(x), mpf(a), mpf(b), mpf(c)
    if x < c:
        lower = (x - a) ** 2 / ((b - a) * (c - a))
        return 2 * (x - a) / ((b - a) * (c - a)), (lower, 1 - lower)
    upper = (b - x) ** 2 / ((b - a) * (b - c)) if b > c else mpf(0)
    return (2 * (b - x) / ((b - a) * (b - c)) if b > c else 2 / (b - a)), (1 - upper, upper)

def pert(x, a, c, b, l):
    x, a, b, c, l = map(mpf, (x, a, b, c, l))
    f, tails = beta((x - a) / (b - a), 1 + l * (c - a) / (b - a), 1 + l * (b - c) / (b - a))
    return f / (b - a), tails

def gamma(x, a, s):
    z, a = mpf(x) / mpf(s), mpf(a)
    return mp.exp((a - 1) * mp.log(z) - z - mp.loggamma(a)) / s, gamma_tails(a, z)

def exponential(x, r):
    x, r = mpf(x), mpf(r)
    return r * mp.exp(-r * x), (-mp.expm1(-r * x), mp.exp(-r * x))

def weibull(x, k, s):
    z, k = mpf(x) / mpf(s), mpf(k)
    return k / mpf(s) * z ** (k - 1) * mp.exp(-z ** k), (-mp.expm1(-z ** k), mp.exp(-z ** k))

def student_t(x, v, m, s):
    z, v = (mpf(x) - m) / s, mpf(v)
    f = mp.exp(-(v + 1) / 2 * mp.log1p(z * z / v) - lbeta(v / 2, mpf(1) / 2)) / mp.sqrt(v) / s
    tail = beta_tails(v / 2, mpf(1) / 2, v / (v + z * z), z * z / (v + z * z))[0] / 2
    return f, ((tail, 1 - tail) if z < 0 else (1 - tail, tail))

def cauchy(x, m, s):
    z = (mpf(x) - m) / s
    tail = mp.atan(1 / abs(z)) / mp.pi if z else mpf(1) / 2
    return 1 / (mp.pi * s * (1 + z * z)), ((tail, 1 - tail) if z < 0 else (1 - tail, tail))

def logistic_dist(x, m, s):
    z = (mpf(x) - m) / s
    lower, upper = 1 / (1 + mp.exp(-z)), 1 / (1 + mp.exp(z))
    return lower * upper / s, (lower, upper)

def poisson(x, m):
    mass = mp.exp(x * mp.log(mpf(m)) - m - mp.loggamma(mpf(x) + 1))
    if mass < mpf(10) ** -305:
        return mass, (mpf(0), mpf(0))
    upper, lower = gamma_tails(x + 1, m)
    return mass, (lower, upper)

def binomial(x, n, p):
    p = mpf(p)
    mass = mp.exp(mp.log(choose(mpf(n), mpf(x))) + x * mp.log(p) + (n - x) * mp.log(1 - p))
    if x >= n:
        return mass, (mpf(1), mpf(0))
    upper, lower = beta_tails(x + 1, n - x, p, 1 - p)
    return mass, (lower, upper)

def geometric(x, p):
    p = mpf(p)
    return p * (1 - p) ** x, (1 - (1 - p) ** (x + 1), (1 - p) ** (x + 1))

def negative_binomial(x, r, p):
    r, p = mpf(r), mpf(p)
    mass = mp.exp(mp.loggamma(r + x) - mp.loggamma(r) - mp.loggamma(mpf(x) + 1) + r * mp.log(p) + x * mp.log(1 - p))
    return mass, beta_tails(r, x + 1, p, 1 - p)

def hypergeometric(x, n, k, d):
    mass = lambda i: choose(mpf(k), mpf(i)) * choose(mpf(n - k), mpf(d - i)) / choose(mpf(n), mpf(d))
    low, high = max(0, d + k - n), min(k, d)
    f = lower = mass(x)
    term, i = lower, x
    while i > low and term > lower * mpf(10) ** -40:
        term *= mpf(i) * (n - k - d + i) / (mpf(k - i + 1) * (d - i + 1))
        i -= 1
        lower += term
    upper, term, i = mpf(0), f, x
    while i < high and (upper == 0 or term > upper * mpf(10) ** -40):
        term *= mpf(k - i) * (d - i) / (mpf(i + 1) * (n - k - d + i + 1))
        i += 1
        upper += term
    return f, (lower, upper)

def bernoulli(x, p):
    return (mpf(p), (mpf(1), mpf(0))) if x else (1 - mpf(p), (1 - mpf(p), mpf(p)))


# -- moments ----------------------------------------------------------------------------------------------------------

M = mpf
MOMENTS = dict(
    normal=lambda m, s: (m, s),
    lognormal=lambda m, s: (mp.exp(m + M(s) ** 2 / 2), mp.exp(m + M(s) ** 2 / 2) * mp.sqrt(mp.expm1(M(s) ** 2))),
    beta=lambda a, b: (M(a) / (M(a) + b), mp.sqrt(M(a) * b / ((M(a) + b) ** 2 * (M(a) + b + 1)))),
    uniform=lambda a, b: ((M(a) + b) / 2, (M(b) - a) / mp.sqrt(12)),
    triangular=lambda a, c, b: (
        (M(a) + b + c) / 3, mp.sqrt((M(a) ** 2 + M(b) ** 2 + M(c) ** 2 - M(a) * b - M(a) * c - M(b) * c) / 18)),
    pert=lambda a, c, b, l: (
        (M(a) + l * M(c) + b) / (l + 2),
        mp.sqrt(((M(a) + l * M(c) + b) / (l + 2) - a) * (b - (M(a) + l * M(c) + b) / (l + 2)) / (M(l) + 3))),
    gamma=lambda a, s: (M(a) * s, mp.sqrt(M(a)) * s),
    exponential=lambda r: (1 / M(r), 1 / M(r)),
    weibull=lambda k, s: (
        s * mp.gamma(1 + 1 / M(k)), s * mp.sqrt(mp.gamma(1 + 2 / M(k)) - mp.gamma(1 + 1 / M(k)) ** 2)),
    student_t=lambda v, m, s: (
        M(m) if v > 1 else mp.nan, s * mp.sqrt(M(v) / (M(v) - 2)) if v > 2 else mp.inf if v > 1 else mp.nan),
    cauchy=lambda m, s: (mp.nan, mp.nan),
    logistic_dist=lambda m, s: (M(m), s * mp.pi / mp.sqrt(3)),
    poisson=lambda m: (M(m), mp.sqrt(M(m))),
    binomial=lambda n, p: (n * M(p), mp.sqrt(n * M(p) * (1 - M(p)))),
    geometric=lambda p: ((1 - M(p)) / p, mp.sqrt(1 - M(p)) / p),
    negative_binomial=lambda r, p: (r * (1 - M(p)) / p, mp.sqrt(r * (1 - M(p))) / p),
    hypergeometric=lambda n, k, d: (
        M(d) * k / n, mp.sqrt(M(d) * k / n * (n - k) / n * (n - d) / (n - 1)) if n > 1 else M(0)),
    bernoulli=lambda p: (M(p), mp.sqrt(M(p) * (1 - M(p)))),
)

CASES = dict(
    normal=[(0.0, 1.0), (-3.5, 0.25), (1e6, 1e-3)],
    lognormal=[(0.0, 1.0), (2.0, 0.1), (-1.0, 3.0)],
    beta=[(8.0, 2.0), (0.5, 0.5), (1.0, 3.0), (1.0, 1.0), (0.001, 0.001), (0.01, 5.0), (5.0, 0.01), (0.1, 1000.0), (40.0, 60.0),
          (300.0, 20.0), (2000.0, 3000.0), (5000.0, 20000.0), (1e6, 1e6), (1e6, 2e6), (2.5, 1e7), (1e7, 3.0), (1e7, 1e4), (1e4, 1e7)],
    uniform=[(0.0, 1.0), (-2.0, 7.5)],
    triangular=[(0.2, 0.6, 0.95), (0.0, 0.0, 1.0), (-1.0, 3.0, 3.0)],
    pert=[(0.0, 0.3, 1.0, 4.0), (-5.0, -5.0, 20.0, 4.0), (1.0, 9.0, 10.0, 40.0)],
    gamma=[(1.0, 1.0), (0.1, 1.0), (0.001, 2.0), (0.5, 3.0), (2.5, 0.01), (15.0, 1.0), (25.0, 1.0), (100.0, 1.0), (1e4, 1.0), (1e6, 1e-3), (1e7, 1.0)],
    exponential=[(1.0,), (0.004,)],
    weibull=[(1.5, 2.0), (0.5, 1.0), (0.1, 1.0), (30.0, 5.0)],
    student_t=[(1.0, 0.0, 1.0), (0.5, 0.0, 1.0), (2.0, 0.0, 1.0), (3.0, 1.0, 2.0), (7.5, 0.0, 1.0), (30.0, 0.0, 1.0), (1000.0, 0.0, 1.0), (1e7, 0.0, 1.0)],
    cauchy=[(0.0, 1.0), (5.0, 0.1)],
    logistic_dist=[(0.0, 1.0), (-2.0, 0.5)],
    poisson=[(0.01,), (1.0,), (4.5,), (30.0,), (300.0,), (1e4,), (1e7,)],
    binomial=[(1, 0.3), (10, 0.5), (20, 0.01), (1000, 0.2), (100000, 0.999), (2000000, 0.5), (10000000, 1e-6)],
    geometric=[(0.3,), (0.999,), (1e-6,)],
    negative_binomial=[(1.0, 0.3), (0.1, 0.05), (2.5, 0.5), (40.0, 0.9), (1e4, 0.01), (0.001, 1e-4)],
    hypergeometric=[(20, 7, 12), (500, 60, 200), (10000, 50, 5000), (1000000, 300000, 1000), (1000000, 500000, 500000)],
    bernoulli=[(0.3,), (1e-12,)],
)
DISCRETE = {"poisson", "binomial", "geometric", "negative_binomial", "hypergeometric", "bernoulli"}
SCIPY = dict(
    normal=lambda m, s: st.norm(m, s), lognormal=lambda m, s: st.lognorm(s, scale=math.exp(m)), beta=lambda a, b: st.beta(a, b),
    uniform=lambda a, b: st.uniform(a, b - a), triangular=lambda a, c, b: st.triang((c - a) / (b - a), a, b - a),
    pert=lambda a, c, b, l: st.beta(1 + l * (c - a) / (b - a), 1 + l * (b - c) / (b - a), a, b - a),
    gamma=lambda a, s: st.gamma(a, scale=s), exponential=lambda r: st.expon(scale=1 / r),
    weibull=lambda k, s: st.weibull_min(k, scale=s), student_t=lambda v, m, s: st.t(v, m, s), cauchy=lambda m, s: st.cauchy(m, s),
    logistic_dist=lambda m, s: st.logistic(m, s), poisson=lambda m: st.poisson(m), binomial=lambda n, p: st.binom(n, p),
    geometric=lambda p: st.geom(p, loc=-1), negative_binomial=lambda r, p: st.nbinom(r, p),
    hypergeometric=lambda n, k, d: st.hypergeom(n, k, d), bernoulli=lambda p: st.bernoulli(p))
LEVELS = [1e-300, 1e-200, 1e-100, 1e-40, 1e-16, 1e-9, 1e-4, 0.01, 0.1, 0.3, 0.5]


def points(name, parameters):
    """Points over the whole support, doubles, from scipy's quantiles."""
    frozen = SCIPY[name](*parameters)
    found = set()
    for level in LEVELS:
        for quantile in (frozen.ppf, frozen.isf):
            try:
                x = float(quantile(level))
            except Exception:
                continue
            if math.isfinite(x):
                found.add(x)
    m, s = (float(v) for v in MOMENTS[name](*parameters))
    if math.isfinite(m) and math.isfinite(s):
        found |= {m + k * s for k in (-30, -12, -5, -2, -1, -0.1, 0, 0.1, 1, 2, 5, 12, 30)}
    if name in ("gamma", "beta", "lognormal", "weibull") and parameters[0] < 3:
        found |= {1e-250, 1e-60, 1e-10, 1e-3}
    if name == "student_t" and parameters[0] < 5:
        found |= {-1e100, -1e30, -1e10, -1e5, -1e-5, 1e-5, 1e5, 1e20, 1e60}
    if name == "cauchy":
        found |= {-1e200, -1e10, 1e200}
    if name in DISCRETE:
        found = {int(math.floor(x)) for x in found} | {0, 1, 2}
    low, high = frozen.support()
    return sorted(x for x in found if (low <= x <= high if name in DISCRETE else low < x < high))


def distributions(names):
    for name in names:
        cases = CASES[name]
        rows, moments = [], []
        for parameters in cases:
            filled = list(parameters) + [""] * (4 - len(parameters))
            for x in points(name, parameters):
                f, (lower, upper) = globals()[name](x, *parameters)
                if min(lower, upper) < mpf(10) ** -305 and min(lower, upper) != 0 or 0 < f < mpf(10) ** -305 or f > mpf(10) ** 305:
                    continue
                rows.append([*filled, repr(float(x)), text(f), text(lower), text(upper)])
            moments.append([*filled, *(text(+v) if isinstance(v, mpf) else repr(v) for v in MOMENTS[name](*parameters))])
            print(name, parameters, flush=True)
        write(f"{name}.csv", ["p1", "p2", "p3", "p4", "x", "pdf", "cdf", "survival"], rows)
        write(f"{name}_moments.csv", ["p1", "p2", "p3", "p4", "mean", "sd"], moments)


# -- elementary and special functions ---------------------------------------------------------------------------------

def functions():
    rng = random.Random(20230913)
    rows = []
    exps = [rng.uniform(-745, 709.7) for _ in range(300)] + [rng.uniform(-1, 1) for _ in range(100)] + [-708.5, -744.9, 709.78, 1e-300, -1e-10]
    rows += [("exp", x, "", mp.exp(mpf(x))) for x in exps]
    lns = [math.ldexp(rng.uniform(1, 2), rng.randint(-1074, 1023)) for _ in range(300)] + [1 + rng.uniform(-0.3, 0.5) for _ in range(200)]
    lns += [5e-324, 1e-310, math.nextafter(1, 0), math.nextafter(1, 2), 0.7071067811865475, 0.7071067811865476, 1.4142135623730951, 1.7976931348623157e308]
    rows += [("ln", x, "", mp.log(mpf(x))) for x in lns]
    rows += [("logistic", x, "", 1 / (1 + mp.exp(-mpf(x)))) for x in [rng.uniform(-740, 40) for _ in range(100)] + [0.0, 1e-9, -1e-9]]
    logits = [rng.random() for _ in range(100)] + [0.5 + 1e-12, 0.5 - 1e-9, 1e-300, 1 - 1e-15, 0.3, 0.7]
    rows += [("logit", x, "", mp.log(mpf(x) / (1 - mpf(x)))) for x in logits]
    rows += [("normal_cdf", x, "", mp.erfc(-mpf(x) / mp.sqrt(2)) / 2) for x in [rng.uniform(-37.5, 8) for _ in range(100)]]
    rows += [("normal_pdf", x, "", mp.npdf(mpf(x))) for x in [rng.uniform(-37.5, 37.5) for _ in range(50)]]
    tails = [10 ** rng.uniform(-300, -0.31) for _ in range(80)] + [rng.uniform(0.01, 0.99) for _ in range(50)] + [0.075, 0.925, 1e-300, 1e-308]
    for u in tails:
        # Newton's method on ln Φ, from scipy's value.
        z = mpf(float(st.norm.ppf(u)))
        for _ in range(6):
            cdf = mp.erfc(-z / mp.sqrt(2)) / 2
            z -= mp.log(cdf / mpf(u)) * cdf / mp.npdf(z)
        rows.append(("normal_quantile", u, "", z))
    shapes = [10 ** rng.uniform(-6, 7) for _ in range(60)] + [1e-9, 0.5, 1.0, 2.0, 1.0000001, 1.9999999]
    rows += [("ln_gamma", x, "", mp.loggamma(mpf(x))) for x in shapes]
    rows += [("ln_gamma_1p", x, "", mp.loggamma(1 + mpf(x))) for x in [rng.uniform(-0.5, 3) for _ in range(50)] + [1e-12, -1e-7, 1e-3]]
    for n, k in [(5, 2), (52, 5), (1e6, 3), (1e6, 5e5), (1e7, 1e3), (10.5, 3.25), (1e15, 7e14)]:
        n, k = float(n), float(k)
        rows.append(("ln_choose", n, k, mp.loggamma(mpf(n) + 1) - mp.loggamma(mpf(k) + 1) - mp.loggamma(mpf(n) - mpf(k) + 1)))
    write("functions.csv", ["function", "x", "y", "value"], [(f, repr(x), repr(y) if y != "" else "", text(+v)) for f, x, y, v in rows])


# -- composites -------------------------------------------------------------------------------------------------------

def conditional(density, low, high):
    pieces = mp.linspace(low, high, 257)
    mass = mp.quad(density, pieces)
    mean = mp.quad(lambda x: x * density(x), pieces) / mass
    square = mp.quad(lambda x: (x - mean) ** 2 * density(x), pieces) / mass
    return mean, mp.sqrt(square)


def composites():
    mp.mp.dps = 30
    cut = lambda name, parameters, low, high: (
        name, *parameters, *[""] * (3 - len(parameters)), low, high, *conditional(lambda x: globals()[name](x, *parameters)[0], mpf(low), mpf(high)))
    rows = [
        cut("normal", (0.0, 1.0), 8.0, 9.0), cut("normal", (0.0, 1.0), -1.0, 3.0), cut("normal", (0.0, 1.0), -38.0, -30.0),
        cut("beta", (8.0, 2.0), 0.1, 0.7), cut("gamma", (0.5, 3.0), 0.25, 40.0), cut("student_t", (1.0, 0.0, 1.0), -3.0, 50.0),
        cut("lognormal", (0.0, 1.0), 2.0, 30.0), cut("cauchy", (0.0, 1.0), -1.0, 1000.0), cut("weibull", (1.5, 2.0), 0.5, 5.0),
        cut("logistic_dist", (-2.0, 0.5), 0.0, 9.0),
    ]
    write("truncated.csv", ["family", "p1", "p2", "p3", "low", "high", "mean", "sd"], [[text(v) if isinstance(v, mpf) else v for v in row] for row in rows])
    mp.mp.dps = 60


def bivariate_normal():
    """P(X <= h, Y <= k) of standard normals with correlation r at the quantiles h, k of p, q (Plackett 1954):
    p q + the integral of the joint density at (h, k) over the correlation from 0 to r."""
    rows = []
    for r in ["-0.99", "-0.8", "-0.5", "-0.1", "0", "0.1", "0.5", "0.8", "0.95", "0.99"]:
        for p, q in [("0.5", "0.5"), ("0.25", "0.75"), ("0.9", "0.9"), ("0.9", "0.6"), ("0.3", "0.3")]:
            h, k = (mp.sqrt(2) * mp.erfinv(2 * mpf(one) - 1) for one in (p, q))
            density = lambda s: mp.exp(-(h * h - 2 * s * h * k + k * k) / (2 * (1 - s * s))) / (2 * mp.pi * mp.sqrt(1 - s * s))
            joint = mpf(p) * mpf(q) + mp.quad(density, mp.linspace(0, mpf(r), 9))
            assert p != "0.5" or abs(joint - (mpf(1) / 4 + mp.asin(mpf(r)) / (2 * mp.pi))) < mpf(10) ** -20
            if joint > mpf("0.002"):
                rows.append([r, p, q, mp.nstr(joint, 17)])
    with open("bivariate_normal.csv", "w", newline="") as file:
        file.write(f"# mpmath {mp.__version__} with {mp.mp.dps} digits; made by make.py\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["correlation", "p", "q", "joint"])
        out.writerows(rows)


def t_copula():
    """Under the bivariate t copula with correlation r of the normals and nu degrees of freedom: Spearman's rank
    correlation, and P(U <= p, V <= p) in the tail. Given the first variable x, the second is
    r x + sqrt((nu + x^2) (1 - r^2) / (nu + 1)) times a t with nu + 1 degrees of freedom (Demarta & McNeil 2005).
    scipy's t, integrated by its adaptive quadrature; Spearman's rank correlation by
    12 E[U V] - 3, which shares no formula with the program."""
    import numpy as np
    from scipy import integrate, stats

    rows = []
    for nu in [2, 2.5, 4, 10]:
        law, next_law = stats.t(nu), stats.t(nu + 1)
        for r in [-0.9, -0.3, 0.0, 0.3, 0.7, 0.95]:
            scale = lambda x: np.sqrt((nu + x * x) * (1 - r * r) / (nu + 1))

            def joint(p):
                end = law.ppf(p)
                inner = lambda u: next_law.cdf((end - r * law.ppf(u)) / scale(law.ppf(u)))
                return integrate.quad(inner, 0, p, epsabs=1e-13, epsrel=1e-11, limit=500)[0]

            # E[V | U = u] by Gauss and Legendre in the level of the second; 12 E[U V] - 3.
            nodes, weights = np.polynomial.legendre.leggauss(400)
            levels, weights = 0.5 * (nodes + 1), 0.5 * weights
            # Finer at both ends: u = s^3 (10 - 15 s + 6 s^2).
            u = levels**3 * (10 - 15 * levels + 6 * levels**2)
            du = 30 * levels**2 * (1 - levels) ** 2 * weights
            x, y = law.ppf(u), next_law.ppf(u)
            mean = lambda x: float(np.sum(du * law.cdf(r * x + scale(x) * y)))
            spearman = 12 * sum(w * level * mean(one) for w, level, one in zip(du, u, x)) - 3
            for p in [0.01, 0.05, 0.5]:
                rows.append([nu, r, f"{spearman:.9f}", p, "%.12g" % joint(p)])
    with open("t_copula.csv", "w", newline="") as file:
        file.write(f"# scipy {scipy.__version__}; made by make.py t_copula\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["degrees", "normal", "rank", "p", "joint"])
        out.writerows(rows)


if __name__ == "__main__":
    wanted = sys.argv[1:]
    if not wanted or "functions" in wanted:
        functions()
    if not wanted or "truncated" in wanted:
        composites()
    if not wanted or "bivariate_normal" in wanted:
        bivariate_normal()
    if not wanted or "t_copula" in wanted:
        t_copula()
    distributions([name for name in CASES if not wanted or name in wanted])
