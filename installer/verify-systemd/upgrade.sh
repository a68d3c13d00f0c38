# The next .deb over the running service, and the way back.
backups() { find $state/backups -name connector.db | wc -l; }

say 'the next package'
before=$(pid)
does dpkg -i new.deb
restarted "$before" || fail 'not restarted'
runs "$version"
serves upgrade
[ "$(backups)" = 1 ] || fail 'no backup'
say "  $old ran, $version installed: backup made, checked, restarted, data kept"
before=$(pid)
# Well-formed, so that it is the check that fails: there is no such certificate.
sed -i -e 's/^#source = .*/source = "files"/' -e 's/^#\(\(cert\|key\)_file = .*\)/\1/' $config
does dpkg -i newer.deb
says 'because of these checks'
[ "$(pid)" = "$before" ] || fail 'restarted against the checks'
cp /root/good.toml $config
serves 'upgrade against the checks'
say '  checks that fail: the package is installed, what ran keeps running'
does systemctl disable $unit
does systemctl mask $unit
does dpkg -i new.deb
says 'sudo systemctl restart'
[ "$(pid)" = "$before" ] && is LoadState masked || fail 'masked, and restarted'
does systemctl unmask $unit
is UnitFileState disabled || fail 'enabled again'
serves masked
does systemctl stop $unit
does dpkg -i old.deb
is ActiveState inactive || fail 'a stopped service was started'
does systemctl enable --now $unit
runs "$old"
serves downgrade
say "  disabled, masked or stopped by the operator: stays so; back on $old with all data"
