import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { backUp } from '../../bin/host/upgrade/back-up.ts';
import { backup, restore } from '../../connector/backend/sqlite/file/backup.ts';
import { tryImport } from '../../connector/backend/sqlite/transfer/try-import.ts';
import { loadConfig } from '../../connector/config/load/load.ts';
import { withOutput } from '../../connector/state/named-output.ts';
import { dropPartial, partialOf, removeAbandoned } from '../../connector/state/partial-file.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MODULE = new URL('../../connector/state/partial-file.ts', import.meta.url).href;

describe('what is filled beside a file', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const partials = (where = folder.path): string[] => readdirSync(where).filter((name) => name.includes('.partial'));

  /** A process that fills `path` and what SQLite puts beside it, until it is killed. */
  async function filler(path: string): Promise<() => Promise<void>> {
    const program = `
      import { mkdirSync, writeFileSync } from 'node:fs';
      import { dirname } from 'node:path';
      import { partialOf } from '${MODULE}';
      const partial = partialOf(${JSON.stringify(path)});
      mkdirSync(dirname(partial), { recursive: true });
      for (const side of ['', '-journal']) writeFileSync(partial + side, 'everybody');
      process.stdout.write('filling');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout as Readable, 'data');
    return async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
  }

  const nobody = async function* () {};
  const work: Readonly<Record<string, () => Promise<unknown>>> = {
    'a start': async () => (await opened(at('people.db'))).close(),
    'a backup': () => backup(at('people.db'), at('backup.db'), { overwrite: true }),
    'a restore': async () => restore(at('kept.db'), at('people.db')),
    'a dry run': () =>
      tryImport(at('people.db'), nobody(), { passwords: 'discard', signal: new AbortController().signal }),
    'an export': () =>
      withOutput(at('people.jsonl'), { overwrite: true }, (output) =>
        output.place(folder.path, async (path) => writeFileSync(path, 'people')),
      ),
  };

  for (const [what, run] of Object.entries(work))
    it(`is removed by ${what} once its process is dead, and not before`, async () => {
      await (await opened(at('people.db'))).close();
      await backup(at('people.db'), at('kept.db'));
      const kill = await filler(at('other.db'));
      await run();
      expect(partials()).to.have.length(2);
      await kill();
      await run();
      expect(partials()).to.deep.equal([]);
    });

  it('is removed from the backups of upgrades, and counts for none of them', async () => {
    const { config } = await loadConfig({ env: { CONNECTOR_STATE_DIR: folder.path } });
    const backups = at('backups');
    mkdirSync(backups, { recursive: true });
    const kill = await filler(join(backups, '2020-01-01T00-00-00-000Z-0.0.1'));
    for (let i = 0; i < 6; i += 1) await backUp(config, new Date(2026, 0, 1 + i));
    expect(readdirSync(backups).filter((name) => !name.includes('.partial'))).to.have.length(5);
    expect(partials(backups)).to.have.length(2);
    await kill();
    const made = await backUp(config);
    expect(partials(backups)).to.deep.equal([]);
    expect(readdirSync(dirname(made))).to.have.length(5);
  });

  it('is kept while this process fills it, and removed when an earlier one had its number', () => {
    const mine = partialOf(at('mine'));
    writeFileSync(mine, 'x');
    writeFileSync(mine.replace('mine', 'earlier'), 'x');
    removeAbandoned(folder.path);
    expect(partials()).to.have.length(1);
    dropPartial(mine);
    expect(partials()).to.deep.equal([]);
  });

  it('is kept for an hour when it is of another machine', () => {
    writeFileSync(at('people.db.1.0badcafe.partial'), 'x');
    removeAbandoned(folder.path);
    expect(partials()).to.have.length(1);
    const before = Date.now() / 1000 - 3601;
    utimesSync(at('people.db.1.0badcafe.partial'), before, before);
    removeAbandoned(folder.path);
    expect(partials()).to.deep.equal([]);
  });

  it('is told from what others call so', () => {
    for (const name of ['film.partial', 'x.12.partial', 'x.12.0badcafe.partial.txt', '12.0badcafe.partial.d'])
      writeFileSync(at(name), 'x');
    removeAbandoned(folder.path);
    expect(partials()).to.have.length(4);
  });
});
