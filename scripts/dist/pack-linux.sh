#!/usr/bin/env bash
# Packs Linux programs as .tar.gz, as one file and as .deb: scripts/dist/pack-linux.sh amd64|arm64 FOLDER-OF-PROGRAMS OUT
# scripts/dist.sh calls it, with the version and SOURCE_DATE_EPOCH in the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
architecture=$1 built=$2 out=$3
case $architecture in
  amd64) triple=x86_64-unknown-linux-gnu machine=x86_64 ;;
  arm64) triple=aarch64-unknown-linux-gnu machine=aarch64 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a system keeps beside programs, as it lies under /usr/share.
share=$work/share
put() { install -D -m 644 "$1" "$share/$2"; }
put assets/linux/juanzong.desktop applications/juanzong.desktop
put assets/linux/io.github.juanzong.Juanzong.metainfo.xml metainfo/io.github.juanzong.Juanzong.metainfo.xml
put assets/linux/juanzong.mime.xml mime/packages/juanzong.xml
put assets/icons/juanzong.svg icons/hicolor/scalable/apps/juanzong.svg
for size in 16 24 32 48 64 128 256; do
  put "assets/icons/juanzong-$size.png" "icons/hicolor/${size}x$size/apps/juanzong.png"
done
for page in juanzong jz; do
  put "assets/linux/man/$page.1" "man/man1/$page.1"
  put "assets/linux/man/zh_CN/$page.1" "man/zh_CN/man1/$page.1"
done
gzip -9nr "$share/man"
desktop-file-validate "$share/applications/juanzong.desktop"
appstreamcli validate --no-net "$share"/metainfo/*.xml >"$work/appstream" || { cat "$work/appstream" >&2; exit 1; }

# Completions are printed by the program, if need be by that for this machine's processor.
jz=$built/jz
[ "$architecture" = "$(dpkg --print-architecture)" ] || jz=$built/../../x86_64-unknown-linux-gnu/release/jz
[ -x "$jz" ] || { echo "pack-linux.sh: $jz is needed for the completions: build linux-amd64 too" >&2; exit 1; }
complete() { mkdir -p "$(dirname "$share/$2")" && LC_ALL=C.UTF-8 "$jz" completions "$1" >"$share/$2"; }
complete bash bash-completion/completions/jz
complete fish fish/vendor_completions.d/jz.fish
complete zsh zsh/vendor-completions/_jz

doc=$share/doc/juanzong
put CHANGELOG.md doc/juanzong/CHANGELOG.md
scripts/dist/documents.sh "$doc" examples/kiosk
scripts/dist/licences.py "$triple" >"$doc/THIRD-PARTY.txt"

# Every file's time is that of the last change.
settle() {
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

name=juanzong-$version-linux-$machine
folder=$work/$name
mkdir -p "$folder"
install -m 755 "$built/juanzong" "$built/jz" "$folder"
cp -r "$share" "$folder/share"
install -m 644 assets/linux/README.txt LICENSE-MIT LICENSE-APACHE "$folder"
settle "$folder"
tar --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -C "$work" -cf - "$name" | gzip -9n >"$out/$name.tar.gz"

# The viewer alone is whole: its fonts and the bundled archive are in it.
single=juanzong-viewer-$version-linux-$machine
install -m 755 "$built/juanzong" "$out/$single"

deb=$work/deb
mkdir -p "$deb/DEBIAN" "$deb/usr/bin"
install -m 755 "$built/juanzong" "$built/jz" "$deb/usr/bin"
cp -r "$share" "$deb/usr/share"
doc=$deb/usr/share/doc/juanzong
gzip -9n "$doc/CHANGELOG.md" "$doc/THIRD-PARTY.txt"
when=$(date --rfc-email --date="@$SOURCE_DATE_EPOCH")
cat >"$work/changelog" <<TEXT
juanzong ($version) unstable; urgency=medium

  * CHANGELOG.md says what is new.

 -- The Juanzong developers <juanzong@example.org>  $when
TEXT
gzip -9nc "$work/changelog" >"$doc/changelog.gz"
install -m 644 assets/linux/copyright "$doc/copyright"
cat >"$deb/DEBIAN/control" <<TEXT
Package: juanzong
Version: $version
Architecture: $architecture
Maintainer: The Juanzong developers <juanzong@example.org>
Installed-Size: $(du -ks --apparent-size "$deb/usr" | cut -f 1)
Depends: libc6 (>= 2.17)
Recommends: libegl1, libfontconfig1, libgl1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0, libxrandr2
Suggests: xdg-desktop-portal
Section: text
Priority: optional
Description: offline viewer for report archives
 Juanzong (卷宗) opens a JSON archive of report text and photos, or a folder
 of them, and shows sections, a photo gallery and key figures. Its search finds
 every string in them, by characters, by pinyin or by initials.
 .
 jz, on the command line, checks archives, searches and exports them.
TEXT
(cd "$deb" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$deb/DEBIAN/md5sums"
chmod 644 "$deb"/DEBIAN/*
settle "$deb"
package=$out/juanzong_${version}_$architecture.deb
DPKG_DEB_THREADS_MAX=1 dpkg-deb --root-owner-group -Zxz --build "$deb" "$package" >/dev/null
lintian --fail-on error,warning --tag-display-limit 0 "$package"
echo "$name.tar.gz, $single and $(basename "$package")"
