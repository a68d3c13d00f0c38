import { expect } from 'chai';
import { areas, CODES, isFaultCode } from '../../connector/explain/catalogue.ts';
import { readPasted } from '../../connector/explain/pasted-text.ts';
import { recognise } from '../../connector/explain/recognise.ts';
import { read, sources } from '../support/architecture/imports.ts';
import { type Call, callsOf, type Samples, sampleOf } from '../support/calls.ts';

const files = sources('connector').filter((file) => !file.startsWith('connector/explain/'));

interface Site extends Call {
  readonly at: string;
}

const sitesOf = (name: string): readonly Site[] =>
  files.flatMap((file) => callsOf(read(file), name).map((call) => ({ ...call, at: `${file}:${call.line}` })));

const faultIn = (options = ''): string | undefined => /\bfault: '([\w-]+)'/.exec(options)?.[1];

const SAMPLES: Samples = {
  type: 'User',
  'type.name': 'User',
  code: 'EACCES',
  use: 'filter',
  label: 'count',
  'protocol.name': 'SCIM 1.1',
  'value.length': '129',
  'glossary.longest(attribute)': '128',
  'byMaker(attribute, glossary)': '',
};

/** Code and text of a site, where both stand there. */
function* toldAt(): Generator<readonly [at: string, code: string, text: string]> {
  for (const { args, at } of sitesOf('new ScimError')) {
    const [code, text] = [faultIn(args[2]), sampleOf(args[1] ?? '', SAMPLES)];
    if (code !== undefined && text !== undefined) yield [at, code, text];
  }
  for (const name of ['unavailable', 'invalid', 'refuse'])
    for (const { args, at } of sitesOf(name)) {
      const [code, text] = [sampleOf(args[0] ?? ''), sampleOf(args[1] ?? '', SAMPLES)];
      if (code !== undefined && isFaultCode(code) && text !== undefined) yield [at, code, text];
    }
}

/** Faults that end no request: they stand in the log, on a terminal, or in Okta alone. */
const OUTSIDE = new Set([
  ...areas
    .filter(({ title }) =>
      ['The host', "The agent and the connector's certificate", 'Okta and its agent', 'The configuration'].includes(
        title,
      ),
    )
    .flatMap(({ faults }) => [...faults.keys()]),
  'bearer-word-missing',
  'password-unmapped',
  'directory-index-missing',
]);

describe('places where something is refused', () => {
  it('each name a fault of the catalogue, or pass one on', () => {
    const nameless = sitesOf('new ScimError')
      .filter(({ args }) => !/\bfault\b/.test(args[2] ?? ''))
      .map(({ at }) => at);
    expect(nameless).to.deep.equal([]);
    expect(sitesOf('new ScimError').length).to.be.above(100);
  });

  it('use every code, but for those that end no request', () => {
    const text = files
      .filter((file) => !file.endsWith('/fault-code.ts'))
      .map(read)
      .join('\n');
    expect(CODES.filter((code) => !OUTSIDE.has(code) && !text.includes(`'${code}'`))).to.deep.equal([]);
  });

  it('say what is known again by its text alone', () => {
    const told = [...toldAt()];
    expect(told.length).to.be.above(100);
    const wrong = told.flatMap(([at, code, text]) => {
      const known = recognise(readPasted(`{"Errors":[{"description":${JSON.stringify(`${text} (ref K7Q2-91XM)`)}}]}`));
      return known === code ? [] : [`${at}: "${text}" is ${code}, and known as ${known}`];
    });
    expect(wrong).to.deep.equal([]);
  });
});

describe('a call in a source', () => {
  it('is read with its arguments, whatever stands in them', () => {
    const text = ['`b $', "{f(',', { c: ')' })}, d`"].join('');
    const [call] = callsOf(`x;\nthrow new ScimError('a', ${text}, { fault: 'e' });`, 'new ScimError');
    expect(call).to.deep.equal({ args: ["'a'", text, "{ fault: 'e' }"], line: 2 });
    expect(sampleOf(['`$', '{shown(id)} is $', "{type}` + ' here'"].join(''))).to.equal('"x" is x here');
    expect(sampleOf('text')).to.equal(undefined);
  });
});
