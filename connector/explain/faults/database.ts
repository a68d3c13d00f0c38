import type { DatabaseFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const HOST = "the connector's host";
const CHECK = { run: ['scim-connector check'] };
const RIGHTS = [
  { on: 'Linux', run: ['ls -l FILE', 'sudo chown scim-connector: FILE', 'sudo chmod 600 FILE'] },
  { on: 'Windows', run: ['icacls FILE'] },
];
const RESTORE = {
  run: ['scim-connector service stop', 'scim-connector data restore BACKUP', 'scim-connector service start'],
};

export const DATABASE_FAULTS: Faults<DatabaseFault> = {
  'database-disk-full': {
    title: 'The disk of the database is full',
    meaning: 'Nothing can be stored. Nothing was half done: a change is made whole or not at all, and reading goes on.',
    whose: HOST,
    fix: [
      'Free some space:',
      { on: 'Linux', run: ['df -h', 'sudo du -xh /var --max-depth=2 | sort -h | tail'] },
      { on: 'Windows', run: ['Get-PSDrive'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'SQLite: the disk that holds the database is full; free some space',
    patterns: [/disk that holds the database is full/, /the disk of .* has \d+ MiB left/, /SQLITE_FULL/],
    seen: 'status: backend red',
  },
  'database-disk-failing': {
    title: 'The disk of the database fails',
    meaning: 'The operating system could not read or write the file. A disk, or a network folder, is broken.',
    whose: HOST,
    fix: [
      'Look at the system log, and move the database to a local disk that is well:',
      { on: 'Linux', run: ['sudo dmesg | tail -50'] },
      { on: 'Windows', run: ['Get-WinEvent System -MaxEvents 50'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'SQLite: reading or writing the database file failed; check the disk',
    patterns: [/reading or writing the database file failed/, /SQLITE_IOERR/],
  },
  'database-locked': {
    title: 'Another program holds the database locked',
    meaning:
      'A backup program, a virus scanner or a person with an SQLite tool has the file open for writing. It passes when that program is done.',
    whose: HOST,
    fix: [
      'If it lasts, see which one it is, and end it. Backups are made without a lock by data backup:',
      { on: 'Linux', run: ['sudo fuser -v FILE'] },
      { run: ['scim-connector data backup FILE'] },
    ],
    retry: 'itself',
    example: 'SQLite: another program holds the database locked; try again',
    patterns: [
      /another program holds the database locked/,
      /is locked by another program/,
      /SQLITE_BUSY|SQLITE_LOCKED/,
    ],
  },
  'database-read-only': {
    title: 'The database cannot be written',
    meaning: 'The file, or the folder around it, may only be read by the account of the connector.',
    whose: HOST,
    fix: ['Give the file and its folder back to that account:', ...RIGHTS, CHECK],
    retry: 'after the fix',
    example: 'SQLite: the database file or its folder cannot be written; check its owner and permissions',
    patterns: [
      /database file( or its folder)? cannot be (written|accessed)/,
      /cannot be written \(E/,
      /SQLITE_READONLY/,
    ],
  },
  'database-missing': {
    title: 'The database cannot be opened',
    meaning:
      'The file is not there, or the account of the connector may not open it. A moved folder or an unmounted disk looks like that.',
    whose: HOST,
    fix: ['See which file it is, and whether it is there:', { run: ['scim-connector config show'] }, ...RIGHTS, CHECK],
    retry: 'after the fix',
    example: 'SQLite: the database file cannot be opened; check that it exists, its owner and its permissions',
    patterns: [
      /is of an earlier version; start/,
      /database file cannot be opened/,
      /database is not open/,
      /does not exist; check the name and the current folder/,
      /cannot be (read|created) \(E\w+\); check the (file|folder)/,
      /^(SQLite: )?\S+ is empty$/,
      /SQLITE_CANTOPEN/,
    ],
  },
  'database-damaged': {
    title: 'The database is damaged',
    meaning:
      'What the file holds is no longer whole: a disk that failed, or a copy made by hand while the connector ran.',
    whose: HOST,
    fix: [
      'Keep the damaged file, and go back to a backup. What Okta sent since comes again with an import and with its next pushes:',
      RESTORE,
    ],
    retry: 'after the fix',
    example: 'SQLite: the database file is damaged; restore a backup',
    patterns: [/is damaged; (restore|use an older)/, /numbers of people do not agree/, /SQLITE_CORRUPT/],
  },
  'database-of-another-program': {
    title: 'The file is not a database of the connector',
    meaning: 'The configuration names a file that belongs to another program, or is no database at all.',
    whose: "the connector's configuration",
    fix: [
      'Name another file:',
      { run: ['file = "/var/lib/scim-connector/people.db"   # under [apps.NAME.sqlite]'] },
      CHECK,
    ],
    retry: 'after the fix',
    example: 'SQLite: the file is not a SQLite database',
    patterns: [/file is not a SQLite database/, /SQLite database of another program/, /SQLITE_NOTADB/],
  },
  'database-too-new': {
    title: 'The database was written by a newer version',
    meaning: 'A newer version of the connector has changed the form of the file, and this one is older.',
    whose: HOST,
    fix: [
      'Install that version again, or restore the backup that was made before the upgrade:',
      { run: ['scim-connector version', 'scim-connector data restore BACKUP'] },
    ],
    retry: 'after the fix',
    example:
      'SQLite: /var/lib/scim-connector/people.db was written by a newer version of this connector (schema 9, this version reads up to 8); install that version',
    patterns: [/written by a newer version/],
  },
  'database-in-use': {
    title: 'Another connector uses the database',
    meaning: 'Two connectors must not write to one file, and a file must not be opened by two names.',
    whose: HOST,
    fix: [
      'Stop the other one, or name another file. This tells who it is:',
      { on: 'Linux', run: ['sudo fuser -v FILE', 'systemctl status scim-connector'] },
      { on: 'Windows', run: ['scim-connector service status'] },
    ],
    retry: 'after the fix',
    example: 'SQLite: /var/lib/scim-connector/people.db is in use by process 4711',
    patterns: [
      /is in use by (process|another|a connector|somebody|pid|\S+ \()/,
      /is in use under another name/,
      /a move into it (is not finished|has begun|was finished)/,
      /people in it already; move into an empty schema/,
      /the move has been ended by somebody else/,
      /is no unfinished move/,
      /hard links/,
      /is mounted as a single file/,
    ],
  },
  'database-moved': {
    title: 'The database was moved or replaced while in use',
    meaning:
      'Another file stands in the place of the one that the connector has open. It writes nothing, because nobody would find it again.',
    whose: HOST,
    fix: [
      'Put back the file that was there, or mean the new one: then restart.',
      { run: ['scim-connector service restart'] },
      'Restore with data restore, which does it in the right order.',
    ],
    retry: 'after the fix',
    example: 'SQLite: /var/lib/scim-connector/people.db is no longer the file that was opened; restart the connector',
    patterns: [/no longer the file that was opened/],
  },
  'memory-exhausted': {
    title: 'There is not enough memory',
    meaning: 'The machine, or the limit of the service, has no memory left for the database.',
    whose: HOST,
    fix: [
      'See what takes it, and give the service more:',
      { on: 'Linux', run: ['free -m', 'systemctl show scim-connector -p MemoryMax -p MemoryCurrent'] },
    ],
    retry: 'now',
    example: 'SQLite: there is not enough memory for the database',
    patterns: [/not enough memory/, /SQLITE_NOMEM/],
  },
};
