import { expect } from 'chai';
import type { WriteOutcome } from '../../connector/backend/trail.ts';
import { operationOutcome } from '../../connector/journal/operation-outcome.ts';
import { ScimError } from '../../connector/scim/error.ts';

describe('what became of an operation', () => {
  const write = { text: 'dn: x' };
  const of = (failure: unknown, ...outcomes: readonly (WriteOutcome | undefined)[]) =>
    operationOutcome(
      { outcome: failure === undefined ? 'done' : failure instanceof ScimError ? 'refused' : 'failed', failure },
      outcomes.map((outcome) => ({ write, outcome })),
    );
  const lost = new ScimError('unavailable', 'the connection was lost');
  const invalid = new ScimError('invalidValue', 'mail is too long');

  it('is done when it was answered so, whatever a first attempt came to', () => {
    expect(of(undefined, 'unknown', 'done')).to.equal('done');
  });

  it('is refused when what was done is taken back', () => {
    expect(of(invalid, 'done', 'refused', 'done')).to.equal('refused');
    expect(of(lost, 'refused')).to.equal('refused');
    expect(of(lost)).to.equal('refused');
    expect(of(new Error('a bug'))).to.equal('failed');
  });

  it('is what its writes are when the store is lost after them', () => {
    expect(of(lost, 'done')).to.equal('done');
    expect(of(new Error('a bug'), 'done', 'done')).to.equal('done');
    expect(of(lost, 'done', 'not done')).to.equal('unknown');
  });

  it('is unknown as long as that of a write is', () => {
    expect(of(lost, 'unknown')).to.equal('unknown');
    expect(of(invalid, 'done', undefined)).to.equal('unknown');
  });
});
