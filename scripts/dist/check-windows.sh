#!/usr/bin/env bash
# Whether Windows programs are whole: scripts/dist/check-windows.sh PROGRAM.exe…
# Icon, version and manifest are in them, the viewer has no console window, and all libraries are Windows' own.
set -euo pipefail
own='^(advapi32|api-ms-win-[a-z0-9-]+|bcrypt|bcryptprimitives|combase|comctl32|crypt32|dwmapi|dwrite|gdi32|imm32|kernel32|msvcrt|ntdll|ole32|oleaut32|opengl32|propsys|psapi|shell32|shlwapi|ucrtbase|uiautomationcore|user32|userenv|uxtheme|version|winmm|ws2_32)\.dll$'
limit=20000000

failed=
fail() { echo "$program: $*" >&2; failed=yes; }
for program in "$@"; do
  headers=$(x86_64-w64-mingw32-objdump -p "$program")
  strangers=$(sed -n 's/.*DLL Name: //p' <<<"$headers" | tr 'A-Z' 'a-z' | grep -vE "$own" || true)
  [ -z "$strangers" ] || fail "does not start without ${strangers//$'\n'/ }"
  kind=$(sed -n 's/^Subsystem.*(\(.*\))/\1/p' <<<"$headers")
  case $(basename "$program") in
    jz.exe) [ "$kind" = "Windows CUI" ] || fail "is no console program but $kind" ;;
    *) [ "$kind" = "Windows GUI" ] || fail "opens a console window ($kind)" ;;
  esac
  for word in PerMonitorV2 longPathAware activeCodePage; do
    grep -aq "$word" "$program" || fail "$word is not in its manifest"
  done
  for kind in RT_ICON RT_GROUP_ICON RT_VERSION RT_MANIFEST; do
    number=$(case $kind in RT_ICON) echo 3 ;; RT_GROUP_ICON) echo e ;; RT_VERSION) echo 10 ;; RT_MANIFEST) echo 18 ;; esac)
    grep -qiE "^[0-9a-f]+ +Entry: ID: 0x0*$number, " <<<"$headers" || fail "has no $kind"
  done
  size=$(stat -c %s "$program")
  ((size < limit)) || fail "$size bytes; $limit are the limit"
  echo "$(basename "$program"): $size bytes, needs $(sed -n 's/.*DLL Name: //p' <<<"$headers" | sort -f | paste -sd ' ')"
done
[ -z "$failed" ]
