/** A new cluster of PostgreSQL with the roles of the tests and certificates, copied from one made once a day. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CustomerAuthority } from '../customer-authority.ts';
import { imageOf } from '../directories/image.ts';
import { POSTGRES } from './installed.ts';
import { HBA, IDENT, MAKE_ROLES } from './roles.ts';

const SCRIPT = join(import.meta.dirname, 'cluster.sh');

const cluster = (...words: readonly string[]): void => {
  execFileSync('bash', [SCRIPT, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
};

const LOCAL = 'DNS:localhost,IP:127.0.0.1';
/** Of the server, by what is the matter with them. */
const CERTIFICATES = {
  server: { names: LOCAL },
  'another-name': { names: 'DNS:db.elsewhere.example' },
  expired: { names: LOCAL, days: -1 },
} as const;

export type ServerCertificate = keyof typeof CERTIFICATES;

async function make(folder: string): Promise<void> {
  const [server, authority] = [join(folder, 'server'), join(folder, 'authority')];
  for (const one of [server, join(server, 'tls'), authority]) mkdirSync(one);
  const issuer = new CustomerAuthority(authority);
  const keep = (name: string, text: string): void =>
    writeFileSync(join(server, name), text, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
  for (const [name, options] of Object.entries(CERTIFICATES)) {
    const { cert, key } = issuer.leaf(options);
    keep(`tls/${name}.crt`, cert + issuer.intermediate);
    keep(`tls/${name}.key`, key);
  }
  const client = issuer.leaf({ names: '', usage: 'clientAuth' });
  writeFileSync(join(folder, 'authority', 'client.crt'), client.cert + issuer.intermediate);
  writeFileSync(join(folder, 'authority', 'client.key'), client.key);
  keep('tls/ca.crt', issuer.root);
  keep('pg_hba.conf', HBA);
  keep('pg_ident.conf', IDENT);
  execFileSync('bash', [SCRIPT, 'make', folder], { input: MAKE_ROLES, stdio: ['pipe', 'ignore', 'pipe'] });
}

/** @returns the image, where the authority and the client certificate are */
export async function makeCluster(folder: string): Promise<string> {
  // What is in an image comes from these files too.
  const name = `postgres-${JSON.stringify([HBA, IDENT, MAKE_ROLES, CERTIFICATES]).length}`;
  const image = await imageOf({ name, script: '../postgres/cluster.sh', programs: POSTGRES.programs }, make);
  cluster('copy', image, folder);
  return image;
}

/** A standby of the server on `port`. Its own settings and certificates come from the image, like any other's. */
export async function makeStandby(folder: string, port: number): Promise<string> {
  const image = await makeCluster(folder);
  cluster('base-backup', folder, String(port));
  return image;
}
