#!/usr/bin/env bash
# Packs programs that were compiled on a Mac: scripts/dist/pack-macos.sh FOLDER-OF-PROGRAMS OUT
# The release workflow calls it on Linux, with the version and SOURCE_DATE_EPOCH in the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
built=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

name=juanzong-$version-macos-aarch64
folder=$work/$name
mkdir -p "$folder"
# What was uploaded and downloaded is no longer executable.
install -m 755 "$built/juanzong" "$built/jz" "$folder"
install -m 644 assets/macos/README.txt LICENSE-MIT LICENSE-APACHE "$folder"
scripts/dist/documents.sh "$folder/docs" ../kiosk
scripts/dist/licences.py aarch64-apple-darwin >"$folder/THIRD-PARTY.txt"
find "$folder" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
tar --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -C "$work" -cf - "$name" | gzip -9n >"$out/$name.tar.gz"
echo "$name.tar.gz"
