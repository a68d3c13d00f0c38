import { expect } from 'chai';
import { lockedPassword } from '../../../../connector/backend/ldap/writing/password.ts';

describe('ldap passwords', () => {
  it('write the lock of a locked account anew with a password, in one modify, and no password in clear', () => {
    const activation = { kind: 'values', inactive: { pwdAccountLockedTime: '000001010000Z' }, active: {} } as const;
    const steps = lockedPassword(activation, true, 'Secret.1');
    expect(steps.map(({ operation, attribute }) => `${operation} ${attribute}`)).to.deep.equal([
      'delete pwdAccountLockedTime',
      'add pwdAccountLockedTime',
      'replace userPassword',
    ]);
    expect(String(steps[2]?.values[0])).to.match(/^\{SSHA\}/);
    expect(lockedPassword(activation, false, 'x').map(({ operation }) => operation)).to.deep.equal([
      'replace',
      'replace',
    ]);
  });
});
