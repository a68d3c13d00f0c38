import { noun } from '../../cli/noun.ts';
import { list } from './list.ts';
import { set } from './set.ts';

export const secret = noun('secret', 'Store passwords that the connector itself needs, encrypted', [set, list]);
