#!/usr/bin/env bash
# A throw-away OpenLDAP: no systemd, nothing outside DIR is touched. Run by lab.ts.
#
#   openldap.sh prepare DIR                   what `create` copies: certificates
#   openldap.sh create DIR PORT SECURE_PORT   configuration and the empty tree
#   openldap.sh start DIR                     becomes the server
#   openldap.sh load DIR                      offline import of LDIF on stdin; the server must be stopped
#
# Environment: IMAGE, SERVICE_PASSWORD, ADMIN_PASSWORD; UPDATE_REFERRAL (makes the server refuse writes).
# Accounts:    cn=admin,SUFFIX (everything); cn=scim,ou=services,SUFFIX (people and groups, nothing else, paged searches
#              without end); cn=scim-limited,ou=services,SUFFIX (the same without a limits rule).
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
COMMAND=$1
DIR=$2
SUFFIX=dc=example,dc=com
SCIM="cn=scim,ou=services,$SUFFIX"
LIMITED="cn=scim-limited,ou=services,$SUFFIX"

overlay_number=0
overlay() {
  printf '\ndn: olcOverlay={%d}%s,olcDatabase={1}mdb,cn=config\nobjectClass: olcOverlayConfig\nolcOverlay: {%d}%s\n' \
    $overlay_number "$1" $overlay_number "$1"
  overlay_number=$((overlay_number + 1))
  shift
  printf '%s\n' "$@"
}

# The access rules are the ones `check --print-acl` proposes: no `manage`, no reading of passwords, nothing elsewhere.
configuration() {
  cat <<L
dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: $DIR/run/slapd.pid
olcTLSCACertificateFile: $DIR/tls/ca.crt
olcTLSCertificateFile: $DIR/tls/server.crt
olcTLSCertificateKeyFile: $DIR/tls/server.key
olcTLSVerifyClient: allow
olcSizeLimit: 500
olcAuthzRegexp: {0}"cn=scim-client" "$SCIM"

dn: cn=module{0},cn=config
objectClass: olcModuleList
cn: module{0}
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb
olcModuleLoad: ppolicy
olcModuleLoad: memberof
olcModuleLoad: refint
olcModuleLoad: unique

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

L
  for schema in core cosine nis inetorgperson; do
    cat "/etc/ldap/schema/$schema.ldif"
    echo
  done
  cat <<L

dn: olcDatabase={-1}frontend,cn=config
objectClass: olcDatabaseConfig
objectClass: olcFrontendConfig
olcDatabase: {-1}frontend
olcAccess: {0}to dn.base="" by * read
olcAccess: {1}to dn.base="cn=Subschema" by * read

dn: olcDatabase={0}config,cn=config
objectClass: olcDatabaseConfig
olcDatabase: {0}config
olcRootDN: cn=config
olcRootPW: $ADMIN_PASSWORD

dn: olcDatabase={1}mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: {1}mdb
olcSuffix: $SUFFIX
olcDbDirectory: $DIR/db
olcDbMaxSize: 8589934592
olcDbEnvFlags: nosync
olcRootDN: cn=admin,$SUFFIX
olcRootPW: $ADMIN_PASSWORD
L
  if [ -n "${UPDATE_REFERRAL:-}" ]; then
    cat <<L
olcUpdateRef: $UPDATE_REFERRAL
olcSyncrepl: {0}rid=001 provider=$UPDATE_REFERRAL bindmethod=simple binddn="cn=admin,$SUFFIX" credentials=none searchbase="$SUFFIX" type=refreshOnly interval=01:00:00:00 retry="3600 1"
L
  fi
  cat <<L
olcDbIndex: objectClass eq
olcDbIndex: uid,mail,cn,sn,givenName,displayName,employeeNumber pres,eq,sub
olcDbIndex: member,uniqueMember,memberUid,memberOf,manager eq
olcDbIndex: entryUUID,entryCSN,createTimestamp,modifyTimestamp eq
olcLimits: {0}dn.exact="$SCIM" size.soft=500 size.hard=500 size.pr=1000 size.prtotal=unlimited time=unlimited
olcAccess: {0}to dn.subtree="ou=services,$SUFFIX" attrs=userPassword by anonymous auth by * none
olcAccess: {1}to dn.subtree="ou=people,$SUFFIX" attrs=userPassword by dn.exact="$SCIM" =w by dn.exact="$LIMITED" =w by self =w by anonymous auth by * none
olcAccess: {2}to dn.subtree="ou=people,$SUFFIX" by dn.exact="$SCIM" write by dn.exact="$LIMITED" write by * none
olcAccess: {3}to dn.subtree="ou=groups,$SUFFIX" by dn.exact="$SCIM" write by dn.exact="$LIMITED" write by * none
olcAccess: {4}to * by * none
L
  overlay memberof 'objectClass: olcMemberOf' 'olcMemberOfDangling: ignore' 'olcMemberOfRefInt: TRUE'
  overlay refint 'objectClass: olcRefintConfig' 'olcRefintAttribute: member' \
    'olcRefintAttribute: uniqueMember' 'olcRefintAttribute: manager' \
    'olcRefintNothing: cn=empty-membership-placeholder'
  overlay ppolicy 'objectClass: olcPPolicyConfig' "olcPPolicyDefault: cn=default,ou=policies,$SUFFIX" \
    'olcPPolicyHashCleartext: TRUE'
  overlay unique 'objectClass: olcUniqueConfig' "olcUniqueURI: ldap:///ou=people,$SUFFIX?mail?sub" \
    "olcUniqueURI: ldap:///ou=people,$SUFFIX?uid?sub"
}

tree() {
  cat <<L
dn: $SUFFIX
objectClass: dcObject
objectClass: organization
dc: example
o: Example
L
  for unit in people groups private services policies; do
    printf '\ndn: ou=%s,%s\nobjectClass: organizationalUnit\nou: %s\n' $unit "$SUFFIX" $unit
  done
  cat <<L

dn: cn=default,ou=policies,$SUFFIX
objectClass: pwdPolicy
objectClass: organizationalRole
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 5
pwdMinLength: 6
pwdCheckQuality: 1
L
  for account in scim scim-limited; do
    printf '\ndn: cn=%s,ou=services,%s\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: %s\nuserPassword: %s\n' \
      $account "$SUFFIX" $account "$(slappasswd -s "$SERVICE_PASSWORD")"
  done
}

case $COMMAND in
  prepare) "$(dirname "$0")/certificates.sh" "$DIR/tls" localhost DNS:localhost,IP:127.0.0.1 ;;
  create)
    cp -a "$IMAGE/." "$DIR"
    mkdir -p "$DIR"/{conf,db,run}
    configuration | cat -s >"$DIR/config.ldif"
    slapadd -n 0 -F "$DIR/conf" -l "$DIR/config.ldif"
    tree | slapadd -q -b "$SUFFIX" -F "$DIR/conf"
    echo "ldap://127.0.0.1:$3 ldaps://127.0.0.1:$4" >"$DIR/listen"
    ;;
  start)
    ulimit -n 65536 2>/dev/null || true
    # With a level, though it is 0, it stays in the foreground.
    exec slapd -F "$DIR/conf" -h "$(cat "$DIR/listen")" -d 0 >>"$DIR/slapd.log" 2>&1
    ;;
  load) slapadd -q -b "$SUFFIX" -F "$DIR/conf" ;;
esac
