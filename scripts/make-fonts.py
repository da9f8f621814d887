#!/usr/bin/env python3
"""Make the fonts in assets/fonts/.

Text fonts: the SC faces of Debian's Noto Sans CJK (Regular) and Noto Serif CJK
(Regular and Bold), cut down to GB 2312, the Table of General Standard Chinese
Characters (通用规范汉字表), Latin, pinyin, punctuation and common symbols.
They are packed with Brotli: brotli -d gives back the font file.
Icons: a part of the Phosphor icon font, at its own code points.
Also written: tghz2013.txt (the 8,105 characters of the table, in its order)
and the licence texts.

Needs: the Debian packages fonts-noto-cjk and unicode-data, npm, and
pip install fonttools==4.68.0 brotli==1.2.1
Takes no arguments. The same sources and tools give the same bytes.

Two characters are not in the source fonts and borrow a glyph: U+25FB (shown
by egui for a missing character) that of U+25A1 □, and U+FFFD that of U+22A0 ⊠.
Hinting, vertical metrics and all layout features but kerning are dropped, and
outlines are put on a grid of 500 units an em, where the source has 1000: a
tenth smaller, and at 100 pixels a character no point moves by more than a
tenth of a pixel. What recurs in outlines is written out wherever it stands,
and characters are listed in one form (cmap format 12), since Brotli packs
that smaller.
"""

import bz2
import io
import json
import multiprocessing
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

try:
    import brotli
    from fontTools import subset
    from fontTools.misc.roundTools import otRound
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib.scaleUpem import scale_upem
    from fontTools.ttLib import TTCollection, TTFont
except ImportError as error:
    sys.exit(f"make-fonts.py: {error}: run pip install fonttools==4.68.0 brotli==1.2.1")

REPO = Path(__file__).resolve().parent.parent
FONTS = REPO / "assets" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
NOTO_COPYRIGHT = Path("/usr/share/doc/fonts-noto-cjk/copyright")
UNICODE_COPYRIGHT = Path("/usr/share/doc/unicode-data/copyright")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
PHOSPHOR = "@phosphor-icons/web@2.1.2"
UNITS_PER_EM = 500
WINDOW_BITS = 22  # 4 MiB: a whole font is seen at once
BLOCK_BITS = 24  # few blocks: a sixth sooner unpacked than with the packer's own choice
LIMIT = 4_250_000  # all three text fonts together, packed, in bytes

# (file, collection, PostScript name of the face)
TEXT_FONTS = [
    (f"Noto{family}SC-{weight}.otf.br", f"Noto{family}CJK-{weight}.ttc", f"Noto{family}CJKsc-{weight}")
    for family, weight in (("Sans", "Regular"), ("Serif", "Regular"), ("Serif", "Bold"))
]

# Code points wanted besides the Chinese characters, if the source has them.
RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin letters with tone marks
    (0x01F8, 0x01F9),
    (0x0251, 0x0251),
    (0x0261, 0x0261),
    (0x02C7, 0x02CB),  # tone marks alone
    (0x02D9, 0x02D9),
    (0x0300, 0x0301),  # combining tone marks
    (0x0304, 0x0304),
    (0x030C, 0x030C),
    (0x1E3E, 0x1E3F),
    (0x1EBE, 0x1EC1),
    (0x2010, 0x2027),  # general punctuation
    (0x2030, 0x205E),
    (0x2060, 0x2060),
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike symbols
    (0x2150, 0x218F),  # number forms
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # enclosed numbers and letters
    (0x2500, 0x25FF),  # box drawing, block elements, geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2640, 0x2642),
    (0x2660, 0x2667),
    (0x2713, 0x2713),  # check mark
    (0x2776, 0x277F),  # dark enclosed numbers
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3041, 0x30FF),  # hiragana, katakana
    (0x3105, 0x312F),  # bopomofo
    (0x3220, 0x3247),  # enclosed ideographs and numbers
    (0x3251, 0x325F),
    (0x3280, 0x32CB),
    (0x3358, 0x33FF),  # hours, units, days
    (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF01, 0xFFEF),  # full-width and half-width forms
]
# Added when the glyph is in the font anyway, so that they cost nothing.
IF_SHARED = [(0x2F00, 0x2FD5), (0xF900, 0xFAFF)]  # Kangxi radicals, compatibility
BORROWED = {0x25FB: 0x25A1, 0xFFFD: 0x22A0}
# Not in the ranges by accident: these must be there.
REQUIRED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêɡ¥€℃№™Ⅰⅻ←↑→↓↔≤≥≠≈×÷±∞√∑∴∵①⑳⑴⒇⒈⒛㈠㈩㉑㉟㎡㎞㏄㎏，。？！《》“”…—·〇"

