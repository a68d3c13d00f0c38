import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { command } from '../../support/cli.ts';
import type { PlantedFault } from './planted-fault.ts';

const person = (userName: string, more: object = {}): object => ({
  schemas: ['urn:scim:schemas:core:1.0'],
  userName,
  ...more,
});

/** Nobody's account; root may write to what may not be written. */
const NOBODY = 65534;
const asNobody =
  process.getuid?.() === 0 ? ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'] : [];

export const DATABASE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a full disk',
    code: 'database-disk-full',
    shown: 'in Okta',
    text: /^SQLite: the disk that holds the database is full; free some space \(ref /,
    fix: /df -h/,
    possible: process.getuid?.() === 0 && process.platform === 'linux',
    plant: async (stage) => {
      const disk = join(stage.folder, 'disk');
      mkdirSync(disk);
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
      stage.onClose(() => spawnSync('umount', ['--lazy', disk]));
      await stage.serve(['--http', '--auth', 'none', '--db', join(disk, 'people.db')]);
      for (let number = 0; ; number += 1) {
        const body = person(`user${number}`, { title: 'x'.repeat(60_000) });
        const { status, text } = await stage.ask('POST', '/Users', body);
        if (status !== 201) return JSON.parse(text).Errors[0].description;
      }
    },
  },
  {
    name: 'a locked file',
    code: 'database-locked',
    shown: 'in Okta',
    text: /^SQLite: another program holds the database locked; try again \(ref /,
    fix: /fuser -v/,
    plant: async (stage) => {
      await stage.serve(['--http', '--auth', 'none', '--server.deadline', '5s']);
      const other = new Database(stage.db);
      stage.onClose(() => other.close());
      other.exec('BEGIN IMMEDIATE');
      return stage.told('POST', '/Users', person('jdoe'));
    },
  },
  {
    name: 'a read-only file',
    code: 'database-read-only',
    shown: 'on the terminal',
    text: /people\.db: the database file or its folder cannot be written; check its owner and permissions/,
    fix: /chown scim-connector/,
    plant: async (stage) => {
      const server = await stage.serve();
      await server.stop();
      stage.server = undefined;
      chmodSync(stage.db, 0o444);
      const files = ['.', ...readdirSync(stage.folder, { recursive: true, encoding: 'utf8' })];
      if (asNobody.length > 0) for (const file of files) chownSync(join(stage.folder, file), NOBODY, NOBODY);
      return stage.refusedServe(['--http', '--port', '0', '--auth', 'none'], { command: [...asNobody, ...command] });
    },
  },
  {
    name: 'a user name that is taken',
    code: 'user-name-taken',
    shown: 'in Okta',
    text: /^userName "JDOE" is already in use by another resource \(ref /,
    fix: /trace NAME/,
    plant: async (stage) => {
      await stage.serve();
      await stage.ask('POST', '/Users', person('jdoe', { title: 'Clerk' }));
      return stage.told('POST', '/Users', person('JDOE', { title: 'Engineer' }));
    },
  },
  {
    name: 'a password that has no place',
    code: 'password-unmapped',
    shown: 'in the log',
    text: /"ignored":\["password"\]/,
    fix: /Sync Password/,
    plant: async (stage) => {
      const file = join(stage.folder, 'connector.toml');
      writeFileSync(file, 'config_version = 1\n[apps.default.sqlite]\npasswords = "discard"\n');
      const server = await stage.serve(['--http', '--auth', 'none', '--config', file]);
      await stage.ask('POST', '/Users', person('jdoe', { password: 'Geheim-123-lang' }));
      return (await server.logged(/"ignored":\[[^\]]*\]/))[0];
    },
  },
  {
    name: 'an unknown member',
    code: 'member-unknown',
    shown: 'in Okta',
    text: /^members: no User or Group has the id "00u404" \(ref /,
    fix: /unknown_members/,
    plant: async (stage) => {
      await stage.serve();
      return stage.told('POST', '/Groups', { displayName: 'sales', members: [{ value: '00u404' }] });
    },
  },
  {
    name: 'an id that is gone',
    code: 'id-unknown',
    shown: 'in Okta',
    text: /^User "42" not found \(ref /,
    fix: /trace ID/,
    plant: async (stage) => {
      await stage.serve();
      return stage.told('PUT', '/Users/42', person('jdoe'));
    },
  },
];
