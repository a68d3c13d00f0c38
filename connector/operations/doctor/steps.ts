import type { Step } from './step.ts';
import { bareToken, noCredential, wrongToken } from './steps/access.ts';
import { backend } from './steps/backend.ts';
import { badFilter } from './steps/bad-filter.ts';
import { slashes, versionMissing, versionTwo } from './steps/base-url.ts';
import { saveConnector, testConnector } from './steps/capabilities.ts';
import { customAttributes } from './steps/custom-attributes.ts';
import { handshake } from './steps/handshake.ts';
import { downloadGroups, downloadUsers } from './steps/import.ts';
import { changedGroups, changedUsers } from './steps/incremental-import.ts';
import { location } from './steps/location.ts';
import { findsNobody, findsSomebody, getGroup, importProfile, unknownUser } from './steps/lookup.ts';
import { oktaCredential, oktaSoFar } from './steps/okta-so-far.ts';
import { secondVersion } from './steps/second-version.ts';
import { timeout } from './steps/timeout.ts';

/** Every step that only reads, in the order in which Okta's admin comes across them. */
export const STEPS: readonly Step[] = [
  handshake,
  backend,
  testConnector,
  saveConnector,
  downloadGroups,
  downloadUsers,
  changedUsers,
  changedGroups,
  findsNobody,
  findsSomebody,
  importProfile,
  unknownUser,
  getGroup,
  customAttributes,
  location,
  badFilter,
  wrongToken,
  noCredential,
  bareToken,
  oktaCredential,
  slashes,
  versionTwo,
  versionMissing,
  secondVersion,
  oktaSoFar,
  timeout,
];
