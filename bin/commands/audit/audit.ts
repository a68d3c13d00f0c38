import { noun } from '../../cli/noun.ts';
import { list } from './list.ts';
import { verify } from './verify.ts';

export const audit = noun('audit', 'See who changed what and when, and prove that nothing is missing', [list, verify]);
