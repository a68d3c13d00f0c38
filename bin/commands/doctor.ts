import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';
import { quoted } from '../terminal/wording.ts';

interface DoctorArguments extends GlobalArguments {
  readonly app?: string | undefined;
}

export const doctor: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: "Play Okta's own sequence against the connector, over TLS and with a credential; writes nothing",
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
      .example(...example('doctor', 'before and after each change of the configuration')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const [{ loadAloud }, { chosenApps, onlyApp }, { admitOwn }, { runSteps }, { STEPS }, { tryLine }] =
      await Promise.all([
        import('../cli/load.ts'),
        import('../cli/chosen-app.ts'),
        import('../../connector/operations/doctor/own-patient.ts'),
        import('../../connector/operations/doctor/run-steps.ts'),
        import('../../connector/operations/doctor/steps.ts'),
        import('../terminal/doctor-text.ts'),
      ]);
    const { config } = await loadAloud(given, terminal, 'refuse');
    const app = onlyApp(chosenApps(config, given.app), 'configured');
    const flag = given.config === undefined ? '' : ` --config ${quoted(given.config)}`;
    const { patient, release } = await admitOwn({ config, app }, flag);
    const tried = [];
    try {
      for await (const one of runSteps(STEPS, patient, new AbortController().signal)) {
        tried.push(one);
        if (!terminal.json) terminal.print(tryLine(one));
      }
    } finally {
      await release();
    }
    const ok = tried.every(({ verdict }) => verdict.status !== 'failed');
    if (terminal.json)
      terminal.printJson({
        ok,
        steps: tried.map(({ step, verdict, duration }) => ({
          step: step.name,
          title: step.title,
          ...verdict,
          ms: Math.round(duration),
        })),
      });
    process.exitCode = ok ? EXIT.ok : EXIT.unexpected;
  },
};
