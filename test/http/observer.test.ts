import { inspect } from 'node:util';
import { expect } from 'chai';
import type { Observer, OperationEvent } from '../../connector/service/observer.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { isPackaged } from '../support/cli.ts';
import { scaled } from '../support/pace.ts';
import { type Reply, startServer, type TestServer } from '../support/start-server.ts';

const SECRET = 'correct horse battery staple';

/** Keeps what it is told. */
class Recorder implements Observer {
  readonly events: OperationEvent[] = [];

  observe(event: OperationEvent): void {
    this.events.push(event);
  }

  /** What was told since the last look. */
  take(): OperationEvent[] {
    return this.events.splice(0);
  }
}

/** The parts of an event that are the same at every run. */
const outline = ({ operation, message, type, name, outcome }: OperationEvent): string =>
  [operation, type, name, message, outcome].filter((part) => part !== undefined).join(' ');

describe('the observer', function observer() {
  if (isPackaged) return;
  const recorder = new Recorder();
  let server: TestServer;
  let id: string;

  const ask = async (method: string, path: string, body?: unknown, headers?: object): Promise<Reply> => {
    recorder.take();
    return server.request(method, path, body, headers as Record<string, string>);
  };
  const told = (): string[] => recorder.take().map(outline);

  before(async () => {
    server = await startServer({ store: 'memory', observer: recorder, token: SECRET });
  });
  beforeEach(async () => {
    const made = await ask('POST', '/Users', { userName: 'ann', password: SECRET, displayName: 'Ann' }, AUTHORIZED);
    id = made.body.id;
  });
  afterEach(() => ask('DELETE', `/Users/${id}`, undefined, AUTHORIZED));
  after(() => server.close());

  const AUTHORIZED = { Authorization: `Bearer ${SECRET}` };

  it('is told of a creation: who, what, in how long', () => {
    const [event, ...others] = recorder.take();
    expect(others).to.deep.equal([]);
    expect(event).to.deep.include({ app: 'default', operation: 'create', message: 'createNewUser', type: 'User' });
    expect(event).to.deep.include({ id, name: 'ann', outcome: 'done', ignored: [] });
    expect(event?.call).to.include({ actor: 'configured' });
    expect(event?.after).to.deep.include({ userName: 'ann', displayName: 'Ann' });
    expect(event?.backendDuration).to.be.within(0, event?.duration ?? -1);
  });

  it('is told of a change with what was there before and after', async () => {
    await ask('PUT', `/Users/${id}`, { userName: 'ann', displayName: 'Anna', active: false }, AUTHORIZED);
    const [event] = recorder.take();
    expect(event).to.deep.include({ operation: 'replace', message: 'deactivateUser', name: 'ann', id });
    expect(event?.changed?.map(({ attribute }) => attribute)).to.have.members(['displayName', 'active']);
    expect(event?.before).to.deep.include({ displayName: 'Ann', active: true });
    expect(event?.after).to.deep.include({ displayName: 'Anna', active: false });
  });

  it('is told that nothing changed', async () => {
    await ask('PUT', `/Users/${id}`, { userName: 'ann', displayName: 'Ann' }, AUTHORIZED);
    expect(recorder.take()[0]).to.deep.include({ outcome: 'done', changed: [] });
  });

  const requests: readonly (readonly [name: string, send: () => Promise<Reply>, events: readonly string[]])[] = [
    ['a read', () => ask('GET', `/Users/${id}`, undefined, AUTHORIZED), ['get User ann importUserProfile done']],
    ['a read of nobody', () => ask('GET', '/Users/x', undefined, AUTHORIZED), ['get User importUserProfile refused']],
    [
      'a search',
      () => ask('GET', '/Users?filter=userName%20eq%20%22ann%22', undefined, AUTHORIZED),
      ['list User checkUserExists done'],
    ],
    [
      'a search that makes no sense',
      () => ask('GET', '/Users?filter=userName%20is', undefined, AUTHORIZED),
      ['list User request refused'],
    ],
    [
      'a creation of what is there',
      () => ask('POST', '/Users', { userName: 'ANN', title: 'Dr' }, AUTHORIZED),
      ['create User ANN createNewUser refused'],
    ],
    [
      'a body that the schema refuses',
      () => ask('POST', '/Users', { userName: 7 }, AUTHORIZED),
      ['create User createNewUser refused'],
    ],
    [
      'a body that is not JSON',
      () => ask('POST', '/Groups', '{', { ...AUTHORIZED, 'Content-Type': 'application/json' }),
      ['create Group createGroup refused'],
    ],
    [
      'a password',
      () => ask('PATCH', `/Users/${id}`, { password: `${SECRET}!` }, AUTHORIZED),
      ['patch User ann pushPasswordUpdate done'],
    ],
    [
      'a version that is outdated',
      () => ask('DELETE', `/Users/${id}`, undefined, { ...AUTHORIZED, 'If-Match': 'W/"0"' }),
      ['delete User deleteUser refused'],
    ],
    [
      'the provider configuration',
      () => ask('GET', '/ServiceProviderConfigs', undefined, AUTHORIZED),
      ['discover getImplementedUserManagementCapabilities done'],
    ],
    ['a missing credential', () => ask('GET', '/Users'), ['request request refused']],
    ['a wrong method', () => ask('PUT', '/Users', {}, AUTHORIZED), ['request request refused']],
    ['a path that is none', () => ask('GET', '/Nothing', undefined, AUTHORIZED), ['request request refused']],
    [
      'several at once, each by itself and then all together',
      () => {
        const Operations = [
          { method: 'PATCH', path: `/Users/${id}`, data: { title: 'Dr' } },
          { method: 'DELETE', path: '/Users/nobody' },
          { method: 'POST', path: '/Groups', bulkId: 'g', data: {} },
        ];
        return ask('POST', '/Bulk', { Operations }, AUTHORIZED);
      },
      [
        'patch User ann pushProfileUpdate done',
        'delete User deleteUser refused',
        'create Group createGroup refused',
        'bulk bulk done',
      ],
    ],
  ];
  for (const [name, send, events] of requests) {
    it(`is told once of ${name}`, async () => {
      await send();
      expect(told()).to.deep.equal(events);
    });
  }

  it('is told the reason of a refusal and the reference that the client has', async () => {
    const reply = await ask('GET', '/Users/x', undefined, AUTHORIZED);
    const [event] = recorder.take();
    expect(event?.failure).to.include({ reason: 'notFound' });
    expect(reply.text).to.include(event?.call.requestId);
  });

  it('is told of what took too long when it is over, and once', async function late() {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    class Slow extends MemoryBackend {
      override async create(...words: Parameters<MemoryBackend['create']>): ReturnType<MemoryBackend['create']> {
        await held;
        return super.create(...words);
      }
    }
    const slow = await startServer({ backend: new Slow(), observer: recorder, deadline: scaled(100) });
    recorder.take();
    const reply = await slow.request('POST', '/Users', { userName: 'eve' });
    expect(reply.status).to.equal(503);
    expect((await slow.lines()).at(-1)?.message).to.equal('createNewUser');
    expect(told()).to.deep.equal([]);
    release();
    await slow.close();
    expect(told()).to.deep.equal(['create User eve createNewUser done']);
  });

  it('hears no secret', async () => {
    const heard = [...recorder.take()];
    await ask('PUT', `/Users/${id}`, { userName: 'ann', password: SECRET }, AUTHORIZED);
    await ask('POST', '/Users', { userName: 'bob', password: SECRET, emails: 7 }, AUTHORIZED);
    heard.push(...recorder.take());
    expect(heard).to.have.length(2);
    expect(inspect(heard, { depth: 20, maxStringLength: null })).to.not.include(SECRET);
  });
});
