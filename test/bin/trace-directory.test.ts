import { expect } from 'chai';
import { DirectoryStage } from '../explain/faults/directory-stage.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';

describe('trace of somebody in a directory: openldap', () => {
  const server = directoryLab('openldap');

  it('shows a rename, groups and the LDIF that was sent, by every name, and no password', async () => {
    const stage = new DirectoryStage(server.lab);
    try {
      await stage.serve();
      const ask = async (method: string, path: string, body: object) => {
        const { status, text, body: answer } = await stage.ask(method, path, body);
        expect(status, text).to.be.below(300);
        return answer;
      };
      const name = { givenName: 'Ana', familyName: 'Silva' };
      const { id } = await ask('POST', '/Users', {
        userName: 'ana',
        name,
        title: 'Engineer',
        password: 'Never-Shown-1!',
      });
      await ask('PUT', `/Users/${id}`, { userName: 'ana', name, title: 'Manager' });
      await ask('PUT', `/Users/${id}`, { userName: 'anna', name, title: 'Manager' });
      const group = await ask('POST', '/Groups', { displayName: 'Sales', members: [{ value: id }] });
      await ask('PUT', `/Groups/${group.id}`, { displayName: 'Sales', members: [] });
      await stage.server?.stop();
      const traced = (...words: string[]) => stage.run(['trace', ...words, '--quiet', ...stage.args]);
      const { stdout } = await traced('ana');
      for (const said of [
        'name: Ana Silva; title',
        'title: Engineer → Manager',
        'ana → anna',
        'joined Sales',
        'left Sales',
      ])
        expect(stdout).to.contain(said);
      expect((await traced('ANNA')).stdout).to.equal(stdout);
      expect((await traced(id)).stdout).to.equal(stdout);
      const whole = (await traced(id, '-v')).stdout;
      expect(whole)
        .to.match(/ sent {8}(?:# .*\n +)?dn: .*\n +changetype: add\n/)
        .and.to.contain('newrdn: ');
      expect(whole + (await traced(id, '--json')).stdout).not.to.contain('Never-Shown');
    } finally {
      await stage.close();
    }
  });
});
