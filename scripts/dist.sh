#!/usr/bin/env bash
# Builds, checks and packs what is given away: scripts/dist.sh [linux-amd64|linux-arm64|windows-amd64]…   (all three)
#
# linux-arm64 comes after linux-amd64, whose jz prints the completions for both.
# Debian 12 or later on amd64, Rust, and the registries of Debian, Python and Rust; docs/distribution.md says more.
# The packages and SHA256SUMS are left in target/dist. JOBS limits how much is compiled at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
target_dir=$(realpath -m "${CARGO_TARGET_DIR:-target}")
out=$target_dir/dist
# rustc's flags and the tools' own scripts are words between blanks.
[[ "$root$target_dir${CARGO_HOME:-$HOME}" != *[[:space:]]* ]] ||
  { echo "dist.sh: no blank may stand in the path of this folder, of CARGO_TARGET_DIR or of CARGO_HOME" >&2; exit 2; }
targets=("$@")
((${#targets[@]})) || targets=(linux-amd64 linux-arm64 windows-amd64)

version=$(sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q}' Cargo.toml)
# Every date in a package is that of the last change.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export version SOURCE_DATE_EPOCH CARGO_TARGET_DIR=$target_dir TZ=UTC LC_ALL=C.UTF-8
umask 022

bash scripts/dist/tools.sh "$target_dir/dist-tools"
. "$target_dir/dist-tools/env.sh"

# No path of this machine stands in a program, so that the same source gives the same bytes in any folder.
remap() {
  local sysroot
  sysroot=$("$1" --print sysroot)
  printf -- '--remap-path-prefix=%s=%s ' "$root" /juanzong "${CARGO_HOME:-$HOME/.cargo}" /cargo "$sysroot" /rust "$target_dir" /target
}

# The cargo command and its arguments, for both programs.
compile() {
  local bin
  for bin in juanzong jz; do
    # Our own functions are compiled small as well, and the program is put together for speed, so that loops become
    # vectors.
    "$@" --release --locked ${JOBS:+-j "$JOBS"} --config 'profile.release.opt-level="s"' --bin "$bin" -- -C opt-level=3
  done
}

build() {
  local target=$1
  [ "$target" = linux-amd64 ] || use_foreign_rust
  # Small functions alone are copied into their callers (LLVM's own bound is 225), and frames have pointers, which takes
  # a third of the tables that a panic is caught with: docs/distribution.md.
  RUSTFLAGS="$(remap "${RUSTC:-rustc}") -C llvm-args=-inline-threshold=50 -C force-frame-pointers=yes"
  export RUSTFLAGS
  case $target in
    linux-amd64) compile cargo-zigbuild rustc --target x86_64-unknown-linux-gnu.2.17 ;;
    linux-arm64) compile cargo-zigbuild rustc --target aarch64-unknown-linux-gnu.2.17 ;;
    windows-amd64)
      export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
      RUSTFLAGS+=" -C link-arg=-Wl,--no-insert-timestamp"
      local std=()
      if [ -n "$foreign_rust" ]; then
        export RUSTC_BOOTSTRAP=1
        std=(-Zbuild-std=std,panic_unwind)
      fi
      compile cargo rustc --target x86_64-pc-windows-gnu "${std[@]}"
      ;;
    *) echo "dist.sh: $target is not known; see its first lines" >&2; exit 2 ;;
  esac
}

mkdir -p "$out"
for target in "${targets[@]}"; do
  printf '\n== %s\n' "$target"
  (build "$target")
  case $target in
    linux-amd64) built=$target_dir/x86_64-unknown-linux-gnu/release ;;
    linux-arm64) built=$target_dir/aarch64-unknown-linux-gnu/release ;;
    windows-amd64) built=$target_dir/x86_64-pc-windows-gnu/release ;;
  esac
  case $target in
    linux-*)
      bash scripts/dist/check-linux.sh "$built/juanzong" "$built/jz"
      bash scripts/dist/pack-linux.sh "${target#linux-}" "$built" "$out"
      ;;
    windows-*)
      bash scripts/dist/check-windows.sh "$built/juanzong.exe" "$built/jz.exe"
      bash scripts/dist/pack-windows.sh "$built" "$out"
      ;;
  esac
done

cd "$out"
find . -maxdepth 1 -type f -name "juanzong*[-_]${version}[-_]*" -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS
printf '\n== %s\n' "$out"
ls -l
