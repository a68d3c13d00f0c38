import { noun } from '../../cli/noun.ts';
import { reject, release } from './decide.ts';
import { list } from './list.ts';
import { show } from './show.ts';

export const hold = noun('hold', 'Look at mass changes that were stopped, and let them through or refuse them', [
  list,
  show,
  release,
  reject,
]);
