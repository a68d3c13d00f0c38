import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readNamedFile } from '../../../connector/text/read-named-file.ts';
import { loadFiles } from '../../../connector/tls/customer/certificate-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

const dots = (times: number): string => Array.from({ length: times }, () => 'a').join('.');

const FILES: readonly (readonly [what: string, text: string, problem: string])[] = [
  ...['[__proto__]\na = 1', '[apps.__proto__]', '["__proto__"]', '[["__proto__"]]\na = 1'].map(
    (text) => [text, text, 'connector.toml:2: __proto__: unknown setting; leave it out'] as const,
  ),
  ...[
    '__proto__ = 1',
    'server.__proto__.listen = 1',
    'server = { __proto__ = { a = 1 } }',
    'x = [{ __proto__ = 1 }]',
  ].map((text) => [text, text, 'connector.toml:2: __proto__: unknown setting; leave it out'] as const),
  ['20,000 brackets', '['.repeat(20_000), 'connector.toml:2: longer than 8192 characters; break it, or name a file'],
  [
    'brackets over many lines',
    `x = ${'[\n'.repeat(5000)}${']\n'.repeat(5000)}`,
    'connector.toml: nests too deep; no setting has more than a few levels',
  ],
  ['a name of 3,000 parts', `[${dots(3000)}]`, 'connector.toml:2: a name of more than 32 parts; no setting has one'],
  ['a key of 33 parts', `${dots(33)} = 1`, 'connector.toml:2: a name of more than 32 parts; no setting has one'],
  [
    'a text of 900,000 characters',
    `state_dir = "${'x'.repeat(900_000)}"`,
    'connector.toml:2: longer than 8192 characters; break it, or name a file',
  ],
  [
    'a file of 2 MB',
    '# a comment\n'.repeat(180_000),
    'connector.toml: cannot be read (larger than 1048576 bytes); name the configuration file with --config or CONNECTOR_CONFIG',
  ],
  [
    'thousands of settings',
    Array.from({ length: 10_001 }, (_, i) => `k${i} = 1`).join('\n'),
    'connector.toml:10001: more than 10000 settings; no configuration has them',
  ],
];

describe('a configuration that is none', () => {
  const folder = temporaryFolder();

  for (const [what, text, problem] of FILES)
    it(`is refused in one line: ${what.replace('\n', ' ')}`, async () => {
      expect(await problemsOf(folder.path, loadText(folder.path, text))).to.deep.equal([problem]);
    });

  it('is refused by its setting when a path holds NUL', async () => {
    for (const text of ['state_dir = "/tmp/a\\u0000b"', '[auth]\ntoken = { file = "/tmp/a\\u0000b" }']) {
      const [problem] = await problemsOf(folder.path, loadText(folder.path, text));
      expect(problem).to.match(/^connector\.toml:\d: (state_dir|auth\.token): holds a control character/);
    }
  });
});

describe('a file that a setting names', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const load = (name: string) => problemsOf(folder.path, loadText(folder.path, `[auth]\ntoken = { file = "${name}" }`));

  it('is refused at once when it is a pipe or a device, which may never end', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    for (const name of ['pipe', '/dev/zero'])
      expect((await load(name))[0]).to.match(/auth\.token: the secret's file .* cannot be read \(no regular file\)$/);
    expect(() => loadFiles({ certFile: at('pipe'), keyFile: at('pipe') } as never, Date.now())).to.throw(
      /pipe cannot be read \(no regular file\)/,
    );
  });

  it('is refused when it is larger than any of its kind, and a folder by its name', async () => {
    writeFileSync(at('large'), Buffer.alloc(1024 * 1024 + 1, 'x'));
    expect((await load('large'))[0]).to.contain('cannot be read (larger than 1048576 bytes)');
    expect((await load('.'))[0]).to.contain('cannot be read (EISDIR)');
    writeFileSync(at('fits'), 'text');
    expect(String(readNamedFile(at('fits')))).to.equal('text');
  });
});
