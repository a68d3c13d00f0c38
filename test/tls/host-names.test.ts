import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect } from 'chai';
import { isCertifiable, isLocal, normalName, ownNames } from '../../connector/tls/host-names.ts';
import { keytoolCommands } from '../../connector/tls/keytool.ts';

describe('host names', () => {
  it('have one spelling', () => {
    const spelled = ['IDM01.Corp.Example.', '[2001:DB8:0:0::1]', ' localhost ', '127.0.0.1', 'fe80::1%eth0'];
    expect(spelled.map(normalName)).to.deep.equal([
      'idm01.corp.example',
      '2001:db8::1',
      'localhost',
      '127.0.0.1',
      'fe80::1',
    ]);
  });

  it('can be in a certificate when Java can read them there', () => {
    const good = ['localhost', 'a-1.corp.example', '10.0.0.1', '::1'];
    const bad = ['', 'a b', '-a', 'a-', 'a..b', '.a', 'a_b', '*.corp.example', 'ümlaut.example', `${'a'.repeat(64)}.b`];
    expect([...good, ...bad].filter(isCertifiable)).to.deep.equal(good);
  });

  it('of this host hold loopback, its own name and the listening address', () => {
    expect(ownNames('192.0.2.9')).to.include.members([
      'localhost',
      '127.0.0.1',
      '::1',
      '192.0.2.9',
      normalName(hostname()),
    ]);
    expect(ownNames('0.0.0.0')).to.not.include('0.0.0.0');
  });

  it('tell loopback and wildcard from the rest', () => {
    const hosts = ['127.0.0.1', '127.8.8.8', 'localhost', '[::1]', '::', '0.0.0.0', '10.0.0.1', 'idm01'];
    expect(hosts.filter(isLocal)).to.deep.equal(hosts.slice(0, 6));
  });
});

describe('keytool commands', () => {
  it('say so where there is no agent', () => {
    const [find = '', , importing = ''] = keytoolCommands({ caFile: 'ca.pem', alias: 'a' }).linux;
    const { stderr } = spawnSync('bash', ['-c', `${find}\n${importing.replace('sudo ', '')}`], { encoding: 'utf8' });
    expect(stderr).to.match(/STORE: no Okta agent on this machine/);
  });

  it('import under an alias of their own, between a stop and a start of the agent', () => {
    const { linux, windows } = keytoolCommands({ caFile: "/srv/it's here/ca.pem", alias: 'scim-connector-1' });
    expect(linux.join('\n')).to.contain("-file '/srv/it'\\''s here/ca.pem' -alias scim-connector-1");
    expect(linux[1]).to.match(/systemctl stop OktaProvisioningAgent/);
    expect(windows.join('\n')).to.contain('-file "ca.pem" -alias "scim-connector-1"');
    expect(windows.at(-1)).to.match(/^net start/);
  });
});
