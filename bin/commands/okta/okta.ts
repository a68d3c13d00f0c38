import { noun } from '../../cli/noun.ts';
import { capabilities } from './capabilities.ts';
import { schema } from './schema.ts';
import { sheet } from './sheet.ts';

export const okta = noun('okta', 'Print what to enter in Okta', [sheet, schema, capabilities]);
