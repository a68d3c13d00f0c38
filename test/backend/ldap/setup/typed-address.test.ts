import { expect } from 'chai';
import { typedAddress } from '../../../../connector/backend/ldap/setup/typed-address.ts';
import { isLoopback } from '../../../../connector/config/vocabulary/listen.ts';

const shown = (text: string): string => {
  const read = typedAddress(text, isLoopback);
  if ('complaint' in read) return read.complaint;
  return read.attempts.map(({ url, startTls }) => (startTls ? `${url} StartTLS` : url)).join(', ');
};

describe('the address of a directory, as it is typed', () => {
  for (const [typed, ways] of [
    ['ldap1.corp.example', 'ldaps://ldap1.corp.example, ldap://ldap1.corp.example StartTLS'],
    ['  LDAP1.corp.example. ', 'ldaps://ldap1.corp.example, ldap://ldap1.corp.example StartTLS'],
    ['ldap1:636', 'ldaps://ldap1'],
    ['ldap1:389', 'ldap://ldap1 StartTLS'],
    ['ldap1:1636', 'ldaps://ldap1:1636, ldap://ldap1:1636 StartTLS'],
    ['ldaps://ldap1', 'ldaps://ldap1, ldap://ldap1 StartTLS'],
    ['ldap://ldap1', 'ldap://ldap1 StartTLS, ldaps://ldap1'],
    // A scheme that its port does not speak.
    ['ldap://ldap1:636', 'ldaps://ldap1'],
    ['ldaps://ldap1:389', 'ldap://ldap1 StartTLS'],
    // Slips of the pen.
    ['ldaps:ldap1', 'ldaps://ldap1, ldap://ldap1 StartTLS'],
    ['ldaps//ldap1/', 'ldaps://ldap1, ldap://ldap1 StartTLS'],
    ['ldaps:/ldap1:636/dc=example,dc=com??sub', 'ldaps://ldap1'],
    ['https://ldap1', 'ldaps://ldap1, ldap://ldap1 StartTLS'],
    ['"ldaps://ldap1"', 'ldaps://ldap1, ldap://ldap1 StartTLS'],
    ['[fd00::1]:636', 'ldaps://[fd00::1]'],
    ['fd00::1', 'ldaps://[fd00::1], ldap://[fd00::1] StartTLS'],
    // Clear text stays on this machine.
    ['localhost', 'ldaps://localhost, ldap://localhost StartTLS, ldap://localhost'],
    ['127.0.0.1:389', 'ldap://127.0.0.1 StartTLS, ldap://127.0.0.1'],
  ] as const)
    it(`${typed} may be ${ways}`, () => expect(shown(typed)).to.equal(ways));

  for (const [typed, why] of [
    ['', /^type a host/],
    ['dc=example,dc=com', /a name inside the directory; type a host/],
    ['ldapi://%2Fvar%2Frun', /a socket file cannot be used/],
    ['one.example, two.example', /one server now/],
    ['scim@corp.example', /the account is asked for next/],
    ['host:99999', /^type a host/],
    ['host:', /^type a host/],
  ] as const)
    it(`"${typed}" is no address`, () => expect(shown(typed)).to.match(why));
});
