import type { JournalRecord } from '../journal/record.ts';
import type { HandshakeFailure } from './handshakes.ts';

/** What the journal keeps of agents that could not even ask. */
export const handshakeRecord = ({
  reference,
  address,
  fault,
  text,
  detail,
  times,
}: HandshakeFailure): JournalRecord => ({
  time: new Date().toISOString(),
  ref: reference,
  app: '',
  actor: '',
  client: { address },
  operation: 'request',
  message: 'TLS handshake',
  intent: 'request',
  outcome: 'refused',
  reason: 'tls',
  fault,
  text,
  ...(detail === undefined ? {} : { diagnostic: detail }),
  ...(times > 1 ? { times } : {}),
  duration: 0,
  backendDuration: 0,
});
