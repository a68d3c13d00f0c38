#!/usr/bin/env bash
# Proves the Linux files in a clean root made by
#   debootstrap --variant=minbase bookworm ROOT
# to which nothing is added. Works on a copy. Usage: verify-debian.sh ROOT DIST BINARY
set -euo pipefail
base=$1 dist=$2 binary=$3
version=$(node -p 'require("./package.json").version')
root=$(mktemp -d /var/tmp/verify-debian.XXXXXX)
# Seldom the same: an earlier run may have left something behind.
port=$((20000 + RANDOM % 10000))
url=https://127.0.0.1:$port
server=

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; tail -n 30 "$root"/tmp/*.log 2>/dev/null || true; exit 1; }
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ ! -s "$root/run/connector.pid" ] || kill "$(cat "$root/run/connector.pid")" 2>/dev/null || true
  sleep 0.5
  umount "$root/proc" 2>/dev/null || true
  [ -n "${KEEP:-}" ] || rm -rf "$root"
}
trap finish EXIT
cp -a "$base/." "$root/"
mount -t proc proc "$root/proc"

within() { local seconds=$1; shift; for _ in $(seq $((seconds * 5))); do if "$@"; then return 0; fi; sleep 0.2; done; return 1; }
ready() { curl -sk --max-time 5 "$url/readyz" | grep -q '"ok"'; }
start() { # as systemd would: USER PROGRAM CONFIG
  # Not through a function: its process would be the one that is told to stop.
  chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin setpriv --reuid="$1" --regid="$1" --clear-groups "$2" serve --config "$3" >"$root/tmp/serve.log" 2>&1 &
  server=$!
  within 20 ready || fail 'not ready'
}
stop() { kill -TERM "$server"; wait "$server" || fail 'serve did not end with 0'; server=; }
people() { # CA TOKEN: how many bjensen
  curl -s --cacert "$1" -H "Authorization: Bearer $2" "$url/scim/v1/Users?filter=userName%20eq%20%22BJENSEN%22" | sed -n 's/.*"totalResults":\([0-9]*\).*/\1/p'
}
create() {
  local body='{"schemas":["urn:scim:schemas:core:1.0"],"userName":"bjensen","name":{"givenName":"Barbara","familyName":"Jensen"}}'
  curl -s --cacert "$1" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $2" -H 'Content-Type: application/json' -d "$body" "$url/scim/v1/Users"
}

say "bare executable in a clean Debian $(cat "$root/etc/debian_version")"
install -m 0755 "$binary" "$root/opt/scim-connector"
say "  version: $(in_root /opt/scim-connector version --json | tr -d '\n')"
in_root /opt/scim-connector init --yes --config /srv/t/connector.toml --port $port --token-file /root/t >"$root/tmp/init.log" 2>&1 || fail init
in_root /opt/scim-connector check --config /srv/t/connector.toml >"$root/tmp/check.log" 2>&1 || fail check
start root /opt/scim-connector /srv/t/connector.toml
ca=$root/srv/t/connector-data/tls/ca.crt token=$(cat "$root/root/t")
[ "$(create "$ca" "$token")" = 201 ] && [ "$(people "$ca" "$token")" = 1 ] || fail 'create and filter over HTTPS'
stop
say '  init, check, create and filter over HTTPS: ok'

say "a service's account: no home, /tmp mounted noexec"
mount -t tmpfs -o noexec,mode=1777 none "$root/tmp"
mkdir -m 0700 "$root/var/cache/c" && chown 65534:65534 "$root/var/cache/c"
in_root setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent CACHE_DIRECTORY=/var/cache/c /opt/scim-connector version >/dev/null || fail 'CACHE_DIRECTORY'
if in_root setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent /opt/scim-connector version >"$root/srv/noexec.log" 2>&1; then fail 'loaded from noexec'; fi
grep -q 'CONNECTOR_NATIVE_DIR' "$root/srv/noexec.log" || fail 'no hint'
umount "$root/tmp"
say '  unpacks in CACHE_DIRECTORY; says what to do where nothing may be executed'

