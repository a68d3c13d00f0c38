import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, query } from '../support/for-each-backend.ts';
import type { Reply } from '../support/start-server.ts';

/** SCIM 1.1 API §3.7; Core §6.1. */
forEachBackend('a password', {}, (subject) => {
  /** Everything that left the server: replies with their headers, and the log with its errors and their causes. */
  const seen = async (replies: readonly Reply[]): Promise<string> =>
    [
      ...replies.map(({ text, headers }) => `${text} ${JSON.stringify([...headers])}`),
      inspect(await subject.server.lines(), { depth: 12, maxStringLength: null, maxArrayLength: null }),
    ].join('\n');

  it('never leaves, whatever is done with it', async () => {
    // Long and odd enough not to turn up by chance.
    const secrets = fc
      .string({ unit: fc.constantFrom(...'aZ09$"\\\'/é 漢<&'), minLength: 10, maxLength: 24 })
      .map((text) => `pW${text}Wp`);
    await fc.assert(
      fc.asyncProperty(secrets, fc.uuid(), async (password, userName) => {
        const replies: Reply[] = [];
        const keep = async (reply: Promise<Reply>): Promise<Reply> => {
          replies.push(await reply);
          return reply;
        };
        const { body } = await keep(subject.post('/Users?attributes=userName,password', { userName, password }));
        const path = `/Users/${body.id}`;
        await keep(subject.post('/Users', { userName, password, title: 'x' }));
        await keep(subject.get(`${path}?attributes=password`));
        await keep(subject.get('/Users?attributes=password,meta'));
        await keep(subject.put(path, { userName, password, nickName: 'x' }));
        await keep(subject.put(path, { userName, password: [password] }));
        await keep(subject.put(path, { userName, password: { value: password } }));
        await keep(subject.patch(path, { meta: { attributes: ['password'] }, password }));
        await keep(subject.patch(path, { password, active: 'never' }));
        await keep(subject.patch(path, { PASSWORD: password, password }));
        await keep(subject.patch(path, `{"password":${JSON.stringify(password)},"password":1}`));
        await keep(subject.patch(path, `{"password":${JSON.stringify(password)}`));
        await keep(subject.post('/Users', `{"password":${JSON.stringify(password)}`, { 'Content-Type': 'text/plain' }));
        for (const filter of [
          `password eq ${JSON.stringify(password)}`,
          `password eq '${password}'`,
          `password co ${password}`,
        ]) {
          await keep(subject.get(`/Users${query({ filter })}`));
        }
        await keep(subject.get('/Users?sortBy=password'));
        await keep(
          subject.post('/Bulk', {
            Operations: [
              { method: 'PATCH', path, data: { password } },
              { method: 'PUT', path, data: { userName, password, active: 7 } },
              { method: 'POST', path: '/Users', bulkId: 'q', data: { userName, password } },
            ],
          }),
        );
        await keep(subject.remove(path));
        const everything = await seen(replies);
        for (const form of [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password)]) {
          expect(
            everything.includes(form),
            everything.slice(Math.max(0, everything.indexOf(form) - 300)).slice(0, 600),
          ).to.equal(false);
        }
        for (const { text } of replies) expect(text).to.not.match(/"password"\s*:/i);
      }),
      { numRuns: 12 },
    );
  });

  it('is as little to be found in the log as any value that was searched for [R-7.5-01]', async () => {
    const value = 'ana.maria@example.com';
    for (const filter of [
      `userName "${value}"`,
      `userName eq ${value}`,
      `${value} eq "x"`,
      `userName eq "a" "${value}"`,
      `active eq "${value}"`,
      `meta.created gt "say \\"${value}\\""`,
      `"${value}`,
    ]) {
      await subject.get(`/Users${query({ filter })}`);
    }
    await subject.post('/Users', { userName: value });
    await subject.post('/Users', { userName: value, title: 'x' });
    await subject.get(`/Users?sortBy=${value}%22${value}`);
    await subject.get(`/Users?count=${value}`);
    await subject.get(`/Users/${value}`);
    const lines = await subject.server.lines();
    const log = lines.map(({ fields }) => inspect({ ...fields, id: '' }, { depth: 12 })).join('\n');
    expect(log).to.not.include(value);
    expect(log).to.not.include('ana');
  });
});