ICONS = """
book-open book-open-text books list list-bullets images image image-square
chart-bar chart-bar-horizontal magnifying-glass magnifying-glass-plus
magnifying-glass-minus x x-circle arrow-left arrow-right arrow-up arrow-down
caret-left caret-right caret-up caret-down house house-line folder-open
file-text file clock-counter-clockwise gear gear-six sun moon circle-half
text-aa text-t translate keyboard info warning warning-circle check
check-circle copy download-simple floppy-disk plus minus corners-out corners-in
arrows-out arrows-in sidebar-simple quotes link link-simple question printer
share dots-three dots-three-vertical map-pin calendar-blank user users tag
newspaper seal-check shield-check camera hash eye lock-simple star
bookmark-simple scroll archive paint-brush text-align-left arrow-square-out
arrows-clockwise hand-tap keyhole chart-line funnel sort-ascending spinner-gap
bug
""".split()


class Stop(Exception):
    """Something is not as it should be; the message says what."""


def stop(message):
    raise Stop(message)


def need(path, package):
    if not path.exists():
        stop(f"{path} is missing: install the Debian package {package}")


def gb2312():
    """Every code point of GB 2312."""
    codes = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            codes.update(map(ord, bytes([row, cell]).decode("gb2312", "ignore")))
    return codes


def standard_table():
    """The code points of the Table of General Standard Chinese Characters, in order."""
    need(UNIHAN, "unicode-data")
    table = {}
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = re.match(r"U\+([0-9A-F]+)\tkTGH\t2013:(\d+)", line)
            if found:
                table[int(found[2])] = int(found[1], 16)
    if sorted(table) != list(range(1, 8106)):
        stop(f"{UNIHAN} gives {len(table)} characters of the table; 8105 were expected")
    return [table[number] for number in range(1, 8106)]


def options(**more):
    result = subset.Options()
    result.hinting = False
    result.legacy_cmap = False
    result.name_languages = [0x409]
    result.recalc_timestamp = False
    for key, value in more.items():
        setattr(result, key, value)
    return result


def save(font, path, pack=bytes):
    data = io.BytesIO()
    font.save(data)
    path.write_bytes(pack(data.getvalue()))


def packed(data):
    return brotli.compress(data, mode=brotli.MODE_FONT, quality=11, lgwin=WINDOW_BITS, lgblock=BLOCK_BITS)


def read_text_font(file):
    return TTFont(io.BytesIO(brotli.decompress((FONTS / file).read_bytes())))


def coarsen(font, factor):
    """Scale a font's units. Points are rounded where they stand: rounded steps, as scale_upem leaves them, would add up."""
    glyphs, pens = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pens[name] = T2CharStringPen(None, glyphs)
        glyphs[name].draw(TransformPen(pens[name], (factor, 0, 0, factor, 0, 0)))
    scale_upem(font, UNITS_PER_EM)
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for name, pen in pens.items():
        string, width = strings[name], font["hmtx"][name][0]
        string.decompile()
        private = string.private
        pen._width = None if width == private.defaultWidthX else width - private.nominalWidthX
        string.setProgram(pen.getCharString(private, string.globalSubrs).program)


