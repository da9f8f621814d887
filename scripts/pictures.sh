#!/usr/bin/env bash
# Takes the README's pictures of the real program: scripts/pictures.sh [PROGRAM]
# Debian packages needed: xvfb openbox xdotool imagemagick and the OpenGL libraries that .ci/run names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program="$(realpath "${1:-target/debug/juanzong}")"
out="$PWD/docs/pictures"
mkdir -p "$out"

display=":$((RANDOM % 20000 + 1000))"
Xvfb "$display" -screen 0 1366x768x24 >/dev/null 2>&1 &
server=$!
work="$(mktemp -d)"
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
unset WAYLAND_DISPLAY WAYLAND_SOCKET
export DISPLAY="$display" LANG=zh_CN.UTF-8
sleep 1
openbox >/dev/null 2>&1 &

# Starts the program with settings, runs the steps given on standard input, ends it. "take NAME" takes a picture.
run() {
  export XDG_CONFIG_HOME="$work/$1"
  mkdir -p "$XDG_CONFIG_HOME/juanzong"
  printf '%s' "$2" >"$XDG_CONFIG_HOME/juanzong/settings.json"
  "$program" >/dev/null 2>&1 &
  local pid=$! window=
  until window="$(xdotool search --onlyvisible --class juanzong | sed -n 1p)" && [ -n "$window" ]; do sleep 0.1; done
  sleep 1.5
  while read -r step rest; do
    case "$step" in
      sleep) sleep "$rest" ;;
      take) sleep 0.8; import -window "$window" -quality 88 "$out/$rest.jpg" ;;
      click) read -r x y <<<"$rest"; xdotool mousemove --window "$window" "$x" "$y" click 1; sleep 0.5 ;;
      *) xdotool "$step" $rest; sleep 0.3 ;;
    esac
  done
  kill "$pid"
  wait "$pid" 2>/dev/null || true
}

run light '{"window":{"size":[1280.0,700.0],"position":[20.0,20.0],"maximized":false}}' <<'STEPS'
take cover
key Right
key Right
key Right
take reader
key ctrl+f
type wenquan
sleep 1
key Return Return Return Return Return Return Return Return Return
take search
key Escape
key 3
take figures
key 2
sleep 1
click 480 330
key i
sleep 1
take photo
STEPS
run dark '{"theme":"dark","text_size":4,"window":{"size":[1280.0,700.0],"position":[20.0,20.0],"maximized":false}}' <<'STEPS'
key Right
key Right
take dark
STEPS
ls -l "$out"
