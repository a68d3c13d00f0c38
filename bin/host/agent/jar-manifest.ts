import { closeSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The manifest is the first entry, or the one after its folder (JAR File Specification). Unit: bytes. */
const HEAD = 64 * 1024;
const LARGEST = 256 * 1024;

const SIGNATURE = 0x04_03_4b_50;
const HEADER = 30;
const DEFLATED = 8;
const NAME = 'META-INF/MANIFEST.MF';

function head(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(handle, bytes, 0, HEAD, 0));
  } finally {
    closeSync(handle);
  }
}

/** What stands at a local header (APPNOTE.TXT 4.3.7) with the name of the manifest. */
function manifestIn(bytes: Buffer): string | undefined {
  const name = bytes.indexOf(NAME);
  const at = name - HEADER;
  if (at < 0 || bytes.readUInt32LE(at) !== SIGNATURE) return undefined;
  const body = name + NAME.length + bytes.readUInt16LE(at + 28);
  // The size may come behind what is packed, which knows its end itself.
  return bytes.readUInt16LE(at + 8) === DEFLATED
    ? inflateRawSync(bytes.subarray(body), { maxOutputLength: LARGEST }).toString()
    : bytes.toString('utf8', body, body + bytes.readUInt32LE(at + 18));
}

/** The manifest of a jar, where it is where `jar` puts it. */
export function manifestOf(file: string): string | undefined {
  try {
    return manifestIn(head(file));
  } catch {
    return undefined;
  }
}
