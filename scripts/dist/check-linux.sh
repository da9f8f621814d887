#!/usr/bin/env bash
# Whether Linux programs start on old systems: scripts/dist/check-linux.sh PROGRAM…
# They may need no later glibc than that of Kylin V10 and UOS 20, and no library that such a system might lack: windows,
# OpenGL and fonts are loaded when they are used.
set -euo pipefail
newest=2.28
libraries='^(libc\.so\.6|libm\.so\.6|libdl\.so\.2|librt\.so\.1|libpthread\.so\.0|libutil\.so\.1|libgcc_s\.so\.1|ld-linux-x86-64\.so\.2|ld-linux-aarch64\.so\.1)$'
limit=20000000

failed=
fail() { echo "$program: $*" >&2; failed=yes; }
for program in "$@"; do
  needs=$(readelf --wide --version-info "$program" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1 || true)
  [ -n "$needs" ] || fail "no glibc version was seen: is it a dynamic program?"
  [ -z "$needs" ] || [ "$(printf '%s\nGLIBC_%s\n' "$needs" "$newest" | sort -V | tail -n 1)" = "GLIBC_$newest" ] ||
    fail "needs $needs, later than $newest, for $(readelf --wide --dyn-syms "$program" | grep -oE "[^ ]+@$needs" | sort -u | tr '\n' ' ')"
  loaded=$(readelf --wide --dynamic "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  strangers=$(grep -vE "$libraries" <<<"$loaded" || true)
  [ -z "$strangers" ] || fail "does not start without ${strangers//$'\n'/ }"
  ! readelf --wide --dynamic "$program" | grep -qE '\((RPATH|RUNPATH)\)' || fail "looks for libraries in a folder of its own"
  size=$(stat -c %s "$program")
  ((size < limit)) || fail "$size bytes; $limit are the limit"
  echo "$(basename "$program"): $size bytes, needs $needs and $(paste -sd ' ' <<<"$loaded")"
done
[ -z "$failed" ]
