#!/usr/bin/env bash
# Runs what is in the Windows ZIP under Wine and Xvfb: scripts/dist/run-windows.sh ZIP [FOLDER-FOR-PICTURES]
# Both programs, from a folder with Chinese characters and blanks in its name, and from a read-only one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
zip=$(realpath "$1")
pictures=${2:+$(realpath -m "$2")}
needed=(wine wine64 locales unzip gcc-mingw-w64-x86-64-win32 xvfb openbox xdotool imagemagick libgl1-mesa-dri)
dpkg-query -W "${needed[@]}" >/dev/null || { echo "apt-get install ${needed[*]}" >&2; exit 1; }

work=$(mktemp -d)
finish() {
  wineserver -k 2>/dev/null || true
  mountpoint -q "$work/readonly" && umount "$work/readonly"
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "run-windows.sh: $*" >&2; exit 1; }

. scripts/dist/wine.sh

folder=$work/"卷宗 阅读器"
mkdir -p "$folder" "$work/readonly"
unzip -q "$zip" -d "$work/unpacked"
mv "$work"/unpacked/*/* "$folder"

cd "$folder"
wine jz.exe check 2>/dev/null || fail "jz check"
[ "$(wine jz.exe search wenquan --json 2>/dev/null | wc -l)" -gt 10 ] || fail "jz search found too little"
cp -r "$OLDPWD/archive.json" "$OLDPWD/assets/photos" "$work"
mkdir -p "某县 2017/assets" && mv "$work/archive.json" "某县 2017" && mv "$work/photos" "某县 2017/assets"
wine jz.exe check "某县 2017" 2>/dev/null || fail "jz check of a folder with Chinese characters and a blank"
wine jz.exe export "某县 2017" --output "小册子 1.pdf" 2>/dev/null || fail "jz export"
head -c 5 "小册子 1.pdf" | grep -q '%PDF-' || fail "no PDF was written"
cd - >/dev/null

# Wine's desktop keeps the size of the display that it was begun on, or of none: what lies beyond that is not drawn.
viewer() {
  wineserver -k 2>/dev/null || true
  wineserver -w
  printf '#!/bin/sh\nexec wine "%s/juanzong.exe" "$@"\n' "$1" >"$work/viewer"
  chmod +x "$work/viewer"
}
mkdir -p "${pictures:=$work/pictures}"
for renderer in cpu gl; do
  echo "juanzong.exe --renderer $renderer"
  rm -f "$folder/settings.json"
  viewer "$folder"
  mkdir -p "$pictures/$renderer"
  SETTINGS=$folder/settings.json PICTURES=$pictures/$renderer bash scripts/smoke.sh "$work/viewer" --renderer "$renderer"
done

# From a medium that cannot be written to: what is remembered is forgotten, and all else works.
if mount -t tmpfs none "$work/readonly" 2>/dev/null; then
  cp -r "$folder"/. "$work/readonly"
  rm -f "$work/readonly/settings.json"
  mount -o remount,ro "$work/readonly"
  (cd "$work/readonly" && wine jz.exe check "某县 2017" 2>/dev/null) || fail "jz check on a read-only medium"
  viewer "$work/readonly"
  echo "juanzong.exe on a read-only medium"
  SETTINGS=none bash scripts/smoke.sh "$work/viewer" --renderer cpu
else
  echo "run-windows.sh: nothing can be mounted here; the read-only medium was not tried"
fi
echo "run-windows.sh: passed"
