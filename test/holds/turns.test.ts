import { expect } from 'chai';
import { LedgerFile } from '../../connector/holds/file/ledger-file.ts';
import { Gates } from '../../connector/holds/gates.ts';
import { call, DEFAULTS, heldApps } from './held-app.ts';

describe('a ledger in a file', () => {
  const suite = heldApps();

  it('answers within the turn in which it is asked', async () => {
    const { apps } = suite;
    const gates = new Gates({ ledger: new LedgerFile({ file: apps.place.file }) });
    apps.gates.push(gates);
    const gate = gates.of('hr', DEFAULTS);
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const request = () => ({ operation: 'modify', type: 'User', name: 'jane', shares: [], changes: [] }) as const;
    const shares = [{ kind: 'renames', scope: 'users', key: '1', amount: 1 }] as const;
    expect(await gate.standing(call)).to.include({ isReadOnly: false });
    const taken = await gate.claim(call, shares, request, async () => 100);
    expect(await gate.counted(call, shares[0])).to.equal(1);
    await gate.giveBack(call, taken);
    expect(await gate.counted(call, shares[0])).to.equal(0);
    isOver = true;
    expect(turns).to.equal(0);
  });
});
