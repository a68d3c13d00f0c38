/** A server that does nothing but answer: the ceiling for any server in this language, and for the client. */
const body = Buffer.from(JSON.stringify({ pad: 'x'.repeat(970) }));

const server = require('node:http')
  .createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
    });
  })
  .listen(0, '127.0.0.1', () => process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`));
