import type { Surroundings } from '../backend/module/backend-module.ts';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { nodeId } from '../state/node-id.ts';

/** What stores are told of the connector around them. */
export const surroundingsOf = ({ state_dir, server }: Config, log: Notices): Surroundings => ({
  deadline: server.deadline,
  log,
  // Asked for by stores that are shared alone: others make no file of it.
  get node() {
    return nodeId(state_dir);
  },
});
