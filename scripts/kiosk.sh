#!/usr/bin/env bash
# The real exhibition under Xvfb: scripts/kiosk.sh [PROGRAM]. A visit and its reset, a walk of EVENTS (10,000) random touches
# and keys (SEED), the watchdog by kill -9, SIGSTOP and memory, and a restart that waits until nobody is there. RENDERER is
# what draws: cpu, or gl.
# PICTURES names a folder in which the pictures of the screen are left. Debian packages needed: those that .ci/run names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program="$(realpath "${1:-target/debug/juanzong}")"
events="${EVENTS:-10000}"
renderer="${RENDERER:-cpu}"
size=1366x768

work="$(mktemp -d)"
# The log's words are those of the system.
export XDG_CONFIG_HOME="$work/config" LANG=en_US.UTF-8
log="$XDG_CONFIG_HOME/juanzong/kiosk/kiosk.log"
server= manager= parent= done_well=
stop() { [ -z "$1" ] || { kill "$1" 2>/dev/null && wait "$1" 2>/dev/null; } || true; }
finish() {
  stop "$parent"; stop "$manager"; stop "$server"
  if [ -n "$done_well" ]; then rm -rf "$work"; else echo "kiosk test failed; pictures, log and output: $work" >&2; cat "$work/output" "$log" >&2 || true; fi
}
trap finish EXIT
fail() { echo "kiosk test: $*" >&2; exit 1; }
said() { echo "kiosk test: $*"; }

# A display of that size, with a window manager that closes on Alt+F4 and changes windows on Alt+Tab.
display() {
  stop "$manager"; stop "$server"
  unset WAYLAND_DISPLAY WAYLAND_SOCKET
  export DISPLAY=":$((RANDOM % 20000 + 1000))"
  Xvfb "$DISPLAY" -screen 0 "$1x24" >/dev/null 2>&1 &
  server=$!
  for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
  cat >"$work/openbox.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard>
<keybind key="A-F4"><action name="Close"/></keybind>
<keybind key="A-Tab"><action name="NextWindow"/></keybind>
<keybind key="A-F10"><action name="UnmaximizeFull"/></keybind>
</keyboard></openbox_config>
XML
  openbox --config-file "$work/openbox.xml" >/dev/null 2>&1 &
  manager=$!
  sleep 1
}

# Starts the exhibition with these settings and waits for its window.
begin() {
  printf '%s\n' 'language = "zh-CN"' "renderer = \"$renderer\"" 'daily_restart = "off"' "$@" >"$work/kiosk.toml"
  "$program" --kiosk "$work/kiosk.toml" >>"$work/output" 2>&1 &
  parent=$!
  window 30
}
viewer() { pgrep -P "$parent" | sed -n 1p; }
# Waits that many seconds for a window that fills the screen.
window() {
  for _ in $(seq $(($1 * 10))); do
    id="$(xdotool search --onlyvisible --class juanzong 2>/dev/null | tail -n 1 || true)"
    [ -n "$id" ] && full_screen && return
    kill -0 "$parent" 2>/dev/null || fail "the exhibition ended"
    sleep 0.1
  done
  fail "no window that fills the screen within $1 s"
}
full_screen() {
  local geometry
  geometry="$(xdotool getwindowgeometry --shell "$id" 2>/dev/null | tr '\n' ' ')"
  local now="$(xdotool getdisplaygeometry | tr ' ' x)"
  [[ "$geometry" == *"X=0 Y=0 WIDTH=${now%x*} HEIGHT=${now#*x} "* ]]
}
own_kib() { awk '/^(RssAnon|RssShmem|VmSwap):/ { sum += $2 } END { print sum }' "/proc/$1/status"; }
picture() {
  import -window root "$work/$1.png"
  [ -z "${PICTURES:-}" ] || cp "$work/$1.png" "$PICTURES/kiosk-$1.png"
}
# Pixels that differ between two pictures.
difference() { { compare -metric AE "$work/$1.png" "$work/$2.png" null: 2>&1 || true; } | awk '{ printf "%d", $1 }'; }
# Waits until the log has that many lines with these words.
logged() {
  for _ in $(seq $(($3 * 10))); do
    [ "$(grep -c -- "$1" "$log" || true)" -ge "$2" ] && return
    sleep 0.1
  done
  fail "the log does not say \"$1\" within $3 s"
}
tap() { xdotool mousemove "$1" "$2" click 1; }

display "$size"
pin="$(printf '284619\n' | "$(dirname "$program")/jz" kiosk pin 2>/dev/null | grep pin_hash)"
begin 'idle_secs = 10' 'warning_secs = 5' 'hang_secs = 5' "$pin"
logged started 1 5
sleep 2

# Put away, which some window managers allow: it comes back, and its parent does not take it for dead.
xdotool windowminimize "$id"
sleep 8
xprop -id "$id" _NET_WM_STATE | grep -q HIDDEN && fail "it stays put away"
full_screen && [ "$(grep -c . "$log")" = 1 ] || fail "it did not live through being put away"
said "put away: there again"

