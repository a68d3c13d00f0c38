import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Interviewer } from '../../../connector/backend/module/interview.ts';
import type { SettingChange, SetUp } from '../../../connector/backend/module/set-up.ts';
import type { App } from '../../../connector/config/config.ts';
import type { Flag } from '../../../connector/config/load/setting-sources.ts';
import { changeSettings } from '../../../connector/operations/init/change-settings.ts';
import { type Chosen, chooseSettings } from '../../../connector/operations/init/choose-settings.ts';
import { type FrontDoor, frontDoorOf, frontDoorSettings } from '../../../connector/operations/init/front-door.ts';
import { installedAgent } from '../../host/installed-agent.ts';
import { interview } from '../../terminal/interview/interview.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { askFrontDoor } from './ask-front-door.ts';
import { askStore } from './ask-store.ts';
import { defaultConfig, presentConfig } from './present-config.ts';
import { canStart } from './service-choice.ts';
import { showChanges } from './show-changes.ts';
import { tellPreFlight } from './tell-pre-flight.ts';

export interface WizardSubject {
  /** To be written. */
  readonly file: string;
  /** Of a new configuration. */
  readonly stateDir: string;
  /** What is there is not looked at. */
  readonly anew: boolean;
  /** Answers that were given already. */
  readonly flags: readonly Flag[];
}

/** What was agreed on. Nothing of it is written yet. */
export interface Agreed extends Pick<SetUp, 'secrets' | 'files'> {
  readonly chosen: Chosen;
  readonly startsService: boolean;
}

const INTRODUCTION =
  'init asks, tries and proposes, and writes at the end: the configuration, the certificate and the first credential. Enter takes what is proposed, ? explains, Ctrl-C ends with nothing written.';

const flag = ({ path, value }: SettingChange): Flag => ({ path, name: `--${path.join('.')}`, value });

/** Only where there are several. */
async function askApp(apps: readonly App[], { choose }: Interviewer): Promise<App> {
  const [first, ...others] = apps;
  if (!first) throw new Error('a configuration has an app');
  if (others.length === 0) return first;
  const choices = apps.map(({ name, backend }) => ({ value: name, label: `${name} (${backend})` }));
  const name = await choose({ text: 'Which app?', choices });
  return apps.find((app) => app.name === name) ?? first;
}

/** Asks on the terminal. @throws CommandError interrupted; the present configuration cannot be read */
export async function wizard(subject: WizardSubject, terminal: Terminal): Promise<Agreed> {
  const { file, flags } = subject;
  const present = !subject.anew && existsSync(file) ? await presentConfig(file) : undefined;
  const backend = flags.find(({ path }) => path.at(-1) === 'backend')?.value;
  const others = flags.filter(({ path }) => path[0] !== 'apps');
  const { config } = present ?? (await defaultConfig(subject.stateDir, others));
  const agent = installedAgent();
  const isGiven = (key: string): boolean => flags.some(({ path }) => path[0] === 'server' && path[1] === key);
  const known = frontDoorOf(config, hostname().toLowerCase());
  const proposed: FrontDoor = present || isGiven('listen') ? known : { ...known, agentIsHere: agent !== undefined };
  terminal.info(
    `${INTRODUCTION}\nConfiguration: ${file}${present ? ', which is there: its values are proposed' : ''}\n`,
  );
  const listen = proposed.agentIsHere ? { host: '127.0.0.1', port: proposed.port } : { port: proposed.port };
  return interview(async (interviewer) => {
    await tellPreFlight({ listen, names: [proposed.host], stateDir: config.state_dir, agent }, terminal);
    interviewer.signal.throwIfAborted();
    const app = await askApp(config.apps, interviewer);
    const store = await askStore(
      {
        app,
        stateDir: config.state_dir,
        backend: typeof backend === 'string' ? backend : undefined,
        isPresent: present !== undefined,
      },
      interviewer,
    );
    const ofStore = store.settings.map(({ path, value }) => ({ path: ['apps', app.name, ...path], value }));
    const changesFor = (door: FrontDoor): readonly SettingChange[] => [
      ...ofStore,
      ...frontDoorSettings(door, present ? { ...known, app: app.name } : undefined),
    ];
    const { startsService = false, ...door } = await askFrontDoor(
      { ...proposed, startsService: canStart(file) ? true : undefined },
      interviewer,
      (plan) => (present ? showChanges(present, changesFor(plan), terminal) : undefined),
    );
    const changes = changesFor(door);
    const { secrets, files } = store;
    // A flag is an answer too: it is laid over what was typed.
    const chosen = present
      ? await changeSettings(file, [...changes, ...flags.filter(({ change }) => !change)])
      : await chooseSettings(
          [...changes.filter(({ value }) => value !== undefined).map(flag), ...flags],
          undefined,
          subject.stateDir,
        );
    return { chosen, secrets, files, startsService };
  });
}
