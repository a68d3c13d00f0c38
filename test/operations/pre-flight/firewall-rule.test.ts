import { expect } from 'chai';
import { firewallRule } from '../../../connector/operations/pre-flight/firewall-rule.ts';

describe('firewall rule', () => {
  const anywhere = { port: 8443 };
  const nothing = (): boolean => false;

  it("is that of the machine's firewall", () => {
    expect(firewallRule(anywhere, 'win32', nothing)).to.match(/^netsh .* localport=8443$/);
    expect(firewallRule(anywhere, 'linux', (path) => path === '/usr/bin/firewall-cmd')).to.equal(
      'firewall-cmd --permanent --add-port=8443/tcp && firewall-cmd --reload',
    );
    expect(firewallRule(anywhere, 'linux', (path) => path === '/usr/sbin/ufw')).to.equal('ufw allow 8443/tcp');
  });

  it('is not needed on loopback, nor where there is no firewall', () => {
    expect(firewallRule({ host: '127.0.0.1', port: 8443 }, 'win32', nothing)).to.equal(undefined);
    expect(firewallRule({ host: '0.0.0.0', port: 8443 }, 'linux', nothing)).to.equal(undefined);
  });
});
