#!/usr/bin/env bash
# Proves the Windows files under Wine 10, in a root made by
#   debootstrap --variant=minbase --include=wine,wine64 trixie ROOT
# README.md says what Wine cannot show. Usage: verify-windows.sh ROOT DIST; DIST lies in the build folder.
set -euo pipefail
# The /proc that Wine needs is in sight of this run alone, and gone with it.
[ -n "${OWN_MOUNTS:-}" ] || OWN_MOUNTS=1 exec unshare --mount "$0" "$@"
root=$1 dist=$2
build=$(dirname "$dist")
here=$(dirname "$0")
version=$(node -p 'require("./package.json").version')
for part in lab bare service packages upgrade; do
  # shellcheck source=/dev/null
  . "$here/verify-windows/$part.sh"
done
say 'Windows packages: ok'