say 'an older .deb, installed, set up and used'
deb=$(echo "$dist"/scim-connector_"$version"-*_amd64.deb)
cp "$deb" "$root/root/new.deb"
dpkg-deb -R "$deb" "$root/root/old"
sed -i 's/^Version: .*/Version: 0.0.1-1/' "$root/root/old/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$root/root/old" "$root/root/old.deb" >/dev/null
in_root dpkg -i /root/old.deb >"$root/tmp/install.log" 2>&1 || fail 'dpkg -i'
grep -q 'sudo scim-connector init' "$root/tmp/install.log" || fail 'next command not printed'
[ "$(stat -c '%a %U' "$root/var/lib/scim-connector" | sed 's/ .*//')" = 700 ] && [ "$(stat -c %a "$root/etc/scim-connector")" = 750 ] || fail modes
in_root scim-connector init --yes --port $port --token-file /root/token >"$root/tmp/init.log" 2>&1 || fail 'init'
in_root scim-connector check >"$root/tmp/check.log" 2>&1 || fail 'check'
in_root find /var/lib/scim-connector ! -user scim-connector | grep . && fail 'state not owned by the service'
in_root scim-connector token add second >/dev/null 2>&1 || fail 'token add'
in_root find /var/lib/scim-connector ! -user scim-connector | grep . && fail 'root left files behind'
program=/usr/libexec/scim-connector/scim-connector config=/etc/scim-connector/connector.toml
start scim-connector $program $config
ca=$root/var/lib/scim-connector/tls/ca.crt token=$(cat "$root/root/token")
[ "$(create "$ca" "$token")" = 201 ] || fail create
say '  modes and owners, init, check, create over HTTPS as the service: ok'

