import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { areas, CODES } from '../../connector/explain/catalogue.ts';
import { readPasted } from '../../connector/explain/pasted-text.ts';
import { recognise } from '../../connector/explain/recognise.ts';
import { read } from '../support/architecture/imports.ts';
import { callsOf, type Samples, sampleOf } from '../support/calls.ts';
import { sitesOf, sourcesOfTexts, toldSites, toldTexts } from '../support/told-texts.ts';

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
const toldAt = (): readonly (readonly [at: string, code: string, text: string])[] =>
  toldSites().flatMap(({ at, code, source }) => {
    const text = sampleOf(source, SAMPLES);
    return text === undefined ? [] : [[at, code, text] as const];
  });

/** Faults that end no request: they stand in the log, on a terminal, or in Okta alone. */
const OUTSIDE = new Set([
  ...areas
    .filter(({ title }) =>
      ['The host', "The agent and the connector's certificate", 'Okta and its agent', 'The configuration'].includes(
        title,
      ),
    )
    .flatMap(({ faults }) => [...faults.keys()]),
  'node-id-twice',
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
    const text = sourcesOfTexts
      .filter((file) => !file.endsWith('/fault-code.ts'))
      .map(read)
      .join('\n');
    expect(CODES.filter((code) => !OUTSIDE.has(code) && !text.includes(`'${code}'`))).to.deep.equal([]);
  });

  it('say what is known again by its text alone', () => {
    const told = toldAt();
    expect(told.length).to.be.above(100);
    const wrong = told.flatMap(([at, code, text]) => {
      const known = recognise(readPasted(`{"Errors":[{"description":${JSON.stringify(`${text} (ref K7Q2-91XM)`)}}]}`));
      return known === code ? [] : [`${at}: "${text}" is ${code}, and known as ${known}`];
    });
    expect(wrong).to.deep.equal([]);
  });
});

describe('docs/errors.md', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8');

  it('holds every text under its code, for whoever searches it', () => {
    const missing = [...toldTexts()].flatMap(([code, texts]) => {
      const [, section = ''] = page.split(`\n### ${code}\n`);
      return texts
        .filter((text) => !section.split('\n### ')[0]?.includes(`\n${text}\n`))
        .map((text) => `${code}: ${text}`);
    });
    expect(missing).to.deep.equal([]);
    expect([...toldTexts().values()].flat().length).to.be.above(100);
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
