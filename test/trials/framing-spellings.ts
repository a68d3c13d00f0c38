import type { Random } from '../../connector/simulator/random.ts';

/** A request as no library would send it. */
export interface Spelling {
  readonly what: string;
  readonly method: string;
  readonly target: string;
  /** Lines, without Host, Authorization and the line ends. */
  readonly headers: readonly string[];
  readonly body: string;
  /** Between lines. */
  readonly lineEnd?: string;
  readonly version?: string;
  /** More is announced than comes: the client says good-bye then. */
  readonly isShort?: boolean;
  /** A host of its own. */
  readonly host?: readonly string[];
}

/** Hidden in a body: if the server takes it for a request, somebody is made whom nobody asked for. */
export const hidden = (path: string, authorization: string): string => {
  const body = '{"schemas":["urn:scim:schemas:core:1.0"],"userName":"smuggled"}';
  const head = `POST ${path}/Users HTTP/1.1\r\nHost: localhost\r\n${authorization}Content-Type: application/json\r\n`;
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
};

const chunked = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

/** How the end of a body is said, `body` being what comes after the head. */
function lengths(
  random: Random,
  inside: string,
  late: string,
): readonly (readonly [string, readonly string[], string, boolean?])[] {
  const size = inside.length;
  const other = random.below(size);
  return [
    ['Content-Length and chunked', [`Content-Length: ${size + 5}`, 'Transfer-Encoding: chunked'], `0\r\n\r\n${inside}`],
    ['chunked and Content-Length', ['Transfer-Encoding: chunked', `Content-Length: ${other}`], `0\r\n\r\n${inside}`],
    ['two lengths', [`Content-Length: ${other}`, `Content-Length: ${size}`], inside],
    ['the same length twice', [`Content-Length: ${size}`, `Content-Length: ${size}`], inside],
    ['a list of lengths', [`Content-Length: ${size}, ${size}`], inside],
    ['a length with a sign', [`Content-Length: +${size}`], inside],
    ['a length below nothing', [`Content-Length: -${size}`], inside],
    ['a length in hex', [`Content-Length: 0x${size.toString(16)}`], inside],
    ['a length with a dot', [`Content-Length: ${size}.0`], inside],
    ['a length with blanks', [`Content-Length:  ${size} `], inside],
    ['a length of nothing', ['Content-Length: '], inside],
    ['a length beyond numbers', [`Content-Length: ${'9'.repeat(20 + random.below(200))}`], inside],
    ['a longer length than there is', [`Content-Length: ${size + 10}`], inside, true],
    ['identity after chunked', ['Transfer-Encoding: chunked, identity'], chunked(inside)],
    ['identity before chunked', ['Transfer-Encoding: identity, chunked'], chunked(inside)],
    ['two encodings in two lines', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], chunked(inside)],
    ['chunked twice', ['Transfer-Encoding: chunked, chunked'], chunked(inside)],
    ['an encoding that is none', ['Transfer-Encoding: xchunked', `Content-Length: ${size}`], inside],
    ['a quoted encoding', ['Transfer-Encoding: "chunked"'], chunked(inside)],
    ['an encoding with a tab', ['Transfer-Encoding:\tchunked'], chunked(inside)],
    ['an encoding with a byte 0', ['Transfer-Encoding: chunked\0'], chunked(inside)],
    ['an encoding on a folded line', ['Transfer-Encoding:', ' chunked'], chunked(inside)],
    ['a name with a blank', ['Transfer-Encoding : chunked'], chunked(inside)],
    ['a name with a blank before the length', ['Content-Length : 5', `Content-Length: ${size}`], inside],
    ['a folded length', [`Content-Length: 1`, ` ${size}`], inside],
    ['chunk sizes with a sign', ['Transfer-Encoding: chunked'], `+${chunked(inside)}`],
    ['chunk sizes with 0x', ['Transfer-Encoding: chunked'], `0x${chunked(inside)}`],
    ['chunk sizes with a blank', ['Transfer-Encoding: chunked'], ` ${chunked(inside)}`],
    [
      'a chunk size beyond numbers',
      ['Transfer-Encoding: chunked'],
      `${'f'.repeat(17 + random.below(40))}\r\n${inside}`,
    ],
    ['a chunk size below nothing', ['Transfer-Encoding: chunked'], `-1\r\n${inside}\r\n0\r\n\r\n`],
    ['a chunk longer than it says', ['Transfer-Encoding: chunked'], `${other.toString(16)}\r\n${inside}\r\n0\r\n\r\n`],
    ['a chunk extension', ['Transfer-Encoding: chunked'], chunked(inside).replace('\r\n', ';a=b\r\n')],
    [
      'a long chunk extension',
      ['Transfer-Encoding: chunked'],
      chunked(inside).replace('\r\n', `;${'a'.repeat(20_000)}\r\n`),
    ],
    [
      'a chunk extension with a line feed',
      ['Transfer-Encoding: chunked'],
      chunked(inside).replace('\r\n', ';a\nb\r\n'),
    ],
    ['chunks that end in line feeds', ['Transfer-Encoding: chunked'], chunked(inside).replaceAll('\r\n', '\n')],
    ['chunks without an end', ['Transfer-Encoding: chunked'], chunked(inside).slice(0, -5), true],
    ['a credential behind the body', ['Transfer-Encoding: chunked', 'Trailer: Authorization'], `0\r\n${late}\r\n`],
    ['a body where none is due', [], `${'x'.repeat(1 + other)}\r\n\r\n`],
  ];
}

