#!/usr/bin/env bash
# A throw-away Samba Active Directory domain controller, the stand-in for Microsoft's. No systemd; needs root.
# Run by lab.ts.
#
#   samba.sh prepare DIR   what `create` copies: provisioned, with the tree and the service account
#   samba.sh create DIR    a copy of IMAGE that works where it is
#   samba.sh start DIR     becomes the server
#   samba.sh load DIR      offline import of LDIF on stdin; the server must be stopped
#
# Samba cannot move its ports 389 and 636: it gets a loopback address of its own.
# Environment: IMAGE, ADDRESS (127.x.y.z), SERVICE_PASSWORD, ADMIN_PASSWORD.
# Accounts:    CN=Administrator,CN=Users; CN=scim,CN=Users (users and groups below OU=people, OU=groups and OU=disabled).
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
COMMAND=$1
DIR=$2
REALM=LAB.EXAMPLE.COM
BASE=DC=lab,DC=example,DC=com
CONF=$DIR/dc/etc/smb.conf
DATABASE=$DIR/dc/private/sam.ldb

provision() {
  samba-tool domain provision -s /dev/null --realm=$REALM --domain=LAB --server-role=dc --dns-backend=NONE \
    --use-rfc2307 --adminpass="$ADMIN_PASSWORD" --host-name=dc1 --host-ip="$ADDRESS" --targetdir="$DIR/dc" \
    --option="interfaces=$ADDRESS/8" --option='bind interfaces only=yes' >"$DIR/provision.log" 2>&1
  local settings
  settings=$(
    cat <<L
[global]
	interfaces = $ADDRESS/8
	bind interfaces only = yes
	server services = ldap
	ldb:nosync = true
	dcerpc endpoint servers =
	pid directory = $DIR/run
	lock directory = $DIR/lock
	cache directory = $DIR/cache
	ncalrpc dir = $DIR/run/ncalrpc
	winbindd socket directory = $DIR/run/winbindd
	ntp signd socket directory = $DIR/run/ntp_signd
	log file = $DIR/log/%m.log
	tls enabled = yes
	tls keyfile = $DIR/tls/server.key
	tls certfile = $DIR/tls/server.crt
	tls cafile = $DIR/tls/ca.crt
L
  )
  local rest
  rest=$(grep -vE '^\s*(\[global\]|interfaces|bind interfaces only|server services|pid directory|lock directory|cache directory)( =|$)' "$CONF")
  printf '%s\n%s\n' "$settings" "$rest" >"$CONF"
  samba-tool domain passwordsettings set -s "$CONF" --complexity=on --min-pwd-age=0 --max-pwd-age=0 \
    --history-length=0 >/dev/null 2>&1
}

# Offline, as the database's owner: the server need not run and nothing is sent.
tree() {
  for unit in people groups disabled; do
    printf 'dn: OU=%s,%s\nobjectClass: organizationalUnit\n\n' $unit $BASE
  done
  printf 'dn: CN=scim,CN=Users,%s\nobjectClass: user\nsAMAccountName: scim\nuserPrincipalName: scim@lab.example.com\n' $BASE
  # 512 normal account, 65536 password does not expire.
  printf 'userAccountControl: 66048\n'
}

# What `dsacls` grants in a customer's domain: create and delete users and groups there, read and write their
# properties, set passwords. Object classes by their schema GUIDs; 00299570 is "reset password".
USER_CLASS=bf967aba-0de6-11d0-a285-00aa003049e2
GROUP_CLASS=bf967a9c-0de6-11d0-a285-00aa003049e2
RESET_PASSWORD=00299570-246d-11d0-a768-00aa006e0529
delegate() {
  local sid
  sid=$(ldbsearch -H "$DATABASE" '(sAMAccountName=scim)' objectSid 2>/dev/null | awk '/^objectSid:/{print $2}')
  local rules=""
  for class in $USER_CLASS $GROUP_CLASS; do
    # SD beside DC: a move out of the unit deletes there.
    rules+="(OA;CI;CCDC;$class;;$sid)(OA;CIIO;RPWPLCRCSDLO;;$class;$sid)(OA;CIIO;SW;;$class;$sid)"
  done
  rules+="(OA;CIIO;CR;$RESET_PASSWORD;$USER_CLASS;$sid)(A;CI;RPLCLORC;;;$sid)"
  for unit in people groups disabled; do
    samba-tool dsacl set -s "$CONF" -H "$DATABASE" --objectdn="OU=$unit,$BASE" --sddl="$rules" >>"$DIR/setup.log" 2>&1
  done
}

prepare() {
  mkdir -p "$DIR"/{run,lock,cache,log}
  printf '%s\n' "$DIR" "$ADDRESS" >"$DIR/origin"
  provision
  tree | load
  samba-tool user setpassword scim -s "$CONF" -H "$DATABASE" --newpassword="$SERVICE_PASSWORD" >>"$DIR/setup.log" 2>&1
  delegate
}

create() {
  cp -a "$IMAGE/." "$DIR"
  local there address
  { read -r there && read -r address; } <"$DIR/origin"
  sed -i -e "s|$there|$DIR|g" -e "s|$address/|$ADDRESS/|g" "$CONF"
  "$(dirname "$0")/certificates.sh" "$DIR/tls" dc1.lab.example.com "DNS:dc1.lab.example.com,DNS:localhost,IP:$ADDRESS"
  chmod 600 "$DIR/tls/server.key"
}

load() {
  cat >"$DIR/load.ldif"
  SMB_CONF_PATH=$CONF ldbadd -H "$DATABASE" "$DIR/load.ldif" >>"$DIR/setup.log" 2>&1
}

case $COMMAND in
  prepare) prepare ;;
  create) create ;;
  # In the foreground it ends when its input does.
  start) exec samba -s "$CONF" -F -M standard >>"$DIR/log/start.log" 2>&1 ;;
  load) load ;;
esac
