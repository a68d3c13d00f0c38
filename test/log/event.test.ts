import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { EVENTS } from '../../connector/log/event.ts';
import { overheard } from '../../connector/log/overheard.ts';
import { read, sources } from '../support/architecture/imports.ts';

/** As they were given. One that is gone stays here, so that nobody gives it to another. */
const GIVEN: Readonly<Record<string, number>> = {
  ...{ started: 101, stopped: 102, startedAfterCrash: 103, bug: 104, reloaded: 105, reloadRefused: 106 },
  ...{ backendDown: 201, backendUp: 202, manyFailures: 203, fewFailures: 204, changesHeld: 205, changesFlow: 206 },
  ...{
    certificateEnds: 301,
    certificateEnded: 302,
    certificateGood: 303,
    agentDistrusts: 304,
    certificateKept: 305,
    certificateUnfit: 306,
  },
  ...{
    credentialEnds: 401,
    credentialEnded: 402,
    credentialGood: 403,
    credentialsRefused: 404,
    credentialsAccepted: 405,
  },
  ...{
    journalFails: 501,
    journalWorks: 502,
    auditFails: 503,
    auditAnchor: 504,
    journalNotShared: 505,
    journalShared: 506,
    diskLow: 511,
    diskRoom: 512,
  },
  ...{ alertLost: 601, alertTest: 602 },
};

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'events.md'), 'utf8');

describe('events', () => {
  it('keep their numbers, and no number is given twice', () => {
    for (const [name, { id }] of Object.entries(EVENTS)) expect(id, name).to.equal(GIVEN[name]);
    expect(new Set(Object.values(GIVEN)).size).to.equal(Object.keys(GIVEN).length);
    // The Windows Event Log has texts of these numbers alone; those below 100 are the service host's.
    for (const id of Object.values(GIVEN)) expect(id).to.be.within(100, 1000);
  });

  it('stand in docs/events.md, all of them and no others', () => {
    const rows = [...page.matchAll(/^\| (\d+) \| (\w+) \| ([^|]+) \|/gm)].map(
      ([, id, level, title]) => `${id} ${level} ${title}`,
    );
    expect(rows).to.deep.equal(Object.values(EVENTS).map(({ id, level, title }) => `${id} ${level} ${title}`));
  });

  it('are written by somebody', () => {
    const told = [...sources('connector'), ...sources('bin')]
      .filter((file) => !/log\/event\.ts$|alerts\/rules\.ts$/.test(file))
      .map(read)
      .join('\n');
    const silent = Object.keys(EVENTS).filter((name) => !new RegExp(`'${name}'|EVENTS\\.${name}\\b`).test(told));
    expect(silent).to.deep.equal([]);
  });

  it('are heard by their number, and other lines are not', () => {
    const heard: string[] = [];
    const lines: string[] = [];
    const write = (_: object, text: string): void => void lines.push(text);
    const plain = { trace: write, debug: write, info: write, warn: write, error: write };
    const log = overheard(plain, ({ name, level, text }) => void heard.push(`${name} ${level} ${text}`));
    log.error({ event: 201, app: 'hr' }, 'down');
    log.warn({ event: 9999 }, 'unknown');
    log.info({}, 'a line');
    log.debug({}, 'another');
    expect(heard).to.deep.equal(['backendDown error down']);
    expect(lines).to.deep.equal(['down', 'unknown', 'a line', 'another']);
  });
});
