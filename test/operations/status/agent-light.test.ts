import { expect } from 'chai';
import { agentLight } from '../../../connector/operations/status/agent-light.ts';
import { ago, span } from '../../../connector/operations/status/time-span.ts';
import type { Remembered } from '../../../connector/vitals/vitals.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const HOUR = 3_600_000;
const at = (before: number): string => new Date(NOW - before).toISOString();

const contact = (before: number): Remembered['contacts'][number] => ({
  address: '10.0.0.5',
  app: 'default',
  actor: 'okta',
  message: 'downloadUsers',
  outcome: 'done',
  ref: 'K7Q2-91XM',
  time: at(before),
  duration: 12,
});
const handshake = (before: number, fault = 'agent-distrusts-certificate'): Remembered['handshakes'][number] => ({
  address: '10.0.0.6',
  text: 'the agent at 10.0.0.6 does not trust our CA',
  fault,
  count: 1,
  last: at(before),
  ref: 'AAAA-BBBB',
});
const refusal = (before: number): Remembered['errors'][number] => ({
  app: 'default',
  message: 'request',
  reason: 'unauthorized',
  text: 'the token is not accepted',
  count: 3,
  first: at(before),
  last: at(before),
  ref: 'CCCC-DDDD',
  address: '10.0.0.7',
});
const light = (known: Partial<Remembered>) =>
  agentLight({ contacts: [], errors: [], counts: [], handshakes: [], ...known }, NOW);

describe('the light of the agent', () => {
  it('says who called last, and for what', () => {
    expect(light({ contacts: [contact(3 * HOUR)] })).to.deep.equal({
      light: 'agent',
      status: 'ok',
      text: 'last contact 3 h ago: downloadUsers by okta from 10.0.0.5',
    });
    const refused = { ...contact(1000), outcome: 'refused' as const, userAgent: 'agent/3' };
    expect(light({ contacts: [refused] }).text).to.equal(
      'last contact 1 s ago: downloadUsers (refused) by okta from 10.0.0.5, agent/3',
    );
  });

  it('is well before the first contact: nobody may have been told yet', () => {
    expect(light({})).to.include({ status: 'ok', text: 'has not called yet' });
  });

  it('warns of a long silence where there was a contact', () => {
    expect(light({ contacts: [contact(7 * 24 * HOUR - 1)] }).status).to.equal('ok');
    const { status, text } = light({ contacts: [contact(7 * 24 * HOUR)] });
    expect(status).to.equal('warning');
    expect(text).to.match(/^last contact 7 days ago: .*; nothing since: look whether the agent runs/);
  });

  it('warns of an agent that cannot set up TLS, until somebody calls or a day has passed', () => {
    const found = light({ contacts: [contact(2 * HOUR)], handshakes: [handshake(HOUR)] });
    expect(found).to.deep.include({ status: 'warning', fix: { ours: 'cert export-ca scim-ca.pem' } });
    expect(found.text).to.equal(
      '60 min ago: the agent at 10.0.0.6 does not trust our CA; last contact 2 h ago from 10.0.0.5',
    );
    expect(light({ contacts: [contact(HOUR)], handshakes: [handshake(2 * HOUR)] }).status).to.equal('ok');
    expect(light({ handshakes: [handshake(24 * HOUR)] }).status).to.equal('ok');
    expect(light({ handshakes: [handshake(HOUR, 'tls-handshake-failed')] }).status).to.equal('ok');
  });

  it('warns of a credential that is refused, until one is accepted', () => {
    const found = light({ contacts: [contact(2 * HOUR)], errors: [refusal(HOUR)] });
    expect(found).to.deep.include({ status: 'warning', fix: { ours: 'explain CCCC-DDDD' } });
    expect(found.text).to.match(/^10\.0\.0\.7 was refused 60 min ago: the token is not accepted; last contact/);
    expect(light({ contacts: [contact(HOUR)], errors: [refusal(2 * HOUR)] }).status).to.equal('ok');
  });
});

describe('a span of time', () => {
  for (const [ms, text] of [
    [-5, '0 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [2 * HOUR - 1000, '119 min'],
    [2 * HOUR, '2 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 days'],
  ] as const)
    it(`of ${ms} ms is ${text}`, () => expect(span(ms)).to.equal(text));

  it('ends now', () => expect(ago(at(5000), NOW)).to.equal('5 s ago'));
});
