import { expect } from 'chai';
import { asScimError, type FailureContext } from '../../../../connector/backend/ldap/directory/ldap-errors.ts';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { Reason } from '../../../../connector/scim/error.ts';

const create: FailureContext = { operation: 'create', type: 'User' };
const modify: FailureContext = { operation: 'modify', type: 'User', id: 'a-b-c' };
const read: FailureContext = { operation: 'read', type: 'User' };

type Row = readonly [code: number, diagnostic: string, context: FailureContext, reason: Reason, text: string];

/** Diagnostics as OpenLDAP 2.5, 389 2.3 and Samba 4.17 word them. */
const TABLE: readonly Row[] = [
  [68, '', create, 'uniqueness', 'in use by another entry: the directory does not say which'],
  [19, '', create, 'invalidValue', 'breaks a rule'],
  [53, 'Server is unwilling: DB locks threshold is reached', modify, 'unavailable', 'out of locks'],
  [53, '', modify, 'invalidValue', 'refuses this change'],
  [32, '', modify, 'notFound', 'User "a-b-c" not found'],
  [32, '', create, 'unavailable', 'check the base'],
  [32, '', read, 'unavailable', 'check the base'],
  [50, '', create, 'forbidden', 'check --print-acl'],
  [16, '', modify, 'invalidValue', 'removed'],
  [17, '', modify, 'invalidValue', 'check the mapping'],
  [20, '', modify, 'invalidValue', 'already there'],
  [21, '', modify, 'invalidValue', 'form'],
  [34, '', create, 'invalidValue', 'name'],
  [65, '', create, 'invalidValue', 'schema'],
  [66, '', modify, 'conflict', 'below'],
  [122, '', modify, 'versionMismatch', 'changed'],
  [3, '', read, 'unavailable', 'time limit'],
  [4, '', read, 'unavailable', 'size limit'],
  [11, '', read, 'unavailable', 'look-through'],
  [8, '', read, 'unavailable', 'service account'],
  [49, '', read, 'unavailable', 'service account'],
  [10, '', modify, 'unavailable', 'read-only'],
  [51, '', modify, 'unavailable', 'busy'],
  [52, '', modify, 'unavailable', 'not available'],
  [80, '', modify, 'unavailable', 'result code 80'],
];

describe('failures of a directory as the client sees them', () => {
  for (const [code, diagnostic, context, reason, text] of TABLE) {
    it(`${code} "${diagnostic}" on ${context.operation} is ${reason}`, () => {
      const error = asScimError(new LdapFailure('native', { code, diagnostic }), context);
      expect(error.reason).to.equal(reason);
      expect(error.message).to.include(text).and.not.include('native');
      if (diagnostic !== '') expect(error.message).not.to.include(diagnostic);
    });
  }

  for (const code of [51, 52]) {
    it(`${code} says when to try again`, () => {
      expect(asScimError(new LdapFailure('x', { code }), modify).retryAfter).to.be.a('number');
    });
  }

  it('a lost connection is unavailable, in its own words and with a time to come back', () => {
    const error = asScimError(new LdapFailure('ldaps://a: no answer within 10 s', { retryAfter: 7 }), modify);
    expect(error).to.include({
      reason: 'unavailable',
      message: 'LDAP: ldaps://a: no answer within 10 s',
      retryAfter: 7,
    });
  });

  it('a write without an answer says that it may have been done', () => {
    const error = asScimError(new LdapFailure('ldaps://a: lost', { outcomeUnknown: true }), modify);
    expect(error.reason).to.equal('unavailable');
    expect(error.message).to.include('may have been made');
  });

  it("the server's own words are not among the fields that a logger prints", () => {
    const operation = { kind: 'add', dn: 'uid=bjensen,dc=x', attributes: { userPassword: ['hunter2'] } } as const;
    const failure = new LdapFailure('x', { code: 19, diagnostic: 'mail=bjensen@example.com', operation });
    expect(JSON.stringify(failure)).not.to.include('hunter2');
    expect(JSON.stringify(failure)).not.to.include('bjensen');
    expect(failure.diagnostic).to.include('bjensen');
  });
});
