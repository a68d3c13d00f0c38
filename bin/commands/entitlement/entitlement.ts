import { noun } from '../../cli/noun.ts';
import { importEntitlements } from './import.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';

export const entitlement = noun('entitlement', 'Keep what people can be given: licences, roles and the like', [
  list,
  importEntitlements,
  remove,
]);
