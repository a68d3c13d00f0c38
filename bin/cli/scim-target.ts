import { readFileSync } from 'node:fs';
import type { Target } from '../../connector/operations/doctor/patient.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

/** How another server than ours is called. */
export interface TargetArguments {
  readonly target?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly 'header-file'?: readonly string[] | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
}

const wrong = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** RFC 9110 §5.1 and §5.5, without what `fetch` and Node refuse too. */
const HEADER = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

function read(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw wrong(`${flag} ${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The value may be a secret, and is never repeated. */
function headerOf(line: string, flag: string): readonly [string, string] {
  const [, name, value] = HEADER.exec(line) ?? [];
  if (name === undefined || value === undefined || value === '')
    throw wrong(`${flag}: write 'Name: value', for instance 'Authorization: Bearer TOKEN'`);
  return [name, value];
}

function baseUrlOf(target: string): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw wrong('--target: write the base URL as in Okta, for instance https://scim.example.com/scim/v1/');
  if (url.username !== '' || url.password !== '')
    throw wrong('--target: no user name or password in the URL; give them with --header or --header-file');
  if (url.search !== '' || url.hash !== '') throw wrong('--target: a base URL has no "?" and no "#"');
  return url.href;
}

/** Another server; undefined when ours is meant. @throws CommandError usage */
export function targetOf(given: TargetArguments): Target | undefined {
  const { target, header = [], 'header-file': files = [], ca, insecure } = given;
  if (target === undefined) {
    const idle = header.length > 0 ? '--header' : files.length > 0 ? '--header-file' : ca ? '--ca' : '';
    if (idle !== '' || insecure) throw wrong(`${idle || '--insecure'} goes with --target URL`);
    return undefined;
  }
  if (insecure && ca !== undefined) throw wrong('--ca and --insecure exclude each other');
  const lines = files.flatMap((file) =>
    read(file, '--header-file')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ''),
  );
  const headers = [
    ...header.map((line) => headerOf(line, '--header')),
    ...lines.map((line) => headerOf(line, '--header-file')),
  ];
  return {
    baseUrl: baseUrlOf(target),
    headers: Object.fromEntries(headers),
    ...(ca === undefined ? {} : { ca: read(ca, '--ca') }),
    ...(insecure ? { isInsecure: true } : {}),
  };
}
