import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../support/temporary-folder.ts';

const source = (path: string): string => JSON.stringify(new URL(`../../connector/${path}.ts`, import.meta.url).href);

/** Runs `program` and lists what it asked of the disk below `folder`: `fsync`, `rename` and `mkdir` with names, in order. */
function diskCalls(folder: string, program: string): readonly string[] {
  const trace = join(folder, 'trace');
  const { status, stderr } = spawnSync(
    'strace',
    ['-f', '-y', '-o', trace, '-e', 'trace=fsync,fdatasync,rename,renameat,renameat2,mkdir'].concat([
      process.execPath,
      '--input-type=module',
      '-e',
      program,
    ]),
    { encoding: 'utf8' },
  );
  expect(status, stderr).to.equal(0);
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`${folder}/`) || line.includes(`${folder}>`))
    .map((line) => {
      const [, call = '', words = ''] = /(\w+)\((.*)\) += 0/.exec(line) ?? [];
      const names = [...words.matchAll(/[<"]([^<>"]*)[>"]/g)].map(([, path = '']) => path.slice(folder.length + 1));
      return `${call} ${names.map((name) => name.replace(/(\.[0-9a-f-]{36})?\.\d+\.[0-9a-f]{8}\.partial/, '.partial')).join(' ')}`;
    });
}

describe('what is told to be on the disk', () => {
  const folder = temporaryFolder();
  const hasTracer =
    spawnSync('strace', ['-V']).status === 0 && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

  it('has its content there, then its name, and the folders that were made for it', function () {
    if (!hasTracer) this.skip();
    const file = join(folder.path, 'state', 'credentials.json');
    const calls = diskCalls(
      folder.path,
      `import { writePrivate } from ${source('state/private-file')}; writePrivate(${JSON.stringify(file)}, 'x');`,
    );
    expect(calls).to.deep.equal([
      'mkdir state',
      'fsync ',
      'fsync state/credentials.json.partial',
      'rename state/credentials.json.partial state/credentials.json',
      'fsync state',
    ]);
  });

  it('holds for files that the operator names, for a backup and for what a restore replaces', function () {
    if (!hasTracer) this.skip();
    mkdirSync(join(folder.path, 'out'));
    const at = (name: string): string => JSON.stringify(join(folder.path, name));
    const calls = diskCalls(
      folder.path,
      `import { writeFileSync } from 'node:fs';
       import { openFile, closeFile } from ${source('backend/sqlite/file/open-file')};
       import { backup, restore } from ${source('backend/sqlite/file/backup')};
       import { withOutput } from ${source('state/named-output')};
       await withOutput(${at('out/people.csv')}, {}, (output) =>
         output.place(${at('out')}, async (path) => writeFileSync(path, 'people')));
       await withOutput(${at('out/token')}, {}, async (output) => output.write('secret'));
       closeFile(openFile(${at('people.db')}));
       await backup(${at('people.db')}, ${at('out/backup.db')});
       await restore(${at('out/backup.db')}, ${at('people.db')});`,
    );
    const next = (call: string): string => calls[calls.indexOf(call) + 1] ?? '';
    const last = (call: string): string => calls[calls.indexOf(call) - 1] ?? '';
    expect(last('rename out/people.csv.partial out/people.csv')).to.equal('fsync out/people.csv.partial');
    expect(next('rename out/people.csv.partial out/people.csv')).to.equal('fsync out');
    expect(next('fsync out/token')).to.equal('fsync out');
    expect(next('rename out/backup.db.partial out/backup.db')).to.equal('fsync out');
    expect(next('rename people.db.partial people.db')).to.equal('fsync ');
    expect(calls.filter((call) => /^fd?a?t?a?sync out\/backup\.db\.partial/.test(call))).not.to.deep.equal([]);
  });
});
