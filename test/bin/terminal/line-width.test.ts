import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { widthOf, wrap } from '../../../bin/terminal/line-width.ts';
import { table } from '../../../bin/terminal/table.ts';

describe('lines on a terminal', () => {
  it('break between words', () => {
    expect(wrap('one two three four five six seven', 24)).to.equal('one two three four five\nsix seven');
  });

  it('continue where they began', () => {
    expect(wrap('  one two three four five six seven', 26)).to.equal('  one two three four five\n  six seven');
  });

  it('keep a word whole that is wider than the terminal', () => {
    expect(wrap(`see ${'x'.repeat(40)} there`, 24)).to.equal(`see\n${'x'.repeat(40)}\nthere`);
  });

  it('are left alone where there is no room, and where there is enough', () => {
    expect(wrap('one two three four five', 20)).to.equal('one two three four five');
    expect(wrap('one  two', 80)).to.equal('one  two');
  });

  it('break where wide characters end: CJK and emoji take two columns, marks none', () => {
    expect(wrap('山田太郎 佐藤花子 鈴木一郎 高橋', 25)).to.equal('山田太郎 佐藤花子\n鈴木一郎 高橋');
    expect(wrap('👩‍💻👩‍💻👩‍💻👩‍💻 one two three four', 26)).to.equal('👩‍💻👩‍💻👩‍💻👩‍💻 one two three\nfour');
    const zalgo = 'e\u0301'.repeat(24);
    expect(wrap(zalgo, 24)).to.equal(zalgo);
  });

  it('lose and gain no word', () => {
    const word = fc.stringMatching(/^[a-z山é👍]{1,30}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 24, max: 90 }), (words, width) => {
        const lines = wrap(words.join(' '), width).split('\n');
        expect(lines.join(' ')).to.equal(words.join(' '));
        for (const line of lines) expect(stringWidth(line) <= width || !line.includes(' '), line).to.equal(true);
      }),
    );
  });

  it('are as wide as the terminal, and endless in a file or pipe', () => {
    const stream = (isTTY: boolean, columns: number) => ({ isTTY, columns }) as NodeJS.WriteStream;
    expect(widthOf(stream(true, 80))).to.equal(80);
    // A terminal that does not know.
    expect(widthOf(stream(true, 0))).to.equal(Number.POSITIVE_INFINITY);
    expect(widthOf(stream(false, 80))).to.equal(Number.POSITIVE_INFINITY);
  });
});

describe('a table', () => {
  const GREEN = '\u001b[32mok\u001b[39m';

  it('has columns as wide as their widest cell', () => {
    const rows = [
      ['NAME', 'KIND'],
      ['okta', 'token'],
      ['a', 'b'],
    ];
    expect(table(rows)).to.equal('NAME  KIND\nokta  token\na     b');
    expect(table([])).to.equal('');
  });

  it('aligns columns after wide characters', () => {
    const rows = [
      ['NAME', 'KIND'],
      ['山田太郎', 'token'],
      ['👩‍💻', 'token'],
      ['Zoe\u0308', 'basic'],
    ];
    expect(table(rows)).to.equal('NAME      KIND\n山田太郎  token\n👩‍💻        token\nZoe\u0308       basic');
  });

  it('breaks its last column below its beginning, colors not counted', () => {
    expect(table([[GREEN, 'one two three four five six seven']], 28)).to.equal(
      `${GREEN}  one two three four five\n    six seven`,
    );
  });
});
