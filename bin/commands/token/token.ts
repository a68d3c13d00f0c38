import { noun } from '../../cli/noun.ts';
import { add } from './add.ts';
import { list } from './list.ts';
import { revoke } from './revoke.ts';

export const token = noun('token', 'Make, list and revoke what Okta logs in with', [add, list, revoke]);
