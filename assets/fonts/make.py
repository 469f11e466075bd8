"""Subsets of the faces that pictures are set in; see README.md."""

import sys
from fontTools import subset
from fontTools.ttLib import TTFont

TEXT = "0020-007E,00A0-024F,0259,02B9-02BC,02C6-02DD,0300-036F,0370-03FF,0400-052F,1E00-1EFF,2000-2027,202F-205F,2070-209F,20A0-20C0"
SYMBOLS = "2100-215F,2190-21FF,2200-22FF,25A0-25FF,2610-2612,2713-2718,2764,FB01-FB02,FFFD"


def letters(ranges):
    ends = [[int(end, 16) for end in one.split("-")] for one in ranges.split(",")]
    return {letter for one in ends for letter in range(one[0], one[-1] + 1)}


def write(font, unicodes, name):
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False, notdef_outline=True,
        glyph_names=False, drop_tables=["FFTM", "MATH"], name_IDs=[0, 1, 2, 5, 6, 13, 14], legacy_kern=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    font.flavor = None
    font.save(name)


inter, dejavu = sys.argv[1:]
for weight in ("Regular", "SemiBold"):
    font = TTFont(f"{inter}/Inter-{weight}.woff2", recalcTimestamp=False)
    tabular = {digit: name + ".tf" for digit, name in font.getBestCmap().items() if chr(digit) in "0123456789"}
    for table in font["cmap"].tables:
        table.cmap = table.cmap | tabular
    covered = set(font.getBestCmap())
    wanted = letters(TEXT) | letters(SYMBOLS)
    write(font, wanted & covered, f"Inter-{weight}.ttf")
symbols = TTFont(f"{dejavu}/DejaVuSans.ttf", recalcTimestamp=False)
write(symbols, wanted - covered, "Symbols.ttf")
