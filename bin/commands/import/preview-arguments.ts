import type { Argv } from 'yargs';
import { withOutput } from '../../../connector/state/named-output.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import { release } from '../../cli/version.ts';

export interface PreviewArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly all?: boolean | undefined;
  readonly html?: string | undefined;
}

/** Examples of each kind that a screen has room for. */
const FEW = 5;

export const examplesOf = ({ all }: PreviewArguments): number => (all ? Number.POSITIVE_INFINITY : FEW);

export const previewOptions = <T>(yargs: Argv<T>) =>
  yargs
    .options(shortOptions)
    .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
    .option('html', {
      type: 'string',
      requiresArg: true,
      describe: 'Also write a report to this new file, with charts; it holds people and is for its owner alone',
    })
    .option('all', { type: 'boolean', describe: `Name everybody who is concerned, not the first ${FEW} of each kind` });

/** Said below the title of a report. */
export const madeNow = (): string =>
  `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, scim-connector ${release.version}`;

/**
 * Opens the file of the report at once: root then becomes the account of the service, which may not. Nothing is left of it when
 * `work` fails.
 */
export async function reporting(
  { html }: PreviewArguments,
  work: (write: ((page: string) => void) | undefined) => Promise<void>,
): Promise<void> {
  if (html === undefined) return work(undefined);
  await withOutput(html, {}, (output) => work((page) => output.write(page)));
}
