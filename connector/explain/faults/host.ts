import type { HostFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const HOST = "the connector's host";
const CHECK = { run: ['scim-connector check'] };

export const HOST_FAULTS: Faults<HostFault> = {
  'port-taken': {
    title: 'Another program has the port',
    meaning: 'The connector cannot listen at its address, because another program, or another connector, does.',
    whose: HOST,
    fix: [
      'See who it is. End it, or choose another port with server.listen, here and in the base URL in Okta:',
      { on: 'Linux', run: ['sudo ss -ltnp'] },
      { on: 'Windows', run: ['Get-NetTCPConnection -State Listen -LocalPort PORT | Select-Object OwningProcess'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'port 8443 on 127.0.0.1 is taken by nginx (process 812); choose another with --port, or 0 for a free one',
    patterns: [/(port \d+ on \S+|\S+:\d+) is taken by/, /EADDRINUSE/],
  },
  'port-not-allowed': {
    title: 'The account may not listen at this port',
    meaning: 'Ports below 1024 belong to the system.',
    whose: "the connector's configuration",
    fix: [
      'Use a port above 1023, here and in the base URL in Okta:',
      { run: ['listen = "0.0.0.0:8443"   # under [server]'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'port 443 on 0.0.0.0 may not be listened at: permission denied; use a port above 1023',
    patterns: [/use a port above 1023/],
  },
  'address-not-here': {
    title: 'The address is none of this machine',
    meaning: 'server.listen names an address that no network card of this host has, or not yet.',
    whose: "the connector's configuration",
    fix: [
      'See which there are, and correct it. 0.0.0.0 means all:',
      { on: 'Linux', run: ['ip address'] },
      { on: 'Windows', run: ['ipconfig'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'port 8443 on 10.9.9.9 is no address of this machine; check server.listen',
    patterns: [/is no address of this machine/, /cannot be listened at; check/, /EADDRNOTAVAIL/],
  },
  'permission-denied': {
    title: 'The account may not use a file or a folder',
    meaning: 'The connector, or you, may not read or write what the text names.',
    whose: HOST,
    fix: [
      'Run the command as root (sudo) or in an elevated prompt, or correct the owner:',
      { on: 'Linux', run: ['ls -ld PATH', 'sudo chown -R scim-connector: /var/lib/scim-connector'] },
      { on: 'Windows', run: ['icacls PATH'] },
    ],
    retry: 'after the fix',
    example: '/var/lib/scim-connector/secrets.json: permission denied to the account jdoe; check the owner and mode',
    patterns: [
      /permission denied|not permitted;/,
      /read-only file system/,
      /cannot be kept from other accounts/,
      /must be run as root/,
      /\b(EACCES|EPERM|EROFS): /,
    ],
  },
  'disk-full': {
    title: 'The disk is full',
    meaning: 'There is no room left for the state, the journal or the log of the connector, or its quota is used up.',
    whose: HOST,
    fix: [
      'Free some space:',
      { on: 'Linux', run: ['df -h', 'sudo du -xh /var --max-depth=2 | sort -h | tail'] },
      { on: 'Windows', run: ['Get-PSDrive'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: '/var/lib/scim-connector: no space left on the disk; free some',
    patterns: [/no space left on the dis[ck]/i, /disk quota is used up/, /ulimit -f/, /\bENOSPC\b|\bEDQUOT\b/],
  },
  'files-exhausted': {
    title: 'Too many files and connections are open',
    meaning: 'The operating system lets a process have only so many. New clients are turned away, the others go on.',
    whose: HOST,
    fix: [
      'Raise the limit. If that does not last, something opens more and more: report it.',
      {
        on: 'Linux',
        run: [
          'sudo systemctl edit scim-connector   # [Service] LimitNOFILE=4096',
          'sudo systemctl restart scim-connector',
        ],
      },
    ],
    retry: 'itself',
    example: 'SQLite: too many open files; raise LimitNOFILE of the service, or ulimit -n',
    patterns: [/too many open files/, /\bEMFILE\b|\bENFILE\b/],
  },
  'clock-wrong': {
    title: 'A clock is wrong',
    meaning:
      'The clocks of the connector, the directory and Okta differ. Certificates then seem not to be valid yet or any more, and incremental imports miss changes.',
    whose: HOST,
    fix: [
      'Let all follow a time server:',
      { on: 'Linux', run: ['timedatectl', 'sudo timedatectl set-ntp true'] },
      { on: 'Windows', run: ['w32tm /query /status', 'w32tm /resync'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: "the directory's clock is 14 min behind ours: incremental imports may miss changes",
    patterns: [/clock is .* (behind|ahead)/, /clock skew/i, /clocks? differ/],
  },
  'lock-held': {
    title: 'Another command is at work',
    meaning:
      'Two programs must not change the secrets or credentials at once, and one of them is at it, or was ended in the middle.',
    whose: HOST,
    fix: ['Wait a moment. If it stays, look who the text names; if nobody, remove the .lock file.'],
    retry: 'now',
    example: '/var/lib/scim-connector/credentials.json.lock: process 812 holds it; look who it is, or remove it',
    patterns: [/\.lock: /],
  },
  'target-exists': {
    title: 'The file to be written is there already',
    meaning:
      'A command was told to write to a file that exists, or that is the database itself. Nothing was overwritten.',
    whose: HOST,
    fix: [
      'Name another file, or say that it may be overwritten:',
      { run: ['scim-connector data backup FILE --overwrite'] },
    ],
    retry: 'no',
    example: 'SQLite: /backup/people.db exists already; name another target',
    patterns: [/exists already; name another/, /file of its own; name another target/, /is the database itself/],
  },
  'connector-stopping': {
    title: 'The connector was being stopped',
    meaning: 'It finished what it had begun and took nothing new. It is back after its restart.',
    whose: 'nobody: it passes by itself',
    fix: ['Retry once it runs again:', { run: ['scim-connector status'] }],
    retry: 'now',
    example: 'SQLite: the connector is stopping; try again',
    patterns: [/connector is stopping/],
  },
};
