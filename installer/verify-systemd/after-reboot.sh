# The machine has come up again. Then the package goes.
token=$(cat /root/token)

say 'after a reboot'
within 60 ready || fail 'the service did not come up'
[ "$(people "$token")" = 1 ] && [ "$(people probe-0123456789abcdef)" = 1 ] || fail 'data or key lost'
is UnitFileState enabled && is NRestarts 0 || fail 'not enabled, or started twice'
say '  the service is up by itself, with data and key'

say 'remove and purge'
does dpkg -r scim-connector
is ActiveState inactive || fail 'still running'
[ -e $config ] && [ -e $state/connector.db ] && [ ! -e /usr/libexec/scim-connector ] || fail remove
does dpkg -i new.deb
is UnitFileState enabled || fail 'not enabled after coming back'
does dpkg -r scim-connector
# As where the data lie on a disk of their own.
mkdir /root/disk
mount --bind /root/disk $state
touch $state/file
does dpkg -P scim-connector
[ -z "$(ls -A /root/disk)" ] || fail 'the mounted folder was not emptied'
umount $state
rm -r $state
left=$(find /etc /var /usr -xdev -path '*scim-connector*' ! -path "/etc/systemd/system/$unit.d*" ! -path '/etc/credstore*' | head)
[ -z "$left" ] || fail "left behind: $left"
getent passwd scim-connector && fail 'account left behind'
rm -r /etc/systemd/system/$unit.d /etc/credstore.encrypted
say '  removed with data kept, back again, purged also where the state is a mount point'
