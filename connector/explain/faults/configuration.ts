import type { ConfigurationFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const CONFIGURATION = "the connector's configuration";
const HOST = "the connector's host";
const CHECK = { run: ['scim-connector check'] };

export const CONFIGURATION_FAULTS: Faults<ConfigurationFault> = {
  'configuration-not-found': {
    title: 'The configuration file is not there, or may not be read',
    meaning: 'The command looked for it in the place that the text names.',
    whose: HOST,
    fix: [
      'Name it, or make one:',
      { run: ['scim-connector check --config /etc/scim-connector/connector.toml', 'scim-connector init'] },
      'An installed one is read as root, or as the account of the service: use sudo.',
    ],
    retry: 'after the fix',
    example: 'connector.toml: cannot be read (ENOENT); name the configuration file with --config or CONNECTOR_CONFIG',
    patterns: [
      /name the configuration file with --config/,
      /there is no \S+: make it with "scim-connector init"/,
      /configuration .*(is gone|may not be read)/,
    ],
  },
  'configuration-not-text': {
    title: 'A file is not written in UTF-8',
    meaning:
      'An editor has saved it in another encoding, or a stray control character is in it. UTF-16, as Windows programs write it, is read too; UTF-32 and single bytes beyond ASCII are not.',
    whose: CONFIGURATION,
    fix: [
      'Open it in an editor and save it as UTF-8:',
      { on: 'Linux', run: ['file FILE', 'iconv -f ISO-8859-1 -t UTF-8 FILE > FILE.new'] },
      { on: 'Windows', run: ['Get-Content FILE | Set-Content -Encoding utf8 FILE.new'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'connector.toml:3: not UTF-8 text; save the file as UTF-8',
    patterns: [
      /save the file as UTF-8(?! \(in Excel)/,
      /holds the control character/,
      /UTF-(16|32) text/,
      /holds more than one line/,
    ],
  },
  'setting-unknown': {
    title: 'A setting, a flag or a verb is not known',
    meaning: 'A slip, or a setting of another version or of the other kind of store.',
    whose: CONFIGURATION,
    fix: [
      'The text says what it may have been. All settings:',
      { run: ['scim-connector config reference', 'scim-connector --help'] },
    ],
    retry: 'after the fix',
    example: 'connector.toml:4: unknown setting "server.prot"; did you mean "port"?',
    patterns: [
      /unknown (setting|flag|verb|table|key)/,
      /is not a setting/,
      /there is no app "/,
      /settings of another backend/,
    ],
  },
  'deactivation-not-chosen': {
    title: 'It is not said how an account is switched off',
    meaning:
      'When Okta deactivates a person the connector has to know what to write. This directory has no switch of its own.',
    whose: CONFIGURATION,
    fix: [
      'Choose one of the four, under [apps.NAME.users]:',
      {
        run: [
          'deactivate = { set = { employeeType = "inactive" } }   # under [apps.NAME.users]',
          'deactivate = { group = "cn=disabled,ou=groups,dc=corp,dc=example" }   # under [apps.NAME.users]',
          'deactivate = { move_to = "ou=disabled,dc=corp,dc=example" }   # under [apps.NAME.users]',
          'deactivate = "none"   # under [apps.NAME.users]',
        ],
      },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'users.deactivate: this directory has no switch of its own for an account.',
    patterns: [/users\.deactivate: this directory has no switch/],
  },
  'secret-missing': {
    title: 'A secret that the configuration names is not set',
    meaning: 'Passwords do not stand in the file. It names a secret, and nobody has stored one under that name.',
    whose: HOST,
    fix: [
      'Store it, as root or as the account of the service:',
      { run: ['scim-connector secret list', 'scim-connector secret set NAME'] },
    ],
    retry: 'after the fix',
    example: 'apps.default.ldap.bind_password: the secret "ldap" is not set; run "secret set ldap"',
    patterns: [/secret ".*?" is (not set|missing)/, /secret set \w+/, /the value of ".*" is empty/],
  },
  'secret-not-readable': {
    title: 'The stored secrets or credentials cannot be read',
    meaning: 'The key that seals them is gone or another one, or the file is damaged.',
    whose: HOST,
    fix: [
      'Restore the state folder from a backup, or set the secrets again:',
      { run: ['scim-connector secret list', 'scim-connector secret set NAME', 'scim-connector token add okta'] },
    ],
    retry: 'after the fix',
    example: 'the secret "ldap" does not open with this key: run "secret set ldap" again',
    patterns: [
      /does not open with this key/,
      /restore it,? or (set the secrets|remove)/,
      /is not in the form this version writes/,
      /random bytes in base64/,
    ],
  },
  'mapping-invalid': {
    title: 'A line of the mapping, or of the [ldap] table, makes no sense',
    meaning:
      'It names an attribute that SCIM does not have, a template or a filter that cannot be read, or an address of a server that is none. The text begins with the setting.',
    whose: CONFIGURATION,
    fix: [
      'Correct it. This suggests a mapping that fits your directory, and shows what it does:',
      { run: ['scim-connector map suggest', 'scim-connector map test --user NAME', 'scim-connector check'] },
    ],
    retry: 'after the fix',
    example: 'users.map: there is no SCIM attribute "titel"',
    patterns: [
      /there is no SCIM attribute/,
      /is no range; write it like/,
      /is unknown; there are/,
      /only one part of a template/,
      /write it like "uid=/,
      /map \w+ to an attribute of the directory/,
      /is not an LDAP filter/,
      /write characters beyond ASCII/,
      /urls: /,
      /remove start_tls/,
      /needs TLS; use ldaps/,
      /ldap\.\w+: /,
      /NODE_DEBUG=ldapts/,
    ],
  },
  'configuration-invalid': {
    title: 'The configuration file makes no sense',
    meaning:
      'A line of it is no TOML, or a setting has a value that it cannot have. The text names file, line and column.',
    whose: CONFIGURATION,
    fix: [
      'Correct that line. Text stands in quotation marks, a list in square brackets:',
      CHECK,
      'All settings, with their defaults:',
      { run: ['scim-connector config example', 'scim-connector config reference'] },
    ],
    retry: 'after the fix',
    example: '/etc/scim-connector/connector.toml:12:8: expected a value',
    patterns: [
      /\.toml:\d+/,
      /\bmust be (one of|a span|between|at (least|most))\b/,
      /^[\w.-]+: (missing|must|needs|has no effect)/,
    ],
  },
};
