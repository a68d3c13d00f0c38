import { expect } from 'chai';
import { hashPassword, verifyPassword } from '../../connector/secrets/password-hash.ts';

describe('password hashes', () => {
  it('have a salt of their own and the PHC form', async () => {
    const [one, two] = [await hashPassword('pä:ss'), await hashPassword('pä:ss')];
    expect(one).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).to.not.equal(two);
    expect([await verifyPassword(one, 'pä:ss'), await verifyPassword(one, 'pä:st')]).to.deep.equal([true, false]);
  });

  it('of other programs are understood', async () => {
    // From the test suite of the reference implementation (phc-winner-argon2, test.c, Argon2id v=19).
    const phc = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await verifyPassword(phc, 'password')).to.equal(true);
    expect(await verifyPassword(phc, 'passwort')).to.equal(false);
  });

  it('of another form accept nothing', async () => {
    for (const phc of ['', 'password', 'plain', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$xxxx'])
      expect(await verifyPassword(phc, 'password')).to.equal(false);
  });
});
