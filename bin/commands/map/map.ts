import { noun } from '../../cli/noun.ts';
import { suggest } from './suggest.ts';
import { test } from './test.ts';

export const map = noun('map <verb>', 'Suggest and try the mapping between SCIM and an LDAP directory', [
  suggest,
  test,
]);
