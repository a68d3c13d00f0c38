# MSI and setup.exe: silently, with and without answers; upgrade, removal.
nobody_else() { for path in "$@"; do [ $((0$(stat -c %a "$path") & 7)) = 0 ] || fail "others may look into $path"; done; }
gone() { within 10 test ! -e "$program_folder/scim-connector.exe" || fail 'program left behind'; }
tell_setup_log() { grep -q "$1" "$data/logs/setup.log" || fail "setup.log does not say: $1"; }

cp "$dist/scim-connector-$version-x64.msi" "$work/new.msi"
cp "$work/new.msi" "$work/old.msi"
msibuild "$work/old.msi" -q "UPDATE Property SET Value = '0.0.1' WHERE Property = 'ProductVersion'" "UPDATE Property SET Value = '{00000000-0000-4000-8000-000000000001}' WHERE Property = 'ProductCode'"
msibuild "$work/old.msi" -s 'SCIM Connector 0.0.1' nobody 'x64;1033' '{00000000-0000-4000-8000-000000000002}'

say 'MSI: silently, in a folder of its own'
msi /i old.msi 'INSTALLDIR=C:\Prögramme' || fail 'msiexec /i'
running && fail 'started without a configuration'
# As they were made; when rights are set on a folder that exists, Wine adds those of the folder above.
nobody_else "$data" "$data/state" "$data/logs"
msi /i new.msi && [ -e "$drive/Prögramme/scim-connector.exe" ] && [ ! -e "$program_folder" ] || fail 'the upgrade went elsewhere'
msi /x new.msi PURGE=1 || fail 'msiexec /x'
[ ! -e "$data" ] && [ ! -e "$drive/Prögramme" ] || fail 'something left behind after PURGE=1'
say '  installed, not started, data folder closed to others, upgraded there, purged'

say 'MSI: wrong answers'
if msi /i new.msi "ANSWERS=$(windows wrong.toml)"; then fail 'took wrong answers'; fi
gone
tell_setup_log 'nonsense: unknown setting'
said 'nonsense: unknown setting' || fail 'not in the Event Log'
[ ! -e "$data/connector.toml" ] || fail 'wrote a configuration'
# Wine goes back in the wrong order: the files first, then the action that removes the service.
wine sc delete scim-connector
rm -rf "$data"
say '  refused; nothing is left, and setup.log says why'

say 'MSI: an older version, set up by answers'
msi /i old.msi "ANSWERS=$(windows answers.toml)" || fail 'msiexec /i with ANSWERS'
running && ready || fail 'not started'
serves_and_stops "$data/token.txt"
fails_well
rotates

say 'MSI: upgrade while it runs'
running || fail 'not running'
msi /i new.msi "ANSWERS=$(windows answers.toml)" || fail 'upgrade'
running && ready && [ "$(people "$(token "$data/token.txt")")" = 1 ] || fail 'not running with its data after the upgrade'
[ "$(find "$data/state/backups" -mindepth 1 -maxdepth 1 | wc -l)" = 1 ] || fail 'no backup'
tell_setup_log 'the answers are not used'
tell_setup_log '^ok .* 1 users\?, 0 groups, undamaged'
wine reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s
out "DisplayVersion.*$version" && ! out 'DisplayVersion.*0\.0\.1' || fail 'not the new version, or both'
msi /x new.msi || fail 'msiexec /x'
gone
[ -e "$data/connector.toml" ] && [ -e "$data/state/connector.db" ] || fail 'configuration or data removed'
say '  backup, check, started again with its data; removed, and configuration and data kept'

say 'setup.exe: finds the data that the MSI left'
cp "$dist/scim-connector-$version-x64-setup.exe" "$work/setup.exe"
setup() { wine "$(windows "${1:-setup.exe}")" /S "${@:2}"; }
# Goes on after it has answered: it runs from a copy, so that it can remove itself.
uninstall() { wine "$program\\uninstall.exe" /S "$@" && within 10 test ! -e "$program_folder"; }
setup && running && ready && [ "$(people "$(token "$data/token.txt")")" = 1 ] || fail 'setup /S'
uninstall /PURGE || fail 'uninstall /S /PURGE'
[ ! -e "$data" ] || fail 'data left behind after /PURGE'
say '  running with its data; purged'

say 'setup.exe: wrong answers, answers'
if setup setup.exe "/ANSWERS=$(windows wrong.toml)"; then fail 'took wrong answers'; fi
gone
wine sc query scim-connector && fail 'service left behind'
tell_setup_log 'nonsense: unknown setting'
setup setup.exe "/ANSWERS=$(windows answers.toml)" && running && ready || fail 'setup /S /ANSWERS'
serves_and_stops "$data/token.txt"
connector service start || fail 'service start'
say '  refused with nothing left but setup.log; installed and running'

say 'setup.exe: an upgrade that does not work, and one that does'
cp -r "$build/tree/win-x64" "$work/broken"
cp "$work/hold.exe" "$work/broken/scim-connector.exe" # answers 1 to everything
makensis -V1 -DVERSION=9.9.9 "-DSRC=$work/broken" "-DOUT=$work/broken.exe" "$here/windows/scim-connector.nsi"
if setup broken.exe; then fail 'took a version that does not work'; fi
running && within 10 ready && [ "$(people "$(token "$data/token.txt")")" = 1 ] || fail 'the version before does not run again'
wine reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\SCIM Connector' && out "DisplayVersion.*$version" || fail 'calls itself 9.9.9'
setup && running && ready || fail 'setup /S over itself'
say '  the version before runs again; then upgraded'
