import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkFirewall, type Said } from '../../../connector/operations/pre-flight/check-firewall.ts';
import { saidBy } from '../../../connector/operations/said-by.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LISTEN = { port: 8443 };

/** As nft 1.0 prints it. */
const RULESET = `table inet nat {
	chain input {
		type nat hook input priority 100; policy accept;
	}
}
table inet filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
	}

	chain incoming {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		tcp dport { 22, 443 } accept
	}
}`;

describe('the firewall of the host', () => {
  const folder = temporaryFolder();

  /** Programs that are shell scripts in a folder of their own. */
  function programs(scripts: Readonly<Record<string, string>>): Said {
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder.path, name), 0o755);
    }
    return (words) => saidBy(words, folder.path);
  }

  const look = (scripts: Readonly<Record<string, string>>, ufwConfiguration = join(folder.path, 'none')) =>
    checkFirewall(LISTEN, { platform: 'linux', said: programs(scripts), ufwConfiguration });

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('ufw that lets the port in is fine, one that does not is told with the command', () => {
    const status = (line: string): string => `echo 'Status: active'; echo '${line}'`;
    expect(look({ ufw: status('8443/tcp                   ALLOW       Anywhere') })).to.deep.equal({
      status: 'ok',
      text: 'ufw lets TCP 8443 in',
    });
    expect(look({ ufw: status('84430/tcp                  ALLOW       Anywhere') })).to.deep.equal({
      status: 'warning',
      text: 'ufw lets TCP 8443 in from nowhere; as root: ufw allow 8443/tcp',
    });
    expect(look({ ufw: "echo 'Status: inactive'" }).status).to.equal('ok');
  });

  it('ufw that tells root alone is known to be on by its file', () => {
    writeFileSync(join(folder.path, 'ufw.conf'), '# set by ufw\nENABLED=yes\n');
    expect(look({ ufw: 'exit 1' }, join(folder.path, 'ufw.conf')).text).to.match(
      /^ufw is on; .* only root can see\. If not: ufw/,
    );
  });

  it('firewalld is asked for the port', () => {
    const script = (open: boolean): string =>
      `case "$1" in --state) echo running;; --query-port=8443/tcp) ${open ? 'echo yes' : 'echo no; exit 1'};; esac`;
    expect(look({ 'firewall-cmd': script(true) }).status).to.equal('ok');
    expect(look({ 'firewall-cmd': script(false) }).text).to.contain('--add-port=8443/tcp && firewall-cmd --reload');
  });

  it('nftables is in the way where incoming packets are dropped, and the rule names its chain', () => {
    expect(look({ nft: `/bin/cat <<'END'\n${RULESET}\nEND` })).to.deep.equal({
      status: 'warning',
      text: 'nftables lets TCP 8443 in from nowhere; as root: nft insert rule inet filter incoming tcp dport 8443 accept',
    });
    expect(look({ nft: `/bin/cat <<'END'\n${RULESET.replace('443 }', '8443 }')}\nEND` }).status).to.equal('ok');
    expect(look({ nft: `/bin/cat <<'END'\n${RULESET.replaceAll('policy drop', 'policy accept')}\nEND` }).text).to.match(
      /^none/,
    );
  });

  it('without any, and on loopback, nothing is in the way', () => {
    expect(look({}).status).to.equal('ok');
    expect(checkFirewall({ host: '127.0.0.1', port: 8443 }).text).to.contain('only this machine');
  });

  it('on Windows a rule of ours for the port counts, and when in doubt the firewall is on', () => {
    const windows = (answers: Readonly<Record<string, string>>) =>
      checkFirewall(LISTEN, { platform: 'win32', said: (words) => answers[words.at(-1) ?? ''] });
    expect(windows({ state: 'State                                 OFF' }).status).to.equal('ok');
    expect(windows({ 'name=SCIM Connector': 'LocalPort:  8443' }).text).to.equal('Windows Firewall lets TCP 8443 in');
    expect(windows({}).text).to.contain('netsh advfirewall firewall add rule name="SCIM Connector"');
  });
});
