#!/usr/bin/env bash
# Proves the Windows packages under Wine 10, in a root made by
#   debootstrap --variant=minbase --include=wine,wine64 trixie ROOT
# Installs silently, sets up, serves over HTTPS, stops, uninstalls. Usage: verify-windows.sh ROOT DIST
set -euo pipefail
root=$1 dist=$2
version=$(node -p 'require("./package.json").version')
work=$(mktemp -d "$root/tmp/verify.XXXXXX")
inside=${work#"$root"}
prefix=$inside/prefix
program='C:\Program Files\SCIM Connector'
prefix_outside=$work/prefix
data=$prefix_outside/drive_c/ProgramData/scim-connector
port=18443
url=https://127.0.0.1:$port

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; tail -n 40 "$work"/*.log 2>/dev/null || true; exit 1; }
# Wine cannot write to pipes as Node expects: everything goes to files.
wine() { chroot "$root" /usr/bin/env -i HOME="$inside" PATH=/usr/bin:/bin:/usr/lib/wine WINEPREFIX="$prefix" WINEDEBUG=-all LANG=C.UTF-8 wine "$@" </dev/null >"$work/out.log" 2>"$work/err.log"; }
connector() { wine "$program\\scim-connector.exe" "$@"; }
running() { wine sc query scim-connector && grep -qE 'STATE +: 4' "$work/out.log"; }
ready() { curl -sk --max-time 5 "$url/readyz" | grep -q '"ok"'; }
within() { local seconds=$1; shift; for _ in $(seq $((seconds * 5))); do if "$@"; then return 0; fi; sleep 0.2; done; return 1; }

finish() {
  chroot "$root" /usr/bin/env -i HOME="$inside" PATH=/usr/bin:/bin:/usr/lib/wine WINEPREFIX="$prefix" wineserver -k >/dev/null 2>&1 || true
  mountpoint -q "$root/proc" && [ "${mounted:-}" = yes ] && umount "$root/proc"
  rm -rf "$work"
}
trap finish EXIT
mountpoint -q "$root/proc" || { mount -t proc proc "$root/proc"; mounted=yes; }

say "new Wine prefix"
mkdir "$prefix_outside"
# Stays between the commands, which would else each start all services and end them. Not wineboot: it would start a second
# service manager in a new prefix, and the two answer in turn.
chroot "$root" /usr/bin/env -i HOME="$inside" PATH=/usr/bin:/bin:/usr/lib/wine WINEPREFIX="$prefix" wineserver -p
wine cmd /c exit || fail 'wine'

use() { # install, set up, serve, stop
  say "  version: $(connector version --json && tr -d '\r\n' <"$work/out.log")"
  running && fail 'started without a configuration'
  connector init --yes --port "$port" --token-file "$program\\token.txt" || fail 'init'
  connector check || fail 'check'
  say "  init and check: ok"
  connector service start || fail 'service start'
  within 30 ready || fail 'not ready'
  token=$(tr -d '\r\n' <"$work/prefix/drive_c/Program Files/SCIM Connector/token.txt")
  ca=$(find "$data/state" -name ca.crt)
  body='{"schemas":["urn:scim:schemas:core:1.0"],"userName":"bjensen","name":{"givenName":"Barbara","familyName":"Jensen"}}'
  created=$(curl -s --cacert "$ca" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$body" "$url/scim/v1/Users")
  [ "$created" = 201 ] || fail "create answered $created"
  curl -s --cacert "$ca" -H "Authorization: Bearer $token" "$url/scim/v1/Users?filter=userName%20eq%20%22BJENSEN%22" | grep -q '"totalResults":1' || fail 'filter'
  say "  service runs; create and filter over HTTPS: ok"
  connector service status && grep -qE 'running +true' "$work/out.log" || fail 'status'
  before=$(date +%s%N)
  connector service stop || fail 'service stop'
  say "  stopped in $((($(date +%s%N) - before) / 1000000)) ms (with Wine's own start of two programs)"
  grep -q '"msg":"stopped"' "$data/logs/scim-connector.log" || fail 'no clean stop in the log'
  local ms
  ms=$(node -e '
    const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    const last = (start) => Date.parse(lines.findLast(({ msg }) => msg?.startsWith(start))?.time);
    console.log(last("stopped") - last("stopping"));
  ' "$data/logs/scim-connector.log")
  [ "$ms" -ge 0 ] && [ "$ms" -le 5000 ] || fail "the connector took $ms ms from the request to stop to its end"
  say "  of these, $ms ms from the request to stop to the closed database, by the connector's log"
  [ ! -s "$data/state/connector.db-wal" ] || fail 'the database was not closed'
  say "  database closed, log says stopped"
}

say "MSI, silently"
cp "$dist/scim-connector-$version-x64.msi" "$work/connector.msi"
wine msiexec /i "Z:${inside//\//\\}\\connector.msi" /qn || fail 'msiexec /i'
use
connector service start && within 30 ready || fail 'second start'
wine msiexec /x "Z:${inside//\//\\}\\connector.msi" /qn || fail 'msiexec /x'
[ ! -e "$work/prefix/drive_c/Program Files/SCIM Connector/scim-connector.exe" ] || fail 'program left behind'
running && fail 'service left running'
[ -e "$data/connector.toml" ] || fail 'configuration removed'
say "  uninstalled; configuration and data kept"

say "setup.exe, silently"
rm -rf "$data"
cp "$dist/scim-connector-$version-x64-setup.exe" "$work/setup.exe"
wine "Z:${inside//\//\\}\\setup.exe" /S || fail 'setup /S'
rm -f "$work/prefix/drive_c/Program Files/SCIM Connector/token.txt"
use
connector service start && within 30 ready || fail 'second start'
wine "$program\\uninstall.exe" /S /PURGE _?="$program" || fail 'uninstall /S'
within 10 test ! -e "$work/prefix/drive_c/Program Files/SCIM Connector/scim-connector.exe" || fail 'program left behind'
within 10 test ! -e "$data" || fail 'data left behind after /PURGE'
say "  uninstalled and purged"
say 'Windows packages: ok'
