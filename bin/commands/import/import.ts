import { noun } from '../../cli/noun.ts';
import { preview } from './preview.ts';

export const importVerbs = noun('import <verb>', "Show beforehand what Okta's import would see", [preview]);
