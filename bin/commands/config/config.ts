import { noun } from '../../cli/noun.ts';
import { printExample } from './example.ts';
import { reference } from './reference.ts';
import { schema } from './schema.ts';
import { show } from './show.ts';

export const config = noun('config', 'Show settings, print an example, the JSON Schema or the reference', [
  show,
  printExample,
  schema,
  reference,
]);
