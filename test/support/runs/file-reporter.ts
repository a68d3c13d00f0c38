import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import Mocha from 'mocha';

/** What failed, a line each, file and title, for `.ci/run`. */
const FAILED = 'build/failed-tests';

/** What mocha tells of a test or hook, also of one that another process has run. */
type Told = Mocha.Test | Mocha.Hook;

interface Failure {
  readonly file: string;
  /** Of the test, or of the suite where one of its hooks failed; empty where there was no suite yet. */
  readonly title: string;
}

/** A file that cannot be loaded, or whose process dies, has no test: mocha names it in the error. */
function failureOf(told: Told & { readonly err?: (Error & { readonly file?: string }) | undefined }): Failure {
  const file = relative('', told.file ?? told.err?.file ?? '');
  if (told.err?.file !== undefined) return { file, title: '' };
  return { file, title: (told.type === 'hook' ? told.parent : told)?.fullTitle() ?? '' };
}

interface Tally {
  file: string;
  passed: number;
  pending: number;
  failed: number;
  /** Unit: ms. */
  duration: number;
}

const nothing = (): Tally => ({ file: '', passed: 0, pending: 0, failed: 0, duration: 0 });

/** Short enough to be read: a line a file, then what failed, each with the command that runs it alone. */
class FileReporter extends Mocha.reporters.Base {
  #tally = nothing();

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    rmSync(FAILED, { force: true });
    // mocha sets it in the end; where it does not come to that, nothing was shown.
    process.exitCode = 1;
    const count = (what: 'passed' | 'pending' | 'failed') => (told: Told) => {
      this.#see(told);
      this.#tally[what] += 1;
    };
    const time = (told: Told): void => {
      this.#see(told);
      this.#tally.duration += told.duration ?? 0;
    };
    runner.on('pass', count('passed')).on('pending', count('pending')).on('fail', count('failed'));
    runner.on('test end', time).on('hook end', time);
    // A file's own suite: it comes whole, when the file is done.
    runner.on('suite end', (suite) => {
      if (suite.root) this.#print();
    });
  }

  /** Called by mocha when all is over; `end` comes once for every file that cannot be loaded or whose process dies. */
  override done(failures: number, end: (failures: number) => void): void {
    this.epilogue();
    this.#printAgain();
    end(failures);
  }

  #see({ file }: Told): void {
    if (file !== undefined) this.#tally.file = relative('', file);
  }

  #print(): void {
    const { file, passed, pending, failed, duration } = this.#tally;
    this.#tally = nothing();
    if (file === '') return;
    const counts = [
      `${passed} passed`,
      ...(pending ? [`${pending} pending`] : []),
      ...(failed ? [`${failed} failed`] : []),
    ];
    const line = `${file}  ${counts.join(', ')} (${(duration / 1000).toFixed(1)} s)`;
    const { color, symbols, consoleLog } = Mocha.reporters.Base;
    consoleLog(failed ? color('fail', `  ${symbols.err} ${line}`) : `  ${color('checkmark', symbols.ok)} ${line}`);
  }

  #printAgain(): void {
    if (this.failures.length === 0) return;
    const failures = this.failures.map(failureOf);
    const commands = failures.map(
      ({ file, title }) => `    npx mocha ${file}${title === '' ? '' : ` -f ${quoted(title)}`}\n`,
    );
    Mocha.reporters.Base.consoleLog(`  Each alone:\n\n${commands.join('')}`);
    mkdirSync(dirname(FAILED), { recursive: true });
    writeFileSync(FAILED, failures.map(({ file, title }) => `${file}\t${title}\n`).join(''));
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// mocha asks for the class itself.
export { FileReporter as 'module.exports' };
