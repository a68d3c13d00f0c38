import { expect } from 'chai';
import type { Glossary } from '../../../../connector/backend/ldap/directory/glossary.ts';
import { asScimError } from '../../../../connector/backend/ldap/directory/ldap-errors.ts';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import { add, REFUSALS } from './refusal-words.ts';

const PATHS: Readonly<Record<string, string>> = { mail: 'emails.value', uid: 'userName', sn: 'name.familyName' };
const GLOSSARY: Glossary = {
  section: 'users',
  label: (attribute) => `${PATHS[attribute.toLowerCase()] ?? 'x'} (${attribute})`,
  longest: (attribute) => (attribute === 'department' ? 64 : undefined),
  form: (attribute) => (attribute === 'mail' ? 'ASCII characters only' : undefined),
  maker: (attribute) => (attribute === 'cn' ? 'users.rdn names entries by it' : undefined),
};

describe('what a directory refuses is named', () => {
  for (const [code, diagnostic, operation, reason, text] of REFUSALS)
    it(`${code} ${diagnostic.trim() || '(no words)'} on ${operation.kind}`, () => {
      const error = asScimError(new LdapFailure('native', { code, diagnostic, operation }), {
        operation: operation.kind === 'add' ? 'create' : 'modify',
        type: 'User',
        glossary: GLOSSARY,
      });
      expect(error.reason).to.equal(reason);
      expect(error.message).to.include(text);
    });

  it('a name that is too long, of which OpenLDAP says nothing', () => {
    const failure = new LdapFailure('x', { code: 80, operation: add({}, `cn=${'n'.repeat(300)},dc=x`) });
    const error = asScimError(failure, { operation: 'create', type: 'User', glossary: GLOSSARY });
    expect([error.reason, error.message.replace(/"n+\.\.\."/, '')]).to.deep.equal([
      'invalidValue',
      'x (cn)  is too long to name an entry; users.rdn names entries by it',
    ]);
  });

  it('never by the value of a password', () => {
    const operation = add({ userPassword: ['hunter2'] });
    const failure = new LdapFailure('x', {
      code: 21,
      diagnostic: 'userPassword: value #0 invalid per syntax',
      operation,
    });
    expect(asScimError(failure, { operation: 'create', type: 'User', glossary: GLOSSARY }).message).not.to.include(
      'hunter2',
    );
  });
});
