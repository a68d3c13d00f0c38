import { expect } from 'chai';
import { type Reason, ScimError } from '../../connector/scim/error.ts';

/** The ScimError that `promise` is rejected with; fails when it is fulfilled or breaks otherwise. */
export async function refusal(promise: Promise<unknown>, reason: Reason): Promise<ScimError> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    expect(error.reason, error.message).to.equal(reason);
    return error;
  }
  throw new Error(`expected ${reason}, but it succeeded`);
}
