/** Every backend there is: one line each. */
export { ldap } from './ldap/module.ts';
export { postgres } from './postgres/module.ts';
export { sqlite } from './sqlite/module.ts';
