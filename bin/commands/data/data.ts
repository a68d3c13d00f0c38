import { noun } from '../../cli/noun.ts';
import { backup } from './backup.ts';
import { exportData } from './export.ts';
import { importData } from './import.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { STORES } from './stored-app.ts';

export const data = noun('data', `Back up, restore, export, import and move ${STORES}`, [
  backup,
  restore,
  exportData,
  importData,
  migrate,
]);
