import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../connector/config/load/problem.ts';
import { failureOf } from '../../connector/operations/failure.ts';
import { OperationError } from '../../connector/operations/operation-error.ts';
import { ScimError } from '../../connector/scim/error.ts';
import { CredentialError } from '../../connector/secrets/credential-error.ts';
import { CertificateError } from '../../connector/tls/certificate-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a failure', () => {
  const folder = temporaryFolder();
  const thrown = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  for (const [error, kind] of [
    [new OperationError('tls', 'why'), 'tls'],
    [new ConfigError(['why']), 'usage'],
    [new CertificateError('why'), 'tls'],
    [new CredentialError('why'), 'secret'],
    [new ScimError('unavailable', 'why'), 'backend'],
  ] as const)
    it(`of ${error.name} is of the kind ${kind}, in its own words`, () => {
      expect(failureOf(error)).to.deep.equal({ kind, message: 'why', isBug: false });
    });

  it('of the file system names the path and what a person can do', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const below = join(file, 'below');
    expect(failureOf(thrown(() => readFileSync(below)))).to.deep.equal({
      kind: 'usage',
      message: `${below}: lies below a file, not in a folder`,
      isBug: false,
    });
    expect(failureOf(thrown(() => mkdirSync(file))).message).to.equal(`${file}: exists already; name another`);
  });

  it('that nobody foresaw is a bug, whatever was thrown', () => {
    expect(failureOf(new TypeError('x is not a function'))).to.include({ kind: 'unexpected', isBug: true });
    expect(failureOf('a text')).to.deep.equal({ kind: 'unexpected', message: 'a text', isBug: true });
  });
});
