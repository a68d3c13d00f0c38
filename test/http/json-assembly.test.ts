import { expect } from 'chai';
import fc from 'fast-check';
import { JsonAssembly } from '../../connector/http/request/json/assembly.ts';
import { JSON_LIMITS, type JsonLimits } from '../../connector/http/request/json/limits.ts';
import { ScimError } from '../../connector/scim/error.ts';

const LOOSE: JsonLimits = { depth: 64, keys: 1e6, elements: 1e6, values: 1e7, text: 1e7, slice: 1e7 };

/** `size`: bytes that arrive at a time. */
function read(text: string | Buffer, limits: Partial<JsonLimits> = {}, size = Number.MAX_SAFE_INTEGER): unknown {
  const assembly = new JsonAssembly({ ...LOOSE, ...limits });
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) assembly.push(bytes.subarray(at, at + size));
  return assembly.end();
}

const attempt = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ScimError || error instanceof SyntaxError)) throw error;
    return 'refused';
  }
};

const twice = (text: string): boolean => {
  const seen = new Set<object>();
  let found = false;
  JSON.parse(text, (key, value) => {
    if (key === '__proto__') found = true;
    if (typeof value === 'object' && value) seen.add(value);
    return value;
  });
  return found;
};

const pieces = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"b"',
  '"\\u0061"',
  '"é\\""',
  '""',
  '1',
  '-0.5e3',
  'true',
  'nul',
  ' ',
  '\n',
  '\\',
  '"',
  '0',
);

describe('a JSON body that arrives in chunks', () => {
  const slices = fc.integer({ min: 1, max: 40 });
  const sizes = fc.integer({ min: 1, max: 9 });

  it('is what JSON.parse makes of it, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), slices, sizes, fc.boolean(), (json, slice, size, spaced) => {
        if (twice(json)) return;
        const text = spaced ? JSON.stringify(JSON.parse(json), undefined, 2) : json;
        expect(read(text, { slice }, size)).to.deep.equal(JSON.parse(json));
      }),
      { numRuns: 1500 },
    );
  });

  it('is refused when JSON.parse refuses it, or when a key stands twice', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), slices, sizes, (parts, slice, size) => {
        const text = parts.join('');
        if (text.trim() === '') return;
        const whole = attempt(() => read(text));
        expect(
          attempt(() => read(text, { slice }, size)),
          text,
        ).to.deep.equal(whole);
        const parsed = attempt(() => JSON.parse(text));
        // The only other reason among these pieces.
        if (whole !== 'refused' || parsed === 'refused') expect(whole, text).to.deep.equal(parsed);
        else expect(() => read(text), text).to.throw(/twice in one object/);
      }),
      { numRuns: 4000 },
    );
  });

  const DOUBLE = [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"a":1,"b":[1,2,3],"a":2}}',
    '{"a":[1,2,3,4,5,6,7,8],"b":1,"a":[1]}',
    '{"a":1,"b":[1,2,3,4,5,6,7,8],"a":2}',
    '{"l":[{"a":1,"a":1}]}',
  ];

  it('has no key twice in one object, however far apart', () => {
    for (const text of DOUBLE)
      for (const slice of [1, 4, 9, 1000])
        expect(() => read(text, { slice }), `${text} by ${slice}`).to.throw(
          /the body has the key "a" twice in one object/,
        );
  });

  it('never has the key "__proto__", however it is written', () => {
    for (const key of ['__proto__', '\\u005f_proto__'])
      for (const slice of [1, 1000])
        expect(() => read(`{"a":{"${key}":[1,2],"b":1}}`, { slice })).to.throw(/the key "__proto__"; leave it out/);
  });

  it('is refused as soon as it has too much of anything, by name', () => {
    const list = (count: number): string => `{"emails":[${Array.from({ length: count }, () => '1').join()}`;
    const keys = (count: number): string => `{"name":{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join()}`;
    const small = { keys: 20, elements: 20, values: 100, text: 50 };
    const REFUSALS: readonly (readonly [text: string, expected: RegExp])[] = [
      [list(21), /^the body has a list with more than 20 elements in "emails"$/],
      [keys(21), /^the body has an object with more than 20 keys in "name"$/],
      [`{"userName":"${'x'.repeat(60)}`, /^the body has a text of more than 50 bytes in "userName"$/],
      [`{"active":${'1'.repeat(60)}`, /^the body has a text of more than 50 bytes in "active"$/],
      ['['.repeat(65), /^the body nests deeper than 64 levels$/],
      [`[${'{"a":[1]},'.repeat(19)}`.repeat(3), /^the body has more than 100 values$/],
    ];
    for (const [text, expected] of REFUSALS) {
      for (const slice of [8, 1e7]) {
        // Not ended: what is too much is not waited for.
        const assembly = new JsonAssembly({ ...LOOSE, ...small, slice });
        expect(() => assembly.push(Buffer.from(text)), text).to.throw(ScimError, expected);
      }
    }
  });

  it('has the limits that a group of 250,000 and its members fit in', () => {
    expect(JSON_LIMITS).to.deep.equal({
      depth: 64,
      keys: 1000,
      elements: 250_000,
      values: 1_000_000,
      text: 1_048_576,
      slice: 131_072,
    });
  });

  it('lets its bytes go while it grows', () => {
    const members = Array.from({ length: 1000 }, (_, i) => ({ value: `id${i}`, display: 'x'.repeat(50) }));
    const parsed = JSON.parse;
    const texts: number[] = [];
    JSON.parse = (text: string) => {
      texts.push(text.length);
      return parsed(text);
    };
    try {
      const body = { displayName: 'g', members, x: { y: [1, [2]] } };
      expect(read(JSON.stringify(body), { slice: 4096 }, 1000)).to.deep.equal(body);
    } finally {
      JSON.parse = parsed;
    }
    expect(Math.max(...texts)).to.be.lessThan(6000);
  });

  it('may begin with a byte order mark, and says what is no UTF-8', () => {
    expect(read('\ufeff{"a":1}')).to.deep.equal({ a: 1 });
    for (const bytes of [
      Buffer.from('{"a":"J\xf6rg"}', 'latin1'),
      Buffer.from('{"a":1}', 'utf16le'),
      Buffer.from('\ufeff{"a":1}', 'utf16le'),
    ])
      expect(() => read(bytes)).to.throw(/not UTF-8 text/);
  });
});
