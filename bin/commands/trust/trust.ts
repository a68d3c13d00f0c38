import { noun } from '../../cli/noun.ts';
import { check } from './check.ts';
import { install } from './install.ts';

export const trust = noun('trust', "See to it that Okta's agent on this machine trusts the connector", [
  check,
  install,
]);
