#!/usr/bin/env bash
# Packs Windows programs as a portable ZIP: scripts/dist/pack-windows.sh FOLDER-OF-PROGRAMS OUT
# scripts/dist.sh calls it, with the version and SOURCE_DATE_EPOCH in the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
built=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

name=juanzong-$version-windows-x86_64
folder=$work/$name
mkdir -p "$folder"
install -m 755 "$built/juanzong.exe" "$built/jz.exe" "$folder"
scripts/dist/documents.sh "$folder/docs" ../kiosk
scripts/dist/licences.py x86_64-pc-windows-gnu >"$folder/THIRD-PARTY.txt"
for text in LICENSE-MIT LICENSE-APACHE; do cp "$text" "$folder/$text.txt"; done
cp assets/windows/README.txt "$folder"
# Settings lie beside the program.
: >"$folder/portable"
# As Windows writes lines.
sed -i 's/\r*$/\r/' "$folder"/*.txt
find "$folder" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
rm -f "$out/$name.zip"
(cd "$work" && find "$name" -type f | sort | zip -X -9 -q "$out/$name.zip" -@)
echo "$name.zip"
