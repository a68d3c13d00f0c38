import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TOP_END = Buffer.from('\r\n\r\n');

/** One request and its answer on a socket of its own, by Content-Length. Resolves to the number of the status. */
function exchange(socket: Socket, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const end = got.indexOf(TOP_END);
      if (end < 0) return;
      const top = got.toString('latin1', 0, end);
      const length = Number(/content-length: (\d+)/i.exec(top)?.[1] ?? 0);
      if (got.length < end + TOP_END.length + length) return;
      socket.off('data', take);
      socket.off('error', reject);
      resolve(Number(top.slice(9, 12)));
    };
    socket.on('data', take);
    socket.once('error', reject);
    socket.write(request);
  });
}

/**
 * Kept-alive connections that cost next to nothing: a client made of node:http is busier than the servers it measures.
 * @param request  the text of the nth request, whole
 * @returns requests per second over `seconds`, and how many there were
 */
export async function hammer(
  url: string,
  connections: number,
  seconds: number,
  request: (n: number) => string,
): Promise<{ readonly perSecond: number; readonly count: number }> {
  const { hostname, port } = new URL(url);
  let count = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay();
      await once(socket, 'connect');
      while (performance.now() < end) {
        const status = await exchange(socket, request(count++));
        if (status !== 200) throw new Error(`unexpected ${status} from ${url}`);
      }
      socket.destroy();
    }),
  );
  return { perSecond: count / ((performance.now() - started) / 1000), count };
}
