import { expect } from 'chai';
import { CountingClient } from './counting-client.ts';
import type { Attempted, Attempting } from './going-on.ts';

/** A person who is counted on, and what becomes of one PATCH. */
class Counted implements Attempting {
  title = '';
  next: 'do' | 'do, and forget the first answer' | 'say it was done' | 'do twice' | 'be overtaken' = 'do';

  async attempt(method: string, _path: string, body?: unknown): Promise<Attempted> {
    const { next } = this;
    const answer = { headers: {}, isRepeated: next === 'do, and forget the first answer', status: 200 };
    if (method === 'GET') return { ...answer, text: JSON.stringify({ title: this.title, meta: { version: '1' } }) };
    if (next === 'be overtaken') return { ...answer, status: 412, text: '' };
    if (next !== 'say it was done') this.title = (body as { title: string }).title;
    if (next === 'do twice') this.title = this.title.replace(/\d+$/, (count) => String(Number(count) + 1));
    return { ...answer, status: answer.isRepeated ? 412 : 200, text: '{}' };
  }
}

describe('a client that counts', () => {
  it('knows what was counted though the answer was lost, and sees what was lost or done twice', async () => {
    const wrong: string[] = [];
    const person = new Counted();
    const client = new CountingClient('/Users/1', 1, 2);
    const count = (next: Counted['next']): Promise<boolean> => {
      person.next = next;
      return client.count(person, (text) => wrong.push(text));
    };
    expect(await count('do')).to.equal(true);
    expect(await count('be overtaken')).to.equal(false);
    expect(await count('do, and forget the first answer')).to.equal(true);
    expect([person.title, client.done, client.overtaken]).to.deep.equal(['0 2', 2, 1]);
    expect(wrong).to.deep.equal([]);
    await count('say it was done');
    await count('do twice');
    await count('do');
    expect(wrong).to.deep.equal([
      'counter 1 was acknowledged 3 times; read 2',
      'counter 1 was acknowledged 3 times; read 4',
    ]);
  });
});
