import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

/** `login=userName,notes=`: the second is left out. @throws CommandError usage */
export function columnNames(text: string | undefined): ReadonlyMap<string, string> {
  const pairs = (text ?? '').split(',').filter((pair) => pair.trim() !== '');
  return new Map(
    pairs.map((pair) => {
      const [, name = '', path = ''] = /^(.+)=([^=]*)$/.exec(pair) ?? [];
      if (name !== '') return [name.trim(), path.trim()];
      throw new CommandError(
        EXIT.usage,
        '--columns takes NAME=ATTRIBUTE, and NAME= for one to leave out, with commas between',
      );
    }),
  );
}
