import { noun } from '../../cli/noun.ts';
import { test } from './test.ts';

export const alert = noun('alert', 'Prove that somebody is told when something is wrong', [test]);
