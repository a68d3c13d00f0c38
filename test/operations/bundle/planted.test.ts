import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Loaded, loadConfig } from '../../../connector/config/load/load.ts';
import { isSecret, settings } from '../../../connector/config/schema/settings.ts';
import { tomlKey } from '../../../connector/config/vocabulary/toml-value.ts';
import { entryOf } from '../../../connector/journal/entry.ts';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import { journalFile } from '../../../connector/journal/file/open-journal.ts';
import { gatherBundle, packed } from '../../../connector/operations/bundle/bundle.ts';
import type { LogTail } from '../../../connector/operations/bundle/log-part.ts';
import { journalRecord } from '../../support/journal-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';
import { expectNone, unpacked } from './canary.ts';

/** Secrets of every shape. */
const SHAPES = [
  'CANARY-7xQ!z9',
  'canarysecret',
  'correct horse battery canary',
  'Ümläut-Sécret',
  '8273645129',
  'p@ss w0rd,"with" \\marks',
  'Y2FuYXJ5LWNhbmFyeQ==',
  'deadbeefcafebabe0123',
  'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
  '4111 1111 1111 1111',
];

const MADE = new Date('2026-11-28T02:00:00Z');
const NO_LOG: LogTail = { why: 'none' };

describe('what is planted anywhere', () => {
  const folder = temporaryFolder();
  const archiveOf = async (loaded: Loaded | Error, log: LogTail = NO_LOG): Promise<Buffer> => {
    const sources = { loaded, log, release: { version: '0.1.0' }, made: MADE };
    const bundle = await gatherBundle(sources);
    expect(bundle.missing.filter(({ why }) => /could not be made/.test(why))).to.deep.equal([]);
    return packed(bundle, 'b.tar.gz', sources);
  };
  const plain = (...lines: string[]): Promise<Loaded> =>
    configuration(folder.path, `state_dir = "${folder.path}"`, '[apps.default.sqlite]', 'file = "people.db"', ...lines);

  const secretSettings = settings().filter(({ node }) => isSecret(node));
  it('is every secret setting that there is', () => expect(secretSettings).to.have.length.above(5));
  for (const { path } of secretSettings)
    it(`as ${path.join('.')} is not in the bundle`, async () => {
      const own = path.map((key) => (key === 'NAME' ? 'default' : key));
      const file = join(folder.path, 'connector.toml');
      const text = `config_version = 1\nstate_dir = "${folder.path}"\n${tomlKey(own)} = { env = "PLANTED" }\n`;
      writeFileSync(file, text);
      for (const secret of ['CANARY-7xQ!z9', 'correct horse battery canary']) {
        const env = { PLANTED: secret, OTHER: secret };
        const loaded = await loadConfig({ file, env }).catch((error: Error) => error);
        const bytes = Buffer.from(`it said ${secret}\n{"msg":"${secret}","${secret}":1}\n${btoa(secret)}\n`);
        expectNone(await archiveOf(loaded, { origin: 'a file', bytes }), [secret]);
      }
    });

  for (const secret of SHAPES)
    it(`in a log: ${secret}`, async () => {
      const json = (fields: object): string => JSON.stringify({ level: 'warn', time: MADE.toISOString(), ...fields });
      const lines = [
        `plain ${secret} text`,
        `password=${secret} Authorization: Bearer ${secret}`,
        json({ msg: `refused: "${secret}" and ${secret}`, detail: secret }),
        json({
          msg: 'x',
          [secret]: secret,
          ignored: [secret],
          err: { message: secret, stack: `Error: ${secret}\n    at ${secret} (x.cjs:1:2)` },
        }),
        json({
          msg: 'x',
          is: { userName: secret, name: { familyName: secret } },
          id: secret,
          name: secret,
          actor: secret,
        }),
        json({ msg: 'x', password: secret, token: secret, route: `/Users/${encodeURIComponent(secret)}` }),
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64'),
        encodeURIComponent(secret),
        `{"cut off": "${secret}`,
        `https://x:${encodeURIComponent(secret)}@host.example/${encodeURIComponent(secret)}?t=${encodeURIComponent(secret)}`,
        `uid=${secret},ou=people,dc=example,dc=com`,
        `-----BEGIN PRIVATE KEY-----\n${Buffer.from(secret).toString('base64')}\n-----END PRIVATE KEY-----`,
      ];
      const text = lines.join('\n');
      const loaded = await plain();
      for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(text, 'utf16le')])
        expectNone(await archiveOf(loaded, { origin: 'a file', bytes }), [secret]);
    });

  for (const secret of SHAPES)
    it(`in every field of a record of the journal: ${secret}`, async () => {
      const store = new JournalFile(journalFile(folder.path));
      const full = journalRecord({
        ref: secret,
        app: secret,
        actor: secret,
        client: { address: secret, userAgent: secret, accept: secret, contentType: secret },
        message: secret,
        id: secret,
        name: secret,
        changes: [
          { path: 'userName', before: secret, after: `${secret}2` },
          { path: `urn:x:${secret}`, after: [{ value: secret, type: secret }] },
        ],
        joined: { ids: [secret], count: 1 },
        sent: [`dn: uid=${secret},ou=people,dc=example\nchangetype: modify\nreplace: sn\nsn: ${secret}\n-`, secret],
        reason: secret,
        fault: secret,
        text: `userName "${secret}" is taken`,
        diagnostic: `sn: value ${secret} invalid per syntax`,
        hint: secret,
        ignored: [secret],
        leftOut: [secret],
      });
      store.write({ records: [entryOf(full)], intents: [], told: [] });
      store.close();
      const archive = await archiveOf(await plain());
      expect(unpacked(archive).toString()).to.contain('journal.jsonl');
      expectNone(archive, [secret]);
    });

  const PLACES: readonly (readonly [what: string, lines: (secret: string) => readonly string[]])[] = [
    ['the base URL', (secret) => ['[server]', `base_url = "https://idm.example/${encodeURIComponent(secret)}"`]],
    ['the name of an app', (secret) => [`[apps."${encodeURIComponent(secret)}".users]`]],
    ['the name of a custom attribute', (secret) => [`[apps.default.users.custom."${encodeURIComponent(secret)}"]`]],
    ['the name of the header', (secret) => ['[auth]', `header = "X-${encodeURIComponent(secret)}"`]],
    ['a setting that is not there', (secret) => ['[server]', `"${encodeURIComponent(secret)}" = 1`]],
    ['a value that is refused', (secret) => ['[server]', `listen = "${encodeURIComponent(secret)}"`]],
    ['a secret in the file itself', (secret) => ['[auth]', `token = "${encodeURIComponent(secret)}"`]],
  ];
  for (const [what, lines] of PLACES)
    it(`as ${what}`, async () => {
      for (const secret of ['CANARY-7xQz9', 'canarysecret', 'TopSecretValue77']) {
        const loaded = await plain(...lines(secret)).catch((error: Error) => error);
        expectNone(await archiveOf(loaded), [secret]);
      }
    });
});
