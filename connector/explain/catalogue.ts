import type { FaultCode } from '../scim/fault-code.ts';
import type { Fault, Faults } from './fault.ts';
import { BODY_FAULTS } from './faults/body.ts';
import { CONFIGURATION_FAULTS } from './faults/configuration.ts';
import { CREDENTIAL_FAULTS } from './faults/credential.ts';
import { DATABASE_FAULTS } from './faults/database.ts';
import { DIRECTORY_FAULTS } from './faults/directory.ts';
import { DIRECTORY_LOGIN_FAULTS } from './faults/directory-login.ts';
import { ENTITLEMENT_FAULTS } from './faults/entitlement.ts';
import { ENTRY_FAULTS } from './faults/entry.ts';
import { ENTRY_SHAPE_FAULTS } from './faults/entry-shape.ts';
import { HOST_FAULTS } from './faults/host.ts';
import { OAUTH_FAULTS } from './faults/oauth.ts';
import { OKTA_FAULTS } from './faults/okta.ts';
import { PASSWORD_FAULTS } from './faults/password.ts';
import { POSTGRES_FAULTS } from './faults/postgres.ts';
import { POSTGRES_LOGIN_FAULTS } from './faults/postgres-login.ts';
import { REQUEST_FAULTS } from './faults/request.ts';
import { SHARING_FAULTS } from './faults/sharing.ts';
import { STATE_FAULTS } from './faults/state.ts';
import { TLS_FAULTS } from './faults/tls.ts';

/** Faults by where they show, as they are listed. A text that fits two is the first one's. */
const AREAS = [
  ['The credential', CREDENTIAL_FAULTS],
  ['Clients that log in by OAuth', OAUTH_FAULTS],
  ['Passwords', PASSWORD_FAULTS],
  ['Values that the directory refuses', ENTRY_FAULTS],
  ['Entries that the directory refuses', ENTRY_SHAPE_FAULTS],
  ['The way to PostgreSQL', POSTGRES_LOGIN_FAULTS],
  ['PostgreSQL', POSTGRES_FAULTS],
  ['The directory', DIRECTORY_FAULTS],
  ['The way to the directory', DIRECTORY_LOGIN_FAULTS],
  ['The database', DATABASE_FAULTS],
  ['What people are given', ENTITLEMENT_FAULTS],
  ['What is in the way', STATE_FAULTS],
  ['Connectors that share a database', SHARING_FAULTS],
  ['The host', HOST_FAULTS],
  ["The agent and the connector's certificate", TLS_FAULTS],
  ['Okta and its agent', OKTA_FAULTS],
  ['The configuration', CONFIGURATION_FAULTS],
  ['The request', REQUEST_FAULTS],
  ['What is sent', BODY_FAULTS],
] as const;

export interface Area {
  readonly title: string;
  readonly faults: ReadonlyMap<FaultCode, Fault>;
}

export const areas: readonly Area[] = AREAS.map(([title, faults]) => ({
  title,
  faults: new Map(Object.entries(faults) as [FaultCode, Fault][]),
}));

/** What can go wrong, whole: the compiler holds every code to an entry. */
export const CATALOGUE: Faults<FaultCode> = {
  ...CREDENTIAL_FAULTS,
  ...OAUTH_FAULTS,
  ...PASSWORD_FAULTS,
  ...ENTRY_SHAPE_FAULTS,
  ...ENTRY_FAULTS,
  ...DIRECTORY_LOGIN_FAULTS,
  ...DIRECTORY_FAULTS,
  ...POSTGRES_LOGIN_FAULTS,
  ...POSTGRES_FAULTS,
  ...DATABASE_FAULTS,
  ...ENTITLEMENT_FAULTS,
  ...STATE_FAULTS,
  ...SHARING_FAULTS,
  ...HOST_FAULTS,
  ...TLS_FAULTS,
  ...OKTA_FAULTS,
  ...CONFIGURATION_FAULTS,
  ...BODY_FAULTS,
  ...REQUEST_FAULTS,
};

export const CODES = Object.keys(CATALOGUE) as readonly FaultCode[];

export const isFaultCode = (text: string): text is FaultCode => Object.hasOwn(CATALOGUE, text);