say 'upgrade while it runs'
in_root dpkg -i /root/new.deb >"$root/tmp/upgrade.log" 2>&1 || fail 'upgrade'
[ "$(people "$ca" "$token")" = 1 ] || fail 'the running one was disturbed'
stop
start scim-connector $program $config
[ "$(people "$ca" "$token")" = 1 ] || fail 'data lost'
stop
ls "$root"/var/lib/scim-connector/backups/*/connector.db >/dev/null || fail 'no backup'
say '  data kept, backup made, the running one undisturbed'

say 'remove and purge'
in_root dpkg -r scim-connector >"$root/tmp/remove.log" 2>&1 || fail remove
[ ! -e "$root$program" ] && [ -e "$root$config" ] && [ -e "$root/var/lib/scim-connector/connector.db" ] || fail 'remove'
in_root dpkg -P scim-connector >"$root/tmp/purge.log" 2>&1 || fail purge
left=$(find "$root/etc" "$root/var" "$root/usr" -path '*scim-connector*')
[ -z "$left" ] || fail "left behind: $left"
in_root getent passwd scim-connector && fail 'account left behind'
say '  removed with data kept, purged without a trace'

say 'a silent installation, by answers that were there before'
answers=$root/etc/scim-connector/answers.toml
mkdir "$root/etc/scim-connector"
printf 'config_version = 1\n[server]\nlistens = "127.0.0.1:%s"\n' $port >"$answers"
in_root dpkg -i /root/new.deb >"$root/tmp/install.log" 2>&1 || fail 'wrong answers have failed the installation'
grep -q 'could not be used' "$root/tmp/install.log" && grep -q 'listens' "$root/tmp/install.log" && [ ! -e "$root$config" ] || fail 'wrong answers'
say "  wrong answers: $(grep -m 1 'could not be used' "$root/tmp/install.log" | cut -c1-90)…"
sed -i 's/listens/listen/' "$answers"
in_root dpkg -i /root/new.deb >"$root/tmp/install.log" 2>&1 || fail 'answers'
token=$(cat "$root/etc/scim-connector/token.txt")
grep -q 'the credential for Okta is in /etc/scim-connector/token.txt' "$root/tmp/install.log" || fail 'the path of the token is not printed'
if grep -q -- "$token" "$root/tmp/install.log"; then fail 'the token is printed'; fi
modes=$(in_root sh -c 'cd /etc/scim-connector && stat -c "%a %U:%G" . connector.toml token.txt /var/lib/scim-connector' | tr '\n' ' ')
[ "$modes" = '750 root:scim-connector 640 root:scim-connector 600 root:root 700 scim-connector:scim-connector ' ] || fail "$modes"
in_root find /var/lib/scim-connector ! -user scim-connector | grep . && fail 'state not owned by the service'
start scim-connector $program $config
[ "$(create "$ca" "$token")" = 201 ] || fail create
stop
in_root dpkg -P scim-connector >"$root/tmp/purge.log" 2>&1 || fail purge
say "  configured, create over HTTPS; $modes"

say 'the bare executable as a service, its upgrade and the way back (systemd is played by a script)'
mkdir -p "$root/run/systemd/system" "$root/root/release"
cat >"$root/usr/local/bin/systemctl" <<'SYSTEMCTL'
#!/bin/bash
# As much of systemd as the connector asks for.
unit=/etc/systemd/system/scim-connector.service pid=/run/connector.pid
alive() { [ -s $pid ] && kill -0 "$(cat $pid)" 2>/dev/null; }
stop() { alive || return 0; kill "$(cat $pid)"; for _ in $(seq 100); do alive || break; sleep 0.1; done; rm -f $pid; }
start() {
  setpriv --reuid=scim-connector --regid=scim-connector --clear-groups $(sed -n 's/^ExecStart=//p' $unit) >>/run/connector.log 2>&1 </dev/null &
  echo $! >$pid
}
case $1 in
  start) alive || start ;;
  stop) stop ;;
  restart) stop; start ;;
  disable) stop ;;
  show)
    echo "LoadState=$([ -e $unit ] && echo loaded || echo not-found)"
    echo "ActiveState=$(alive && echo active || echo inactive)"
    echo "UnitFileState=enabled"
    echo "MainPID=$(alive && cat $pid || echo 0)" ;;
esac
exit 0
SYSTEMCTL
chmod 755 "$root/usr/local/bin/systemctl"
own() { chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root scim-connector "$@" </dev/null; }
chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root /opt/scim-connector service install >"$root/tmp/service.log" 2>&1 || fail 'service install'
grep -q 'next: scim-connector init' "$root/tmp/service.log" || fail 'next command not printed'
own init --yes --port $port --token-file /root/token2 >"$root/tmp/init.log" 2>&1 || fail init
own service start >"$root/tmp/service.log" 2>&1 || fail 'service start'
within 20 ready || fail 'service not ready'
ca=$root/var/lib/scim-connector/tls/ca.crt token=$(cat "$root/root/token2")
[ "$(create "$ca" "$token")" = 201 ] || fail create
pid() { cat "$root/run/connector.pid"; }
release() { # NAME: the checksums of a release that holds it
  (cd "$root/root/release" && sha256sum "$1" >SHA256SUMS)
}
cp "$dist/scim-connector-$version-linux-x64.tar.gz" "$root/root/release/good.tar.gz"
release good.tar.gz
before=$(pid)
printf x >>"$root/root/release/good.tar.gz"
if own upgrade /root/release/good.tar.gz --unsigned >"$root/tmp/upgrade.log" 2>&1; then fail 'a tampered file was taken'; fi
grep -q 'SHA-256 differs' "$root/tmp/upgrade.log" && [ "$(pid)" = "$before" ] && ready || fail 'tampered'
say "  tampered:  $(tail -n 1 "$root/tmp/upgrade.log")"
cat >"$root/root/release/broken" <<'BROKEN'
#!/bin/sh
case $1 in version) echo '{"version":"9.9.9"}' ;; check) exit 0 ;; *) exit 1 ;; esac
BROKEN
release broken
if own upgrade /root/release/broken --unsigned >"$root/tmp/upgrade.log" 2>&1; then fail 'a broken release was kept'; fi
grep -q 'runs again' "$root/tmp/upgrade.log" && ready || fail 'not rolled back'
[ "$(people "$ca" "$token")" = 1 ] || fail 'data lost'
say "  broken:    $(tail -n 1 "$root/tmp/upgrade.log")"
cp "$dist/scim-connector-$version-linux-x64.tar.gz" "$root/root/release/good.tar.gz"
release good.tar.gz
minisign -G -W -f -p "$root/root/release.pub" -s "$root/root/release.key" >/dev/null
minisign -S -s "$root/root/release.key" -m "$root/root/release/SHA256SUMS" >/dev/null
minisign -G -W -f -p "$root/root/foreign.pub" -s "$root/root/foreign.key" >/dev/null
if own upgrade /root/release/good.tar.gz --public-key /root/foreign.pub >"$root/tmp/upgrade.log" 2>&1; then fail 'a foreign signature was taken'; fi
say "  foreign:   $(tail -n 1 "$root/tmp/upgrade.log")"
own upgrade /root/release/good.tar.gz --public-key /root/release.pub >"$root/tmp/upgrade.log" 2>&1 || fail upgrade
grep -q 'signature and checksum verified' "$root/tmp/upgrade.log" || fail 'signature not verified'
ready && [ "$(people "$ca" "$token")" = 1 ] || fail 'not ready after the upgrade'
say "  good:      $(grep '^upgraded' "$root/tmp/upgrade.log")"
own rollback >"$root/tmp/rollback.log" 2>&1 || fail rollback
ready || fail 'not ready after the rollback'
say "  rollback:  $(tail -n 1 "$root/tmp/rollback.log")"
own service stop && own service uninstall >/dev/null || fail uninstall
[ ! -e "$root/usr/local/libexec/scim-connector" ] && [ -e "$root/etc/scim-connector/connector.toml" ] || fail 'service uninstall'
say 'Linux: ok'
