import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

/** @throws CommandError usage */
export function holdId(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(EXIT.usage, `${JSON.stringify(text)} is no number of a hold: hold list shows them`);
}
