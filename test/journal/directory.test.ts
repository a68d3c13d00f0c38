import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import type { ObservedService } from '../../connector/service/observed-service.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import type { Verb } from '../support/directories/intercepted.ts';
import { types } from '../support/directories/ldap-backend.ts';
import { CutShort, type Moment } from './cut-short.ts';
import { draftOf, newCall } from './journalled.ts';

const { User, Group } = types;
const MOMENTS: readonly Moment[] = ['before the write', 'before its outcome', 'before the record'];

const ann = { userName: 'ann', name: { familyName: 'Ann' }, title: 'Chief', active: true };

/** @returns what is done by the process that dies */
type Prepare = (service: ObservedService) => Promise<(service: ObservedService) => Promise<unknown>>;

const made = async (service: ObservedService): Promise<string> =>
  (await service.create(newCall(), User, () => draftOf(ann))).id;

const replaced =
  (attributes: Parameters<typeof draftOf>[0]): Prepare =>
  async (service) => {
    const id = await made(service);
    return (dying) => dying.replace(newCall(), User, id, () => ({ draft: draftOf({ ...ann, ...attributes }) }));
  };

const CASES: readonly { readonly what: string; readonly verb: Verb; readonly prepare: Prepare }[] = [
  {
    what: 'a create',
    verb: 'add',
    prepare: async () => (dying) => dying.create(newCall(), User, () => draftOf(ann)),
  },
  { what: 'a change', verb: 'modify', prepare: replaced({ title: 'Boss' }) },
  { what: 'a deactivation', verb: 'modify', prepare: replaced({ active: false }) },
  { what: 'a rename', verb: 'rename', prepare: replaced({ userName: 'anna' }) },
  {
    what: 'a delete',
    verb: 'delete',
    prepare: async (service) => {
      const id = await made(service);
      return (dying) => dying.delete(newCall(), User, id, () => undefined);
    },
  },
  {
    what: 'a new member',
    verb: 'modify',
    prepare: async (service) => {
      const id = await made(service);
      const group = await service.create(newCall(), Group, () => draftOf({ displayName: 'Sales' }));
      const whole = { displayName: 'Sales', members: [{ value: id }] };
      return (dying) => dying.replace(newCall(), Group, group.id, () => ({ draft: draftOf(whole) }));
    },
  },
];

/** The record that is the last one once its operation is settled. */
async function settled({ records }: { readonly records: () => readonly StoredRecord[] }, count: number) {
  for (let left = 400; left > 0; left -= 1) {
    const all = records();
    if (all.length === count) return all.at(-1);
    await pause(25);
  }
  throw new Error(`no record: ${JSON.stringify(records())}`);
}

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`the journal over ${name}`, () => {
    const server = directoryLab(name);
    let connector: CutShort;
    beforeEach(async () => {
      await server.lab.clear();
      connector = new CutShort(server.lab);
    });
    afterEach(() => connector?.remove());

    for (const { what, verb, prepare } of CASES) {
      for (const moment of MOMENTS) {
        it(`${what} that is cut short ${moment} leaves one record of what became of it`, async function perServer() {
          // There userName is not part of the entry's name.
          if (name === 'samba' && verb === 'rename') this.skip();
          const { service } = await connector.live();
          const act = await prepare(service);
          const before = connector.records().length;
          const { service: dying, dead } = await connector.live({ verb, moment });
          await Promise.race([dead, act(dying)]);
          await pause(50);
          await connector.live();
          const record = await settled({ records: () => connector.records() }, before + 1);
          const isDone = moment !== 'before the write';
          expect(record?.outcome).to.equal(isDone ? 'done' : 'not done');
          expect(record?.settled).to.be.a('string');
          expect(record?.server).to.equal(server.lab.url);
          expect(record?.sent?.at(-1)).to.match(isDone ? /^dn: / : /^# not done\ndn: /);
        });
      }
    }
  });
}
