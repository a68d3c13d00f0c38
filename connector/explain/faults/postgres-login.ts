import type { PostgresLoginFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const DATABASE = "the database's administrator";
const CONFIGURATION = "the connector's configuration";
const CHECK = { run: ['scim-connector check'] };
const CA_FILE = { run: ['ca_file = "/etc/scim-connector/database-ca.pem"   # under [apps.NAME.postgres]'] };

export const POSTGRES_LOGIN_FAULTS: Faults<PostgresLoginFault> = {
  'postgres-unreachable': {
    title: 'PostgreSQL cannot be reached',
    meaning: 'No connection to the database server comes about, or it was cut.',
    whose: DATABASE,
    fix: [
      'See that PostgreSQL runs there, listens for other machines (listen_addresses), and that no firewall is between:',
      { on: 'the host of the connector', run: ['pg_isready -h HOST -p 5432'] },
      { on: 'the database server', run: ['systemctl status postgresql', 'ss -tlnp | grep 5432'] },
      CHECK,
    ],
    retry: 'itself',
    example: 'PostgreSQL: db1.corp.example:5432: nobody listens there; check host and port, and that PostgreSQL runs',
    patterns: [
      /PostgreSQL.*(nobody listens there|does not answer in time|no way to it|connection was cut|connection failed)/,
      /connection to the database (was lost; (try|export) again|came about in time)/,
      /could not connect to server/,
    ],
    seen: 'status: backend red',
  },
  'postgres-host-unknown': {
    title: "The name of PostgreSQL's host is not known",
    meaning: 'The host in the URL is misspelt, or the name service of this machine does not answer.',
    whose: CONFIGURATION,
    fix: ['Look it up, and correct url:', { run: ['getent hosts HOST', 'scim-connector config show'] }, CHECK],
    retry: 'after the fix',
    example:
      'PostgreSQL: db1.corp.exmaple:5432: no such host; check its name in url, and the name service of this machine',
    patterns: [/PostgreSQL.*(no such host|address cannot be found)/, /could not translate host name/],
  },
  'postgres-password-refused': {
    title: 'PostgreSQL refuses the password',
    meaning:
      'The role is unknown, its password is another one or has expired, or none is set in the configuration. The server does not tell which.',
    whose: CONFIGURATION,
    fix: [
      'See where the password comes from, and that it is the one of the role:',
      { run: ['scim-connector config show', 'psql "postgres://ROLE@HOST:5432/DATABASE"'] },
      'A new one is set with \\password ROLE in psql, by an administrator.',
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'PostgreSQL: db1.corp.example:5432: the password of the role is refused; check password, and the role in url',
    patterns: [
      /password of the role is refused/,
      /PostgreSQL.*asks for a password/,
      /PostgreSQL.*may be an impostor/,
      /password authentication failed/,
    ],
  },
  'postgres-login-refused': {
    title: 'PostgreSQL does not let the role in',
    meaning:
      'The rules for log-ins on the server (pg_hba.conf) have no line for this role from this host, want TLS, or the role may not log in at all.',
    whose: DATABASE,
    fix: [
      'Add a line to pg_hba.conf there, and reload it:',
      {
        on: 'the database server',
        run: ['hostssl DATABASE ROLE ADDRESS/32 scram-sha-256   # in pg_hba.conf', 'SELECT pg_reload_conf();'],
      },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'PostgreSQL: db1.corp.example:5432: it takes no log-in without TLS; write sslmode = "verify-full"',
    patterns: [
      /takes no log-in without TLS/,
      /lets the role in from nowhere near/,
      /the role may not log in/,
      /does not take our client certificate|asks for a client certificate/,
      /does not let the role in/,
      /no pg_hba\.conf entry/,
    ],
  },
  'postgres-database-missing': {
    title: 'There is no such database',
    meaning: 'The server lets the role in and has no database of that name, or the role may not enter it.',
    whose: CONFIGURATION,
    fix: [
      'Correct its name in url, or make it:',
      { on: 'the database server', run: ['sudo -u postgres createdb scim'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'PostgreSQL: db1.corp.example:5432: there is no such database; check its name in url, or create it',
    patterns: [/there is no such database/, /database "[^"]*" does not exist/],
  },
  'postgres-tls-not-offered': {
    title: 'PostgreSQL and the connector did not agree on TLS',
    meaning: 'The server speaks no TLS, another one, or is no PostgreSQL. Nothing was sent to it.',
    whose: DATABASE,
    fix: [
      'Switch TLS on there:',
      { on: 'the database', run: ["ALTER SYSTEM SET ssl = 'on';", 'SELECT pg_reload_conf();'] },
      'On a network that you trust, do without it: sslmode = "disable".',
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'PostgreSQL: db1:5432: it offers no TLS; switch it on there (ssl = on), or write sslmode = "disable" on a network that you trust',
    patterns: [/PostgreSQL.*(offers no TLS|is no PostgreSQL|TLS could not be agreed)/, /server does not support SSL/],
  },
  'postgres-certificate-untrusted': {
    title: "The authority of PostgreSQL's certificate is not known",
    meaning: 'The certificate of the database server was issued by an authority that the connector does not trust.',
    whose: CONFIGURATION,
    fix: [
      "Ask the database's administrator for the certificate of the authority, and name the file:",
      CA_FILE,
      'This shows what the server presents:',
      { run: ['openssl s_client -starttls postgres -showcerts -connect HOST:5432 </dev/null'] },
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'PostgreSQL: db1.corp.example:5432: the authority of its certificate is not known here; put it into a file that ca_file names',
    patterns: [/PostgreSQL.*(authority of its certificate is not known|signed by itself)/],
  },
  'postgres-certificate-name': {
    title: "PostgreSQL's certificate is for another name",
    meaning: 'The host in the URL is not one of the names in the certificate: it may be another server.',
    whose: CONFIGURATION,
    fix: [
      'Use a name in url that the certificate has, or have one issued with this name.',
      'Where the servers have certificates without their own names, the authority alone is looked at with sslmode = "verify-ca".',
      CHECK,
    ],
    retry: 'after the fix',
    example:
      'PostgreSQL: 10.0.0.7:5432: its certificate is for another name: it has db1.corp.example, and not 10.0.0.7; use a name that it has in url',
    patterns: [/PostgreSQL.*certificate is for another name/],
  },
  'postgres-certificate-expired': {
    title: "PostgreSQL's certificate has expired",
    meaning: 'The time of the certificate, or of its authority, is over, or has not begun by the clock of this host.',
    whose: DATABASE,
    fix: [
      'See which it is, and renew it; compare the clocks:',
      {
        run: ['openssl s_client -starttls postgres -connect HOST:5432 </dev/null | openssl x509 -noout -dates', 'date'],
      },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'PostgreSQL: db1.corp.example:5432: its certificate, or one above it, has expired; renew it',
    patterns: [/PostgreSQL.*certificate(, or one above it, has expired| is not valid yet)/],
  },
};
