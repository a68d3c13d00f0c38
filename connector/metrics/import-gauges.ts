import type { Gauge } from '../backend/backend.ts';

/** How far a running import is. */
export interface RunningImport {
  readonly app: string;
  readonly type: string;
  readonly read: number;
  readonly total: number;
}

export const importGauges = (running: readonly RunningImport[]): readonly Gauge[] =>
  running.flatMap(({ app, type, read, total }) =>
    Object.entries({ read, total }).map(([state, value]) => ({
      name: 'import_resources',
      help: 'Of a running import: resources that were read, and all there are; none while none runs',
      value,
      labels: { app, type, state },
    })),
  );
