# `upgrade` and `rollback` of what setup.exe installed; then it is removed.
say 'upgrade FILE and rollback'
mkdir "$work/release"
cp "$dist/scim-connector-$version-win-x64.tar.gz" "$work/release/good.tar.gz"
{ head -c 1000000 "$work/release/good.tar.gz"; head -c 1000 /dev/zero; tail -c +1001001 "$work/release/good.tar.gz"; } >"$work/release/tampered.tar.gz"
good=$(sha256sum <"$work/release/good.tar.gz")
for name in good tampered; do printf '%s  %s.tar.gz\n' "${good%% *}" $name; done >"$work/release/SHA256SUMS"
sum() { sha256sum <"$program_folder/scim-connector.exe"; }
installed=$(sum)
if connector upgrade "$(windows release/tampered.tar.gz)" --unsigned; then fail 'took a tampered release'; fi
said 'its SHA-256 differs' || fail 'does not say why'
if connector upgrade "$(windows release/good.tar.gz)"; then fail 'took an unsigned release'; fi
[ "$(sum)" = "$installed" ] && running && ready || fail 'a refused upgrade changed something'
connector upgrade "$(windows release/good.tar.gz)" --unsigned && out ', and running' || fail 'upgrade'
running && ready && [ -e "$program_folder/scim-connector.exe.previous" ] || fail 'not running after the upgrade'
connector rollback && out ', and running' || fail 'rollback'
running && ready && [ "$(people "$(token "$data/token.txt")")" = 1 ] || fail 'not running with its data after the rollback'
uninstall /PURGE && [ ! -e "$data" ] || fail 'uninstall /S /PURGE'
say '  tampered and unsigned: refused, nothing changed; upgraded, and back, while the service runs; purged'
