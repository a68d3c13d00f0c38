import type { Complaint } from '../config/vocabulary/complaint.ts';
import { isLoopback } from '../config/vocabulary/listen.ts';
import { addressOf } from './address.ts';
import type { PostgresSettings } from './settings.ts';

/** What is wrong between the settings of how a database is reached. @param path  of their table */
export function* connectionComplaints(
  { url = '', sslmode, ca_file, client_cert_file, client_key_file }: PostgresSettings,
  path: readonly string[],
): Generator<Complaint> {
  const at = (name: string): readonly string[] => [...path, name];
  if (client_cert_file === undefined && client_key_file !== undefined)
    yield { path: at('client_cert_file'), text: 'missing; client_key_file needs it' };
  if (client_cert_file !== undefined && client_key_file === undefined)
    yield { path: at('client_key_file'), text: 'missing; client_cert_file needs it' };
  const address = addressOf(url);
  if ('complaint' in address) return;
  const mode = sslmode ?? address.sslmode;
  const abroad = address.hosts.find(({ host }) => !isLoopback(host));
  if (mode === 'disable') {
    if (abroad !== undefined)
      yield {
        path: at('sslmode'),
        text: `what is sent to ${abroad.host} can be read on the way, people and all; leave sslmode out, and name the authority in ca_file`,
        warning: true,
      };
    for (const [name, file] of Object.entries({ ca_file, client_cert_file }))
      if (file !== undefined) yield { path: at(name), text: 'has no effect with sslmode = "disable"', warning: true };
  }
  if (mode === 'require') {
    if (abroad !== undefined)
      yield {
        path: at('sslmode'),
        text: `with "require" anybody may pass for ${abroad.host}; leave sslmode out, and name the authority in ca_file`,
        warning: true,
      };
    if (ca_file !== undefined)
      yield { path: at('ca_file'), text: 'has no effect with sslmode = "require"; leave sslmode out', warning: true };
  }
}
