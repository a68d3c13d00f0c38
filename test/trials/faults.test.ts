import { expect } from 'chai';
import { Random } from '../../connector/simulator/random.ts';
import { faults } from './faults.ts';
import { imageAfter } from './power-cut.ts';
import { runTrial } from './run-trial.ts';

describe('the trial faults', () => {
  it('finds what was acknowledged after each fault', async () => {
    const { failures, figures } = await runTrial('faults', faults, { seed: 1, count: 3 });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged writes']).to.be.above(50);
  });

  it('cuts the power between what was synced and what was not', () => {
    const write = (at: number, offset: number, text: string) =>
      ({ file: 'a', at, kind: 'write', offset, bytes: Buffer.from(text) }) as const;
    const operations = [write(1, 0, 'synced'), { file: 'a', at: 2, kind: 'sync' } as const, write(3, 6, ' and lost')];
    const images = (count: number): ReadonlySet<string> => {
      const of = (seed: number): string => String(imageAfter(operations, count, new Map(), new Random(seed)).get('a'));
      return new Set(Array.from({ length: 40 }, (_, seed) => of(seed)));
    };
    expect([...images(1)]).to.have.members(['', 'synced']);
    expect([...images(2)]).to.deep.equal(['synced']);
    expect([...images(3)]).to.have.members(['synced', 'synced and lost']);
  });

  it('tears a write at the edge of a sector', () => {
    const bytes = Buffer.concat([Buffer.alloc(300, 'a'), Buffer.alloc(300, 'b')]);
    const operations = [{ file: 'a', at: 1, kind: 'write', offset: 212, bytes }] as const;
    const found = new Set(
      Array.from({ length: 60 }, (_, seed) => {
        const content = imageAfter(operations, 1, new Map(), new Random(seed)).get('a') ?? Buffer.alloc(0);
        return content
          .toString('latin1')
          .replaceAll('\0', '')
          .replaceAll(/(.)\1*/g, '$1');
      }),
    );
    expect([...found]).to.have.members(['', 'a', 'b', 'ab']);
  });
});
