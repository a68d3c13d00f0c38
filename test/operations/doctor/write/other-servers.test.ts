import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Tried, Verdict } from '../../../../connector/operations/doctor/step.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { type Settings, writingAt } from './doctored.ts';
import { type Manners, OtherServer } from './other-server.ts';

describe('doctor --write at a server that is none of ours', () => {
  const folder = temporaryFolder();
  let server: OtherServer;

  const start = async (manners: Manners): Promise<void> => {
    server = await OtherServer.start(manners);
  };
  afterEach(() => server.close());

  const write = async (more: Partial<Settings> = {}): Promise<readonly Tried[]> => {
    const all: Tried[] = [];
    for await (const tried of writingAt(server.url, { folder: folder.path, ...more })) all.push(tried);
    return all;
  };
  const verdictOf = (tried: readonly Tried[], title: string): Verdict | undefined =>
    tried.find(({ step }) => step.title === title)?.verdict;

  it('says who remains where users are not deleted, and looks again the next time', async () => {
    await start({ deletesUsers: false });
    const tried = await write();
    const end = verdictOf(tried, 'Clean-up');
    expect(end).to.deep.include({ status: 'failed', cause: 'the server deletes no users; Okta never asks it to' });
    expect(verdictOf(tried, 'Create Users: repeated')?.text).to.contain('answered 409');
    expect(end?.text.match(/user zz-doctor-\w{7}-[abc] \(n\d\) remains: DELETE was answered 405/g)).to.have.length(3);
    expect(server.names).to.have.length(3);
    const again = verdictOf(await write(), 'Clean-up of a broken-off run');
    expect(again?.status).to.equal('failed');
    // Somebody has removed them by hand.
    server.stored.clear();
    expect(verdictOf(await write(), 'Clean-up of a broken-off run')?.text).to.contain('nothing is left');
  });

  it('removes its own and nobody else where filters are ignored', async () => {
    await start({ ignoresFilters: true });
    for (let number = 0; number < 250; number += 1)
      server.stored.set(`p${number}`, { id: `p${number}`, userName: `person${number}`, meta: {} });
    await write();
    expect(server.stored.size).to.equal(250);
  });

  it('removes those whose names the server has made something of', async () => {
    await start({ renamed: (name) => `${name}@corp.example` });
    const tried = await write();
    expect(verdictOf(tried, 'Create Users')?.text).to.contain('userName');
    expect(verdictOf(tried, 'Clean-up')).to.deep.include({ status: 'ok' });
    expect(server.names).to.deep.equal([]);
  });

  it('finds what a server has kept less of than it said', async () => {
    await start({ drops: ['phoneNumbers'] });
    const verdict = verdictOf(await write(), 'Create Users: what was kept');
    expect(verdict).to.deep.equal({
      status: 'warning',
      text: 'not kept: phoneNumbers.mobile',
      fix: 'let the server keep them, or do not map them in Okta',
    });
  });

  it('tells a password that is refused as such', async () => {
    await start({ passwordPolicy: 'Password must contain a smiley' });
    const verdict = verdictOf(await write(), 'Sync Password');
    expect(verdict).to.deep.include({
      status: 'failed',
      text: 'a random password of 38 characters was refused with 400',
      cause: 'a password policy of the store, or a service account that may set no passwords',
    });
    expect(verdict && 'okta' in verdict && verdict.okta).to.contain('Password must contain a smiley');
  });

  it('finds by its name what was created without a reply', async () => {
    await start({ hangsUp: true });
    const tried = await write();
    expect(tried.some(({ verdict }) => verdict.status === 'failed')).to.equal(true);
    expect(server.names).to.deep.equal([]);
    expect(readdirSync(folder.path)).to.deep.equal([]);
  });

  it('tries only what the server offers', async () => {
    await start({});
    const tried = await write({ learnt: { capabilities: ['PUSH_NEW_USERS'] } });
    const skipped = tried.filter(({ verdict }) => verdict.status === 'skipped').map(({ verdict }) => verdict.text);
    expect([...new Set(skipped)].sort()).to.deep.equal([
      'not offered: GROUP_PUSH',
      'not offered: IMPORT_PROFILE_UPDATES',
      'not offered: OPP_SCIM_INCREMENTAL_IMPORTS',
      'not offered: PUSH_PASSWORD_UPDATES',
      'not offered: PUSH_PENDING_USERS',
      'not offered: PUSH_PROFILE_UPDATES',
      'not offered: PUSH_USER_DEACTIVATION',
      'not offered: REACTIVATE_USERS',
    ]);
    expect(server.names).to.deep.equal([]);
  });
});
