# The executable alone: what it writes is private, whatever its path; the service that it makes.
say 'bare executable, in a folder of 300 characters that are not all ASCII'
mkdir "$drive/bare"
cp "$build/bin/scim-connector-win-x64.exe" "$drive/bare/scim-connector.exe"
folder='C:\bare'
for name in Jürgen Zoë Łukasz Nguyễn 山田; do folder="$folder\\$name-$(printf 'x%.0s' $(seq 50))"; done
bare() { wine 'C:\bare\scim-connector.exe' "$@"; }
say "  version: $(bare version --json && tr -d '\r\n' <"$work/out.log")"
bare init --yes --port "$port" --config "$folder\\connector.toml" --token-file 'C:\bare\token.txt' || fail 'init'
bare check --config "$folder\\connector.toml" || fail 'check'
in_wine wine 'C:\bare\scim-connector.exe' serve --config "$folder\\connector.toml" </dev/null >"$work/serve.log" 2>>"$work/wine.log" &
within 30 ready || fail 'not ready'
wine taskkill /F /IM scim-connector.exe || fail 'taskkill'
wait $! || true
bare data backup 'C:\bare\backup.db' --config "$folder\\connector.toml" || fail 'data backup'
say '  init, check, serve, backup: ok'

# The first word says what it was, the second how much was in it when it was made private: nothing.
private() { grep -q "^$1 0 [^ ]*$2 /inheritance:r /grant:r" "$drive/icacls.log" || fail "not private from the beginning: $2"; }
private folder 'connector-data'
private folder 'connector-data.tls'
private file 'connector.toml.*'
private file 'token.txt.*'
private file 'backup.db.*'
if grep -avP '^\xEF\xBB\xBF' "$drive/icacls.log" | grep -v ' 0 '; then fail 'made private too late'; fi
say '  state, configuration, token and backup were made private while they were empty'

say 'bare executable as a service'
bare service install && out 'next: "C:.Program Files.SCIM Connector.scim-connector" init' || fail 'service install'
stopped || fail 'started without a configuration'
connector init --yes --port "$port" --token-file 'C:\token.txt' || fail 'init'
# From the bare one again, as after an upgrade by hand: it runs, and is replaced.
connector service start && bare service install && out started && within 10 ready || fail 'service install over a running one'
bare service uninstall && bare service status --json && out '"installed": false' || fail 'service uninstall'
rm -rf "$data" "$program_folder" "$drive/token.txt"
say '  installed, set up, replaced while it ran, removed'
