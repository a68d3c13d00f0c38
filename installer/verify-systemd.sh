#!/usr/bin/env bash
# Proves the service on a Debian that has really booted, in a virtual machine without network. ROOT is made by
#   debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,linux-image-cloud-amd64,curl bookworm ROOT
# and stays as it is. Usage: verify-systemd.sh ROOT DIST. What happens in the machine: verify-systemd/prove.
# ACCEL=tcg does without KVM; KEEP=1 keeps the machine's disk and console.
set -euo pipefail
base=$1 dist=$2
here=$(dirname "$(readlink -f "$0")")
version=$(node -p 'require("./package.json").version')
# Of the same length, so that it can be written over the other in an executable.
old=$(tr 1-9 0 <<<"$version")
work=$(mktemp -d /var/tmp/verify-systemd.XXXXXX)

say() { printf '%s\n' "$*"; }
finish() {
  for file in "$work"/*.pid; do [ ! -e "$file" ] || kill "$(cat "$file")" 2>/dev/null || true; done
  if [ -n "${KEEP:-}" ]; then say "kept: $work"; else rm -rf "$work"; fi
}
trap finish EXIT

# NAME VERSION [PROGRAM]: the package with another number, and another program in it.
package() {
  rm -rf "$work/package"
  dpkg-deb -R "$dist/scim-connector_$version-1_amd64.deb" "$work/package"
  sed -i "s/^Version: .*/Version: $2/" "$work/package/DEBIAN/control"
  [ -z "${3:-}" ] || install -m 0755 "$3" "$work/package/usr/libexec/scim-connector/scim-connector"
  dpkg-deb --root-owner-group -Znone --build "$work/package" "$proof/$1.deb" >/dev/null
}

say 'making the machine'
root=$work/root proof=$work/root/proof
mkdir "$root"
cp -a "$base/." "$root/"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root/usr/share/doc" "$root/usr/share/locale"
mkdir "$proof"
cp "$here"/verify-systemd/* "$proof/"
printf 'version=%s old=%s\n' "$version" "$old" >"$proof/versions"
tar -xzf "$dist/scim-connector-$version-linux-x64.tar.gz" -C "$proof" --strip-components=1
LC_ALL=C sed "s/\(version:\"\)$version\(\",description\)/\1$old\2/" "$proof/scim-connector" >"$work/old"
package old "$old-1" "$work/old"
package new "$version-1"
package newer "$version-2"
mkdir "$proof/release"
cp "$dist/scim-connector-$version-linux-x64.tar.gz" "$proof/release/good.tar.gz"
install -m 0755 "$work/old" "$proof/scim-connector"
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
cat >"$root/etc/systemd/system/proof.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
TimeoutStartSec=infinity
ExecStart=/proof/prove
UNIT
mkdir -p "$root/etc/systemd/system/graphical.target.wants"
ln -s ../proof.service "$root/etc/systemd/system/graphical.target.wants/"
truncate -s 4G "$work/disk"
mke2fs -q -t ext4 -d "$root" "$work/disk"
cp -L "$root/vmlinuz" "$root/initrd.img" "$work/"
rm -rf "$root" "$work/package" "$work/old"

# NAME SECONDS: one boot of that machine, until it reboots or goes off.
boot() {
  timeout "$2" qemu-system-x86_64 -accel "$accelerator" -cpu Nehalem -smp 1 -m 1536 -nic none -display none -monitor none \
    -no-reboot -pidfile "$work/$1.pid" -kernel "$work/vmlinuz" -initrd "$work/initrd.img" \
    -drive "file=$work/$1.disk,if=virtio,format=raw,cache=unsafe" \
    -append "root=/dev/vda rw console=ttyS0 panic=-1 mitigations=off systemd.show_status=0 proof=$1" \
    -serial "file:$work/$1.console" -serial "file:$work/$1.result" </dev/null
}
# Whether a kernel starts under KVM here: there may be none, or one that only looks like it.
kvm_works() {
  [ -w /dev/kvm ] || return 1
  accelerator=kvm
  : >"$work/try.disk"
  boot try 15 >/dev/null 2>&1 || true
  grep -qs 'Linux version' "$work/try.console"
}
# NAME: that machine until it has proven its part; it reboots once at most.
prove() {
  cp --sparse=always "$work/disk" "$work/$1.disk"
  for _ in 1 2; do
    rm -f "$work/$1.result"
    boot "$1" 1500 || { say 'FAILED: the machine hung, or did not start'; break; }
    cat "$work/$1.result"
    if grep -q '^FAILED' "$work/$1.result"; then return 1; fi
    if grep -q "^$1: ok" "$work/$1.result"; then return 0; fi
  done
  tail -n 20 "$work/$1.console" | cut -c1-200
  return 1
}

accelerator=${ACCEL:-}
[ -n "$accelerator" ] || { kvm_works && accelerator=kvm; } || accelerator=tcg
say "booting two machines with $accelerator"
prove package >"$work/package.said" 2>&1 &
package=$!
prove executable >"$work/executable.said" 2>&1 &
executable=$!
failed=0
wait $package || failed=1
cat "$work/package.said"
wait $executable || failed=1
cat "$work/executable.said"
[ $failed = 0 ] || { say 'FAILED: systemd'; exit 1; }
say 'systemd: ok'
