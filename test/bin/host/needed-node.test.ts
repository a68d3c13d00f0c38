import { expect } from 'chai';
import { unfitNode } from '../../../bin/host/needed-node.ts';

describe('the Node that runs us', () => {
  it('is refused in one line when it is too old for what is packed for it', () => {
    expect(unfitNode('20.20.2')).to.match(
      /^this is Node 20\.20\.2, and the connector needs Node 24: use the executable/,
    );
  });

  it('is good enough as we bring it', () => {
    expect(unfitNode('24.15.0')).to.equal(undefined);
    expect(unfitNode()).to.equal(undefined);
  });
});
