import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { Beside, placeOfItsOwn } from './network.ts';

const DIALLING = `
const socket = require('node:net').connect(Number(process.argv[2]), process.argv[1]);
socket.on('error', (error) => console.log(error.code));
process.stdin.on('data', (bytes) => socket.write(bytes));
`;

/** Resolves with what comes next, or with nothing where the moment passes. */
const next = (socket: Socket, moment: number): Promise<string | undefined> =>
  Promise.race([
    once(socket, 'data').then(([bytes]) => String(bytes)),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), moment)),
  ]);

const PLACES = { 'of its own': placeOfItsOwn, 'among others': () => new Beside() };

for (const [title, makePlace] of Object.entries(PLACES))
  it(`the place of a node, ${title}, reaches the machine of the databases until the cable is cut, and again when it is mended`, async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const place = makePlace();
    const { host, port } = await place.toDatabase((server.address() as AddressInfo).port);
    const dial = async (): Promise<{ say(text: string): void; readonly socket: Socket; end(): void }> => {
      const [program = '', ...words] = place.wrapped([process.execPath, '-e', DIALLING, host, String(port)]);
      const child = spawn(program, words, { stdio: ['pipe', 'inherit', 'inherit'] });
      const [socket] = (await once(server, 'connection')) as [Socket];
      socket.on('error', () => undefined);
      return { say: (text) => child.stdin.write(text), socket, end: () => child.kill('SIGKILL') };
    };
    try {
      const first = await dial();
      first.say('before');
      expect(await next(first.socket, 10_000)).to.equal('before');
      place.cut();
      first.say('meanwhile');
      expect(await next(first.socket, 300)).to.equal(undefined);
      place.mend();
      first.end();
      const second = await dial();
      second.say('after');
      expect(await next(second.socket, 10_000)).to.equal('after');
      second.end();
    } finally {
      server.close();
      await place.remove();
    }
  });
