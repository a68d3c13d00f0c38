# The bare executable: `service install`, and its own upgrade.
program=/usr/local/libexec/scim-connector/scim-connector
release() { (cd /proof/release && sha256sum "$1" >SHA256SUMS); }

say 'the bare executable, under a strict umask'
umask 077
hash -r
does /proof/scim-connector service install
says 'next: scim-connector init'
is UnitFileState enabled && is ActiveState inactive || fail 'service install'
rm -f /root/token
does scim-connector init --yes --token-file /root/token
token=$(cat /root/token)
does scim-connector service start
ready || fail 'not ready'
[ "$(create "$token" bjensen)" = 201 ] || fail create
[ "$(stat -c %U "/proc/$(pid)")" = scim-connector ] || fail 'account'
does systemd-analyze verify $unit
[ ! -s $log ] || fail 'systemd-analyze verify'
say "  installed, set up and started as scim-connector: $(readlink "/proc/$(pid)/exe")"

say 'its upgrade, and the way back'
before=$(pid)
release good.tar.gz
cp release/good.tar.gz release/good
printf x >>release/good.tar.gz
refuses scim-connector upgrade release/good.tar.gz --unsigned
says 'SHA-256 differs'
[ "$(pid)" = "$before" ] || fail 'restarted'
say "  tampered: $(tail -n 1 $log)"
cat >release/broken <<'BROKEN'
#!/bin/sh
case $1 in version) echo '{"version":"9.9.9"}' ;; check) exit 0 ;; *) exit 1 ;; esac
BROKEN
release broken
refuses scim-connector upgrade release/broken --unsigned
says 'runs again'
serves broken
runs "$old"
say "  broken:   $(tail -n 1 $log)"
mv release/good release/good.tar.gz
release good.tar.gz
does scim-connector upgrade release/good.tar.gz --unsigned
serves good
runs "$version"
say "  good:     $(grep '^upgraded' $log)"
does scim-connector rollback
serves rollback
runs "$old"
say "  rollback: $(tail -n 1 $log)"
before=$(pid)
does dpkg -i /proof/newer.deb
says 'the bare executable has installed the service'
[ "$(pid)" = "$before" ] || fail 'the package has taken over'
does scim-connector service stop
is ActiveState inactive && [ ! -e $state/connector.db-wal ] || fail 'service stop'
does scim-connector service uninstall
[ ! -e $program ] && [ ! -e /etc/systemd/system/$unit ] && [ -e $config ] && [ -e $state/connector.db ] || fail uninstall
does systemctl enable --now $unit
serves 'the package instead'
[ "$(readlink "/proc/$(pid)/exe")" = /usr/libexec/scim-connector/scim-connector ] || fail 'another program runs'
refuses /proof/scim-connector service install
says 'a package has installed the service already'
say '  stopped and uninstalled, configuration and data kept; a package takes over'
