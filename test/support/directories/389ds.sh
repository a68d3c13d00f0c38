#!/usr/bin/env bash
# A throw-away 389 Directory Server: no systemd, nothing outside DIR is touched. Needs root. Run by lab.ts.
#
#   389ds.sh prepare DIR PORT SECURE_PORT   what `create` copies: instance, plugins, empty tree and accounts; stopped
#   389ds.sh create DIR PORT SECURE_PORT    a copy of IMAGE that works where it is
#   389ds.sh start DIR                      becomes the server
#   389ds.sh load DIR                       offline import of LDIF on stdin after the tree; replaces what was there
#
# Environment: IMAGE, SERVICE_PASSWORD, ADMIN_PASSWORD.
# Accounts:    cn=Directory Manager; uid=scim,ou=services (people and groups, nothing else; paged searches without end);
#              uid=scim-limited,ou=services (the same with the server's own limits).
#
# lib389 reads $PREFIX/share/dirsrv/inf/defaults.inf first: a copy without systemd and with every path below DIR makes
# dscreate work as plain root. The stock file calls systemctl and fails.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
COMMAND=$1
DIR=$2
SUFFIX=dc=example,dc=com
export PREFIX=$DIR/root
CONF=$PREFIX/etc/dirsrv/slapd-lab
PID_FILE=$DIR/run/slapd-lab.pid

admin() {
  "$1" -x -H "ldap://127.0.0.1:$(cat "$DIR/port")" -D 'cn=Directory Manager' -w "$ADMIN_PASSWORD" "${@:2}"
}

# dscreate leaves it running, and no child of ours.
stop() {
  [ -f "$PID_FILE" ] || return 0
  local pid
  pid=$(cat "$PID_FILE")
  kill "$pid"
  # A zombie has an empty command line.
  while grep -qs ns-slapd "/proc/$pid/cmdline"; do sleep 0.05; done
  rm -f "$PID_FILE"
}

defaults() {
  mkdir -p "$PREFIX/share/dirsrv/inf" "$PREFIX/etc/dirsrv" "$PREFIX/etc/default" "$DIR"/{run,lock,log,lib,dbhome}
  cp -a /etc/dirsrv/config /etc/dirsrv/schema "$PREFIX/etc/dirsrv/"
  local own="$PREFIX/etc/dirsrv/slapd-{instance_name}"
  sed -e 's|^with_systemd.*|with_systemd = 0|' \
    -e "s|^sysconf_dir.*|sysconf_dir = $PREFIX/etc|" -e "s|^initconfig_dir.*|initconfig_dir = $PREFIX/etc/default|" \
    -e "s|^config_dir.*|config_dir = $own|" -e "s|^schema_dir.*|schema_dir = $own/schema|" -e "s|^cert_dir.*|cert_dir = $own|" \
    -e "s|^local_state_dir.*|local_state_dir = $DIR|" -e "s|^run_dir.*|run_dir = $DIR/run|" \
    -e "s|^ldapi = .*|ldapi = $DIR/run/slapd-{instance_name}.socket|" \
    -e "s|^pid_file.*|pid_file = $DIR/run/slapd-{instance_name}.pid|" \
    -e "s|^inst_dir.*|inst_dir = $DIR/lib/slapd-{instance_name}/inst|" -e "s|^tmpfiles_d.*|tmpfiles_d = $DIR|" \
    -e "s|^lock_dir.*|lock_dir = $DIR/lock/slapd-{instance_name}|" -e "s|/var/log/dirsrv|$DIR/log|" \
    -e "s|/var/lib/dirsrv|$DIR/lib|" -e "s|^db_home_dir.*|db_home_dir = $DIR/dbhome|" \
    /usr/share/dirsrv/inf/defaults.inf >"$PREFIX/share/dirsrv/inf/defaults.inf"
  chown -R dirsrv:dirsrv "$DIR"/{run,lock,log,lib,dbhome}
}

unique() {
  cat <<L

dn: cn=$1 is unique,cn=plugins,cn=config
changetype: add
objectClass: top
objectClass: nsSlapdPlugin
objectClass: extensibleObject
cn: $1 is unique
nsslapd-pluginPath: libattr-unique-plugin
nsslapd-pluginInitfunc: NSUniqueAttr_Init
nsslapd-pluginType: betxnpreoperation
nsslapd-pluginEnabled: on
nsslapd-plugin-depends-on-type: database
nsslapd-pluginId: none
nsslapd-pluginVersion: none
nsslapd-pluginVendor: none
nsslapd-pluginDescription: none
uniqueness-attribute-name: $1
uniqueness-subtrees: ou=people,$SUFFIX
L
}

