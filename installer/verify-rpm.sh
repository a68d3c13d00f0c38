#!/usr/bin/env bash
# Proves the .rpm with rpm --root in a copy of a clean root: no RHEL, but rpm's own order of scripts, its owners and modes.
# Dependencies cannot be judged there (glibc belongs to no rpm package). Usage: verify-rpm.sh ROOT DIST
set -euo pipefail
base=$1 dist=$2
version=$(node -p 'require("./package.json").version')
root=$(mktemp -d /var/tmp/verify-rpm.XXXXXX)
package=$(echo "$dist"/scim-connector-"$version"-*.x86_64.rpm)
log=$root/tmp/rpm.log

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; tail -n 30 "$log" 2>/dev/null || true; exit 1; }
finish() { umount "$root/proc" 2>/dev/null || true; [ -n "${KEEP:-}" ] || rm -rf "$root"; }
trap finish EXIT
cp -a "$base/." "$root/"
mount -t proc proc "$root/proc"
packages() { rpm --root "$root" --dbpath /var/lib/rpm --nodeps "$@" >"$log" 2>&1; }
connector() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 scim-connector "$@" >"$root/tmp/connector.log" 2>&1; }
mode() { chroot "$root" stat -c '%a %U:%G' "$1"; }

say "installed by $(rpm --version)"
rpm -K --nosignature "$package" >/dev/null || fail 'digests'
packages -i "$package" || fail install
grep -q 'sudo scim-connector init' "$log" || fail 'next command not printed'
[ "$(mode /etc/scim-connector)" = '750 root:scim-connector' ] || fail "configuration: $(mode /etc/scim-connector)"
[ "$(mode /var/lib/scim-connector)" = '700 scim-connector:scim-connector' ] || fail "state: $(mode /var/lib/scim-connector)"
packages -V scim-connector || fail verify
connector init --yes --token-file /root/token || { cp "$root/tmp/connector.log" "$log"; fail init; }
connector check || { cp "$root/tmp/connector.log" "$log"; fail check; }
say '  digests, owners, modes, rpm -V, init and check: ok'

say 'upgrade over it, and removal'
packages -U --force "$package" || fail upgrade
grep -q 'what was running keeps running' "$log" && fail 'upgrade: check'
ls -d "$root"/var/lib/scim-connector/backups/* >/dev/null 2>&1 || fail 'no backup'
packages -e scim-connector || fail remove
[ ! -e "$root/usr/libexec/scim-connector/scim-connector" ] && [ -e "$root/etc/scim-connector/connector.toml" ] || fail 'remove'
[ -e "$root/var/lib/scim-connector/tls/ca.crt" ] || fail 'data removed'
say '  backup made, configuration and data kept'

say 'a silent installation, by answers that were there before'
rm -rf "$root/etc/scim-connector" "$root/var/lib/scim-connector"
mkdir "$root/etc/scim-connector"
printf 'config_version = 1\n[server]\nlistens = ":8443"\n' >"$root/etc/scim-connector/answers.toml"
packages -i "$package" || fail 'wrong answers have failed the installation'
grep -q 'could not be used' "$log" && [ ! -e "$root/etc/scim-connector/connector.toml" ] || fail 'wrong answers'
packages -e scim-connector || fail remove
sed -i 's/listens/listen/' "$root/etc/scim-connector/answers.toml"
packages -i "$package" || fail answers
grep -q 'the credential for Okta is in /etc/scim-connector/token.txt' "$log" || fail 'the path of the token is not printed'
if grep -q -- "$(cat "$root/etc/scim-connector/token.txt")" "$log"; then fail 'the token is printed'; fi
for wanted in '750 root:scim-connector .' '640 root:scim-connector connector.toml' '600 root:root token.txt'; do
  [ "$(mode "/etc/scim-connector/${wanted##* }")" = "${wanted% *}" ] || fail "not $wanted"
done
connector check || { cp "$root/tmp/connector.log" "$log"; fail check; }
say '  configured, owners and modes, check: ok'
say 'rpm: ok'
