import { redactJson } from '../../redaction/redact-json.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import type { Part } from './part.ts';

/** The end of a log, or why there is none. */
export type LogTail = { readonly origin: string; readonly bytes: Buffer } | { readonly why: string };

const decoded = (bytes: Buffer): string => {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return isWide ? bytes.subarray(2).toString('utf16le') : bytes.toString('utf8');
};

function parsed(line: string): object | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    return undefined;
  }
}

/** sd-daemon(3): `<4>` before a line tells systemd how urgent it is. */
const PRIORITY = /^<[0-7]>/;

function redactLine(scrubber: Scrubber, marked: string): string {
  const line = marked.replace(PRIORITY, '');
  const fields = parsed(line);
  return fields ? JSON.stringify(redactJson(scrubber, fields)) : scrubber.text(line);
}

/** @param origin  where it was, in words of ours */
export function logPart(scrubber: Scrubber, origin: string, bytes: Buffer): Part {
  // A block of PEM goes over several lines.
  const whole = decoded(bytes).replace(/-----BEGIN [^-\n]*-----[\s\S]{0,16384}?-----END [^-\n]*-----/g, '[PEM]');
  const lines = whole.split(/\r?\n/).filter((line) => line.trim() !== '');
  return {
    name: 'log.txt',
    about: `the end of the log (${origin})`,
    text: `${lines.map((line) => redactLine(scrubber, line)).join('\n')}\n`,
  };
}
