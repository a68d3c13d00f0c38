# The service as the packages install it.
state_of_service() { wine sc query scim-connector && grep -qE "STATE +: $1" "$work/out.log" && grep -qE "WIN32_EXIT_CODE +: $2" "$work/out.log" && grep -qE "SERVICE_EXIT_CODE +: $3" "$work/out.log"; }

serves_and_stops() { # TOKENFILE
  local ms token
  token=$(token "$1")
  [ "$(create "$token" bjensen)" = 201 ] && [ "$(people "$token")" = 1 ] || fail 'create and filter over HTTPS'
  host reload && within 5 grep -q '"msg":"configuration read again and in force"' "$log" || fail 'reload'
  connector service status && grep -qE 'running +true' "$work/out.log" || fail 'status'
  connector service stop || fail 'service stop'
  said 'L"Stopped."' || fail 'no event of the stop'
  ms=$(node -e '
    const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    const last = (start) => Date.parse(lines.findLast(({ msg }) => msg?.startsWith(start))?.time);
    console.log(last("stopped") - last("stopping"));
  ' "$log")
  [ "$ms" -ge 0 ] && [ "$ms" -le 5000 ] || fail "the connector took $ms ms from the request to stop to its end"
  [ ! -s "$data/state/connector.db-wal" ] || fail 'the database was not closed'
  state_of_service 1 0 0 || fail 'a stop that was asked for must not look like a failure'
  say "  create and filter over HTTPS, reload, stop ($ms ms to the closed database): ok"
}

# Wine does not restart services, so what is shown is that it ends as those do that are to be restarted.
fails_well() {
  connector service start || fail 'service start'
  before=$(stat -c %s "$work/wine.log")
  in_wine wine taskkill /F /IM scim-connector.exe >/dev/null 2>&1
  within 10 state_of_service 1 1066 1 || fail 'a crash must end the service with a code of its own'
  grep -a 'ended by itself with code 1' "$work/wine.log" >/dev/null || fail 'no event of the crash'
  connector service start && within 10 ready || fail 'start after a crash'
  sed -i.good '1i nonsense = 1' "$data/connector.toml"
  if connector service restart; then fail 'started with a refused configuration'; fi
  said 'nonsense: unknown setting' || fail 'the event does not say what is refused'
  state_of_service 1 0 0 || fail 'a refused configuration would be started again and again'
  mv "$data/connector.toml.good" "$data/connector.toml"
  say '  a crash ends it with a code and an event; a refused configuration ends it for good, and says why'
}

rotates() {
  connector service stop
  head -c 10485700 /dev/zero | tr '\0' x >>"$log"
  echo >>"$log"
  echo older >"$data/logs/scim-connector.1.log"
  in_wine wine "$(windows hold.exe)" 'C:\ProgramData\scim-connector\logs\scim-connector.log' </dev/null >/dev/null 2>&1 &
  sleep 1
  connector service start && connector service stop || fail 'restart with a log that is held'
  grep -q older "$data/logs/scim-connector.1.log" && [ "$(stat -c %s "$log")" -gt 10485760 ] || fail 'rotated a log that could not be renamed'
  wine taskkill /F /IM hold.exe
  wait $! || true
  connector service start || fail 'service start'
  within 5 grep -q older "$data/logs/scim-connector.2.log" || fail 'not rotated'
  [ "$(stat -c %s "$data/logs/scim-connector.1.log")" -gt 10485760 ] && [ -e "$log" ] || fail 'not rotated'
  host reload && within 5 grep -q 'read again' "$log" || fail 'writes no more after the rotation'
  say '  a full log is rotated while it runs, and left alone while somebody holds it'
}
