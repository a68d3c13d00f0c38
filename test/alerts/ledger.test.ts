import { expect } from 'chai';
import { Ledger } from '../../connector/alerts/ledger.ts';
import { RULES } from '../../connector/alerts/rules.ts';
import { EVENTS, type EventName } from '../../connector/log/event.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-28T02:00:00Z');

describe('ledger of alerts', () => {
  const make = () => new Ledger({ minInterval: 15 * MINUTE, command: (verb) => `scim-connector ${verb}` });
  const hear = (ledger: Ledger, name: EventName, minute: number, fields: object = {}): void => {
    const { level, title } = EVENTS[name];
    ledger.hear({ name, level, text: title, fields: { ...fields } }, START + minute * MINUTE);
  };
  const due = (ledger: Ledger, minute: number): string[] =>
    ledger
      .due(START + minute * MINUTE)
      .map(({ event, app, state, count }) => `${event} ${app ?? '-'} ${state} ×${count}`);
  /** What is told in each minute of a time in which nothing more is heard. */
  const told = (ledger: Ledger, from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((minute) =>
      due(ledger, minute).map((text) => `${minute}: ${text}`),
    );

  it('tells the first at once, with what to do, and its end at once', () => {
    const ledger = make();
    hear(ledger, 'backendDown', 0, { app: 'hr' });
    const [alert = expect.fail()] = ledger.due(START);
    expect(alert).to.deep.include({
      ...{ event: 201, state: 'began', severity: 'error', app: 'hr', count: 1 },
      ...{ since: '2026-11-28T02:00:00.000Z', command: 'scim-connector check' },
    });
    hear(ledger, 'backendUp', 3, { app: 'hr' });
    const [over = expect.fail()] = ledger.due(START + 3 * MINUTE);
    expect(over).to.deep.include({ event: 201, state: 'over', severity: 'info', since: alert.since });
    expect(over.last).to.equal('2026-11-28T02:03:00.000Z');
    expect(over).not.to.have.property('command');
    expect(told(ledger, 4, 120)).to.deep.equal([]);
    expect(ledger.nextAt).to.equal(undefined);
  });

  it('tells what goes on together, less and less often', () => {
    const ledger = make();
    hear(ledger, 'backendDown', 0, { app: 'hr' });
    due(ledger, 0);
    for (const minute of [1, 2, 9]) ledger.seen('backendDown', 'hr', START + minute * MINUTE);
    expect(told(ledger, 1, 240)).to.deep.equal([
      '15: 201 hr goes on ×3',
      '45: 201 hr goes on ×1',
      '105: 201 hr goes on ×1',
      '225: 201 hr goes on ×1',
    ]);
  });

  it('tells what happens again and again once in the interval, with its number', () => {
    const ledger = make();
    const all: string[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      hear(ledger, 'agentDistrusts', minute, { address: `10.0.0.${minute % 3}` });
      all.push(...due(ledger, minute).map((text) => `${minute}: ${text}`));
    }
    expect(all).to.deep.equal(['0: 304 - happened ×1', '15: 304 - goes on ×15', '45: 304 - goes on ×30']);
  });

  it('names the addresses, a few of many', () => {
    const ledger = make();
    for (let i = 0; i < 9; i += 1) hear(ledger, 'agentDistrusts', 0, { address: `10.0.0.${i}` });
    expect(ledger.due(START)[0]?.text).to.match(
      /\(from 10\.0\.0\.0, 10\.0\.0\.1, 10\.0\.0\.2, 10\.0\.0\.3, 10\.0\.0\.4 and others\)$/,
    );
  });

  it('tells of one that comes and goes each minute twice in the interval at most', () => {
    const ledger = make();
    const all: string[] = [];
    for (let minute = 0; minute < 15; minute += 1) {
      hear(ledger, minute % 2 === 0 ? 'backendDown' : 'backendUp', minute, { app: 'hr' });
      all.push(...due(ledger, minute).map((text) => `${minute}: ${text}`));
    }
    expect(all).to.deep.equal(['0: 201 hr began ×1', '1: 201 hr over ×1']);
  });

  it('keeps apps apart, and has those of one moment in one message', () => {
    const ledger = make();
    for (const app of ['hr', 'it']) hear(ledger, 'backendDown', 0, { app });
    hear(ledger, 'backendUp', 0, { app: 'it' });
    expect(due(ledger, 0)).to.deep.equal(['201 hr began ×1', '201 it over ×1']);
  });

  it('reminds once a day of what takes days', () => {
    const ledger = make();
    hear(ledger, 'certificateEnds', 0);
    due(ledger, 0);
    expect(told(ledger, 1, 2 * 24 * 60)).to.deep.equal(['1440: 301 - goes on ×1', '2880: 301 - goes on ×1']);
  });

  it('passes over what is no alert', () => {
    const ledger = make();
    for (const name of ['started', 'stopped', 'reloaded', 'alertLost', 'alertTest'] as const) hear(ledger, name, 0);
    expect(ledger.nextAt).to.equal(undefined);
  });

  it('remembers no more than a bounded number', () => {
    const ledger = make();
    for (let i = 0; i < 5000; i += 1) hear(ledger, 'backendDown', 0, { app: `app-${i}` });
    expect(ledger.due(START).length).to.equal(500);
  });

  it('has for each alert whose it is, what to do and an end that is an event', () => {
    for (const [name, { whose, fix, until }] of Object.entries(RULES)) {
      expect(whose, name).to.match(/^\S.*[^.]$/);
      expect(fix, name).to.match(/^\S.*[^.]$/);
      if (until !== undefined) expect(EVENTS[until].level, name).not.to.equal('error');
    }
  });
});
