/** Our own certificates on disk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const authorityFile = (stateDir: string): string => join(stateDir, 'tls', 'ca.crt');
export const issuerFile = (stateDir: string): string => join(stateDir, 'tls', 'issuer.pem');
export const serverFile = (stateDir: string): string => join(stateDir, 'tls', 'server.pem');

/** Whether agents may trust an authority that lies here, usable or not. */
export const hasAuthority = (stateDir: string): boolean => existsSync(issuerFile(stateDir));
