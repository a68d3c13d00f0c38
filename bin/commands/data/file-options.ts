import type { Argv } from 'yargs';
import type { TypeName } from '../../../connector/scim/schema/resource-type.ts';
import { type DataArguments, dataOptions } from './stored-app.ts';

export interface FileArguments extends DataArguments {
  readonly format?: string | undefined;
  readonly type: TypeName;
  readonly 'with-password-hashes'?: boolean | undefined;
}

export const fileOptions = (yargs: Argv) =>
  dataOptions(yargs)
    .option('format', { requiresArg: true, choices: ['jsonl', 'csv'], describe: 'By the name of the file, else jsonl' })
    .option('type', {
      requiresArg: true,
      choices: ['User', 'Group'] as const,
      default: 'User' as const,
      describe: 'What a CSV file holds',
    })
    .option('with-password-hashes', {
      type: 'boolean',
      describe: 'Also the hashes of passwords; keep such a file safe',
    });

/** `-` and, since yargs makes that of it, the empty text: the standard stream. */
export const named = (file: string | undefined): string | undefined => (file === '-' || file === '' ? undefined : file);
