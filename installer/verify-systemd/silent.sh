# The .deb of a machine that is set up without anybody: settings come before the package.

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
