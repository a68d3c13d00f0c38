import * as z from 'zod';
import type { AppSettings } from '../../../connector/backend/module/app-settings.ts';
import type { BackendModule } from '../../../connector/backend/module/backend-module.ts';
import { failed, ok } from '../../../connector/backend/module/finding.ts';
import { optional, secret } from '../../../connector/config/vocabulary/scalars.ts';
import type { SettingsOf } from '../../../connector/config/vocabulary/settings-of.ts';

const own = {
  label: optional(z.string(), { description: 'What stands on it', example: 'staff' }),
  drawers: z.int().min(1).max(9).default(3).describe('How many drawers it has'),
  key: secret({ description: 'Opens the lock' }).exactOptional(),
};

const users = {
  drawer: optional(z.int().min(1).max(9), { description: 'The drawer of users', example: 1 }),
};

interface CabinetApp extends AppSettings {
  readonly cabinet: SettingsOf<typeof own>;
  readonly users: AppSettings['users'] & SettingsOf<typeof users>;
}

/** A backend as somebody else would add it. */
export const cabinet: BackendModule<CabinetApp> = {
  name: 'cabinet',
  place: 'a filing cabinet',
  described: 'A cabinet. Nothing is asked for.',
  own: { description: 'The cabinet backend', settings: own },
  users: { description: 'A drawer is of the cabinet backend', settings: users },
  tools: 'the hands',
  defaults: ({ app }) => ({ label: app }),
  complaints: function* complaints({ name, cabinet: { drawers }, users: { drawer = 1 } }) {
    if (drawer > drawers) yield { path: ['apps', name, 'users', 'drawer'], text: `there are only ${drawers} drawers` };
  },
  identity: ({ cabinet }) => cabinet,
  create: async () => new (await import('./cabinet-backend.ts')).CabinetBackend(),
  examine: async ({ cabinet: { label, drawers, key } }) => [
    ok(`cabinet ${label}, ${drawers} drawers`),
    key?.reveal() === 'jammed' ? failed('the lock is jammed; oil it') : ok('it opens'),
  ],
};
