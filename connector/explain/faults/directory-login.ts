import type { DirectoryLoginFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const DIRECTORY = "the directory's administrator";
const CONFIGURATION = "the connector's configuration";
const CHECK = { run: ['scim-connector check'] };
const SHOW_CERTIFICATE = {
  on: 'any host with OpenSSL',
  run: [
    'openssl s_client -connect DIRECTORY:636 -showcerts </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName',
  ],
};

export const DIRECTORY_LOGIN_FAULTS: Faults<DirectoryLoginFault> = {
  'directory-unreachable': {
    title: 'The directory cannot be reached',
    meaning:
      'Nothing answers at the address of the directory: its server is down, restarts, or a firewall is in between.',
    whose: DIRECTORY,
    fix: [
      'Look whether it answers:',
      CHECK,
      { on: 'Linux', run: ['nc -vz DIRECTORY 636'] },
      { on: 'Windows', run: ['Test-NetConnection DIRECTORY -Port 636'] },
      'A second server in ldap.urls takes over when the first is away.',
    ],
    retry: 'itself',
    example:
      'LDAP: ldaps://ldap1.corp.example:636: nothing listens there; check that the directory runs, the host and the port',
    patterns: [
      /nothing listens there/,
      /the server hung up/,
      /no route to the (host|network)/,
      /the host does not answer/,
      /the connection (was lost|failed)/,
      /directory is (closed|not open)/,
      /no directory server can be used/,
    ],
  },
  'directory-host-unknown': {
    title: 'The name of the directory server is not known',
    meaning: 'No name server knows the host in ldap.urls: a slip, or the name server does not answer.',
    whose: CONFIGURATION,
    fix: [
      'Ask for the name on the host of the connector, then correct ldap.urls or the name server:',
      { run: ['nslookup DIRECTORY'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'LDAP: ldaps://ldpa1.corp.example:636: the host name is not known; check the name and DNS',
    patterns: [/host name is not known/, /name server does not answer/],
  },
  'directory-certificate-expired': {
    title: "The directory's certificate has expired",
    meaning:
      'The directory shows a certificate whose time is over. The connector sends no password to a server that cannot prove who it is.',
    whose: DIRECTORY,
    fix: [
      'The certificate has to be renewed on the directory server. See its dates:',
      SHOW_CERTIFICATE,
      'The connector needs no restart afterwards.',
    ],
    retry: 'after the fix',
    example:
      "LDAP: ldaps://ldap1.corp.example:636: the server's certificate has expired on 2026-11-01 09:00 UTC; renew it",
    patterns: [/(server's certificate|authority above the server's) has expired/, /certificate is revoked/],
  },
  'directory-certificate-name': {
    title: "The directory's certificate is for another name",
    meaning:
      'The connector calls the directory by a name that is not in its certificate, so that it could be an impostor.',
    whose: CONFIGURATION,
    fix: [
      'Put a name that the certificate has into ldap.urls (the text lists them), or set ldap.servername. See the names:',
      SHOW_CERTIFICATE,
      CHECK,
    ],
    retry: 'after the fix',
    example:
      "LDAP: ldaps://10.0.0.5:636: the server's certificate is for another name: it has ldap1.corp.example, and not 10.0.0.5; use a name that it has in urls, or set servername",
    patterns: [/server's certificate is for another name/],
  },
  'directory-certificate-untrusted': {
    title: "Nobody vouches for the directory's certificate",
    meaning:
      "The certificate was issued by an authority that the connector does not know, your company's own as a rule, or it is not the pinned one.",
    whose: CONFIGURATION,
    fix: [
      'Save the certificate of that authority as PEM text, name it in ldap.ca_file and restart. See who issued it:',
      SHOW_CERTIFICATE,
      CHECK,
    ],
    retry: 'after the fix',
    example:
      "LDAP: ldaps://ldap1.corp.example:636: the authority of the server's certificate (CN=Corp Issuing) is not trusted; put it into ca_file",
    patterns: [/put it into ca_file/, /certificate is not the pinned one/],
  },
  'directory-clock': {
    title: 'The clocks of connector and directory differ',
    meaning: "The directory's certificate is not valid yet by the connector's clock. One of the two clocks is wrong.",
    whose: "the connector's host",
    fix: [
      'Compare the clocks and let both follow a time server:',
      { on: 'Linux', run: ['timedatectl', 'sudo timedatectl set-ntp true'] },
      { on: 'Windows', run: ['w32tm /query /status', 'w32tm /resync'] },
      CHECK,
    ],
    retry: 'after the fix',
    example:
      "LDAP: ldaps://ldap1.corp.example:636: the server's certificate is not valid before 2027-01-01 00:00 UTC; check both clocks",
    patterns: [/check both clocks/],
  },
  'directory-tls-mismatch': {
    title: 'One side encrypts and the other does not',
    meaning:
      'ldaps:// goes to a port that speaks without encryption, or ldap:// to one that wants it, or the server speaks only outdated versions.',
    whose: CONFIGURATION,
    fix: [
      'As a rule ldaps://HOST:636 is right, else ldap://HOST:389 with start_tls = true:',
      { run: ['urls = ["ldaps://ldap1.corp.example:636"]   # under [apps.NAME.ldap]'] },
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'LDAP: ldaps://ldap1.corp.example:389: the server does not speak TLS on this port; use ldap:// with start_tls, or its TLS port',
    patterns: [
      /(may speak TLS|speaks TLS on|server does not speak TLS|speaks no TLS)/,
      /wants encryption/,
      /StartTLS/,
      /starting TLS/,
      /asks for a client certificate/,
    ],
  },
  'directory-bind-refused': {
    title: "The directory refuses the connector's own account",
    meaning:
      'The connector logs in to the directory with a service account. Its password is wrong or has expired, or the account is locked, disabled or gone. Nobody is provisioned until that is mended.',
    whose: CONFIGURATION,
    fix: [
      'Ask the administrator of the directory for the state of the account and its password. Try it:',
      { on: 'OpenLDAP, 389', run: ['ldapwhoami -H ldaps://DIRECTORY -D "BIND_DN" -W'] },
      { on: 'Active Directory', run: ['Get-ADUser ACCOUNT -Properties LockedOut,PasswordExpired,Enabled'] },
      'Then set it where the text says it comes from; a stored secret needs no restart:',
      { run: ['scim-connector secret set NAME', 'scim-connector check'] },
      'The connector tries more and more seldom, so as not to lock the account: up to ten minutes after the fix.',
    ],
    retry: 'after the fix',
    example:
      'LDAP: ldaps://ldap1.corp.example:636: the bind as cn=scim,dc=corp,dc=example is refused: invalidCredentials; check bind_dn and its password',
    patterns: [
      /the bind( as .*)? is refused/,
      /does not accept the connector's own service account/,
      /bind_dn and its password must not be empty/,
      /check bind_dn/,
    ],
    seen: 'status: backend red',
  },
};
