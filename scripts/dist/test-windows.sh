#!/usr/bin/env bash
# Compiles the tests for Windows and runs them under Wine, without a display: scripts/dist/test-windows.sh [CARGO TEST ARGUMENT]…
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
needed=(wine wine64 locales gcc-mingw-w64-x86-64-win32)
dpkg-query -W "${needed[@]}" >/dev/null || { echo "apt-get install ${needed[*]}" >&2; exit 1; }
target_dir=$(realpath -m "${CARGO_TARGET_DIR:-target}")
bash scripts/dist/tools.sh "$target_dir/dist-tools"
. "$target_dir/dist-tools/env.sh"

work=$(mktemp -d)
finish() {
  wineserver -k 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
. scripts/dist/wine.sh
unset DISPLAY WAYLAND_DISPLAY

std=()
use_foreign_rust
if [ -n "$foreign_rust" ]; then
  export RUSTC_BOOTSTRAP=1
  std=(-Zbuild-std=std,panic_unwind,test)
fi
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=wine
export CARGO_PROFILE_DEV_DEBUG=0
cargo test --locked --target x86_64-pc-windows-gnu "${std[@]}" --no-fail-fast "$@"
