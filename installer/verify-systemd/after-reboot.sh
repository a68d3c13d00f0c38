# The machine has come up again. Then the package goes, and comes back silently.
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

say 'a silent installation, with an account that was there before'
useradd --system --home-dir /nonexistent --shell /bin/sh scim-connector
mkdir /etc/scim-connector
answers=/etc/scim-connector/answers.toml
printf 'config_version = 1\n[server]\nlistens = ":8443"\n' >$answers
does dpkg -i new.deb
says 'could not be used'
says 'listens'
[ ! -e $config ] && is ActiveState inactive || fail 'a wrong answers file'
say "  wrong answers: $(grep -m 1 'could not be used' $log | cut -c1-90)…"
does dpkg -r scim-connector
printf 'config_version = 1\n[server]\nlisten = ":8443"\n[tls]\nnames = ["idm01.corp.example"]\n' >$answers
does dpkg -i new.deb
says 'the credential for Okta is in /etc/scim-connector/token.txt'
token=$(cat /etc/scim-connector/token.txt)
if grep -q -- "$token" $log; then fail 'the token was printed'; fi
within 30 ready || fail 'not started'
[ "$(create "$token" bjensen)" = 201 ] || fail 'create'
modes=$(cd /etc/scim-connector && stat -c '%a %U:%G' . connector.toml token.txt $state | tr '\n' ' ')
[ "$modes" = '750 root:scim-connector 640 root:scim-connector 600 root:root 700 scim-connector:scim-connector ' ] || fail "$modes"
say "  configured, started, create over HTTPS; $modes"
does dpkg -P scim-connector
getent passwd scim-connector >$log || fail 'the account was not ours to remove'
userdel scim-connector
