#!/usr/bin/env bash
# The staff of the real exhibition under Xvfb: scripts/kiosk-staff.sh [PROGRAM]. The hidden corner and taps on it, wrong PINs
# and the right one, new content from a folder, half copied and whole, going back, leaving.
# PICTURES names a folder in which the pictures of the screen are left. Debian packages needed: those that .ci/run names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program="$(realpath "${1:-target/debug/juanzong}")"
jz="$(dirname "$program")/jz"

work="$(mktemp -d)"
export XDG_CONFIG_HOME="$work/config" LANG=en_US.UTF-8
own="$XDG_CONFIG_HOME/juanzong/kiosk"
server= parent= done_well=
stop() { [ -z "$1" ] || { kill "$1" 2>/dev/null && wait "$1" 2>/dev/null; } || true; }
finish() {
  stop "$parent"; stop "$server"
  if [ -n "$done_well" ]; then rm -rf "$work"; else echo "staff test failed: $work" >&2; cat "$work/output" "$own/kiosk.log" >&2 || true; fi
}
trap finish EXIT
fail() { picture failed; echo "staff test: $*" >&2; exit 1; }
said() { echo "staff test: $*"; }
picture() {
  import -window root "$work/$1.png"
  [ -z "${PICTURES:-}" ] || cp "$work/$1.png" "$PICTURES/staff-$1.png"
}
difference() { { compare -metric AE "$work/$1.png" "$work/$2.png" null: 2>&1 || true; } | awk '{ printf "%d", $1 }'; }
tap() { xdotool mousemove "$1" "$2" mousedown 1; sleep 0.1; xdotool mouseup 1; sleep 0.5; }
hold() { xdotool mousemove 1350 15 mousedown 1; sleep "$1"; xdotool mouseup 1; sleep 0.5; }
# Types a PIN on the pad.
pin() {
  local digit index
  for digit in $(fold -w 1 <<<"$1"); do
    index=$((digit - 1)); [ "$digit" != 0 ] || index=10
    tap $((545 + 138 * (index % 3))) $((288 + 96 * (index / 3)))
  done
  tap 821 576
}
# Row or button of the staff's page, at that height.
row() { tap 683 "$1"; }
started() {
  for _ in $(seq 200); do [ "$(cat "$own/kiosk.log" 2>/dev/null | grep -c started || true)" -ge "$1" ] && { sleep 3; return; }; sleep 0.1; done
  fail "it did not start $1 times"
}
enter() { tap 683 300; hold 2.6; pin 284619; sleep 1.5; }
archive() {
  mkdir -p "$work/stick/brought"
  printf '{"format": 1, "id": "a", "title": "%s", "reports": [{"id": "r", "title": "报道", "sections": [{"id": "s", "title": "温泉", "body": "甲"}]}]}' \
    "$1" >"$work/stick/brought/archive.json"
}
shown() { tr -d '\n' <"$own/archives/$(cut -d' ' -f1 "$own/archives/current" | sed -n 1p)/archive.json" | grep -o '"title": "[^"]*"' | sed -n 1p; }

unset WAYLAND_DISPLAY WAYLAND_SOCKET
export DISPLAY=":$((RANDOM % 20000 + 21000))"
Xvfb "$DISPLAY" -screen 0 1366x768x24 >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
mkdir -p "$work/stick"
printf '284619\n' | "$jz" kiosk pin 2>/dev/null >"$work/kiosk.toml"
printf '%s\n' 'language = "zh-CN"' 'renderer = "cpu"' 'staff_hold_secs = 2' 'daily_restart = "off"' "updates_folder = '$work/stick'" >>"$work/kiosk.toml"
"$program" --kiosk "$work/kiosk.toml" >>"$work/output" 2>&1 &
parent=$!
started 1

tap 683 300; sleep 1; picture visit
for _ in $(seq 10); do xdotool mousemove 1350 15 click 1; sleep 0.2; done
picture tapped
hold 2.6; picture pin
[ "$(difference tapped pin)" -gt 50000 ] || fail "the corner does not open"
pin 135791; sleep 1.5
kill -0 "$parent" || fail "a wrong PIN opens"
pin 284619; sleep 1.5; picture menu
said "the corner opens when it is held, the PIN lets in"

archive "新档案"
head -c 90 "$work/stick/brought/archive.json" >"$work/half"; cp "$work/half" "$work/stick/brought/archive.json"
row 149; sleep 0.5; picture found
row 198; sleep 1.5; picture half
[ ! -e "$own/archives/current" ] || fail "half an archive was taken"
said "a half-copied archive changes nothing"

archive "新档案"
row 264; sleep 0.5; row 198; sleep 1.5; picture inspected
tap 180 245; started 2; picture new
[[ "$(shown)" == *新档案* ]] || fail "the new content is not there"
said "new content is checked, taken and shown"

archive "更新的档案"
enter; row 149; sleep 0.5; row 198; sleep 1.5; picture again
tap 180 245; started 3
[[ "$(shown)" == *更新的档案* ]] || fail "the newer content is not there"
enter; row 149; sleep 0.5; picture back
row 380; started 4
[[ "$(shown)" == *新档案* && "$(shown)" != *更新的* ]] || fail "it does not go back"
said "the content before is there again"

enter; row 401
for _ in $(seq 100); do kill -0 "$parent" 2>/dev/null || break; sleep 0.1; done
code=0; wait "$parent" || code=$?
[ "$code" = 0 ] && grep -q 'staff left' "$own/kiosk.log" || fail "staff do not leave: code $code"
parent=
said "staff left, and the parent with them"
grep -q panicked "$work/output" && fail "a panic was reported"
done_well=yes
echo "staff test: passed"
