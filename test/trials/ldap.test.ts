import { expect } from 'chai';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { ldapOn } from './ldap.ts';
import { runTrial } from './run-trial.ts';

describe('the trial ldap', () => {
  directoryLab('openldap');

  it('loses nothing over two connectors, nor when the directory goes away', async () => {
    const { failures, figures } = await runTrial('ldap', ldapOn(['openldap']), { seed: 1, count: 20 });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged']).to.be.at.least(20);
    expect(figures['acknowledged through them']).to.be.above(0);
  });
});
