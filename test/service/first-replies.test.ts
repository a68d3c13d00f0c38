import { expect } from 'chai';
import { FirstReplies } from '../../connector/service/first-replies.ts';

const REMEMBERED = 10_000;

describe('first replies', () => {
  it('have arrived once a client uses the id, and not before', () => {
    const replies = new FirstReplies();
    replies.expect('a');
    replies.expect('b');
    replies.arrive('a');
    expect(['a', 'b', 'c'].map((id) => replies.arrived(id))).to.deep.equal([true, false, false]);
  });

  it('are not waited for of what was made elsewhere or long ago', () => {
    const replies = new FirstReplies();
    replies.arrive('elsewhere');
    expect(replies.arrived('elsewhere')).to.equal(false);
  });

  it('are remembered for the latest, however often an older one is used', () => {
    const replies = new FirstReplies();
    replies.expect('first');
    for (let i = 1; i < REMEMBERED; i += 1) replies.expect(`id-${i}`);
    replies.arrive('first');
    expect(replies.arrived('first')).to.equal(true);
    replies.expect('one more');
    expect(replies.arrived('first')).to.equal(false);
  });
});
