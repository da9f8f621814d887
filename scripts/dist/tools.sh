#!/usr/bin/env bash
# What the packages are built with, in a folder: scripts/dist/tools.sh DIR. DIR/env.sh then tells the other scripts.
#
# Debian 12 or later on amd64. Debian packages are installed where they are missing (as root or by sudo). Where the Rust at
# hand has no standard library for Windows or arm64 (`rustup target add` gives them), Debian's newer compiler, rustc-web,
# is unpacked into DIR with the standard library for arm64, and with the source of that for Windows.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/arm64-apt.sh"
dir=$(mkdir -p "$1" && cd "$1" && pwd)
zig_version=0.17.1 zigbuild_version=0.24.1
windows=x86_64-pc-windows-gnu arm64=aarch64-unknown-linux-gnu
export DEBIAN_FRONTEND=noninteractive

needed=(appstream desktop-file-utils dpkg-dev gcc-mingw-w64-x86-64-win32 lintian python3-venv shared-mime-info zip)
missing=()
for package in "${needed[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# zig is a C compiler and linker that knows every version of glibc.
if ! "$dir/zig/bin/pip" list 2>/dev/null | grep -q "^ziglang  *$zig_version"; then
  python3 -m venv "$dir/zig"
  "$dir/zig/bin/pip" install -q "ziglang==$zig_version" "cargo-zigbuild==$zigbuild_version"
fi

has_std() { compgen -G "$(rustc --print target-libdir --target "$1" 2>/dev/null)/libstd-*.rlib" >/dev/null; }

# Debian's compiler, unpacked and not installed.
unpack_rustc_web() {
  local version llvm libgit
  version=$(apt-cache policy rustc-web | sed -n 's/.*Candidate: \([0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$version" ] || { echo "no rustc-web here: rustup target add $windows $arm64" >&2; exit 1; }
  mkdir -p "$dir"/{debs,rust,bin,a64/std}
  llvm=$(apt-cache depends rustc-web "libstd-rust-web-$version" | grep -o 'libllvm[0-9]*' | sort -u)
  libgit=$(apt-cache depends cargo-web | grep -oE 'lib(git2|mbedtls|mbedx509|mbedcrypto|http-parser)[-0-9.]*' | sort -u)
  (cd "$dir/debs" && apt-get -o APT::Sandbox::User=root download -qq rustc-web cargo-web libstd-rust-web-dev \
    "libstd-rust-web-$version" rust-web-src $llvm $libgit libmbedtls14 libmbedx509-1 libmbedcrypto7 libhttp-parser2.9)
  (arm64_apt "$dir/a64" && cd "$dir/a64" && apt-get download -qq libstd-rust-web-dev:arm64)
  for deb in "$dir"/debs/*.deb; do dpkg -x "$deb" "$dir/rust"; done
  dpkg -x "$dir"/a64/libstd-rust-web-dev_*_arm64.deb "$dir/a64/std"
  cp -a "$dir/a64/std/usr/lib/rustlib/$arm64" "$dir/rust/usr/lib/rustlib/"
  for program in rustc cargo rustdoc; do
    cat >"$dir/bin/$program" <<SCRIPT
#!/bin/sh
export LD_LIBRARY_PATH=$dir/rust/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
exec $dir/rust/usr/bin/$program "\$@"
SCRIPT
    chmod +x "$dir/bin/$program"
  done
}

foreign=
if ! has_std $windows || ! has_std $arm64; then
  [ -x "$dir/bin/rustdoc" ] || unpack_rustc_web
  foreign="$dir/bin"
fi
cat >"$dir/env.sh" <<ENV
export PATH="$dir/zig/bin:\$PATH"
# Where the compiler for Windows and arm64 is; empty where the ordinary one has both.
foreign_rust="$foreign"
use_foreign_rust() {
  [ -z "\$foreign_rust" ] || export PATH="\$foreign_rust:\$PATH" RUSTC="\$foreign_rust/rustc" CARGO="\$foreign_rust/cargo"
}
ENV

echo "tools:"
{
  rustc -V
  [ -z "$foreign" ] || "$foreign/rustc" -V
  echo "zig $("$dir/zig/bin/python" -m ziglang version)"
  "$dir/zig/bin/cargo-zigbuild" --version
  x86_64-w64-mingw32-gcc --version | sed -n 1p
  x86_64-w64-mingw32-ld --version | sed -n 1p
  dpkg-deb --version | sed -n 1p
  tar --version | sed -n 1p
  lintian --version
  appstreamcli --version
  echo "desktop-file-validate $(dpkg-query -W -f '${Version}' desktop-file-utils)"
} | sed 's/^/  /'
