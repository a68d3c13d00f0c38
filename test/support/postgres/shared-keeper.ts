/**
 * A process of its own that keeps the server which test processes share: from the first of them until a while after the last
 * has gone. Each of them holds a connection here for as long as it lives, which the kernel ends however it ends.
 */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Pooler } from './pooler.ts';
import { PostgresServer } from './server.ts';
import { PLACE, type SharedServer } from './shared-place.ts';

/** The next run may come soon. Unit: ms. */
const GRACE = 20_000;

const server = await PostgresServer.start({ settings: { max_connections: '400' } });
const pooler = await Pooler.start({
  folder: join(server.folder, 'pooler'),
  port: server.nextPort,
  serverPort: server.port,
});
const told: SharedServer = { port: server.port, poolerPort: pooler.port, authorityFile: server.authorityFile };

let users = 0;
let leaving: NodeJS.Timeout | undefined;

function leaveSoon(): void {
  clearTimeout(leaving);
  leaving = setTimeout(async () => {
    // From now on nobody finds it; who comes makes another.
    place.close();
    await pooler.remove();
    await server.remove();
    process.exit();
  }, GRACE);
}

const place = createServer((socket) => {
  users += 1;
  clearTimeout(leaving);
  socket
    .on('error', () => undefined)
    .on('close', () => {
      users -= 1;
      if (users === 0) leaveSoon();
    });
  socket.resume();
  socket.write(`${JSON.stringify(told)}\n`);
}).listen(`\0${PLACE}`);

leaveSoon();
