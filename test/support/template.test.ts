import { expect } from 'chai';
import { exchange } from '../exchange/exchange.ts';
import { expectation, fill, type Variables } from './template.ts';

describe('a recorded exchange', () => {
  const agrees = (expected: unknown, actual: unknown, variables: Variables = new Map()): boolean => {
    try {
      expect(actual).to.deep.equal(expectation(expected, actual, variables));
      return true;
    } catch {
      return false;
    }
  };

  it('captures a variable once and holds every later use to it', () => {
    const variables: Variables = new Map([['base', 'http://host']]);
    expect(
      agrees({ id: '{{user}}', at: '{{base}}/Users/{{user}}' }, { id: '7', at: 'http://host/Users/7' }, variables),
    ).to.equal(true);
    expect(fill({ path: '/Users/{{user}}' }, variables)).to.deep.equal({ path: '/Users/7' });
    expect(agrees({ id: '{{user}}' }, { id: '8' }, variables)).to.equal(false);
  });

  it('is exact: a key or an element more or less is a difference', () => {
    expect(agrees({ a: 1 }, { a: 1, b: 2 })).to.equal(false);
    expect(agrees({ a: 1, b: 2 }, { a: 1 })).to.equal(false);
    expect(agrees([1], [1, 2])).to.equal(false);
    expect(agrees([1, 2], [1])).to.equal(false);
    expect(agrees({ a: '1' }, { a: 1 })).to.equal(false);
    expect(agrees(undefined, '')).to.equal(false);
  });

  it('holds placeholders to their form', () => {
    expect(agrees('{{:time}}', '2026-01-31T09:00:00.000Z')).to.equal(true);
    expect(agrees('{{:time}}', '2026-01-31 09:00')).to.equal(false);
    expect(agrees('{{:version}}', 'W/"1"')).to.equal(true);
    expect(agrees('{{:version}}', '1')).to.equal(false);
    expect(agrees('gone (ref {{:reference}})', 'gone (ref K7Q2-9AXM)')).to.equal(true);
  });

  it('fails on an unknown variable, placeholder or field', () => {
    expect(() => fill('{{nobody}}', new Map())).to.throw('{{nobody}} stands for nothing yet');
    expect(() => expectation('{{:colour}}', 'red', new Map())).to.throw('there is no placeholder {{:colour}}');
    const step = { name: 's', request: { method: 'GET', path: '/' }, response: { status: 200 } };
    const file = { description: 'd', source: 's', put: 'merge', seed: [], steps: [step] };
    expect(exchange.safeParse(file).success).to.equal(true);
    expect(exchange.safeParse({ ...file, note: 'unused' }).success).to.equal(false);
    expect(
      exchange.safeParse({ ...file, steps: [{ ...step, request: { ...step.request, query: {} } }] }).success,
    ).to.equal(false);
  });
});
