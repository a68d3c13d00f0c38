import { expect } from 'chai';
import type { DeliveryError } from '../../connector/alerts/channel.ts';
import { OsLog, placeOf, type Writing } from '../../connector/alerts/channels/os-log.ts';
import { messageOf } from './message.ts';

const TEXT =
  'app hr: the store of an app cannot be reached; the directory or the network, not Okta; see what check says of it; scim-connector check';
const [alert = expect.fail()] = messageOf().alerts;

describe('log of the operating system', () => {
  it('gets fields of its own in the systemd journal', () => {
    // Whatever is there stands for the socket.
    const { to, entry } = placeOf('linux', '/');
    expect(to).to.equal('systemd journal');
    expect(entry(alert)).to.deep.equal({
      program: 'logger',
      words: ['--journald'],
      input: `MESSAGE=${TEXT}\nPRIORITY=3\nSYSLOG_IDENTIFIER=scim-connector\nSCIM_CONNECTOR_EVENT=201\nSCIM_CONNECTOR_APP=hr\n`,
    });
  });

  it('gets one line in syslog', () => {
    const { to, entry } = placeOf('linux', '/no/such/socket');
    expect(to).to.equal('syslog');
    expect(entry(alert).words).to.deep.equal(['-t', 'scim-connector', '-p', 'daemon.err', '--', `event 201: ${TEXT}`]);
  });

  it('gets the number as event id in the Event Log', () => {
    expect(placeOf('win32').entry({ ...alert, severity: 'warning' })).to.deep.equal({
      program: 'eventcreate',
      words: [...['/L', 'APPLICATION', '/SO', 'scim-connector', '/T', 'WARNING'], ...['/ID', '201', '/D', TEXT]],
    });
  });

  it('gets no line from what stands in a text', () => {
    const { input } = placeOf('linux', '/').entry({ ...alert, text: 'x\nPRIORITY=0' });
    expect(input?.split('\n').filter((line) => line.startsWith('PRIORITY'))).to.deep.equal(['PRIORITY=3']);
  });

  const through = (writing: Writing) => new OsLog({ to: 'syslog', entry: () => writing });
  const fault = (writing: Writing): Promise<DeliveryError> =>
    through(writing)
      .send(messageOf())
      .then(
        (said) => expect.fail(`written: ${said}`),
        (error) => error,
      );

  it('is written by a program of the system', async () => {
    expect(await through({ program: 'true', words: [] }).send(messageOf())).to.equal('written');
  });

  it('says which program is missing, or that it failed', async () => {
    expect((await fault({ program: 'no-such-program', words: [] })).message).to.equal(
      'syslog: the program no-such-program is not there; install it, or set alerts.os_log.enabled = false',
    );
    expect((await fault({ program: 'false', words: [], input: 'x' })).message).to.equal(
      'syslog: false could not write (1)',
    );
  });
});
