import type { Argv } from 'yargs';
import type { TypeName } from '../../../connector/scim/schema/resource-type.ts';
import { typeOption } from '../../cli/resource-type.ts';
import { type DataArguments, dataOptions } from './stored-app.ts';

/** Of the verbs that write and read files of resources. */
export interface TransferArguments extends DataArguments {
  readonly format?: string | undefined;
  readonly type: TypeName;
  readonly 'with-password-hashes'?: boolean | undefined;
  readonly 'escape-formulas': boolean;
}

export const transferOptions = (yargs: Argv) =>
  dataOptions(yargs)
    .option('format', { requiresArg: true, choices: ['jsonl', 'csv'], describe: 'By the name of the file, else jsonl' })
    .option('type', typeOption('What a CSV file holds'))
    .option('with-password-hashes', {
      type: 'boolean',
      describe: 'Also the hashes of passwords; keep such a file safe',
    })
    .option('escape-formulas', {
      type: 'boolean',
      default: true,
      describe: 'In CSV: an apostrophe before what a spreadsheet would run',
    });

/** `-` and, since yargs makes that of it, the empty text: the standard stream. */
export const namedFile = (file: string | undefined): string | undefined =>
  file === '-' || file === '' ? undefined : file;
