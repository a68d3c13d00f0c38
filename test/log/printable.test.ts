import { expect } from 'chai';
import { createLogger } from '../../connector/log/logger.ts';

/** Characters that show as nothing, or turn what stands around them. */
const UNSEEN = [
  '\u202e',
  '\u2028',
  '\u2029',
  '\u200b',
  '\u200f',
  '\u2066',
  '\ufeff',
  '\u00ad',
  '\u0085',
  '\u009b',
  '\u007f',
  '\ud800',
  '\u{e0041}',
  '\u061c',
];

const written = async (format: 'json' | 'pretty', text: string): Promise<string> => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const { log } = await createLogger({ level: 'info', format, destination, color: false });
  log.warn({ detail: text, route: text, ignored: [text], [text]: 1 }, text);
  return lines.join('');
};

describe('a line of the log', () => {
  for (const character of UNSEEN)
    it(`shows ${JSON.stringify(character)} (${[...character].map((one) => one.codePointAt(0)?.toString(16)).join()}) by its number`, async () => {
      const text = `a${character}b`;
      const json = await written('json', text);
      expect(json).to.contain('\\u').and.not.to.contain(character);
      expect(JSON.parse(json)).to.include({ msg: text, route: text });
      expect(await written('pretty', text))
        .to.contain('\\u')
        .and.not.to.contain(character);
    });

  it('is one line for people too, whatever was sent', async () => {
    const line = await written('pretty', 'a\r\n[12:00:00.000] INFO: forged \u001b[2K');
    expect(line.trimEnd()).not.to.match(/\p{Cc}/u);
  });

  it('keeps what people write: letters, signs, emoji', async () => {
    const text = 'Zoë Łukasz 山田 👩 – „“ \u00a0';
    expect(await written('json', text)).to.contain(text);
    expect(await written('pretty', text)).to.contain(text);
  });
});
