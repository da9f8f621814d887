#!/usr/bin/env bash
# Compiles the last commit again, from a clone in another folder and with nothing of what was compiled before, and compares
# the packages, byte for byte, with those that scripts/dist.sh left in target/dist:
# scripts/dist/same-bytes.sh FOLDER [linux-amd64|linux-arm64|windows-amd64]…   (all three; linux-arm64 after linux-amd64)
#
# FOLDER must not exist yet, and is left behind. Each target takes half an hour and 2 GB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
first=$(realpath "${CARGO_TARGET_DIR:-target}")/dist
[ $# -gt 0 ] || { sed -n '2,/^#$/s/^# \?//p' "$0" >&2; exit 2; }
folder=$(realpath -m "$1")
shift
[ -z "$(git status --porcelain)" ] || { echo "same-bytes.sh: there are changes that are not committed" >&2; exit 1; }

mkdir "$folder"
git clone -q . "$folder/elsewhere"
cd "$folder/elsewhere"
# zig keeps what it compiled in a cache of its own.
ZIG_GLOBAL_CACHE_DIR=$folder/zig XDG_CACHE_HOME=$folder/cache CARGO_TARGET_DIR=$folder/compiled scripts/dist.sh "$@"

cd "$folder/compiled/dist"
differ=
while read -r sum name; do
  if [ "$sum" = "$(sha256sum <"$first/$name" | cut -d ' ' -f 1)" ]; then
    echo "$name: the same bytes"
  else
    echo "$name: differs from $first/$name"
    differ=1
  fi
done <SHA256SUMS
[ -z "$differ" ]