const HEADS: readonly (readonly [string, Partial<Spelling>])[] = [
  ['line feeds alone', { lineEnd: '\n' }],
  ['carriage returns alone', { lineEnd: '\r', isShort: true }],
  ['HTTP/1.0', { version: 'HTTP/1.0' }],
  ['HTTP/2.0', { version: 'HTTP/2.0' }],
  ['HTTP/1.9', { version: 'HTTP/1.9' }],
  ['no version', { version: '' }],
  ['a lower-case version', { version: 'http/1.1' }],
  ['two hosts', { host: ['Host: localhost', 'Host: other.example'] }],
  ['no host', { host: [] }],
  ['a host that is none', { host: ['Host: a b/c'] }],
  ['a method in lower case', { method: 'get' }],
  ['a method that is none', { method: 'G\0T' }],
  ['an upgrade', { headers: ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'] }],
  ['an expectation that cannot be met', { headers: ['Expect: 200-ok'] }],
  ['a hop-by-hop credential', { headers: ['Connection: Authorization'] }],
  ['a head that is too large', { headers: [`X-Large: ${'a'.repeat(40_000)}`] }],
  ['too many lines', { headers: Array.from({ length: 3_000 }, (_, n) => `X-${n}: 1`) }],
  ['a line without a colon', { headers: ['X-Header'] }],
  ['a line that begins with a colon', { headers: [': x'] }],
  ['a byte 0 in a value', { headers: ['X-Header: a\0b'] }],
  ['a carriage return in a value', { headers: ['X-Header: a\rAuthorization: b'] }],
  ['letters beyond ASCII in a name', { headers: ['X-H\xe9ader: a'] }],
];

/**
 * A request of a kind that the seed chooses.
 * @param inside  what its body holds
 * @param late  a header line with its end, to come behind the body
 */
export function spell(random: Random, path: string, inside: string, late: string): Spelling {
  const target = `${path}/Users${random.pick(['', '?count=1', '/', '/nobody'])}`;
  if (random.below(3) === 0) {
    const [what, more] = random.pick(HEADS);
    return { what, method: 'GET', target, headers: [], body: '', ...more };
  }
  const [what, headers, body, isShort] = random.pick(lengths(random, inside, late));
  const method = random.pick(['POST', 'PUT', 'PATCH', 'GET', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']);
  const more = random.below(4) === 0 ? ['Content-Encoding: gzip'] : [];
  return {
    what: `${method} with ${what}`,
    method,
    target,
    headers: [...headers, ...more],
    body,
    isShort: isShort ?? false,
  };
}

/** @param authorization  a line with its end, or nothing */
export function bytesOf(spelling: Spelling, authorization: string): Buffer {
  const {
    method,
    target,
    headers,
    body,
    lineEnd = '\r\n',
    version = 'HTTP/1.1',
    host = ['Host: localhost'],
  } = spelling;
  const type = 'Content-Type: application/json';
  const lines = [`${method} ${target} ${version}`.trimEnd(), ...host, type, ...headers];
  const head = lines.join(lineEnd) + lineEnd + authorization.replace('\r\n', lineEnd) + lineEnd;
  return Buffer.from(head + body, 'latin1');
}
