#!/usr/bin/env bash
# Puts documents into a package: scripts/dist/documents.sh FOLDER KIOSK
# KIOSK is where the exhibition's examples lie in the package, seen from FOLDER. What a link leads to is there, or only the
# link's text is left.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$1 kiosk=$2
mkdir -p "$folder/pictures" "$folder/$kiosk"
install -m 644 docs/archive.schema.json "$folder"
install -m 644 docs/pictures/soak.svg "$folder/pictures"
install -m 644 assets/kiosk/* "$folder/$kiosk"
for page in docs/*.md; do
  # How packages are made is for who has the source.
  [ "$page" != docs/distribution.md ] || continue
  sed -E "s|\]\(\.\./assets/kiosk/|](<kiosk>/|g; s|\[([^]]*)\]\(\.\./[^)]*\)|\1|g; s|\]\(<kiosk>/|]($kiosk/|g" "$page" \
    >"$folder/$(basename "$page")"
done

dead=0
for page in "$folder"/*.md; do
  while read -r link; do
    [ -e "$folder/$link" ] || { echo "documents.sh: $(basename "$page") has a link to $link, which is not in the package" >&2; dead=1; }
  done < <(grep -oE '\]\([^)#]+' "$page" | cut -c 3- | grep -v '^https\?:' || true)
done
exit $dead
