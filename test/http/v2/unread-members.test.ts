import { expect } from 'chai';
import { Connection } from '../../../connector/backend/sqlite/connection/connection.ts';
import { itWithFault, startServer } from '../../support/start-server.ts';

describe('A group without its members', () => {
  itWithFault('reads none of them, by whatever request it is asked for', async () => {
    const server = await startServer({ store: 'sqlite', version: '2.0' });
    const { body: user } = await server.request('POST', '/Users', { userName: 'u' });
    const { body: group } = await server.request('POST', '/Groups', {
      displayName: 'g',
      members: [{ value: user.id }],
    });
    const { prepare } = Connection.prototype;
    const texts: string[] = [];
    Connection.prototype.prepare = function (text) {
      texts.push(text);
      return prepare.call(this, text) as ReturnType<typeof prepare>;
    };
    const asked = async (path: string): Promise<readonly string[]> => {
      texts.length = 0;
      const { status, text } = await server.request('GET', path);
      expect(status, text).to.equal(200);
      return texts.filter((one) => one.includes('group_seq'));
    };
    try {
      expect(await asked(`/Groups/${group.id}`)).not.to.deep.equal([]);
      for (const query of ['excludedAttributes=members', 'attributes=displayName'])
        for (const path of [`/Groups/${group.id}?`, '/Groups?', '/Groups?filter=displayName eq "g"&'])
          expect(await asked(path.replaceAll(' ', '%20') + query), path + query).to.deep.equal([]);
    } finally {
      Connection.prototype.prepare = prepare;
      await server.close();
    }
  });
});
