import { noun } from '../../cli/noun.ts';
import { preview } from './preview.ts';

export const match = noun('match <verb>', "Show beforehand whom Okta's people meet here", [preview]);
