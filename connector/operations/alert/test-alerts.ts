import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Message } from '../../alerts/alert.ts';
import { DeliveryError, type DeliveryFault } from '../../alerts/channel.ts';
import { channelsOf } from '../../alerts/channels.ts';
import type { Config } from '../../config/config.ts';
import { EVENTS } from '../../log/event.ts';
import type { FailureKind } from '../operation-error.ts';

/** What became of the test in one channel. */
export interface ChannelTest {
  readonly channel: string;
  /** Where it leads. */
  readonly to: string;
  readonly ok: boolean;
  /** What the other side said, or what is wrong and the fix. */
  readonly text: string;
  readonly failure?: FailureKind;
}

const KINDS: Readonly<Record<DeliveryFault, FailureKind>> = {
  unreachable: 'unexpected',
  refused: 'unexpected',
  secret: 'secret',
  tls: 'tls',
};

export function testMessage(now: Date): Message {
  const time = now.toISOString();
  const { id, title } = EVENTS.alertTest;
  return {
    id: randomUUID(),
    time,
    connector: hostname(),
    alerts: [{ event: id, state: 'test', severity: 'info', text: title, since: time, last: time, count: 1 }],
  };
}

/** Sends a test through every channel that is configured, to each by itself. None: nothing is configured. */
export function testAlerts({ alerts }: Config): Promise<readonly ChannelTest[]> {
  const message = testMessage(new Date());
  return Promise.all(
    channelsOf(alerts).map(async (channel): Promise<ChannelTest> => {
      const about = { channel: channel.name, to: channel.to };
      try {
        return { ...about, ok: true, text: await channel.send(message) };
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        return { ...about, ok: false, text: error.message, failure: KINDS[error.fault] };
      }
    }),
  );
}
