import { expect } from 'chai';
import { comparand, nameKey, tidyName } from '../../connector/scim/text.ts';

/** One name each, however it is spelled. */
const SAME: readonly (readonly string[])[] = [
  [
    'pat',
    'PAT',
    ' pat',
    'pat  ',
    'pat\t',
    'pat\u00a0',
    '\uff50\uff41\uff54',
    'p\u00adat',
    '\ufeffpat',
    'p\u200bat',
    'pat\u200e',
  ],
  ['john smith', 'John  Smith', 'john\u00a0smith', 'john\tsmith', 'john\u3000smith', ' john \r\n smith\u0085'],
  ['jos\u00e9', 'jose\u0301', 'JOS\u00c9', 'JOSE\u0301', 'jo\u2060s\u00e9'],
  ['\u212aelvin', 'Kelvin', 'kelvin'],
  ['\u00c5sa', 'A\u030asa', '\u212bsa'],
  ['\u03a3\u03c3\u03c2', '\u03c3\u03c3\u03c3'],
  ['\u01f0an', 'J\u030can'],
  ['\ufb01n', 'fin'],
  ['\uac00', '\u1100\u1161'],
  ['\u0130brahim', 'I\u0307brahim', 'ibrahim', '\u0130BRAHIM'],
  ['\u2764\ufe0f team', '\u2764 team'],
];

describe('names', () => {
  it('are one in any case, width and form of accents, with blanks and invisible characters added', () => {
    for (const [first = '', ...others] of SAME) {
      for (const other of others) expect(nameKey(other), JSON.stringify(other)).to.equal(nameKey(first));
    }
    expect(new Set(SAME.map(([first = '']) => nameKey(first))).size).to.equal(SAME.length);
  });

  it('are different where a letter, an accent or a blank between two words is', () => {
    const names = [
      'jose',
      'jos\u00e9',
      'johnsmith',
      'john smith',
      'stra\u00dfe',
      'strasse',
      '\u0131b',
      'ib',
      'pat.',
      'pat',
    ];
    expect(new Set(names.map(nameKey)).size).to.equal(names.length);
  });

  it('keep their form when it is worked out once more', () => {
    for (const name of SAME.flat()) expect(nameKey(nameKey(name))).to.equal(nameKey(name));
  });

  it('are stored as they were sent, but composed and without blanks at their ends', () => {
    expect(tidyName(' \ufeffJohn  \uff33mith\u200b\t')).to.equal('John  \uff33mith');
    expect(tidyName('jose\u0301')).to.equal('jos\u00e9');
    expect(tidyName('so\u00adft \u2764\ufe0f')).to.equal('so\u00adft \u2764\ufe0f');
    for (const nothing of ['', ' ', '\u00ad', '\u200b \u3000', '\ufe0f']) expect(tidyName(nothing)).to.equal('');
  });

  it('are searched by parts whose inner blank counts', () => {
    const name = { caseExact: false, isName: true };
    expect(comparand(name, 'sw', ' John ')).to.equal('john ');
    expect(comparand(name, 'co', ' \u00a0s')).to.equal(' s');
    expect(comparand(name, 'eq', ' John ')).to.equal('john');
    expect(comparand({ ...name, isName: false }, 'eq', ' John ')).to.equal(' john ');
    expect(comparand({ caseExact: true, isName: true }, 'eq', ' John ')).to.equal(' John ');
  });
});
