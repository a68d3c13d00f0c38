# The .deb: installed, set up, started; then whatever may happen to a service.

say 'the package'
does dpkg -i old.deb
says 'sudo scim-connector init'
is UnitFileState enabled && is ActiveState inactive || fail 'not enabled, or started without configuration'
does systemctl start $unit
is ActiveState inactive || fail 'started without configuration'
[ "$(version_of scim-connector)" = "$old" ] || fail "version: $(version_of scim-connector)"
does scim-connector init --yes --token-file /root/token
token=$(cat /root/token)
does scim-connector check
does scim-connector service start
ready || fail 'service start came back before the service was ready'
[ "$(create "$token" bjensen)" = 201 ] && [ "$(people "$token")" = 1 ] || fail 'create and filter over HTTPS'
does scim-connector service status
says 'running.*true'
does systemctl show $unit -p ActiveState,SubState,User,MainPID,NRestarts
say "  $(tr '\n' ' ' <$log)"
is ActiveState active && is SubState running || fail 'not active'
status=$(cat "/proc/$(pid)/status")
account=$(id -u scim-connector)
for line in "Uid:.$account.$account.$account" 'CapEff:.0*$' 'CapBnd:.0*$' 'NoNewPrivs:.1' 'Seccomp:.2' 'Groups:.[0-9]* *$'; do
  grep -q "^$line" <<<"$status" || fail "/proc/$(pid)/status is not $line"
done
grep -q '^Max open files *65536' "/proc/$(pid)/limits" || fail 'open files'
say '  installed, not started, init, started, create and filter over HTTPS, unprivileged: ok'
does systemd-analyze verify $unit
[ ! -s $log ] || fail 'systemd-analyze verify'
does systemd-analyze security --no-pager --threshold=40 $unit
say "  systemd-analyze: verify clean; $(tail -n 1 $log | sed 's/.*exposure/exposure/')"

say 'the key of stored secrets among the credentials of systemd'
key=$state/secret.key
does sh -c 'printf probe-0123456789abcdef | scim-connector secret set probe'
sed -i '0,/^#token = .*/s//token = { secret = "probe" }/' $config
install -d -m 0700 /etc/credstore /etc/credstore.encrypted
install -m 0600 -o root $key /etc/credstore/scim-connector.secret.key
rm $key
does systemctl restart $unit
[ "$(people probe-0123456789abcdef)" = 1 ] || fail 'LoadCredential'
does scim-connector check
does sh -c 'printf second | scim-connector secret set second'
[ ! -e $key ] || fail 'a second key was made'
say '  /etc/credstore: the service opens its secrets, check and secret set do: ok'
does systemd-creds encrypt --with-key=host --name=secret.key /etc/credstore/scim-connector.secret.key \
  /etc/credstore.encrypted/scim-connector.secret.key
rm /etc/credstore/scim-connector.secret.key
mkdir -p /etc/systemd/system/$unit.d
printf '[Service]\nLoadCredentialEncrypted=secret.key:scim-connector.secret.key\n' >/etc/systemd/system/$unit.d/key.conf
does systemctl daemon-reload
does scim-connector check
does systemctl restart $unit
[ "$(people probe-0123456789abcdef)" = 1 ] || fail 'LoadCredentialEncrypted'
say '  encrypted in /etc/credstore.encrypted: ok'

say 'what may happen'
before=$(pid)
kill -KILL "$before"
within 90 restarted "$before" || fail 'not started again'
serves 'after SIGKILL'
say "  killed: started again, NRestarts=$(show NRestarts), data kept"
mark
cp $config /root/good.toml
sed -i 's/^#read_only = .*/read_only = true/' $config
does systemctl reload $unit
within 30 heard 'configuration read again' || fail reload
[ "$(create "$token" nobody)" = 403 ] || fail 'reload has changed nothing'
printf 'nonsense = 1\n' >>$config
before=$(pid)
does systemctl reload $unit
within 30 heard 'keeping the configuration in use' || fail 'reload of a wrong configuration'
ready && [ "$(pid)" = "$before" ] || fail 'a wrong configuration was taken up'
say '  reload: taken up; a wrong one refused and the old one kept'
refuses scim-connector service restart
says nonsense
is ExecMainStatus 2 && is ActiveState failed || fail "a wrong configuration: $(show ActiveState), exit $(show ExecMainStatus)"
sleep 7
is ActiveState failed && is NRestarts 0 || fail 'started again and again'
cp /root/good.toml $config
does systemctl start $unit
serves 'mended configuration'
say '  a wrong configuration: exit code 2, not started again; mended, it starts'
does systemctl stop $unit
stopped=$((($(show InactiveEnterTimestampMonotonic) - $(show ActiveExitTimestampMonotonic)) / 1000))
is Result success && [ -e $state/connector.db ] && [ ! -e $state/connector.db-wal ] || fail 'the database was not closed'
[ $stopped -lt 5000 ] || fail "the stop took $stopped ms"
say "  stopped in $stopped ms, database closed"

quick=/run/systemd/system/$unit.d/quick.conf
mkdir -p "$(dirname $quick)"
printf "[Service]\nRestartSec=100ms\nExecStart=\nExecStart=/bin/sh -c 'exit 3'\n" >$quick
systemctl daemon-reload
refuses systemctl restart $unit
# Far more than systemd's usual limit of five starts within ten seconds.
failed() { [ "$(show NRestarts)" -ge 12 ]; }
within 60 failed || fail "gave up after $(show NRestarts) restarts: $(show ActiveState)"
rm $quick
systemctl daemon-reload
say "  fails as often as it likes: started again $(show NRestarts) times"
does systemctl stop $unit
cat >$config <<'TOML'
config_version = 1
state_dir = "/var/lib/scim-connector"
[apps.default]
backend = "ldap"
[apps.default.ldap]
urls = ["ldap://127.0.0.1:389"]
bind_dn = "cn=scim,dc=example,dc=com"
password = { env = "LDAP_PASSWORD" }
[apps.default.users]
base = "dc=example,dc=com"
[apps.default.groups]
base = "dc=example,dc=com"
TOML
(umask 077 && printf 'LDAP_PASSWORD="a b#c"\n' >/etc/scim-connector/environment)
mark
refuses systemctl start $unit
is ExecMainStatus 3 && is ActiveState activating || fail "exit $(show ExecMainStatus), $(show ActiveState)"
refuses scim-connector check
if grep -q 'LDAP_PASSWORD is not set' $log; then fail "check does not know the service's environment"; fi
rm /etc/scim-connector/environment
cp /root/good.toml $config
# The next thing that may pass by itself: an address that comes up late.
sed -i 's/^#listen = .*/listen = "192.0.2.1:8443"/' $config
within 90 heard 'is no address of this machine' || fail 'an address that is not there'
echo 1 >/proc/sys/net/ipv4/ip_nonlocal_bind
within 90 is ActiveState active || fail 'did not recover by itself'
cp /root/good.toml $config
does systemctl restart $unit
serves 'after all that'
say "  directory out of reach, then its address: up by itself"
