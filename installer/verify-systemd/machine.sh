# What the proofs have in common.
unit=scim-connector.service
config=/etc/scim-connector/connector.toml
state=/var/lib/scim-connector
url=https://127.0.0.1:8443
log=/proof/log

say() { printf '%s\n' "$*"; }
fail() {
  trap - ERR
  say "FAILED: $*"
  say '-- last command'
  tail -n 20 $log || true
  say '-- journal'
  journalctl --no-pager -o short-monotonic -n 40 -u $unit || true
  sync
  systemctl --no-block poweroff
  exit 1
}
# Runs something that must end well, or must not; what it says is in the log.
does() { "$@" >$log 2>&1 || fail "($?) $*"; }
refuses() { if "$@" >$log 2>&1; then fail "not refused: $*"; fi; }
says() { grep -q -- "$1" $log || fail "not said: $1"; }
show() { systemctl show -P "$1" $unit; }
pid() { show MainPID; }
version_of() { "$1" version | sed -n 's/^version *//p'; }
# Without running it, which is slow in an emulated machine.
runs() { LC_ALL=C grep -qaF "version:\"$1\",description" "/proc/$(pid)/exe" || fail "another version than $1 runs"; }
within() { # SECONDS COMMAND…
  local end=$((SECONDS + $1)); shift
  until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.3; done
}
is() { [ "$(show "$1")" = "$2" ]; }
ready() { curl -sk --max-time 20 $url/readyz | grep -q '"ok"'; }
request() { # TOKEN curl's words: the answer, and its status in the last line
  local token=$1; shift
  curl -s --max-time 60 --cacert $state/tls/ca.crt -H "Authorization: Bearer $token" -w '\n%{http_code}' "$@"
}
people() { # TOKEN: how many bjensen
  request "$1" "$url/scim/v1/Users?filter=userName%20eq%20%22BJENSEN%22" | sed -n 's/.*"totalResults":\([0-9]*\).*/\1/p'
}
create() { # TOKEN NAME: the status
  local body='{"schemas":["urn:scim:schemas:core:1.0"],"userName":"'$2'","name":{"givenName":"B","familyName":"J"}}'
  request "$1" -H 'Content-Type: application/json' -d "$body" $url/scim/v1/Users | tail -n 1
}
serves() { # WHAT: ready, with the person made at the beginning
  within 60 ready || fail "$1: not ready"
  [ "$(people "$token")" = 1 ] || fail "$1: data lost"
}
# Journal lines of the unit since the last `mark`.
mark() { since=$(date +%s.%N); }
journal() { journalctl --no-pager -o cat -u $unit --since "@$since"; }
heard() { journal | grep -q -- "$1"; }
restarted() { # BEFORE
  [ "$(pid)" != "$1" ] && [ "$(pid)" != 0 ]
}
