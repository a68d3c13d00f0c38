import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { addressOf } from '../../../postgres/address.ts';
import { examineDatabase } from '../../../postgres/examination/examine-database.ts';
import { isRefused, isUntrusted, type Looked, lookAt } from '../../../postgres/examination/look-at.ts';
import type { PostgresSettings } from '../../../postgres/settings.ts';
import { Secret } from '../../../secrets/secret.ts';
import type { AppSettings } from '../../module/app-settings.ts';
import type { Interviewer } from '../../module/interview.ts';
import type { SettingChange, SetUp } from '../../module/set-up.ts';

/** What the interview reads of an app. */
export interface AskedApp extends AppSettings {
  readonly postgres: PostgresSettings & { readonly schema: string };
}

export interface Interview {
  readonly app: AskedApp;
  readonly interviewer: Interviewer;
}

/** What the database is reached by, as far as it is asked for. */
interface Way {
  readonly url: string;
  readonly password: Secret | undefined;
  readonly ca_file: string | undefined;
}

/** Unit: ms. */
const DEADLINE = 30_000;
const ADDRESS_HELP =
  'The database that people are kept in: postgres://role@host:5432/database. Of several servers with one primary, all of them: postgres://role@a:5432,b:5432/database. The password is asked for next. TLS is used and verified wherever the server is another machine.';
const CA_HELP =
  "The certificates, PEM, that the server's is signed by: the provider of a managed database has a file of them, a server of your own mostly root.crt.";

const settingsOf = ({ app: { postgres } }: Interview, { url, password, ca_file }: Way): PostgresSettings => {
  const { password: _, ca_file: __, ...others } = postgres;
  return { ...others, url, ...(password ? { password } : {}), ...(ca_file === undefined ? {} : { ca_file }) };
};

const askUrl = ({ interviewer }: Interview, known: string | undefined): Promise<string> =>
  interviewer.ask({
    text: 'Address of the database',
    ...(known === undefined ? {} : { standard: known }),
    help: ADDRESS_HELP,
    complaint: (answer) => {
      const address = addressOf(answer);
      return 'complaint' in address ? address.complaint : undefined;
    },
  });

async function askPassword(
  { interviewer }: Interview,
  url: string,
  known: Secret | undefined,
): Promise<Secret | undefined> {
  const address = addressOf(url);
  const role = 'user' in address ? address.user : '';
  const text = `Password of the role ${role}${known ? ' (Enter keeps it)' : ''}`;
  const typed = await interviewer.askSecret({ text, mayKeep: known !== undefined });
  return typed === undefined ? known : new Secret(typed);
}

const askAuthority = async ({ interviewer }: Interview): Promise<string> =>
  resolve(
    await interviewer.ask({
      text: 'File of the CA certificates',
      help: CA_HELP,
      complaint: (answer) => (existsSync(answer) ? undefined : `${answer} is not there; type the path of a PEM file`),
    }),
  );

const failureOf = (looked: readonly Looked[]): Error | undefined => {
  const failures = looked.flatMap((one) => ('failure' in one ? [one.failure] : []));
  return failures.length === looked.length ? failures[0] : undefined;
};

/** Asks again for what was wrong, until a server lets the role in. */
async function reached(interview: Interview, way: Way): Promise<Way> {
  const { interviewer } = interview;
  const failure = failureOf(await lookAt(settingsOf(interview, way), interview.app.postgres.schema));
  interviewer.signal.throwIfAborted();
  if (!failure) return way;
  interviewer.refuse(failure.message);
  if (isRefused(failure))
    return reached(interview, { ...way, password: await askPassword(interview, way.url, undefined) });
  if (isUntrusted(failure)) return reached(interview, { ...way, ca_file: await askAuthority(interview) });
  return asked(interview, way);
}

async function asked(interview: Interview, known: Way): Promise<Way> {
  const url = await askUrl(interview, known.url === '' ? undefined : known.url);
  const isSame = url === known.url;
  const password = await askPassword(interview, url, isSame ? known.password : undefined);
  return reached(interview, { url, password, ca_file: known.ca_file });
}

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const;

/** What was found out, and what is still to be done: it keeps nobody from going on, since it may need somebody else. */
async function tell(interview: Interview, way: Way): Promise<void> {
  const { schema } = interview.app.postgres;
  const { findings } = await examineDatabase(settingsOf(interview, way), { schema, deadline: DEADLINE });
  interview.interviewer.say(findings.map(({ status, text }) => `${MARKS[status]} ${text}`).join('\n'));
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** As few questions as there can be; nothing is written, also not in the database. */
export async function setUp(interview: Interview): Promise<SetUp> {
  const { app } = interview;
  const { url = '', password, ca_file } = app.postgres;
  const way = await asked(interview, { url, password, ca_file });
  await tell(interview, way);
  const isKept = way.password === password;
  const text = way.password?.reveal() ?? '';
  // A new name for a new password: what the present configuration refers to is never written over.
  const name = `postgres-${app.name}-${digest(`${way.url}\0${text}`)}`;
  const settings: readonly SettingChange[] = [
    ...(way.url === url ? [] : [{ path: ['postgres', 'url'], value: way.url }]),
    ...(way.ca_file === ca_file ? [] : [{ path: ['postgres', 'ca_file'], value: way.ca_file }]),
    ...(isKept ? [] : [{ path: ['postgres', 'password'], value: { secret: name } }]),
  ];
  return { settings, secrets: isKept ? [] : [{ name, value: text }], files: [] };
}
