import { catalogue, type Module, moduleNamed } from '../../../connector/backend/catalogue.ts';
import type { Interviewer } from '../../../connector/backend/module/interview.ts';
import type { SetUp } from '../../../connector/backend/module/set-up.ts';
import type { App } from '../../../connector/config/config.ts';

export interface StoreQuestion {
  readonly app: App;
  readonly stateDir: string;
  /** A flag has named it. */
  readonly backend: string | undefined;
  /** There is a configuration, which `app` is from. */
  readonly isPresent: boolean;
}

const askBackend = ({ app }: StoreQuestion, { choose }: Interviewer): Promise<string> =>
  choose({
    text: 'Where are people kept?',
    choices: catalogue.map(({ name, place, described }) => ({ value: name, label: `in ${place}`, help: described })),
    standard: app.backend,
  });

/** Tables that another backend leaves behind have no effect, and are taken away. */
function leftBehind(before: Module, after: Module): readonly (readonly string[])[] {
  const keys = ['users', 'groups'] as const;
  return [
    [before.name],
    ...keys.flatMap((table) =>
      Object.keys(before[table]?.settings ?? {})
        .filter((key) => !Object.hasOwn(after[table]?.settings ?? {}, key))
        .map((key) => [table, key]),
    ),
  ];
}

/** Which store, and all that it has to know. */
export async function askStore(question: StoreQuestion, interviewer: Interviewer): Promise<SetUp> {
  const { app, stateDir, isPresent } = question;
  const name = question.backend ?? (await askBackend(question, interviewer));
  const [before, after] = [moduleNamed(app.backend), moduleNamed(name)];
  const empty: SetUp = { settings: [], secrets: [], files: [] };
  const own = (await after.setUp?.({ app, stateDir, interviewer })) ?? empty;
  if (before === after && isPresent) return own;
  const settings = [
    { path: ['backend'], value: name },
    ...(isPresent ? leftBehind(before, after).map((path) => ({ path, value: undefined })) : []),
  ];
  return { ...own, settings: [...settings, ...own.settings] };
}
