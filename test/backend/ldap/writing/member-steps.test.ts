import { expect } from 'chai';
import fc from 'fast-check';
import { realMembers } from '../../../../connector/backend/ldap/layout/membership.ts';
import { memberSteps } from '../../../../connector/backend/ldap/writing/member-steps.ts';

describe('the steps of a change of members', () => {
  it('are bounded, never without one where the class demands it', () => {
    const membership = { attribute: 'member', key: 'member', by: 'dn', placeholder: 'cn=none' } as const;
    const dn = (n: number): string => `uid=u${n},dc=x`;
    const some = fc.uniqueArray(fc.nat(900), { maxLength: 900 });
    fc.assert(
      fc.property(some, some, some, (before, add, remove) => {
        const current = before.length === 0 ? ['cn=none'] : before.map(dn);
        const joining = add.filter((n) => !before.includes(n)).map(dn);
        const leaving = remove.filter((n) => before.includes(n)).map(dn);
        const values = new Set(current);
        for (const step of memberSteps(membership, current, { add: joining, remove: leaving })) {
          expect(step.reduce((sum, { values: list }) => sum + list.length, 0)).to.be.at.most(251);
          for (const { operation, values: list } of step) {
            for (const value of list) {
              expect(values.has(String(value)), `${operation} ${value}`).to.equal(operation === 'delete');
              if (operation === 'add') values.add(String(value));
              else values.delete(String(value));
            }
          }
          expect(values.size).to.be.at.least(1);
        }
        const wanted = [...before.map(dn).filter((value) => !leaving.includes(value)), ...joining];
        expect(realMembers(membership, [...values]).sort()).to.deep.equal(wanted.sort());
        expect(values.has('cn=none')).to.equal(wanted.length === 0);
      }),
      { numRuns: 60 },
    );
  });
});
