import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, type Subject } from '../../../support/for-each-backend.ts';
import { scaled } from '../../../support/pace.ts';
import { bodies } from '../../hostile-input.ts';
import { contents, operations, PATCH_OP } from './input.ts';
import { expectNoFault, seen } from './state.ts';

const SEED = {
  emails: [{ value: 'a@x.org', type: 'work', primary: true }, { value: 'b@x.org' }],
  phoneNumbers: [{ value: '+1', type: 'mobile' }],
  name: { givenName: 'G', familyName: 'F' },
  active: true,
  'urn:okta:onprem_app:1.0:user:custom': { constructor: 'c', a: [1, 'x', true] },
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'd', manager: { value: 'nobody' } },
};

async function person(subject: Subject, userName: string): Promise<string> {
  return (await subject.user({ ...SEED, userName })).id as string;
}

/** Whether an operation takes an element's `value` away and leaves the rest of it. */
const takesValue = (operation: unknown): boolean => {
  const { op, path, value } = operation as { op?: unknown; path?: unknown; value?: unknown };
  const isTaken = /^remove$/i.test(String(op)) || value === null || value === '' || Array.isArray(value);
  return isTaken && /\.value\s*$/i.test(String(path));
};

/** Whether elements may all be taken away, and a new one then gets something else than its `value`. */
function givesAllButValue(list: readonly unknown[]): boolean {
  const paths = (list as readonly { op?: unknown; path?: unknown }[]).map(({ op, path }) => ({
    takes: /^(remove|replace)$/i.test(String(op)),
    gives: /\.(type|primary|display)\s*$/i.test(String(path)),
  }));
  return paths.some(({ takes }) => takes) && paths.some(({ gives }) => gives);
}

/** Answers are read fresh: what a client sends last is what the next one finds. */
const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 120), endOnFailure: false };

forEachBackend('hostile clients of SCIM 2.0', { version: '2.0', deadline: scaled(60_000) }, (subject) => {
  it('send any body: what is refused changes nothing, and what is answered is what is there, in both versions', async () => {
    const user = `/Users/${await person(subject, 'seed')}`;
    const group = `/Groups/${(await subject.group({ displayName: 'seed', members: [{ value: user.slice(7) }] })).id}`;
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ['PATCH', user],
          ['PATCH', group],
          ['PATCH', user],
          ['PUT', user],
          ['PUT', group],
          ['POST', '/Users'],
          ['POST', '/Groups'],
        ),
        contents,
        async ([method = '', path = ''], text) => {
          const before = method === 'POST' ? undefined : await seen(subject.server, path);
          const reply = await subject.request(method, path, text);
          statuses.add(reply.status);
          expectNoFault(reply, [method, path, text]);
          const at = reply.status === 201 ? `${path}/${reply.body.id}` : path;
          if (method === 'POST' && reply.status >= 400) return;
          const after = await seen(subject.server, at, [method, path, text]);
          if (reply.status >= 400) expect(after, text).to.deep.equal(before);
          else if (reply.text !== '') expect(reply.body, text).to.deep.equal(after);
        },
      ),
      runs,
    );
    expect([...statuses]).to.include.members([200, 400]);
  });

  it('send operations together as one after another: the same comes of it, or nothing', async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { minLength: 2, maxLength: 4 }), async (list) => {
        // A new one also while a counterexample is made smaller.
        const name = randomUUID();
        const [whole, parts] = [await person(subject, `${name}a`), await person(subject, `${name}b`)];
        const before = await seen(subject.server, `/Users/${whole}`);
        const together = await subject.patch(`/Users/${whole}`, { schemas: [PATCH_OP], Operations: list });
        expectNoFault(together, list);
        const after = await seen(subject.server, `/Users/${whole}`, list);
        if (together.status >= 400) {
          expect(after).to.deep.equal(before);
        } else {
          // Without its `value` an element is none from one request to the next, and lives within one.
          if (list.some(takesValue) || givesAllButValue(list)) return;
          for (const one of list) {
            const reply = await subject.patch(`/Users/${parts}`, { schemas: [PATCH_OP], Operations: [one] });
            // What must be there may be taken away and given again in one request alone.
            if (reply.status === 409 || reply.body?.scimType === 'mutability') return;
            expect(reply.status, `${JSON.stringify(list)}: ${reply.text}`).to.be.oneOf([200, 204]);
          }
          const apart = await seen(subject.server, `/Users/${parts}`);
          const { id: _, meta: __, userName: a, ...left } = after;
          const { id: ___, meta: ____, userName: b, ...right } = apart;
          expect(right, JSON.stringify(list)).to.deep.equal(left);
          applied += 1;
        }
        expectNoFault(await subject.remove(`/Users/${whole}`), list);
        expectNoFault(await subject.remove(`/Users/${parts}`), list);
      }),
      runs,
    );
    expect(applied).to.be.above(5);
  });

  it('send a valid name and any more, and get their own answer back by PUT without a change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/Users', '/Groups'), bodies, fc.uuid(), async (path, body, name) => {
        const sent = { ...(body as object), userName: name, displayName: name };
        const reply = await subject.post(path, sent);
        expectNoFault(reply, sent);
        if (reply.status !== 201) return;
        const item = `${path}/${reply.body.id}`;
        expect(await seen(subject.server, item, sent)).to.deep.equal(reply.body);
        const echo = await subject.put(item, reply.body);
        expect(echo.status, echo.text).to.equal(200);
        expect(echo.body, JSON.stringify(sent)).to.deep.equal(reply.body);
        const gone = await subject.remove(item);
        expect(gone.status, gone.text).to.equal(204);
        expect(gone.text).to.equal('');
      }),
      runs,
    );
  });
});
