import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { moduleNamed } from '../../../connector/backend/catalogue.ts';
import { OperationError } from '../../../connector/operations/operation-error.ts';
import { type ExportSettings, exportResources } from '../../../connector/operations/transfer/export.ts';
import type { Format } from '../../../connector/operations/transfer/format.ts';
import { checkImport, importResources } from '../../../connector/operations/transfer/import.ts';
import type { FillableApp, StoredApp } from '../../../connector/operations/transfer/stored-app.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const ANA = { type: 'User', id: 'u-1', userName: 'ana', emails: [{ value: 'a@x.example', type: 'primary' }] };
const lines = (...documents: readonly unknown[]): string => documents.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('a transfer', () => {
  const folder = temporaryFolder();
  const stored = async (): Promise<StoredApp> => {
    const [app] = (await configuration(folder.path)).config.apps;
    const store = app && moduleNamed(app.backend).transfer;
    if (!app || !store) throw new Error('the default backend has a transfer');
    return { app, store };
  };
  const fillable = async (): Promise<FillableApp> => {
    const { app, store } = await stored();
    if (!store.intake) throw new Error('the default backend takes files');
    return { app, store: store.intake };
  };
  const { signal } = new AbortController();
  const put = async (text: string, format: Format = 'jsonl') =>
    importResources(await fillable(), Readable.from([text]), {
      format,
      type: 'User',
      signal: new AbortController().signal,
    });
  const taken = async (settings: Partial<ExportSettings> = {}) => {
    let text = '';
    const summary = await exportResources(
      await stored(),
      { format: 'jsonl', type: 'User', passwordHashes: false, ...settings },
      async (written) => {
        for await (const line of written) text += line;
      },
    );
    return { text, ...summary };
  };

  it('brings out what it brought in, line by line', async () => {
    const group = { type: 'Group', displayName: 'Staff', members: [{ value: 'u-1' }] };
    expect(await put(lines(ANA, group))).to.deep.equal({ users: 1, groups: 1, memberships: 1, renumbered: 0 });
    const { text, resources, leftOut } = await taken();
    expect({ resources, leftOut }).to.deep.equal({ resources: 2, leftOut: [] });
    const [ana, staff] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ana).to.deep.include(ANA);
    expect(staff.members.map(({ value }: { value: string }) => value)).to.deep.equal(['u-1']);
  });

  it('as a table holds one type, and counts what it has no column for', async () => {
    await put(lines({ ...ANA, addresses: [{ type: 'work', locality: 'Ulm' }] }, { displayName: 'Staff' }));
    const { text, resources, leftOut } = await taken({ format: 'csv' });
    expect(resources).to.equal(1);
    expect(leftOut).to.deep.equal([{ attribute: 'addresses', resources: 1 }]);
    expect(text.split('\n')[0]).to.match(/^id,externalId,userName,active,/);
    expect(text.split('\n')[1]).to.match(/^u-1,,ana,true,/);
  });

  it('takes a type without the word from what the resource is known by', async () => {
    expect(await put(lines({ userName: 'bo' }, { displayName: 'Staff' }))).to.include({ users: 1, groups: 1 });
  });

  it('keeps all or nothing, and names the line that is wrong', async () => {
    const error = await rejection(put(lines(ANA, { userName: 'c', active: 'maybe' })));
    expect(error).to.be.an.instanceOf(OperationError).and.include({ kind: 'usage' });
    expect(error.message).to.equal('line 2: active must be true or false; nothing was written');
    expect((await taken()).resources).to.equal(0);
  });

  const check = async (text: string) =>
    checkImport(await fillable(), Readable.from([text]), { format: 'jsonl', type: 'User', signal });
  const problems = async (text: string) => (await check(text)).problems.map(({ text: problem }) => problem);

  it('tells every wrong line beforehand, up to twenty, and writes nothing', async () => {
    expect(await check(lines(ANA))).to.deep.equal({ resources: 1, problems: [], more: false });
    expect(
      await problems(`${lines(ANA)}not json\n\n${lines({ userName: '' }, { name: { familyName: 'B' } })}`),
    ).to.deep.equal(['line 2: not valid JSON', 'line 4: userName is required', 'line 5: userName is required']);
    const many = await check('x\n'.repeat(30));
    expect([many.problems.length, many.more]).to.deep.equal([20, true]);
    expect((await rejection(taken())).message).to.match(/does not exist/);
    expect(readdirSync(folder.path)).to.deep.equal(['connector.toml']);
  });

  it('tells beforehand what the file says twice, and what leads to nobody', async () => {
    const group = { displayName: 'g', members: [{ value: 'u-1' }, { value: 'nope' }, { value: 'unfit' }] };
    const boss = { userName: 'b', 'urn:scim:schemas:extension:enterprise:1.0': { manager: { managerId: 'g-1' } } };
    const unfit = { id: 'unfit', userName: 'c', active: 'maybe' };
    expect(
      await problems(lines(ANA, { userName: 'ANA' }, group, boss, unfit, { ...group, id: 'g-1', displayName: 'h' })),
    ).to.deep.equal([
      'line 2 (User "ANA"): userName "ANA" is already in use by another resource',
      'line 3 (Group "g"): members: no User or Group has the id "nope"',
      'line 4 (User "b"): urn:scim:schemas:extension:enterprise:1.0:manager.managerId: no User has the id "g-1"',
      'line 5: active must be true or false',
      'line 6 (Group "h"): members: no User or Group has the id "nope"',
    ]);
  });

  it('tells beforehand what is in the store already, which stays as it is', async () => {
    await put(lines(ANA));
    const before = await taken();
    expect(
      await problems(
        lines({ userName: 'new' }, { userName: 'Ana' }, { displayName: 'g', members: [{ value: 'u-1' }] }),
      ),
    ).to.deep.equal(['line 2 (User "Ana"): userName "Ana" is already in use by another resource']);
    expect(await taken()).to.deep.equal(before);
  });

  it('names the line of a group that an import refuses', async () => {
    const error = await rejection(put(lines(ANA, { displayName: 'g', members: [{ value: 'nope' }] })));
    expect(error.message).to.equal(
      'line 2 (Group "g"): members: no User or Group has the id "nope"; nothing was written',
    );
  });

  it('refuses a table with a column that leads nowhere', async () => {
    expect(await rejection(put('userName,shoeSize\na,42\n', 'csv'))).to.include({
      kind: 'usage',
      message:
        'the header has columns that User lacks: shoeSize; say what they are, or leave them out: --columns "shoeSize=ATTRIBUTE,OTHER=" (data export --format csv shows the attributes)',
    });
  });

  it('ends with nothing written when it is interrupted', async () => {
    const people = Readable.from([lines(...Array.from({ length: 2000 }, (_, i) => ({ userName: `user${i}` })))]);
    const stopped = { format: 'jsonl', type: 'User', signal: AbortSignal.abort() } as const;
    await rejection(importResources(await fillable(), people, stopped));
    expect((await taken()).resources).to.equal(0);
  });
});
