import { createHash } from 'node:crypto';
import type { App } from '../config/config.ts';
import { Secret } from '../secrets/secret.ts';
import type { Backend } from './backend.ts';
import { moduleNamed } from './catalogue.ts';
import type { Surroundings } from './module/backend-module.ts';

/** The backend of an app, not yet open. */
export const createBackend = (app: App, surroundings: Surroundings = {}): Promise<Backend> =>
  moduleNamed(app.backend).create(app, surroundings);

/** A store to read beside the connector that serves from it, not yet open. Every write is refused, or never asked for. */
export function createReader(app: App, surroundings: Surroundings = {}): Promise<Backend> {
  const { reader, create } = moduleNamed(app.backend);
  return (reader ?? create)(app, surroundings);
}

/** A changed secret is a changed setting, and prints like the old one. */
const fingerprint = (secret: Secret): string => createHash('sha256').update(secret.reveal()).digest('hex');

/** Two apps with the same key would share one store; settings with the same key need not be opened again. */
export const backendKey = (app: App): string =>
  JSON.stringify([app.backend, moduleNamed(app.backend).identity(app)], function replace(key, value) {
    const before = this[key];
    return before instanceof Secret ? fingerprint(before) : value;
  });
