#!/usr/bin/env bash
# Starts the real program under Xvfb, searches, opens a photo and closes it, puts the window away and fetches it back, quits:
# scripts/smoke.sh [PROGRAM [ARGUMENT…]]
# Debian packages needed: those that .ci/run names. SETTINGS names the settings file that the program keeps, where it is not
# the usual one ("none": nothing is kept), and PICTURES a folder in which the pictures of the screen are left.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program="$(realpath "${1:-target/debug/juanzong}")"
shift || true

work="$(mktemp -d)"
export XDG_CONFIG_HOME="$work/config" LANG=zh_CN.UTF-8
settings="${SETTINGS:-$XDG_CONFIG_HOME/juanzong/settings.json}"
unset WAYLAND_DISPLAY WAYLAND_SOCKET
export DISPLAY=":$((RANDOM % 20000 + 1000))"
Xvfb "$DISPLAY" -screen 0 1366x768x24 >/dev/null 2>&1 &
server=$!
pid=
done_well=
finish() {
  [ -n "$pid" ] && kill "$pid" 2>/dev/null || true
  kill "$server" 2>/dev/null || true
  if [ -n "$done_well" ]; then rm -rf "$work"; else echo "smoke test failed; pictures and output: $work" >&2; cat "$work/output" >&2 || true; fi
}
trap finish EXIT
fail() { echo "smoke test: $*" >&2; exit 1; }

for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
openbox >/dev/null 2>&1 &
sleep 1

"$program" "$@" >"$work/output" 2>&1 &
pid=$!
window=
for _ in $(seq 300); do
  window="$(xdotool search --onlyvisible --class juanzong 2>/dev/null | sed -n 1p || true)"
  [ -n "$window" ] && break
  kill -0 "$pid" 2>/dev/null || fail "the program ended before it had a window"
  sleep 0.1
done
[ -n "$window" ] || fail "no window within 30 seconds"
xdotool windowmove "$window" 20 20 windowsize "$window" 1280 700 windowfocus "$window"

count=0
picture() {
  count=$((count + 1))
  last="$work/$count-$1.png"
  import -window root "$last"
  [ -z "${PICTURES:-}" ] || cp "$last" "$PICTURES"
}

# Does a step and waits until the picture on the screen has changed by it.
step() {
  local what="$1" before="$last"
  shift
  "$@"
  for _ in $(seq 50); do
    sleep 0.2
    kill -0 "$pid" 2>/dev/null || fail "the program ended at: $what"
    import -window root "$work/now.png"
    local changed
    changed="$(compare -metric AE "$before" "$work/now.png" null: 2>&1 || true)"
    if [ "${changed%%.*}" -gt 2000 ] 2>/dev/null; then
      sleep 0.6
      picture "$what"
      echo "smoke test: $what"
      return
    fi
  done
  fail "nothing changed on the screen at: $what"
}

for _ in $(seq 100); do
  import -window root "$work/now.png"
  [ "$(identify -format %k "$work/now.png")" -gt 1000 ] && break
  sleep 0.2
done
sleep 1
picture cover
# The window was moved and resized: what the system lost of it must have been drawn again.
eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(X|Y|WIDTH|HEIGHT)=[0-9]+$')"
black="$(convert "$last" -crop "${WIDTH}x$HEIGHT+$X+$Y" +repage -colorspace Gray -threshold 2% -format '%[fx:1-mean]' info:)"
awk -v black="$black" 'BEGIN { exit !(black < 0.1) }' || fail "$black of the window is black"
step search bash -c 'xdotool key ctrl+f && sleep 0.5 && xdotool type --delay 60 wenquan'
step next-hit xdotool key Return Return Return Return Return Return Return Return
step clear-search xdotool key Escape
step gallery xdotool key 2
step photo xdotool mousemove --window "$window" 450 250 click 1
step zoom xdotool key plus
step details xdotool key i
step close-photo xdotool key Escape
# Put away and fetched back, it is drawn again as it was. The pointer stands beside it: not every system tells of it again.
xdotool mousemove 1360 760
sleep 0.6
picture pointer-away
xdotool windowminimize "$window"
sleep 1
xdotool windowmap "$window" windowactivate "$window"
sleep 1.5
import -window root "$work/now.png"
changed="$(compare -metric AE "$last" "$work/now.png" null: 2>&1 || true)"
[ "${changed%%.*}" -lt 10000 ] || fail "$changed pixels differ after the window was put away"
step text-size-and-cover bash -c 'xdotool key ctrl+comma && sleep 0.7 && xdotool key Escape && sleep 0.5 && xdotool key ctrl+plus && xdotool key 1'

xdotool key ctrl+q
for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
kill -0 "$pid" 2>/dev/null && fail "Ctrl+Q did not end the program"
wait "$pid" || fail "the program ended with an error"
pid=
grep -q panicked "$work/output" && fail "a panic was reported"
[ "$settings" = none ] || grep -q '"text_size": 3' "$settings" || fail "the text size was not remembered in $settings"
[ "$settings" = none ] || grep -q '"window"' "$settings" || fail "the window was not remembered in $settings"
done_well=yes
echo "smoke test: passed"