# A visit, and another after it was left alone: they begin alike.
picture attract
tap 683 300; sleep 3; picture first
[ "$(difference attract first)" -gt 100000 ] || fail "a touch does not enter"
tap 1300 725; sleep 1
tap 480 725; sleep 1
tap 480 300; sleep 1; picture read
[ "$(difference first read)" -gt 100000 ] || fail "the contents do not lead to a section"
sleep 11; picture asked
[ "$(difference read asked)" -gt 100000 ] || fail "nobody was asked"
sleep 6; picture left
tap 683 300; sleep 3; picture second
[ "$(difference first second)" -lt 200 ] || fail "something of the first visitor is left for the second"
said "a visit ends when nobody answers, and the next begins as the first did"

# Every picture: those that were looked at are kept, up to a limit, and are no growth later.
tap 1050 250; sleep 2; picture photo-1
for number in 2 3 4 5 6; do
  tap 213 41; sleep 2; picture "photo-$number"
  [ "$(difference "photo-$((number - 1))" "photo-$number")" -gt 100000 ] || fail "there is no way to picture $number"
done

# The walk.
before="$(viewer)"
began="$(date +%s)"
python3 scripts/kiosk_walk.py "${size%x*}" "${size#*x}" "$events" "${SEED:-1}" >"$work/walk"
split -l $((events / 10)) "$work/walk" "$work/part."
memory=()
for part in "$work"/part.*; do
  xdotool - <"$part"
  memory+=("$(own_kib "$before")")
done
xdotool keyup alt keyup ctrl keyup shift keyup super mouseup 1
sleep 2
picture walked
[ "$(viewer)" = "$before" ] || fail "the viewer did not live through the walk"
xprop -id "$id" _NET_WM_STATE | grep -q FULLSCREEN && full_screen || fail "it does not fill the screen any more"
xprop -id "$id" _NET_WM_STATE | grep -q HIDDEN && fail "it was put away"
[ "$(grep -c . "$log")" = 1 ] || fail "the log tells of more than a start"
[ -z "$(find "$XDG_CONFIG_HOME" -name 'settings.json*')" ] || fail "the settings of a desk were written"
[ -z "$(xdotool search --onlyvisible --name '.' | grep -vx "$id" || true)" ] || fail "there is another window"
said "$events events in $(($(date +%s) - began)) s; memory after each tenth in KiB: ${memory[*]}"
# The atlas of glyphs may come to its full size late, after many text sizes: 64 MiB, and as much in the painter.
printf '%s\n' "${memory[@]}" | awk '
  NR <= 5 && $1 > early { early = $1 }
  NR > 5 && $1 > late { late = $1 }
  END { exit !(late < early * 1.15 + 16384 + 2 * 65536) }' || fail "its memory grew"

# The watchdog.
kill -9 "$(viewer)"
logged started 2 10; window 20
said "killed: there again"
# Its window may be there before its first heartbeat, and then it is given a minute.
kill -STOP "$(viewer)"
logged 'no sign of life' 1 80; logged started 3 20; window 20
said "stopped: there again"
stop "$parent"
for _ in $(seq 80); do pgrep -f -- "--kiosk $work" >/dev/null || break; sleep 0.1; done
pgrep -f -- "--kiosk $work" >/dev/null && fail "the viewer outlives its parent"
said "the parent was ended, and the viewer with it"

# A large screen holds more than the smallest limit.
display 3840x2160
begin 'memory_limit_mib = 128' 'attract_secs_per_scene = 4'
logged 'above the limit' 1 60; logged started 5 30
said "above the limit of its memory: there again"
stop "$parent"; parent=

# A restart waits for the visitor.
display "$size"
printf '%s\n' 'language = "zh-CN"' "renderer = \"$renderer\"" 'idle_secs = 10' 'warning_secs = 5' >"$work/kiosk.toml"
mkfifo "$work/requests"
"$program" --kiosk "$work/kiosk.toml" --kiosk-viewer 0 <"$work/requests" >>"$work/output" 2>&1 &
parent=$!
exec 3>"$work/requests"
window 30; sleep 1
tap 683 300; sleep 1
echo restart-when-idle >&3
for _ in 1 2 3; do
  sleep 3; tap 683 300
  kill -0 "$parent" 2>/dev/null || fail "a visitor was interrupted by the restart"
done
for _ in $(seq 250); do kill -0 "$parent" 2>/dev/null || break; sleep 0.1; done
code=0; wait "$parent" || code=$?
parent=
[ "$code" = 87 ] || fail "the restart did not come when nobody was there: code $code"
said "a restart waits until nobody is there"

grep -q panicked "$work/output" && fail "a panic was reported"
done_well=yes
echo "kiosk test: passed"
