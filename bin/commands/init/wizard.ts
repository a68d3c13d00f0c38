import { hostname } from 'node:os';
import type { Flag } from '../../../connector/config/load/setting-sources.ts';
import { frontDoorSettings } from '../../../connector/operations/init/front-door.ts';
import type { SettingChange } from '../../../connector/operations/init/setting-change.ts';
import { isAgentInstalled } from '../../host/installed-agent.ts';
import { interview } from '../../terminal/interview/interview.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { askFrontDoor } from './ask-front-door.ts';

const INTRODUCTION =
  'init asks, proposes, and writes at the end: the configuration, the certificate and the first credential. Enter takes what is proposed, ? explains, Ctrl-C ends with nothing written.';

const flag = ({ path, value }: SettingChange): Flag => ({ path, name: `--${path.join('.')}`, value });

/** Asks on the terminal. @param file  to be written @throws CommandError interrupted */
export const wizard = (file: string, terminal: Terminal): Promise<readonly Flag[]> => {
  terminal.info(`${INTRODUCTION}\nConfiguration: ${file}\n`);
  return interview(async (interviewer) => {
    const proposed = {
      agentIsHere: isAgentInstalled(),
      port: 8443,
      host: hostname().toLowerCase(),
      method: 'header',
      startsService: undefined,
    };
    const plan = await askFrontDoor(proposed, interviewer);
    return frontDoorSettings(plan)
      .filter(({ value }) => value !== undefined)
      .map(flag);
  });
};