plugin() {
  printf '\ndn: cn=%s,cn=plugins,cn=config\nchangetype: modify\nreplace: nsslapd-pluginEnabled\nnsslapd-pluginEnabled: on\n' "$1"
}

settings() {
  cat <<L
dn: cn=config
changetype: modify
replace: nsslapd-sizelimit
nsslapd-sizelimit: 500
-
replace: nsslapd-listenhost
nsslapd-listenhost: 127.0.0.1
-
replace: nsslapd-securelistenhost
nsslapd-securelistenhost: 127.0.0.1
L
  plugin 'MemberOf Plugin'
  printf -- '-\nreplace: memberofgroupattr\nmemberofgroupattr: member\nmemberofgroupattr: uniqueMember\n'
  plugin 'referential integrity postoperation'
  unique uid
  unique mail
}

# The access rule is the one `check --print-acl` proposes.
rule() {
  local who="userdn=\"ldap:///uid=scim,ou=services,$SUFFIX\" or userdn=\"ldap:///uid=scim-limited,ou=services,$SUFFIX\""
  # "*" leaves out operational attributes: the lock is one.
  printf 'aci: (targetattr="* || nsAccountLock")(version 3.0; acl "scim"; allow (read,search,compare,write,add,delete) %s;)\n' "$who"
}

tree() {
  for unit in people groups; do
    printf 'dn: ou=%s,%s\nobjectClass: organizationalUnit\nou: %s\n' $unit "$SUFFIX" $unit
    rule
    echo
  done
  cat <<L
dn: ou=services,$SUFFIX
objectClass: organizationalUnit
ou: services

dn: uid=scim,ou=services,$SUFFIX
objectClass: account
objectClass: simpleSecurityObject
uid: scim
userPassword: $SERVICE_PASSWORD
nsSizeLimit: 500
nsPagedSizeLimit: -1
nsLookThroughLimit: -1
nsPagedLookThroughLimit: -1
nsIDListScanLimit: -1
nsPagedIDListScanLimit: -1
nsTimeLimit: -1

dn: uid=scim-limited,ou=services,$SUFFIX
objectClass: account
objectClass: simpleSecurityObject
uid: scim-limited
userPassword: $SERVICE_PASSWORD

L
}

prepare() {
  echo "$DIR" >"$DIR/origin"
  echo "$1" >"$DIR/port"
  defaults
  cat >"$DIR/instance.inf" <<L
[general]
config_version = 2
full_machine_name = localhost
strict_host_checking = False
systemd = False
start = True
[slapd]
instance_name = lab
port = $1
secure_port = $2
root_password = $ADMIN_PASSWORD
self_sign_cert = True
user = dirsrv
group = dirsrv
[backend-userroot]
suffix = $SUFFIX
create_suffix_entry = True
sample_entries = no
L
  trap stop EXIT
  dscreate from-file "$DIR/instance.inf" >"$DIR/dscreate.log" 2>&1
  settings | admin ldapmodify >"$DIR/settings.log" 2>&1
  tree | admin ldapadd >>"$DIR/settings.log" 2>&1
  stop
  # What its processes share: a hundred megabytes that the next start makes anew.
  rm -f "$DIR"/lib/slapd-lab/db/__db.*
  # Nothing that a test writes has to outlive the machine.
  sed -i 's/^nsslapd-db-durable-transaction: on$/nsslapd-db-durable-transaction: off/' "$CONF/dse.ldif"
}

create() {
  cp -a "$IMAGE/." "$DIR"
  # Long lines go on after a line end and a space.
  sed -i -z 's/\n //g' "$CONF/dse.ldif"
  sed -i -e "s|$(cat "$DIR/origin")|$DIR|g" -e "s/^nsslapd-port: .*/nsslapd-port: $1/" \
    -e "s/^nsslapd-securePort: .*/nsslapd-securePort: $2/" "$CONF/dse.ldif" "$CONF/pkcs11.txt"
}

start() {
  # After kill -9 its lock names a process that may linger as a zombie and would count as running.
  rm -f "$DIR"/lock/slapd-lab/*/*
  # With a level, though it is 0, it stays in the foreground.
  exec ns-slapd -D "$CONF" -i "$PID_FILE" -d 0 >>"$DIR/ns-slapd.log" 2>&1
}

case $COMMAND in
  prepare) prepare "$3" "$4" ;;
  create) create "$3" "$4" ;;
  start) start ;;
  load)
    {
      printf 'dn: %s\nobjectClass: domain\ndc: example\n\n' "$SUFFIX"
      tree
      cat
    } >"$DIR/lib/load.ldif"
    chown dirsrv "$DIR/lib/load.ldif"
    ns-slapd ldif2db -D "$CONF" -n userRoot -i "$DIR/lib/load.ldif" >"$DIR/load.log" 2>&1
    ;;
esac
