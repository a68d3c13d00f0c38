import { readNamedFile } from '../../text/read-named-file.ts';
import { CertificateError } from '../certificate-error.ts';

/** @throws CertificateError */
export function readBytes(file: string): Buffer {
  try {
    return readNamedFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read' : `cannot be read (${code})`;
    throw new CertificateError(`${file} ${why}: check the path and that the connector's account can read it`, {
      cause,
    });
  }
}
