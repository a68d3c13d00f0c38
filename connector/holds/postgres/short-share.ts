import { shortKey } from '../../postgres/storable.ts';
import type { Share } from '../share.ts';

/** A share as it is stored. */
export const shortShare = ({ kind, scope, key, amount }: Share): Share => ({
  kind,
  scope: shortKey(scope),
  key: shortKey(key),
  amount,
});
