import { expect } from 'chai';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { methodKind } from '../../connector/auth/methods.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { basic, guardedServer } from './guarded-server.ts';

describe('guessing', () => {
  const guarded = guardedServer();
  const { folder, expecting, authorized } = guarded;
  let now = 0;
  const throttle = (): Throttle => new Throttle({ limit: 3, window: 60_000, now: () => now });
  const statusOf = async (value: string): Promise<number> => (await authorized(value)).status;
  const statuses = async (value: string, times: number): Promise<number[]> => {
    const all = [];
    for (let i = 0; i < times; i += 1) all.push(await statusOf(value));
    return all;
  };

  beforeEach(() => {
    now = 0;
  });

  for (const [what, settings, method, right, wrong] of [
    ['password', { username: 'okta', password: new Secret('fixed') }, 'basic', basic('okta:fixed'), basic('okta:x')],
    ['token', { token: new Secret('fixed') }, 'header', 'Bearer fixed', 'Bearer x'],
  ] as const) {
    it(`a fixed ${what} is possible once a second, above the limit`, async () => {
      expecting(settings, { method, throttle: throttle() });
      expect(await statuses(wrong, 4)).to.deep.equal([401, 401, 401, 429]);
      for (const value of [right, wrong]) {
        const answer = await authorized(value);
        expect(answer).to.include({ status: 429, retryAfter: 1 });
        expect(answer.text).to.match(/^too many failed attempts from this address: one is judged each second/);
      }
      now += 1000;
      expect(await statuses(wrong, 2)).to.deep.equal([429, 429]);
      now += 999;
      expect(await statusOf(right)).to.equal(429);
      now += 1;
      expect(await statusOf(right)).to.equal(200);
    });

    it(`does not stand in the way of a fixed ${what} from where it has come before`, async () => {
      expecting(settings, { method, throttle: throttle() });
      expect(await statusOf(right)).to.equal(200);
      expect(await statuses(wrong, 5)).to.deep.equal([401, 401, 401, 429, 429]);
      expect(await statuses(right, 3)).to.deep.equal([200, 200, 200]);
    });
  }

  it('never stands in the way of a credential of ours, wherever it comes from', async () => {
    const token = await addCredential(folder.path, { name: 'token' });
    const password = await addCredential(folder.path, { name: 'basic', basic: 'okta' });
    for (const [method, settings, wrong, right] of [
      ['header', { token: new Secret('fixed') }, 'Bearer x', `Bearer ${token}`],
      ['basic', { username: 'a', password: new Secret('fixed') }, basic('okta:x'), basic(`okta:${password}`)],
    ] as const) {
      expecting(settings, { method, throttle: throttle() });
      await statuses(wrong, 10);
      expect(await statusOf(right)).to.equal(200);
    }
  });

  it('of a password of ours needs no work and no queue, so that a flood of it delays nobody', async () => {
    const password = await addCredential(folder.path, { name: 'basic', basic: 'okta' });
    expecting({}, { method: 'basic', throttle: throttle() });
    const flood = Array.from({ length: 150 }, () => statusOf(basic('okta:x')));
    expect(await statusOf(basic(`okta:${password}`))).to.equal(200);
    expect((await Promise.all(flood)).filter((status) => status === 401)).to.have.lengthOf(3);
  });

  it('at one app is not made easier by a success at another', async () => {
    const shared = throttle();
    const token = await addCredential(folder.path, { name: 'hr', app: 'hr' });
    expecting({ token: new Secret('fixed') }, { app: 'hr', throttle: shared });
    expect(await statusOf(`Bearer ${token}`)).to.equal(200);
    expecting({ token: new Secret('fixed') }, { app: 'crm', throttle: shared });
    await statuses('Bearer x', 4);
    expect(await statusOf('Bearer fixed')).to.equal(429);
  });
});

describe('a secret in the configuration', () => {
  const faultsOf = (secret: string, username = 'okta-agent') => {
    const settings = { header: 'Authorization', username, password: new Secret(secret), token: new Secret(secret) };
    return [
      ...[...methodKind('basic').check(settings)].filter(({ setting }) => setting === 'password'),
      ...[...methodKind('header').check(settings)].filter(({ setting }) => setting === 'token'),
    ];
  };

  for (const secret of ['', 'p:w', 'Sommer2026', 'pass:wörd', 'hunter2'])
    it(`is warned of or missing when it is short: ${secret.length} characters`, () => {
      const faults = faultsOf(secret);
      expect(faults.map(({ warning }) => warning)).to.deep.equal(secret === '' ? [] : [true, true]);
      for (const { text } of faults)
        expect(text)
          .to.match(/^shorter than 12 characters; use a random one/)
          .and.not.contain(secret);
    });

  for (const secret of [
    'Passw0rd!2026!',
    'Winter-2026-24',
    'Herbstferien26',
    'abababababab',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    '121212121212121212',
    'OktaAgent_123456789',
    'password12345678901234',
  ])
    it(`is warned of when it is easy to guess: ${secret}`, () => {
      const faults = faultsOf(secret).map((fault) => [fault.text.split(';')[0], fault.warning]);
      expect(faults).to.deep.equal([
        ['easy to guess', true],
        ['easy to guess', true],
      ]);
    });

  it('is warned of when it is somewhat short, and is good when it is random and long', () => {
    expect(faultsOf('x7-Qp2.vL9_w').map(({ warning }) => warning)).to.deep.equal([true, true]);
    for (const secret of [
      '5rJ0o1cQ9sYb2mKxVtN8wZ3h',
      'correct horse battery staple',
      '8f14e45fceea167a5a36dedd4bea2543',
    ])
      expect(faultsOf(secret), secret).to.deep.equal([]);
  });
});
