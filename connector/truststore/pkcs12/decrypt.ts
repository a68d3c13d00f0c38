import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { TruststoreError, wrongPassword } from '../truststore-error.ts';
import { CIPHERS, type Cipher, HMACS, iterationsOf, known } from './algorithms.ts';
import type { Der } from './der.ts';
import { derivedKey, PURPOSE } from './derived-key.ts';

/** RFC 8018 §6.2. */
const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
/** RFC 7292 appendix C. */
const SHA1_AND_3DES = '1.2.840.113549.1.12.1.3';

interface Keyed {
  readonly cipher: Cipher;
  readonly key: Buffer;
  readonly iv: Buffer;
}

/** PBES2-params: how the key is made, and what it opens. */
function pbes2(parameters: Der, password: string): Keyed {
  const [derivation, scheme] = [parameters.get(0), parameters.get(1)];
  known({ [PBKDF2]: true }, derivation.get(0).oid);
  const [salt, iterations, ...optional] = derivation.get(1).children;
  if (salt === undefined || iterations === undefined) throw wrongPassword();
  // The length of the key may stand before it; the cipher has but one.
  const function_ = optional.find(({ isSequence }) => isSequence)?.get(0).oid;
  const hash = function_ === undefined ? 'sha1' : known(HMACS, function_);
  const cipher = known(CIPHERS, scheme.get(0).oid);
  const key = pbkdf2Sync(password, salt.octets, iterationsOf(iterations.number), cipher.keySize, hash);
  return { cipher, key, iv: scheme.get(1).octets };
}

function sha1And3Des(parameters: Der, password: string): Keyed {
  const [salt, iterations] = [parameters.get(0).octets, iterationsOf(parameters.get(1).number)];
  const derivation = { hash: 'sha1', password, salt, iterations };
  return {
    cipher: { name: 'des-ede3-cbc', keySize: 24 },
    key: derivedKey(derivation, PURPOSE.key, 24),
    iv: derivedKey(derivation, PURPOSE.iv, 8),
  };
}

/** @param algorithm  AlgorithmIdentifier of `content` @throws TruststoreError */
export function decrypt(algorithm: Der, content: Buffer, password: string): Buffer {
  const scheme = known({ [PBES2]: pbes2, [SHA1_AND_3DES]: sha1And3Des }, algorithm.get(0).oid);
  const { cipher, key, iv } = scheme(algorithm.get(1), password);
  try {
    const decipher = createDecipheriv(cipher.name, key, iv);
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch (cause) {
    if (cause instanceof TruststoreError) throw cause;
    throw wrongPassword({ cause });
  }
}