def text_font(job):
    """Make one text font; gives its code points and what the source lacks."""
    file, collection, face, chars = job
    faces = TTCollection(NOTO / collection).fonts
    font = [f for f in faces if f["name"].getDebugName(6) == face]
    if len(font) != 1:
        stop(f"{collection} has {len(font)} faces named {face}; one was expected")
    font = font[0]
    font.recalcTimestamp = False
    # Variation sequences would bring in glyphs of their own.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]

    # Borrow glyphs, and add what shares a glyph with the wanted characters.
    source = font.getBestCmap()
    for table in font["cmap"].tables:
        for code, lender in BORROWED.items():
            if table.isUnicode() and code not in source:
                table.cmap[code] = source[lender]
    source = font.getBestCmap()
    absent = {code for code in chars if code not in source}
    codes = set(chars) - absent
    glyphs = {source[code] for code in codes}
    for first, last in IF_SHARED:
        codes.update(c for c in range(first, last + 1) if source.get(c) in glyphs)

    opts = options(layout_features=["kern"], notdef_outline=True,
                   name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    opts.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB"]
    opts.desubroutinize = True
    metrics = {t: dict(vars(font[t])) for t in ("head", "hhea")}
    subsetter = subset.Subsetter(opts)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    factor = UNITS_PER_EM / font["head"].unitsPerEm
    coarsen(font, factor)
    # Without it the outlines are taken to have 1000 units an em: half as large in a PDF.
    font["CFF "].cff.topDictIndex[0].FontMatrix = [1 / UNITS_PER_EM, 0, 0, 1 / UNITS_PER_EM, 0, 0]
    font["cmap"].tables = [t for t in font["cmap"].tables if (t.format, t.platformID) == (12, 3)]
    save(font, FONTS / file, packed)

    # Read it back.
    made = read_text_font(file)
    if set(made.getBestCmap()) != codes:
        stop(f"{file} does not have the code points that it should")
    if made["CFF "].cff.topDictIndex[0].FontMatrix[0] != 1 / UNITS_PER_EM:
        stop(f"{file}: the outlines' scale is lost")
    for table, scaled, keys in (("head", 1, ("modified", "created")), ("head", factor, ("unitsPerEm",)),
                                ("hhea", factor, ("ascent", "descent", "lineGap"))):
        for key in keys:
            if getattr(made[table], key) != otRound(metrics[table][key] * scaled):
                stop(f"{file}: {table}.{key} has changed")
    return sorted(codes), sorted(absent)


def make_text_fonts(order):
    gb = gb2312()
    chars = gb | set(order) | set(map(ord, REQUIRED)) | set(BORROWED)
    for first, last in RANGES:
        chars.update(range(first, last + 1))
    must = gb | set(order) | set(map(ord, REQUIRED)) | set(BORROWED) | set(range(0x20, 0x7F))

    jobs = [(file, source, face, sorted(chars)) for file, source, face in TEXT_FONTS]
    with multiprocessing.Pool(2) as pool:
        results = pool.map(text_font, jobs, chunksize=1)

    total, everything = 0, set()
    print(f"{'file':28}{'bytes':>10}{'chars':>7}{'glyphs':>8}{'GB 2312':>9}{'table':>7}{'absent':>8}")
    for (file, *_), (codes, absent) in zip(TEXT_FONTS, results):
        codes = set(codes)
        missing = must - codes
        if missing:
            stop(f"{file} lacks " + " ".join(f"U+{c:04X}" for c in sorted(missing)))
        everything |= codes
        size = (FONTS / file).stat().st_size
        total += size
        glyphs = read_text_font(file)["maxp"].numGlyphs
        print(f"{file:28}{size:>10}{len(codes):>7}{glyphs:>8}{len(codes & gb):>9}"
              f"{len(codes & set(order)):>7}{len(absent):>8}")
    print(f"{'together':28}{total:>10}"
          + (f"  (over the aim of {LIMIT})" if total > LIMIT else ""))
    print("absent: code points of the wanted ranges that the source font does not have")
    return everything


def make_icons(text_codes):
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["npm", "pack", PHOSPHOR, "--silent", "--pack-destination", folder],
                           check=True, stdout=subprocess.DEVNULL)
        except FileNotFoundError:
            stop("npm is missing: install the Debian package npm")
        except subprocess.CalledProcessError:
            stop(f"npm could not get {PHOSPHOR}")
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            def read(name):
                return package.extractfile(f"package/{name}").read()
            selection = json.loads(read("src/regular/selection.json"))
            font = TTFont(io.BytesIO(read("src/regular/Phosphor.ttf")), recalcTimestamp=False)
            licence = read("LICENSE").decode("utf-8")

    points = {}
    for icon in selection["icons"]:
        for name in icon["properties"]["name"].split(", "):
            points[name] = icon["properties"]["code"]
    unknown = [name for name in ICONS if name not in points]
    if unknown:
        stop("no such icons: " + " ".join(unknown))
    codes = {name: points[name] for name in ICONS}
    for name, code in codes.items():
        if not 0xE000 <= code <= 0xF8FF:
            stop(f"icon {name}: U+{code:04X} is not in the Private Use Area")
        if code in text_codes:
            stop(f"icon {name}: U+{code:04X} is in a text font too")
    if len(set(codes.values())) != len(codes):
        stop("two icons share a code point")

    opts = options(layout_features=[], glyph_names=False, name_IDs=[0, 1, 2, 13])
    opts.drop_tables += ["GSUB", "gasp"]
    subsetter = subset.Subsetter(opts)
    subsetter.populate(unicodes=codes.values())
    subsetter.subset(font)
    # The package says that every outline begins at 0, and whatever goes by that draws it too far to the left.
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)
    path = FONTS / "icons.ttf"
    save(font, path)
    made = TTFont(path)
    if set(made.getBestCmap()) != set(codes.values()):
        stop("icons.ttf does not have the code points that it should")
    for code, glyph in made.getBestCmap().items():
        if made["glyf"][glyph].numberOfContours == 0:
            stop(f"icons.ttf: U+{code:04X} is empty")

    (FONTS / "LICENSE-phosphor.txt").write_text(
        licence.replace("\r\n", "\n").rstrip() + "\n", encoding="utf-8")
    print(f"\nicons.ttf: {path.stat().st_size} bytes, {len(codes)} icons")
    for name, code in codes.items():
        print(f"{name} U+{code:04X}")


