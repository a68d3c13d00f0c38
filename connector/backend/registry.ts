import type { App } from '../config/config.ts';
import type { Backend } from './backend.ts';

/** The backend of an app, not yet open. One line per backend; each is loaded when it is asked for. */
export async function createBackend(app: App): Promise<Backend> {
  switch (app.backend) {
    case 'sqlite': {
      const { SqliteBackend } = await import('./sqlite/sqlite-backend.ts');
      return new SqliteBackend(app.sqlite);
    }
  }
}

/** Two apps with the same key would share one store; settings with the same key need not be opened again. */
export const backendKey = (app: App): string => JSON.stringify([app.backend, app.sqlite]);
