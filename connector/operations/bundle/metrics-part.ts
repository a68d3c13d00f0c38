import type { Config } from '../../config/config.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import type { Gathered } from './part.ts';

const NAME = 'metrics.txt';
/** Unit: ms. */
const PATIENCE = 3_000;

/** The text format of Prometheus: `name{label="value"} number`. */
const SAMPLE = /^([A-Za-z_:][\w:]*)(\{.*\})? (\S+)( \d+)?$/;

function redactLine(scrubber: Scrubber, line: string): string {
  const [, metric, labels = '', value = '', time = ''] = SAMPLE.exec(line) ?? [];
  if (metric === undefined) return scrubber.text(line);
  const shown = labels.replace(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g, (_, label: string, text: string) => {
    const kept = text === 'default' || label === 'le' || scrubber.isFree(text);
    return `${label}="${kept ? text : scrubber.value(label === 'app' ? 'app' : 'value', text)}"`;
  });
  return `${metric}${shown} ${/^[-+\d.eE]+$|^[+-]?Inf$|^NaN$/.test(value) ? value : '0'}${time}`;
}

/** What the running service tells Prometheus. */
export async function metricsPart(scrubber: Scrubber, { metrics }: Config): Promise<Gathered> {
  const { listen } = metrics;
  if (!listen) return { name: NAME, why: 'metrics are off (`[metrics] listen`)' };
  try {
    const host = listen.host ?? '127.0.0.1';
    const address = host.includes(':') ? `[${host}]` : host;
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`http://${address}:${listen.port}/metrics`, { signal, redirect: 'error' });
    const lines = (await answer.text()).split('\n').filter((line) => line !== '');
    return {
      name: NAME,
      about: 'what the running service tells Prometheus',
      text: `${lines.map((line) => redactLine(scrubber, line)).join('\n')}\n`,
    };
  } catch {
    return { name: NAME, why: 'the metrics cannot be read; does the service run?' };
  }
}
