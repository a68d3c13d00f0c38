/** Koa that answers, and writes the line that our access log writes for a GET. */
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { pino } from 'pino';
import { LineWriter } from '../../../connector/log/line-writer.ts';

const log = pino(
  {
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
  },
  new LineWriter(process.stderr.fd),
);
const body = { pad: 'x'.repeat(970) };

const koa = new Koa();
koa.use(async (context, next) => {
  const started = performance.now();
  await next();
  const { method, status, ip, path } = context;
  const ms = performance.now() - started;
  log.info(
    { ref: 'ABCD-EFGH', app: 'default', method, status, ms, address: ip, route: path, actor: 'configured', id: 'x' },
    'importUserProfile',
  );
});
koa.use((context) => {
  context.body = body;
});
const server = koa.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
