import type { Config } from '../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { descriptorLimit } from './descriptor-limit.ts';

/** Loads what metrics need, where they are asked for and nowhere else. @param version  of the connector */
export async function openMetrics(
  { metrics: { listen }, server, apps }: Config,
  version: string,
  log: Log,
): Promise<Metrics | undefined> {
  if (listen?.host === undefined) return undefined;
  const { Metrics } = await import('../metrics/metrics.ts');
  return new Metrics({
    listen: { host: listen.host, port: listen.port },
    version,
    apps: apps.map(({ name }) => name),
    passingStatus: server.unavailable_status,
    descriptorLimit: descriptorLimit(),
    log,
  });
}
