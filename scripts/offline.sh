#!/usr/bin/env bash
# Shows that the real program calls nobody: walks through its views as the smoke test does, under strace, and fails on
# any socket but those of the local display, session bus and accessibility bus. scripts/offline.sh [PROGRAM [ARGUMENT…]]
# Debian packages needed: those that .ci/run names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program="$(realpath "${1:-target/debug/juanzong}")"
shift || true

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cat >"$work/traced" <<SCRIPT
#!/bin/sh
exec strace -f -qq -s 256 -e trace=network -o '$work/calls' '$program' "\$@"
SCRIPT
chmod +x "$work/traced"
bash scripts/smoke.sh "$work/traced" "$@"

# A walk that was not seen would prove nothing.
grep -q 'connect(.*sun_path=.*X11-unix' "$work/calls" || { echo "offline test: the display was not seen" >&2; exit 1; }
outside="$(grep -E 'socket(pair)?\(' "$work/calls" | grep -v 'AF_UNIX' || true)"
strangers="$(grep -E '(connect|bind|sendto|sendmsg)\(.*sa_family=' "$work/calls" |
  grep -vE 'sun_path=@?"[^"]*(X11-unix/X|/bus|dbus-|at-spi|wayland-)[^"]*"' || true)"
if [ -n "$outside$strangers" ]; then
  printf 'offline test: the program opened\n%s\n%s\n' "$outside" "$strangers" >&2
  exit 1
fi
echo "offline test: passed, $(grep -c 'connect(' "$work/calls") connections, all on this machine"
