import type { SharingFault } from '../../scim/sharing-fault.ts';
import type { Faults } from '../fault.ts';

const CONFIGURATION = "the connector's configuration" as const;

/** Connectors that share a database (state = "postgres"). */
export const SHARING_FAULTS: Faults<SharingFault> = {
  'node-mapping-differs': {
    title: 'Two connectors of one database have different mappings',
    meaning:
      'Connectors that share a database must understand people alike: one would write what the other cannot read, or Okta would see people change whenever the other one answers. The one whose mapping is the older goes on; the other answers 503 for that app, until both say the same or the first has stopped.',
    whose: CONFIGURATION,
    fix: [
      'The text names the first setting that differs, both values and the other connector. Make both configurations the same, then reload this one:',
      { run: ['scim-connector config show', 'systemctl reload scim-connector'] },
    ],
    retry: 'after the fix',
    example:
      'app hr is not served here: users.map.title is "title", and "displayName" at idm02, which was first (2026-11-28 13:00 UTC); make both the same, and reload this one',
    patterns: [/app .* is not served here: .* which was first/],
    seen: 'status shows both connectors; /readyz of this one answers 503',
  },
  'node-id-twice': {
    title: 'Two connectors go by the same id',
    meaning:
      'A connector is known to others by the file node-id in its state folder. Here two have the same one, as a rule because a machine was copied with its state folder.',
    whose: "the connector's host",
    fix: ['On the machine that is the copy, remove the file and restart the connector: it makes another one.'],
    retry: 'after the fix',
    example:
      'another connector has the same id: remove /var/lib/scim-connector/node-id on the machine that is a copy, and restart there',
    patterns: [/another connector has the same id/],
  },
  'shared-keys-do-not-open': {
    title: 'The keys in the shared database do not open',
    meaning:
      'Keys that connectors share (of cursors, of access tokens, of the CA) are stored sealed: under [state.postgres] key, or where there is none under its password. This connector has another one than the connector that sealed them.',
    whose: CONFIGURATION,
    fix: [
      'Give all connectors the same [state.postgres] key. Where the password of the database has changed and no key is set, set key to the password of before.',
      'Where it is lost: stop all connectors, delete the keys, and start them one after the other. Cursors and access tokens end; the CA in the state folders stays.',
      { on: 'the database', run: ['DELETE FROM scim_state.shared_key;'] },
    ],
    retry: 'after the fix',
    example:
      'the keys in the database do not open: idm01 has sealed them with another [state.postgres] key or password; give both the same',
    patterns: [/the keys in the database do not open/],
  },
};
