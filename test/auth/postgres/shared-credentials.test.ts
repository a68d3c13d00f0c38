import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { addCredential } from '../../../connector/auth/credentials/add-credential.ts';
import type { CredentialDesk } from '../../../connector/auth/credentials/credential-desk.ts';
import { credentialFile } from '../../../connector/auth/credentials/credential-file.ts';
import { CredentialStore } from '../../../connector/auth/credentials/credential-store.ts';
import type { Verdict } from '../../../connector/auth/method.ts';
import { methodKind } from '../../../connector/auth/methods.ts';
import { SharedCredentials } from '../../../connector/auth/postgres/shared-credentials.ts';
import { SharedUse } from '../../../connector/auth/postgres/shared-use.ts';
import { tableDesk } from '../../../connector/auth/postgres/table-desk.ts';
import { takeOverCredentials } from '../../../connector/auth/postgres/take-over.ts';
import type { Node } from '../../support/postgres/two-nodes.ts';
import { twoNodes } from '../../support/postgres/two-nodes.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { rejection } from '../../support/rejection.ts';
import { attemptFrom } from '../attempts.ts';

const HOUR = 3_600_000;
const SETTINGS = { header: 'Authorization' };

describe('credentials that two connectors share', () => {
  const nodes = twoNodes();
  const open: CredentialStore[] = [];

  const deskOf = ({ database }: Node): CredentialDesk => tableDesk(database);

  async function storeOf({ database, stateDir }: Node, { lookEvery = HOUR, log = recordingLog() } = {}) {
    const source = await SharedCredentials.open({ database, log, lookEvery });
    const used = new SharedUse(database, log, () => source.now());
    const store = new CredentialStore({ stateDir, log, shared: { source, used } });
    open.push(store);
    return store;
  }

  const asking = (store: CredentialStore) => {
    const header = methodKind('header').create(SETTINGS, { app: 'default', store });
    const basic = methodKind('basic').create(SETTINGS, { app: 'default', store });
    return {
      token: (token: string): Promise<Verdict> => header.judge({ authorization: `Bearer ${token}` }, attemptFrom()),
      login: (user: string, password: string): Promise<Verdict> =>
        basic.judge({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }, attemptFrom()),
    };
  };

  const isIn = (verdict: Verdict): boolean => 'actor' in verdict;

  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  it('are good on the other one at once, the first of all and later ones', async () => {
    const [desk, at] = [deskOf(nodes.a), asking(await storeOf(nodes.b))];
    expect(isIn(await at.token('scim_wrong'))).to.equal(false);
    for (const name of ['first', 'second'])
      expect(await at.token(await desk.add({ name }))).to.include({ actor: name });
    expect(await at.login('okta', await desk.add({ name: 'p', basic: 'okta' }))).to.include({ actor: 'p' });
  });

  it('end on the other one when they are revoked, without anybody asking', async () => {
    const desk = deskOf(nodes.a);
    const at = asking(await storeOf(nodes.b, { lookEvery: 20 }));
    const token = await desk.add({ name: 'okta' });
    expect(isIn(await at.token(token))).to.equal(true);
    await desk.revoke('okta');
    while (isIn(await at.token(token))) await pause(5);
    expect(await desk.list()).to.deep.equal([]);
  });

  it('cost few statements however many unknown ones come', async () => {
    const at = asking(await storeOf(nodes.b));
    await deskOf(nodes.a).add({ name: 'okta' });
    const before = nodes.b.relay.sent.length;
    const verdicts = await Promise.all(Array.from({ length: 1000 }, (_, i) => at.token(`scim_wrong${i}`)));
    expect(verdicts.some(isIn)).to.equal(false);
    // One look, and what it takes to read the list anew.
    expect(nodes.b.relay.sent.length - before).to.be.lessThan(12);
  });

  it('made while an unknown one is asked about are found by the next look', async () => {
    const at = asking(await storeOf(nodes.b));
    const desk = deskOf(nodes.a);
    const wrong = Promise.all(Array.from({ length: 50 }, (_, i) => at.token(`scim_wrong${i}`)));
    const token = await desk.add({ name: 'okta' });
    expect(isIn(await at.token(token))).to.equal(true);
    expect((await wrong).some(isIn)).to.equal(false);
  });

  it('that are known stay good while the database is away, and wrong ones wait for nothing', async () => {
    const log = recordingLog();
    const at = asking(await storeOf(nodes.b, { lookEvery: 20, log }));
    const token = await deskOf(nodes.a).add({ name: 'okta' });
    expect(isIn(await at.token(token))).to.equal(true);
    nodes.b.relay.isFrozen = true;
    while (log.errors.length === 0) await pause(20);
    expect(log.errors).to.have.length(1);
    expect(log.errors[0]).to.match(/^keeping the credentials in use, also those revoked since: /);
    const { connections } = nodes.b.relay;
    expect(isIn(await at.token(token))).to.equal(true);
    const verdicts = await Promise.all(Array.from({ length: 200 }, (_, i) => at.token(`scim_wrong${i}`)));
    expect(verdicts.every((one) => 'fault' in one && one.fault === 'token-unknown')).to.equal(true);
    expect(nodes.b.relay.connections - connections).to.be.lessThan(3);
    nodes.b.relay.isFrozen = false;
    nodes.b.relay.cut('reset');
    const next = await deskOf(nodes.a).add({ name: 'next' });
    while (!isIn(await at.token(next))) await pause(20);
  });

  it('are made by both at once, and of one name by one of them', async () => {
    const desks = [deskOf(nodes.a), deskOf(nodes.b)];
    const names = Array.from({ length: 10 }, (_, i) => `n${i}`);
    await Promise.all(names.map((name, i) => desks[i % 2]?.add({ name })));
    expect((await desks[0]?.list())?.map(({ name }) => name)).to.have.members(names);
    const same = await Promise.allSettled(desks.map((desk) => desk.add({ name: 'same' })));
    expect(same.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
    expect((await rejection(desks[1]?.add({ name: 'same' }) ?? Promise.resolve())).message).to.contain('"same" exists');
    expect((await rejection(desks[1]?.revoke('none') ?? Promise.resolve())).message).to.contain('"none"');
  });

  it('show when either of them has accepted one last', async () => {
    const desk = deskOf(nodes.a);
    const token = await desk.add({ name: 'okta' });
    const unused = await desk.list();
    expect(unused[0]).to.not.have.property('lastUsed');
    const stores = [await storeOf(nodes.a), await storeOf(nodes.b)];
    const used: (string | undefined)[] = [];
    for (const store of stores) {
      expect(isIn(await asking(store).token(token))).to.equal(true);
      await store.close();
      used.push((await desk.list())[0]?.lastUsed);
    }
    expect(used[1] && used[0] && used[1] > used[0]).to.equal(true);
  });

  it('come out of the state folders, once, and under another name where that is taken', async () => {
    const [mine, theirs] = [nodes.a, nodes.b].map(({ stateDir }) => stateDir) as [string, string];
    const tokens = [
      await addCredential(mine, { name: 'okta' }),
      await addCredential(theirs, { name: 'okta' }),
      await addCredential(theirs, { name: 'hr', app: 'hr' }),
    ];
    // A command that only looks leaves them to the service.
    expect(await deskOf(nodes.a).list()).to.deep.equal([]);
    expect(existsSync(credentialFile(mine))).to.equal(true);
    await takeOverCredentials(nodes.a.database, mine, 'idm01');
    await takeOverCredentials(nodes.b.database, theirs, 'idm02.corp.example');
    const desk = deskOf(nodes.b);
    const names = (await desk.list()).map(({ name }) => name);
    expect(names).to.deep.equal(['okta', 'okta-idm02.corp.example', 'hr']);
    const at = asking(await storeOf(nodes.a));
    expect(await Promise.all(tokens.slice(0, 2).map(at.token))).to.deep.equal([
      { actor: 'okta' },
      { actor: 'okta-idm02.corp.example' },
    ]);
    expect(existsSync(credentialFile(mine))).to.equal(false);
    await desk.revoke('okta');
    await takeOverCredentials(nodes.a.database, mine, 'idm01');
    expect((await desk.list()).map(({ name }) => name)).to.not.include('okta');
  });
});
