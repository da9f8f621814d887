#!/usr/bin/env bash
# Runs the programs of the arm64 tar.gz under qemu and Xvfb: scripts/dist/run-arm64.sh TAR.GZ [FOLDER-FOR-PICTURES]
# The libraries for arm64 come from Debian by an apt of its own, into target/dist-tools; nothing of them is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
archive=$(realpath "$1")
pictures=${2:+$(realpath -m "$2")}
dir=$(realpath -m "${CARGO_TARGET_DIR:-target}")/dist-tools/run-arm64
needed=(qemu-user xvfb openbox xdotool imagemagick)
dpkg-query -W "${needed[@]}" >/dev/null || { echo "apt-get install ${needed[*]}" >&2; exit 1; }

if [ ! -d "$dir/sysroot/usr" ]; then
  . scripts/dist/arm64-apt.sh
  mkdir -p "$dir/sysroot"
  (
    arm64_apt "$dir"
    apt-get install -y -qq -d --no-install-recommends {libc6,libgcc-s1,libxkbcommon-x11-0,libx11-6}:arm64 \
      {libxcursor1,libxi6,libxrandr2,libx11-xcb1,libfontconfig1}:arm64 >/dev/null
  )
  for deb in "$dir"/cache/archives/*.deb; do dpkg -x "$deb" "$dir/sysroot"; done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "run-arm64.sh: $*" >&2; exit 1; }
folder=$work/"卷宗 阅读器"
mkdir -p "$folder"
tar -xzf "$archive" -C "$folder" --strip-components=1
touch "$folder/portable"
run() { qemu-aarch64 -L "$dir/sysroot" "$@"; }

readelf -h "$folder/jz" | grep -q AArch64 || fail "not for arm64"
run "$folder/jz" check || fail "jz check"
[ "$(run "$folder/jz" search wenquan --json | wc -l)" -gt 10 ] || fail "jz search found too little"
run "$folder/jz" export --output "$work/小册子 1.pdf" || fail "jz export"

printf '#!/bin/sh\nexec qemu-aarch64 -L "%s" "%s" "$@"\n' "$dir/sysroot" "$folder/juanzong" >"$work/viewer"
chmod +x "$work/viewer"
mkdir -p "${pictures:=$work/pictures}"
SETTINGS=$folder/settings.json PICTURES=$pictures bash scripts/smoke.sh "$work/viewer" --renderer cpu
echo "run-arm64.sh: passed"
