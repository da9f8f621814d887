#!/usr/bin/env bash
# Compiles the last commit again, from a clone in another folder and with nothing of what was compiled before, and compares
# the packages, byte for byte, with those that scripts/dist.sh left in target/dist:
# scripts/dist/same-bytes.sh FOLDER [linux-amd64|linux-arm64|windows-amd64]…   (all three)
#
# FOLDER is made, and is to be taken away by who no longer wants it; half an hour and 2 GB for each.
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
CARGO_TARGET_DIR=$folder/compiled scripts/dist.sh "$@"

cd "$folder/compiled/dist"
sha256sum -c SHA256SUMS >/dev/null
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
