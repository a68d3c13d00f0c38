import { expect } from 'chai';
import type { Interviewer, TextQuestion } from '../../../../connector/backend/module/interview.ts';
import { type AskedApp, setUp } from '../../../../connector/backend/postgres/setup/set-up.ts';
import { Secret } from '../../../../connector/secrets/secret.ts';
import { postgresDatabase } from '../../../support/postgres/suite.ts';

describe('setting up PostgreSQL', () => {
  const database = postgresDatabase();
  const app = (postgres: Partial<AskedApp['postgres']> = {}): AskedApp => ({
    ...{ name: 'hr', backend: 'postgres', okta_app: 'hr', read_only: false },
    ...{ users: { custom: [] }, groups: { custom: [] }, entitlements: [] },
    postgres: { pool_size: 10, schema: 'scim', sslmode: 'disable', ...postgres },
  });

  /** Each question takes the next answer of its own; without one, what is proposed. */
  function interviewer(answers: Readonly<Record<string, readonly string[]>>) {
    const said: string[] = [];
    const left = new Map(Object.entries(answers).map(([text, given]) => [text, [...given]]));
    const next = (text: string): string | undefined => left.get(text.replace(/ of the role.*/, ''))?.shift();
    const ask = async ({ text, standard, complaint }: TextQuestion): Promise<string> => {
      const answer = next(text) ?? standard ?? '';
      const wrong = complaint(answer);
      if (wrong !== undefined) throw new Error(wrong);
      return answer;
    };
    const one: Interviewer = {
      ask,
      askSecret: async ({ text, mayKeep }) => next(text) ?? (mayKeep ? undefined : database.fresh.password),
      choose: () => {
        throw new Error('nothing is to be chosen');
      },
      say: (text) => said.push(text),
      refuse: (text) => said.push(`refused: ${text}`),
      signal: new AbortController().signal,
    };
    return { said, one };
  }

  it('asks for address and password, and tells what it has found', async () => {
    const { said, one } = interviewer({ 'Address of the database': [database.fresh.url] });
    const { settings, secrets } = await setUp({ app: app(), interviewer: one });
    const [secret] = secrets;
    expect(settings).to.deep.equal([
      { path: ['postgres', 'url'], value: database.fresh.url },
      { path: ['postgres', 'password'], value: { secret: secret?.name } },
    ]);
    expect(secret?.name).to.match(/^postgres-hr-[0-9a-f]{8}$/);
    expect(secret?.value).to.equal(database.fresh.password);
    expect(said.join('\n')).to.match(
      /^✓ PostgreSQL 15\.\d+ at 127\.0\.0\.1:\d+, database test_\w+ as \w+, primary, no TLS/,
    );
    expect(said.join('\n')).not.to.contain(database.fresh.password);
    expect(await database.fresh.admin("SELECT FROM pg_tables WHERE schemaname = 'scim'")).to.deep.equal([]);
  });

  it('asks for the password again where that was wrong, and for the address where that was', async () => {
    const wrong = database.fresh.url.replace(/:\d+\//, ':1/');
    const { said, one } = interviewer({
      'Address of the database': [wrong, database.fresh.url],
      Password: ['any', 'wrong'],
    });
    const { settings } = await setUp({ app: app(), interviewer: one });
    expect(said.filter((text) => text.startsWith('refused'))).to.have.lengthOf(2);
    expect(said[0]).to.match(/127\.0\.0\.1:1: nobody/);
    expect(said[1]).to.match(/password/);
    expect(settings[0]?.value).to.equal(database.fresh.url);
  });

  it('keeps what is configured and right', async () => {
    const known = { url: database.fresh.url, password: new Secret(database.fresh.password) };
    const { one } = interviewer({});
    expect(await setUp({ app: app(known), interviewer: one })).to.deep.equal({ settings: [], secrets: [], files: [] });
  });

  it('says what the role lacks, and goes on', async () => {
    const known = { url: database.fresh.url, password: new Secret(database.fresh.password), schema: 'not_there' };
    const { said, one } = interviewer({});
    await setUp({ app: app(known), interviewer: one });
    expect(said.join('\n')).to.match(/✗ the schema not_there is missing, and the role \w+ may not make it/);
  });
});
