import type { Argv } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { shortOptions } from '../../cli/setting-flags.ts';

export interface PreviewArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly all?: boolean | undefined;
}

/** Examples of each kind that a screen has room for. */
const FEW = 5;

export const examplesOf = ({ all }: PreviewArguments): number => (all ? Number.POSITIVE_INFINITY : FEW);

export const previewOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
    .option('all', { type: 'boolean', describe: `Name everybody who is concerned, not the first ${FEW} of each kind` });
