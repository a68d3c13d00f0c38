import { readNamedFile } from '../../text/read-named-file.ts';
import { LARGEST, readTruststore } from '../../truststore/read-truststore.ts';
import type { Truststore } from '../../truststore/truststore.ts';
import { TruststoreError } from '../../truststore/truststore-error.ts';
import { OperationError } from '../operation-error.ts';

/** The password of every truststore that comes with a Java. */
export const USUAL_PASSWORD = 'changeit';

export interface OpenedStore extends Truststore {
  readonly file: string;
  /** That opens it; undefined where it was read without, and to change it another one is needed. */
  readonly password: string | undefined;
}

/** Without a password to go by, the usual one is tried, and then none: that is how Java itself reads what is open. */
function opened(bytes: Buffer, password: string | undefined): Pick<OpenedStore, 'password'> & Truststore {
  try {
    return { ...readTruststore(bytes, password ?? USUAL_PASSWORD), password: password ?? USUAL_PASSWORD };
  } catch (error) {
    const isAnother = error instanceof TruststoreError && error.reason === 'password' && password === undefined;
    if (!isAnother) throw error;
    const store = readTruststore(bytes, undefined);
    if (store.isOpen) return { ...store, password: undefined };
    throw new TruststoreError(
      'password',
      'is encrypted, and its password is not "changeit": name it with --password-file',
    );
  }
}

/** @param password  undefined: nobody has named one @throws OperationError; ENOENT, EACCES and the like */
export function openStore(file: string, password: string | undefined): OpenedStore {
  const bytes = readNamedFile(file, LARGEST);
  try {
    return { file, ...opened(bytes, password) };
  } catch (cause) {
    if (!(cause instanceof TruststoreError)) throw cause;
    throw new OperationError(cause.reason === 'password' ? 'usage' : 'unexpected', `${file} ${cause.message}`, {
      cause,
    });
  }
}
