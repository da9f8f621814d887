#!/usr/bin/env bash
# How soon the viewer shows something and how much memory it holds: either renderer, one archive and a hundred of them.
#   scripts/first-paint.sh [PROGRAM] [RUNS]
# Needs what first_paint.py needs; PYTHON names the Python that has it.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/juanzong}")
runs=${2:-5}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Settings and indexes of their own, so that every run begins alike.
export XDG_CONFIG_HOME="$scratch/config" XDG_CACHE_HOME="$scratch/cache" XDG_DATA_HOME="$scratch/data"

# Archives with names and titles of their own, each with its photos.
for i in $(seq 1 100); do
  mkdir -p "$scratch/library/$i/assets"
  cp -r assets/photos "$scratch/library/$i/assets/"
  sed -e "s/\"id\": \"wenquan/&-$i/" -e "0,/\"title\": \"[^\"]*/s//& $i/" archive.json >"$scratch/library/$i/archive.json"
done

"${PYTHON:-python3}" scripts/first_paint.py -n "$runs" --idle 3 \
  "own painter, bundled=$program --renderer cpu" \
  "OpenGL, bundled=$program --renderer gl" \
  "own painter, 100=$program --renderer cpu $scratch/library" \
  "OpenGL, 100=$program --renderer gl $scratch/library"
