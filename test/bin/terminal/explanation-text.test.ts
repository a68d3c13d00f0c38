import { expect } from 'chai';
import stringWidth from 'string-width';
import { explanationText, faultText } from '../../../bin/terminal/explanation-text.ts';
import { CODES } from '../../../connector/explain/catalogue.ts';
import { toldFault } from '../../../connector/operations/explain/told-fault.ts';
import { journalRecord } from '../../support/journal-record.ts';

const WIDTH = 80;

/** Commands are copied, and never broken. */
const isCommand = (line: string): boolean => /^ {4}/.test(line);

describe('explanation on a terminal', () => {
  for (const code of CODES)
    it(`${code} fits into ${WIDTH} columns`, () => {
      const lines = faultText(toldFault(code), WIDTH).split('\n');
      expect(lines.filter((line) => stringWidth(line) > WIDTH && !isCommand(line))).to.deep.equal([]);
      expect(lines.at(-1)).to.equal(`More: docs/errors.md#${code}`);
    });

  it('says first what happened, then why, then what else happened', () => {
    const record = {
      ...journalRecord({ outcome: 'refused', text: 'userName "jdoe" is already in use by another resource' }),
      seq: 1,
    };
    const text = explanationText(
      {
        found: true,
        reference: record.ref,
        records: [record],
        fault: toldFault('user-name-taken'),
        possible: [],
        around: [{ ...record, ref: 'AAAA-2222' }],
      },
      WIDTH,
    );
    const places = [
      'K7Q2-91XM',
      'told Okta',
      'is already in use',
      '(user-name-taken)',
      'Whose fault',
      "Okta's Retry",
      'Fix',
      'Shortly before and after',
      'AAAA-2222',
    ].map((part) => text.indexOf(part));
    expect(places)
      .to.deep.equal([...places].sort((a, b) => a - b))
      .and.not.include(-1);
  });

  it('shows characters that would turn the text as what they are', () => {
    const missing = { kind: 'none', why: 'no\u202e journal\n' } as const;
    const text = explanationText(
      {
        found: false,
        reference: 'K7Q2-91XM',
        records: [],
        missing,
        possible: [],
        around: [],
        task: { said: 'a\u202eb\u001b[31m' },
      },
      WIDTH,
    );
    expect(text).to.contain('no\\u202e journal').and.contain('a\\u202eb\\u001b[31m');
  });
});
