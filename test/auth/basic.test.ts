import { expect } from 'chai';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { basic, guardedServer } from './guarded-server.ts';

describe('authentication over TLS', () => {
  const guarded = guardedServer();
  const { folder, expecting, authorized } = guarded;

  describe('by Basic', () => {
    it('accepts a fixed password with colons and any letters, in UTF-8 and Latin-1', async () => {
      expecting({ username: 'okta', password: new Secret('P@ss:word//{}é€') }, { method: 'basic' });
      expect(await authorized(basic('okta:P@ss:word//{}é€'))).to.include({ status: 200, actor: 'configured' });
      expect(await authorized(basic('okta:P@ss:word//{}e\u0301€'))).to.include({ status: 200 });
      expecting({ username: 'jürgen', password: new Secret('é') }, { method: 'basic' });
      expect(await authorized(basic('jürgen:é', 'latin1'))).to.include({ status: 200 });
      expect(await authorized(basic('jürgen:é').replace('Basic', 'bAsIc  '))).to.include({ status: 200 });
    });

    it('accepts a password of ours', async () => {
      const password = await addCredential(folder.path, { name: 'agent', basic: 'okta' });
      expecting({}, { method: 'basic' });
      expect(await authorized(basic(`okta:${password}`))).to.deep.equal({ status: 200, text: '', actor: 'agent' });
    });

    it('says what is missing or wrong, the same for user name and password', async () => {
      expecting(
        { username: 'okta', password: new Secret('right') },
        { method: 'basic', throttle: new Throttle({ limit: 100 }) },
      );
      const refused: readonly (readonly [string, RegExp])[] = [
        ['', /^the request has no Authorization header: choose Basic Auth/],
        ['Bearer abc', /expects Basic credentials, the request has Bearer: choose Basic Auth in Okta/],
        ['b2t0YTpyaWdodA==', /the request has something else/],
        ['Basic', /not followed by credentials/],
        ['Basic !!!', /not valid base64/],
        [basic('okta'), /no colon/],
        [basic('okta:wrong'), /^the user name or password is not accepted/],
        [basic('other:right'), /^the user name or password is not accepted/],
        [basic('okta:right:'), /^the user name or password is not accepted/],
        [basic(':'), /^the user name or password is not accepted/],
      ];
      for (const [value, pattern] of refused) {
        const { status, text } = await authorized(value);
        expect(status, text).to.equal(401);
        expect(text)
          .to.match(pattern)
          .and.not.match(/right|wrong/);
      }
      expect(guarded.current.challenge).to.equal('Basic realm="scim-connector", charset="UTF-8"');
    });

    it('needs both user name and password in the configuration', async () => {
      for (const half of [
        { username: 'okta' },
        { password: new Secret('x') },
        { username: 'okta', password: new Secret('') },
      ]) {
        expecting(half, { method: 'basic' });
        expect((await authorized(basic('okta:'))).text).to.match(
          /no credential yet: make one on its host with token add NAME --basic/,
        );
      }
    });
  });
});
