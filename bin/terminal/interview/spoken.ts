import { styleText } from 'node:util';
import type { Interviewer } from '../../../connector/backend/module/interview.ts';
import { widthOf, wrap } from '../line-width.ts';

const line = (text: string): string => wrap(text, widthOf(process.stderr));

/** What is said between questions. */
export const spoken: Pick<Interviewer, 'say' | 'refuse'> = {
  say: (text) => {
    process.stderr.write(`${line(text.replaceAll(/^/gm, '  '))}\n`);
  },
  refuse: (text) => {
    const mark = styleText('red', '✗', { stream: process.stderr });
    process.stderr.write(`${line(`✗ ${text}`).replace('✗', mark)}\n`);
  },
};
