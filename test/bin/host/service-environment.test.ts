import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parseEnvironment, serviceKey, serviceVariables } from '../../../bin/host/service-environment.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe("the service's environment, as a command of root sees it", () => {
  const folder = temporaryFolder();

  it('reads variables as systemd does', () => {
    const text = [
      '# a comment',
      '; another',
      '',
      'A=1',
      ' B = two words ',
      "C='it is $5 # here'",
      'D="say \\"x\\" \\n"',
    ];
    const more = ['E=a#b\\ c', 'export F=1', 'no assignment', 'G='];
    expect(parseEnvironment([...text, ...more].join('\n'))).to.deep.equal({
      A: '1',
      B: 'two words',
      C: 'it is $5 # here',
      D: 'say "x" \\n',
      E: 'a#b c',
      G: '',
    });
  });

  it('has no variables without the file', () => {
    expect(serviceVariables(join(folder.path, 'environment'))).to.deep.equal({});
  });

  it('finds the key where systemd looks for it, else the one of the running service', () => {
    const root = folder.path;
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    expect(serviceKey(root)).to.equal(undefined);
    put('run/credentials/scim-connector.service/secret.key', 'in use');
    expect(serviceKey(root)).to.equal('in use');
    put('etc/credstore/scim-connector.secret.key', 'kept');
    expect(serviceKey(root)).to.equal('kept');
  });
});
