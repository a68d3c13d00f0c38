import { expect } from 'chai';
import { nameSpellings } from '../../../../connector/backend/ldap/mapping/name-spellings.ts';

describe('spellings of a name to ask a directory for', () => {
  it('are the name alone where every server compares it alike', () => {
    for (const name of ['pat', 'Pat.Lee@example.com', 'John Smith']) expect(nameSpellings(name)).to.deep.equal([name]);
  });

  it('are the name as sent, composed, decomposed, and without what some servers do not fold', () => {
    expect(nameSpellings('jos\u00e9')).to.have.members(['jos\u00e9', 'jose\u0301']);
    expect(nameSpellings('JOSE\u0301')).to.have.members(['JOSE\u0301', 'JOS\u00c9', 'jose\u0301', 'jos\u00e9']);
    expect(nameSpellings('\uff30a\u200bt\u00a0')).to.include.members(['\uff30a\u200bt\u00a0', 'Pat']);
    expect(nameSpellings('jo\u200bs\u00e9')).to.include.members(['jose\u0301', 'jos\u00e9']);
  });

  it('hold no NUL and no empty text, which servers do not take', () => {
    expect(nameSpellings('p\0at')).to.deep.equal(['pat']);
    expect(nameSpellings('\u00ad')).to.deep.equal(['\u00ad']);
  });
});
