import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

/** RFC 9110 §8.4.1. */
forEachBackend('a compressed body', {}, (subject) => {
  it("is read whatever the case of its coding, and under the coding's old name", async () => {
    for (const [index, coding] of ['gzip', 'GZIP', 'x-gzip', 'Identity'].entries()) {
      const text = JSON.stringify({ userName: `user${index}` });
      const body = coding === 'Identity' ? text : gzipSync(text);
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': coding };
      const reply = await fetch(`${subject.server.url}/Users`, { method: 'POST', body, headers });
      expect(reply.status, coding).to.equal(201);
    }
  });

  it("whose client hangs up is given up at once and not at the deadline, far beyond the runner's limit", async () => {
    const headers = { 'Content-Encoding': 'gzip', 'Content-Length': '100' };
    const unfinished = request(`${subject.server.url}/Users`, { method: 'POST', headers });
    const begun = gzipSync('{"userName":"a"}').subarray(0, 15);
    await new Promise((resolve) => unfinished.on('error', () => undefined).write(begun, resolve));
    unfinished.destroy();
    const detail = async (): Promise<unknown> =>
      (await subject.server.lines()).find(({ fields }) => fields['method'] === 'POST')?.fields['detail'];
    while ((await detail()) === undefined) await setTimeout(5);
    expect(await detail()).to.equal('the body did not arrive whole');
  });
});

forEachBackend('a body with the key "__proto__"', {}, (subject) => {
  it('is refused, and the text names the key', async () => {
    const reply = await subject.post('/Users', '{"userName":"bjensen","__proto__":{"active":false}}');
    expectRefusal(reply, 400, /the body has the key "__proto__"; leave it out/);
  });
});
