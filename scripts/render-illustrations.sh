#!/usr/bin/env bash
# Renders assets/illustrations/*.svg to assets/photos/*.jpg (1600x1200, sRGB)
# and assets/icons/juanzong.svg to PNG icons and juanzong.ico.
# Debian packages needed: librsvg2-bin imagemagick icoutils
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
tmp="$(mktemp -d)"
trap 'rm -rf "$tmp"' EXIT

mkdir -p "$root/assets/photos" "$root/assets/icons"

for svg in "$root"/assets/illustrations/*.svg; do
  stem="$(basename "$svg" .svg)"
  rsvg-convert --width 1600 --height 1200 --output "$tmp/$stem.png" "$svg"
  convert "$tmp/$stem.png" -background white -alpha remove -alpha off \
    -colorspace sRGB -depth 8 -strip \
    -sampling-factor 4:2:0 -interlace none -quality 76 \
    "$root/assets/photos/$stem.jpg"
  echo "assets/photos/$stem.jpg"
done

for size in 256 128 64 48 32 24 16; do
  rsvg-convert --width "$size" --height "$size" \
    --output "$tmp/icon-$size.png" "$root/assets/icons/juanzong.svg"
  convert "$tmp/icon-$size.png" -strip -depth 8 \
    -define png:exclude-chunks=date,time \
    "$root/assets/icons/juanzong-$size.png"
  echo "assets/icons/juanzong-$size.png"
done

# The largest stays PNG; the smaller are bitmaps, which everything that shows icons reads.
icotool --create --output "$root/assets/icons/juanzong.ico" \
  "$root"/assets/icons/juanzong-{16,24,32,48,64}.png --raw "$root/assets/icons/juanzong-256.png"
echo "assets/icons/juanzong.ico"
