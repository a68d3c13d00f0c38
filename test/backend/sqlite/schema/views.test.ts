import Database from 'better-sqlite3';
import { expect } from 'chai';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { verifyPassword } from '../../../../connector/secrets/password-hash.ts';
import { call, found } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

describe('the views of a SQLite database', () => {
  let file: string;
  let backend: SqliteBackend;
  beforeEach(async () => {
    file = temporaryFile();
    backend = await opened(file);
  });
  afterEach(() => backend.close());

  it('show applications what is documented', async () => {
    const { users } = await found(backend);
    await backend.create(call, User, { userName: 'secret', password: 'pa$$word1' });
    const db = new Database(file, { readonly: true });
    const babs = db.prepare('SELECT * FROM users WHERE id = ?').get(users[0]?.id) as Record<string, unknown>;
    expect(babs).to.include({
      user_name: 'bjensen',
      active: 1,
      given_name: 'Barbara',
      family_name: 'Jensen',
      display_name: 'Babs Jensen',
      primary_email: 'bjensen@example.com',
      external_id: 'EXT-701',
      password_hash: null,
      created: users[0]?.meta.created,
    });
    expect(db.prepare("SELECT primary_email FROM users WHERE user_name LIKE '%brahim'").pluck().get()).to.equal(
      'zoo@example.org',
    );
    const hash = db.prepare("SELECT password_hash FROM users WHERE user_name = 'secret'").pluck().get();
    expect(await verifyPassword(String(hash), 'pa$$word1')).to.equal(true);
    expect(db.prepare("SELECT description FROM groups WHERE display_name = 'Everybody'").pluck().get()).to.equal(
      'All people',
    );
    expect(db.prepare("SELECT count(*) FROM memberships WHERE member_type = 'User'").pluck().get()).to.equal(4);
    db.close();
  });
});