def write_ofl():
    """OFL.txt: the copyright lines, and the licence text of the Debian package."""
    need(NOTO_COPYRIGHT, "fonts-noto-cjk")
    text = NOTO_COPYRIGHT.read_text(encoding="utf-8")
    body = re.search(r"^License: SIL-1\.1\n((?: .*\n)+)", text[text.index("Files: debian/"):], re.M)[1]
    lines = [line[1:].rstrip() for line in body.splitlines()]
    lines = ["" if line == "." else line for line in lines]
    notices = []
    for file, _, _ in TEXT_FONTS:
        name = read_text_font(file)["name"]
        notice = f"{name.getDebugName(1)}: {name.getDebugName(0)}"
        if notice not in notices:
            notices.append(notice)
    holders = re.search(r"Files: \*\nCopyright: (.*)\n", text)[1]
    header = ["The fonts " + ", ".join(f"Noto{f}SC-*.otf.br" for f in ("Sans", "Serif"))
              + " are Modified Versions (subsets) of:", *notices,
              f"Copyright {holders}", "",
              "This Font Software is licensed under the SIL Open Font License, Version 1.1.", ""]
    (FONTS / "OFL.txt").write_text("\n".join(header + lines) + "\n", encoding="utf-8")


def write_unicode_licence():
    """LICENSE-unicode.txt: the licence text of the Debian package unicode-data."""
    text = UNICODE_COPYRIGHT.read_text(encoding="utf-8")
    lines = [line.rstrip() for line in text[text.index("UNICODE, INC. LICENSE"):].splitlines()]
    header = ["tghz2013.txt is made from the Unicode Character Database: the characters of",
              "the field kTGH in the order of its numbers, without the other data.", ""]
    (FONTS / "LICENSE-unicode.txt").write_text(
        "\n".join(header + lines).rstrip() + "\n", encoding="utf-8")


def main():
    for _, collection, _ in TEXT_FONTS:
        need(NOTO / collection, "fonts-noto-cjk")
    need(NOTO_COPYRIGHT, "fonts-noto-cjk")
    need(UNICODE_COPYRIGHT, "unicode-data")
    FONTS.mkdir(parents=True, exist_ok=True)

    order = standard_table()
    text = "".join(map(chr, order))
    (FONTS / "tghz2013.txt").write_text(
        "".join(text[i:i + 100] + "\n" for i in range(0, len(text), 100)), encoding="utf-8")

    text_codes = make_text_fonts(order)
    write_ofl()
    write_unicode_licence()
    make_icons(text_codes)


if __name__ == "__main__":
    try:
        main()
    except Stop as problem:
        sys.exit(f"make-fonts.py: {problem}")
