import { expect } from 'chai';
import { OwnReplies } from '../../connector/service/first-replies.ts';

const REMEMBERED = 10_000;
const call = { requestId: 'test', actor: 'okta', signal: new AbortController().signal };

describe('first replies', () => {
  it('have arrived once a client uses the id, and not before', () => {
    const replies = new OwnReplies();
    replies.expect(call, 'a');
    replies.expect(call, 'b');
    replies.arrive(call, 'a');
    expect(['a', 'b', 'c'].map((id) => replies.arrived(call, id))).to.deep.equal([true, false, false]);
  });

  it('are not waited for of what was made elsewhere or long ago', () => {
    const replies = new OwnReplies();
    replies.arrive(call, 'elsewhere');
    expect(replies.arrived(call, 'elsewhere')).to.equal(false);
  });

  it('are remembered for the latest, however often an older one is used', () => {
    const replies = new OwnReplies();
    replies.expect(call, 'first');
    for (let i = 1; i < REMEMBERED; i += 1) replies.expect(call, `id-${i}`);
    replies.arrive(call, 'first');
    expect(replies.arrived(call, 'first')).to.equal(true);
    replies.expect(call, 'one more');
    expect(replies.arrived(call, 'first')).to.equal(false);
  });
});
