import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { IdleMemory } from '../../connector/run/idle-memory.ts';
import { nodeFlags } from '../support/node-flags.ts';

const MODULE = new URL('../../connector/run/idle-memory.ts', import.meta.url).href;
const MIB = 1024 * 1024;

describe('memory after a load', () => {
  it('goes back to the system when it is asked for', () => {
    const program = `
      import { giveBack } from ${JSON.stringify(MODULE)};
      const rss = () => Math.round(process.memoryUsage.rss() / ${MIB});
      // Once, for what the asking itself loads.
      await giveBack();
      const before = rss();
      let held = [];
      for (let i = 0; i < 1_500_000; i += 1) held.push({ number: i });
      const loaded = rss();
      held = undefined;
      await giveBack();
      process.stdout.write(JSON.stringify({ before, loaded, after: rss() }));`;
    const { stdout, stderr } = spawnSync(process.execPath, [...nodeFlags, '--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(stderr).to.equal('');
    const { before, loaded, after } = JSON.parse(stdout) as Record<string, number>;
    expect(Number(loaded) - Number(before)).to.be.greaterThan(60);
    expect(Number(after) - Number(before)).to.be.lessThan((Number(loaded) - Number(before)) / 3);
  });

  it('is asked for once after the start and each load, and only when nobody has worked for a while', async () => {
    let [rss, worked, asked] = [100 * MIB, 0, 0];
    const memory = new IdleMemory(
      () => ({ rss, worked }),
      async () => {
        asked += 1;
        rss = 110 * MIB;
      },
    );
    const looks = async (count: number, busy = 0): Promise<number> => {
      for (let i = 0; i < count; i += 1) {
        worked += busy * 10_000_000;
        await memory.look(10_000);
      }
      return asked;
    };
    expect(await looks(10)).to.equal(1);
    rss = 240 * MIB;
    expect(await looks(10, 0.5)).to.equal(1);
    expect(await looks(2)).to.equal(1);
    expect(await looks(1)).to.equal(2);
    expect(await looks(10)).to.equal(2);
    rss = 150 * MIB;
    expect(await looks(10)).to.equal(2);
    rss = 160 * MIB;
    expect(await looks(10)).to.equal(3);
  });
});
