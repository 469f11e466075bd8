"""Packs Joe & Kuo's direction numbers (new-joe-kuo-6) into `direction_numbers.bin`, and writes the oracle table
`tests/oracles/sobol_points.csv`.

The numbers are read from SciPy's copy of the authors' file (`scipy.stats._sobol_direction_numbers.npz`, made with
SciPy 1.17.1). Run from the repository's root: `python3 src/design/pack_direction_numbers.py`.

Format: for each degree s = 1..=17 the number of dimensions as a 16-bit little-endian integer; then, by degree and
in the authors' order, one record a dimension. A record is a little-endian integer of ceil((s - 1)(s + 2)/2 / 8)
bytes: the s - 1 inner coefficients of the primitive polynomial (the authors' "a", lowest bits first), then for
k = 2..=s the k - 1 bits above the lowest of m_k (m_k is odd and below 2^k, and m_1 = 1).
The first dimension (van der Corput's) has no record. Dimensions of degree 18 are left out, to keep the file small.
"""

import pathlib

import numpy
import scipy.stats
from scipy.stats import qmc

LARGEST_DEGREE = 17
ROOT = pathlib.Path(__file__).resolve().parents[2]


def record(degree, polynomial, numbers):
    packed, used = (polynomial >> 1) & ((1 << (degree - 1)) - 1), degree - 1
    for k in range(2, degree + 1):
        m = int(numbers[k - 1])
        assert m % 2 == 1 and m < 2**k
        packed |= (m >> 1) << used
        used += k - 1
    assert used == (degree - 1) * (degree + 2) // 2
    return packed.to_bytes((used + 7) // 8, "little")


def pack():
    source = pathlib.Path(scipy.stats.__file__).with_name("_sobol_direction_numbers.npz")
    table = numpy.load(source)
    counts, records, last_degree = [0] * LARGEST_DEGREE, [], 1
    for polynomial, numbers in zip(table["poly"][1:], table["vinit"][1:]):
        polynomial = int(polynomial)
        degree = polynomial.bit_length() - 1
        if degree > LARGEST_DEGREE:
            break
        assert degree >= last_degree and numbers[0] == 1
        last_degree = degree
        counts[degree - 1] += 1
        records.append(record(degree, polynomial, numbers))
    header = b"".join(count.to_bytes(2, "little") for count in counts)
    pathlib.Path(__file__).with_name("direction_numbers.bin").write_bytes(header + b"".join(records))
    return 1 + sum(counts)


def write_oracle(dimensions):
    """Unscrambled points of SciPy's own generator, which runs in Gray code order, under their index in natural order."""
    chosen = [0, 1, 2, 3, 4, 7, 12, 100, 1110, 1111, 4095, 8191, dimensions - 2, dimensions - 1]
    engine = qmc.Sobol(dimensions, scramble=False, bits=32)
    lines = ["# scipy.stats.qmc.Sobol(d, scramble=False, bits=32), SciPy " + scipy.__version__]
    lines.append("index," + ",".join(f"dimension_{d}" for d in chosen))
    position = 0
    for wanted in [0, 1, 2, 3, 4, 5, 31, 64, 1000, 4095, 33_333]:
        if wanted > position:
            engine.fast_forward(wanted - position)
        point = engine.random(1)[0]
        position = wanted + 1
        integers = (point[chosen] * 2.0**32).astype(numpy.uint64)
        lines.append(f"{wanted ^ (wanted >> 1)}," + ",".join(str(i) for i in integers))
    for index in [1 << 18, 3_000_000_019, (1 << 32) - 1]:  # too far to step to: from SciPy's direction matrix
        bits = [k for k in range(32) if index >> k & 1]
        integers = numpy.bitwise_xor.reduce(engine._sv[chosen][:, bits].astype(numpy.uint64), axis=1)
        lines.append(f"{index}," + ",".join(str(i) for i in integers))
    oracle = ROOT / "tests" / "oracles" / "sobol_points.csv"
    oracle.parent.mkdir(parents=True, exist_ok=True)
    oracle.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write_oracle(pack())
