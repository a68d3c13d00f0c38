/** Certificates as a customer's PKI would make them, by the openssl command: not by the library under test. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Leaf {
  readonly cert: string;
  readonly key: string;
}

export interface LeafOptions {
  readonly names?: string;
  readonly days?: number;
  readonly usage?: string;
}

const openssl = (...words: string[]): string =>
  execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A root and an intermediate in `folder`, and leaves on demand. */
export class CustomerAuthority {
  readonly #folder: string;
  #count = 0;
  readonly root: string;
  readonly intermediate: string;

  /** @param days  that root and intermediate are valid */
  constructor(folder: string, days = 60) {
    this.#folder = folder;
    const at = (name: string): string => join(folder, name);
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', String(days)],
      ...['-subj', '/CN=Corp Root', '-keyout', at('root.key'), '-out', at('root.crt')],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'],
    );
    this.#sign('intermediate', 'root', '/CN=Corp Issuing', days, [
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      'keyUsage=critical,keyCertSign',
    ]);
    this.root = readFileSync(at('root.crt'), 'utf8');
    this.intermediate = readFileSync(at('intermediate.crt'), 'utf8');
  }

  /** Issued by the intermediate. */
  leaf({ names = 'DNS:idm01.corp.example,DNS:localhost', days = 90, usage = 'serverAuth' }: LeafOptions = {}): Leaf {
    this.#count += 1;
    const name = `leaf-${this.#count}`;
    this.#sign(name, 'intermediate', '/CN=idm01.corp.example', days, [
      'basicConstraints=CA:FALSE',
      `extendedKeyUsage=${usage}`,
      ...(names === '' ? [] : [`subjectAltName=${names}`]),
    ]);
    const read = (ending: string): string => readFileSync(join(this.#folder, `${name}.${ending}`), 'utf8');
    return { cert: read('crt'), key: read('key') };
  }

  #sign(name: string, issuer: string, subject: string, days: number, extensions: readonly string[]): void {
    const at = (file: string): string => join(this.#folder, file);
    writeFileSync(at(`${name}.ext`), extensions.join('\n'));
    openssl(
      ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', subject, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`)],
    );
    openssl(
      ...['x509', '-req', '-in', at(`${name}.csr`), '-CA', at(`${issuer}.crt`), '-CAkey', at(`${issuer}.key`)],
      ...['-CAcreateserial', '-days', String(days), '-extfile', at(`${name}.ext`), '-out', at(`${name}.crt`)],
    );
  }
}
