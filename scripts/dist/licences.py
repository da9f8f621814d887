#!/usr/bin/env python3
"""Print the licences of everything that is compiled into the programs.

licences.py TRIPLE: the crates of Cargo.lock that a build for TRIPLE links,
each with its version and licence, then the texts of their licence files, each
text once. Then the embedded fonts and tables.
"""

import json
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent.parent
FILE_NAMES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")
ASSETS = [
    "fonts/OFL.txt",
    "fonts/LICENSE-phosphor.txt",
    "fonts/LICENSE-unicode.txt",
    "tables/LICENSE-opencc.txt",
    "tables/LICENSE-pinyin.txt",
]


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], cwd=REPO, check=True, capture_output=True, text=True).stdout


def linked(triple):
    """(name, version) of every crate that is linked, without those that run only while compiling."""
    tree = cargo("tree", "--locked", "--target", triple, "-e", "normal,no-proc-macro", "--prefix", "none", "-f", "{p}")
    crates = {tuple(line.split()[:2]) for line in tree.splitlines()}
    return {(name, version.removeprefix("v")) for name, version in crates if name != "juanzong"}


def licence_files(folder):
    files = (path for path in folder.iterdir() if path.is_file() and path.name.upper().startswith(FILE_NAMES))
    return sorted(path for path in files if path.suffix not in {".rs", ".html"})


def main(triple):
    wanted = linked(triple)
    texts = {}
    print("The programs contain these crates:\n")
    packages = json.loads(cargo("metadata", "--locked", "--format-version", "1"))["packages"]
    for package in sorted(packages, key=lambda package: (package["name"], package["version"])):
        if (package["name"], package["version"]) not in wanted:
            continue
        name = f"{package['name']} {package['version']}"
        print(f"  {name}: {package['license'] or 'see its licence file'}")
        for path in licence_files(Path(package["manifest_path"]).parent):
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
            texts.setdefault(text, []).append(name)
    for text, names in texts.items():
        print(f"\n{'=' * 80}\n{', '.join(names)}\n{'-' * 80}\n{text}")
    print(f"\n{'=' * 80}\n{(REPO / 'assets' / 'LICENSES.md').read_text(encoding='utf-8').strip()}")
    for path in ASSETS:
        print(f"\n{'=' * 80}\nassets/{path}\n{'-' * 80}\n{(REPO / 'assets' / path).read_text(encoding='utf-8').strip()}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
