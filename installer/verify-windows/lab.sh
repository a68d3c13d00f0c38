# A Wine prefix of its own, and words to say what is done in it. Sourced by verify-windows.sh: $root, $dist.
work=$(mktemp -d "$root/tmp/verify.XXXXXX")
inside=${work#"$root"}
drive=$work/prefix/drive_c
program='C:\Program Files\SCIM Connector'
program_folder="$drive/Program Files/SCIM Connector"
data=$drive/ProgramData/scim-connector
log=$data/logs/scim-connector.log
# Seldom the same: an earlier run may have left something behind.
port=$((20000 + RANDOM % 10000))
url=https://127.0.0.1:$port

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; tail -n 40 "$work"/*.log "$data"/logs/*.log 2>/dev/null | cut -c1-500 || true; exit 1; }
in_wine() {
  chroot "$root" /usr/bin/env -i HOME="$inside" PATH=/usr/bin:/bin:/usr/lib/wine LANG=C.UTF-8 WINEPREFIX="$inside/prefix" \
    WINEDEBUG=-all,+eventlog WINEDLLOVERRIDES='icacls.exe=n' "$@"
}
# Wine cannot write to pipes as Node expects: everything goes to files. wine.log has what all of them say on stderr, the
# services too, and the Event Log: Wine keeps none but prints it.
wine() {
  touch "$work/wine.log"
  before=$(stat -c %s "$work/wine.log")
  in_wine wine "$@" </dev/null >"$work/out.log" 2>>"$work/wine.log"
}
connector() { wine "$program\\scim-connector.exe" "$@"; }
host() { wine "$program\\scim-connector-service.exe" "$@"; }
msi() { wine msiexec "$1" "$(windows "$2")" /qn "${@:3}"; }
# A file in $work, as Windows names it.
windows() { local path="$inside/$1"; printf 'Z:%s' "${path//\//\\}"; }
out() { grep -q "$1" "$work/out.log"; }
# Since the last command began, on stderr or in the Event Log.
said() { tail -c "+$((before + 1))" "$work/wine.log" | grep -aq "$1"; }
running() { host status && out '"running":true'; }
stopped() { host status && out '"running":false'; }
within() { local seconds=$1; shift; for _ in $(seq $((seconds * 5))); do if "$@"; then return 0; fi; sleep 0.2; done; return 1; }
ready() { curl -sk --max-time 5 "$url/readyz" | grep -q '"ok"'; }
token() { tr -d '\r\n' <"$1"; }
create() { # TOKEN NAME: the status
  local body='{"schemas":["urn:scim:schemas:core:1.0"],"userName":"'$2'","name":{"givenName":"Barbara","familyName":"Jensen"}}'
  curl -s --cacert "$data/state/tls/ca.crt" -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -d "$body" "$url/scim/v1/Users"
}
people() { # TOKEN: how many bjensen
  curl -s --cacert "$data/state/tls/ca.crt" -H "Authorization: Bearer $1" "$url/scim/v1/Users?filter=userName%20eq%20%22BJENSEN%22" | sed -n 's/.*"totalResults":\([0-9]*\).*/\1/p'
}

finish() {
  in_wine wineserver -k >/dev/null 2>&1 || true
  [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap finish EXIT
mount -t proc proc "$root/proc"

say 'new Wine prefix'
mkdir "$work/prefix"
# Stays between the commands, which would else each start all services and end them.
in_wine wineserver -p
# Not wineboot: in a new prefix it starts a second service manager, and the two answer in turn.
wine cmd /c exit || fail 'wine'
for tool in icacls hold; do
  x86_64-w64-mingw32-gcc -O2 -s -municode -Wall -Wextra -Werror -o "$work/$tool.exe" "$here/verify-windows/$tool.c"
done
cp "$work/icacls.exe" "$drive/windows/system32/icacls.exe"
printf 'config_version = 1\n[server]\nlisten = "127.0.0.1:%s"\n[tls]\nnames = ["idm01.corp.example"]\n' "$port" >"$work/answers.toml"
printf 'config_version = 1\nnonsense = 1\n' >"$work/wrong.toml"
