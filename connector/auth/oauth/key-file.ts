import { createPublicKey } from 'node:crypto';
import { statSync } from 'node:fs';
import type { JSONWebKeySet, JWK } from 'jose';
import { readNamedFile } from '../../text/read-named-file.ts';
import { type KeySource, KeysUnavailable, parseKeySet } from './key-set.ts';

/** Unit: bytes. */
const LARGEST = 256 * 1024;

const PEM = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

function fromPem(text: string): JSONWebKeySet {
  const keys = [...text.matchAll(PEM)].map(([block, kind = '']): JWK => {
    if (kind.includes('PRIVATE'))
      throw new KeysUnavailable(
        'the file holds a private key, which stays with the client; write its public one there',
      );
    try {
      return createPublicKey(block).export({ format: 'jwk' }) as JWK;
    } catch (cause) {
      throw new KeysUnavailable('the file holds PEM that is no public key', { cause });
    }
  });
  return { keys };
}

/** A client's public keys in a file: a JWK Set, or one or several in PEM. What is changed there counts at once. */
export class KeyFile implements KeySource {
  readonly #file: string;
  #version = '';
  #known: JSONWebKeySet | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async keys(): Promise<JSONWebKeySet> {
    try {
      const { mtimeMs, size, ino } = statSync(this.#file);
      const version = `${mtimeMs} ${size} ${ino}`;
      if (this.#known === undefined || version !== this.#version) this.#known = this.#read();
      this.#version = version;
      return this.#known;
    } catch (cause) {
      if (cause instanceof KeysUnavailable) throw cause;
      const { code } = cause as NodeJS.ErrnoException;
      throw new KeysUnavailable(`the file of jwks_file cannot be read (${code ?? 'unknown reason'})`, { cause });
    }
  }

  #read(): JSONWebKeySet {
    const text = readNamedFile(this.#file, LARGEST).toString('utf8');
    return text.includes('-----BEGIN ') ? fromPem(text) : parseKeySet(text);
  }
}
