import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

forEachBackend('a compressed body', {}, (subject) => {
  it("is read whatever the case of its coding, and under the coding's old name (RFC 9110 §8.4.1)", async () => {
    for (const [index, coding] of ['gzip', 'GZIP', 'x-gzip', 'Identity'].entries()) {
      const text = JSON.stringify({ userName: `user${index}` });
      const body = coding === 'Identity' ? text : gzipSync(text);
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': coding };
      const reply = await fetch(`${subject.server.url}/Users`, { method: 'POST', body, headers });
      expect(reply.status, coding).to.equal(201);
    }
  });
});

forEachBackend('a body with the key "__proto__"', {}, (subject) => {
  it('is refused, and the text names the key', async () => {
    const reply = await subject.post('/Users', '{"userName":"bjensen","__proto__":{"active":false}}');
    expectRefusal(reply, 400, /the body has the key "__proto__"; leave it out/);
  });
});
