import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { ProcessGauges } from '../../connector/metrics/process-gauges.ts';

describe('the figures of the process', () => {
  let gauges: ProcessGauges;
  beforeEach(() => {
    gauges = new ProcessGauges(1024);
  });
  afterEach(() => gauges.close());

  const value = (name: string): number | undefined => gauges.read().find((one) => one.name === name)?.value;

  it('tell how long others waited for their turn, from one reading to the next', async () => {
    const looked = (): Promise<void> => pause(250);
    gauges.read();
    await looked();
    const end = performance.now() + 400;
    while (performance.now() < end);
    await looked();
    expect(value('nodejs_eventloop_lag_max_seconds')).to.be.greaterThan(0.2);
    // Nobody has looked since.
    expect(value('nodejs_eventloop_lag_max_seconds')).to.equal(0);
  });

  it('are those of this process', () => {
    expect(value('process_start_time_seconds')).to.be.closeTo(performance.timeOrigin / 1000, 1);
    expect(value('process_max_fds')).to.equal(1024);
    expect(value('nodejs_heap_size_used_bytes'))
      .to.be.greaterThan(1e6)
      .and.below(value('process_resident_memory_bytes') ?? 0);
    expect(value('process_cpu_seconds_total')).to.be.greaterThan(0);
  });

  it('leave out what the system does not tell', () => {
    const unknown = new ProcessGauges(Number.POSITIVE_INFINITY);
    expect(unknown.read().map(({ name }) => name)).not.to.include('process_max_fds');
    unknown.close();
  });
});
