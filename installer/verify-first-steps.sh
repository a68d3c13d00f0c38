#!/usr/bin/env bash
# Runs the commands of docs/first-steps.md as they stand there, each part in a clean root made by
#   debootstrap --variant=minbase --include=slapd,openssl bookworm ROOT
# Works on copies. Usage: verify-first-steps.sh ROOT DIST
set -euo pipefail
base=$1 dist=$2
here=$(dirname "$(readlink -f "$0")")
page=$here/../docs/first-steps.md
root=
directory=

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; tail -n 30 "$root/root/said" 2>/dev/null || true; exit 1; }
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb "$@"; }
leave() {
  [ ! -s "$root/run/service.pid" ] || kill "$(cat "$root/run/service.pid")" 2>/dev/null || true
  [ -z "$directory" ] || kill "$directory" 2>/dev/null || true
  directory=
  sleep 0.5
  umount "$root/proc" 2>/dev/null || true
  rm -rf "$root"
}
trap '[ -z "$root" ] || leave' EXIT

enter() {
  root=$(mktemp -d /var/tmp/verify-first-steps.XXXXXX)
  chmod 0755 "$root"
  cp -a "$base/." "$root/"
  mount -t proc proc "$root/proc"
  printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
  cp "$dist"/scim-connector_*_amd64.deb "$root/root/"
  # Root needs no sudo, and a root that has not booted has no systemd: the service is started as its unit would.
  printf '#!/bin/sh\nexec "$@"\n' >"$root/usr/local/bin/sudo"
  cat >"$root/usr/local/bin/scim-connector" <<'S'
#!/bin/sh
if [ "$1 $2" != "service start" ]; then exec /usr/bin/scim-connector "$@"; fi
setpriv --reuid=scim-connector --regid=scim-connector --clear-groups /usr/bin/scim-connector serve \
  --config /etc/scim-connector/connector.toml >/root/serve.log 2>&1 &
echo $! >/run/service.pid
for _ in $(seq 100); do grep -q 'listening on' /root/serve.log && exit 0; sleep 0.2; done
cat /root/serve.log; exit 1
S
  chmod 0755 "$root"/usr/local/bin/*
}

# TITLE: the commands of the section that begins so, one a line.
commands_of() { awk -v title="## $1" 'index($0, "## ") == 1 { on = index($0, title) == 1 } on && /^    \$ / { print substr($0, 7) }' "$page"; }

# TITLE MOST: runs them; there must not be more.
follow() {
  local count=0 began=$SECONDS line
  while IFS= read -r line; do
    count=$((count + 1))
    in_root PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "cd /root && $line" >"$root/root/said" 2>&1 </dev/null || fail "$line"
    case $line in *' doctor') grep -q ' 0 red' "$root/root/said" || fail "$line"; tail -n 2 "$root/root/said" | head -n 1 ;; esac
  done < <(commands_of "$1")
  [ $count -gt 0 ] && [ $count -le "$2" ] || fail "$1: $count commands, at most $2"
  say "  $1: $count commands, $((SECONDS - began)) s: ok"
}

say "first steps in a clean Debian $(cat "$base/etc/debian_version")"
enter
follow 'With the built-in database' 12
leave

enter
export IMAGE=$root/srv/directory.image ADMIN_PASSWORD=admin-only-here SERVICE_PASSWORD=service-only-here
mkdir -p "$root/srv/directory" "$IMAGE" "$root/srv/lab"
cp "$here"/../test/support/directories/{openldap,certificates}.sh "$root/srv/lab/"
lab() { in_root IMAGE=/srv/directory.image ADMIN_PASSWORD=$ADMIN_PASSWORD SERVICE_PASSWORD=$SERVICE_PASSWORD /srv/lab/openldap.sh "$@"; }
lab prepare /srv/directory.image >"$root/root/said" 2>&1 || fail 'the directory: prepare'
lab create /srv/directory 10389 10636 >"$root/root/said" 2>&1 || fail 'the directory: create'
lab start /srv/directory &
directory=$!
for _ in $(seq 50); do [ -s "$root/srv/directory/run/slapd.pid" ] && break; sleep 0.2; done
directory=$(cat "$root/srv/directory/run/slapd.pid")
cp "$root/srv/directory/tls/ca.crt" "$root/root/ldap-ca.pem"
printf %s $SERVICE_PASSWORD >"$root/root/bind-password.txt"
# What `cat answers.toml` shows is what the reader has written.
awk '/^    \$ cat answers.toml/ { on = 1; next } /^    \$ / { on = 0 } on' "$page" | sed 's/^    //' >"$root/root/answers.toml"
follow 'With a directory' 12
leave
root=
say 'first-steps: ok'
