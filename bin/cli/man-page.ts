/** The manual page scim-connector(1), in the macros of man(7). */
import { exitCodeMeanings } from './exit-codes.ts';
import { type HelpBlocks, helpBlocks, type Term, UNBROKEN } from './help-blocks.ts';
import { everyHelp } from './help-text.ts';
import { release } from './version.ts';

/** When what this file says in its own words was changed last. */
const DATE = '2026-11-28';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
  '"': '\\(dq',
};

/** Text that shows as it is, also when it is copied from the page. */
const roff = (text: string): string =>
  text
    .replace(/[\\'`^~"-]/g, (character) => SPECIAL[character] ?? character)
    .replace(
      /[^\n\x20-\x7e]/gu,
      (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^\./gm, '\\&.');

/** Lines of the page's source. Unit: columns. */
const LINE = 78;

/** Words that flow: where a line of the source ends does not show. */
function prose(text: string): string {
  const lines: string[] = [];
  for (const word of roff(text).split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word.replace(/^\./, '\\&.'));
  }
  return lines.join('\n');
}

const term = ({ name, meaning }: Term): string => `.TP\n.B ${roff(name)}\n${prose(meaning)}`;

const section = (title: string, ...parts: readonly string[]): string => [`.SH ${title}`, ...parts].join('\n');

const paragraphs = (...texts: readonly string[]): string => texts.map(prose).join('\n.PP\n');

const verbPart = ({ usage, description, own }: HelpBlocks): string =>
  [`.SS ${roff(usage.replace(/^scim-connector /, ''))}`, prose(description), ...own.map(term)].join('\n');

const examplePart = ({ examples }: HelpBlocks): readonly string[] =>
  examples.map(({ use, command }) => `${prose(`${use}:`)}\n.nf\n  ${roff(command)}\n.fi`);

const DESCRIPTION = paragraphs(
  "Lets Okta create, update and deactivate people in a system behind your firewall. Okta's on-premises Provisioning Agent calls it over HTTPS in SCIM 1.1 or 2.0, and so do Microsoft Entra and others; it keeps people and groups in an LDAP directory, or in an SQLite file.",
  'Results go to stdout, messages to stderr. A command that fails prints no result: why is told on stderr, also with --json.',
  'Every setting of the configuration is also a flag, under its name in the file: --server.deadline 20s.',
);

const ENVIRONMENT: readonly Term[] = [
  { name: 'CONNECTOR_CONFIG', meaning: 'The configuration file, where --config names none.' },
  {
    name: 'CONNECTOR_SECTION_KEY',
    meaning: 'Any setting: CONNECTOR_SERVER_DEADLINE=20s. Flags come before variables, variables before the file.',
  },
  { name: 'NO_COLOR', meaning: 'Set to anything: no colors.' },
  { name: 'TZ', meaning: 'The time zone of the times that "trace" and "events" show.' },
];

const FILES: readonly Term[] = [
  { name: './connector.toml', meaning: 'The configuration, where none is named.' },
  { name: '/etc/scim-connector/connector.toml', meaning: 'The configuration of the installed service.' },
  { name: '/var/lib/scim-connector', meaning: 'Its state folder (state_dir), for its account alone.' },
  { name: 'STATE_DIR/journal.db', meaning: 'The journal: what Okta did, what came of it.' },
  { name: 'STATE_DIR/credentials.json', meaning: 'Hashes of tokens and passwords that Okta logs in with.' },
  { name: 'STATE_DIR/tls', meaning: 'The certificate authority and the certificate.' },
];

/** The whole page. */
export async function manPage(): Promise<string> {
  const helps: HelpBlocks[] = [];
  let everywhere: readonly Term[] = [];
  for await (const { verb, text, isRun } of everyHelp(UNBROKEN)) {
    const blocks = helpBlocks(text);
    if (verb === '') everywhere = blocks.everywhere;
    else if (isRun) helps.push(blocks);
  }
  return `${[
    '.\\" Generated from the commands in bin/. Change them, not this page.',
    `.TH SCIM\\-CONNECTOR 1 ${DATE} ${roff(`scim-connector-${release.version}`)}`,
    section('NAME', roff("scim-connector - SCIM connector for Okta's on-premises provisioning agent")),
    section('SYNOPSIS', '.B scim\\-connector', '.I VERB', '[flags]'),
    section('DESCRIPTION', DESCRIPTION),
    section('COMMANDS', ...helps.map(verbPart)),
    section('OPTIONS', 'Of every command.', ...everywhere.map(term)),
    section(
      'EXIT STATUS',
      ...exitCodeMeanings.map(([code, meaning]) => term({ name: String(code), meaning: `${meaning}.` })),
    ),
    section('ENVIRONMENT', ...ENVIRONMENT.map(term)),
    section('FILES', ...FILES.map(term)),
    section('EXAMPLES', helps.flatMap(examplePart).join('\n.PP\n')),
    section(
      'SEE ALSO',
      '.BR jq (1),',
      '.BR systemctl (1)',
      '.PP',
      roff('The pages under docs/ of the release: quickstart, configuration, journal, errors, troubleshooting.'),
    ),
  ].join('\n')}\n`;
}
