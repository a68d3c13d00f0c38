import { moduleNamed } from '../../../backend/catalogue.ts';
import type { Finding } from '../../../backend/module/finding.ts';
import { checkEntitlements } from '../../check/check-entitlements.ts';
import { failureOf } from '../../failure.ts';
import { explained } from '../diagnosis/explained.ts';
import { shortened, taskText } from '../diagnosis/okta-words.ts';
import { type Failed, failed, ok, type Step, skipped, type Verdict, warning } from '../step.ts';

/** Looks at many things, some of them slow. Unit: ms. */
const LIMIT = 12_000;

const told = (text: string): Pick<Failed, 'cause' | 'fix' | 'command'> =>
  explained(text) ?? {
    cause: 'what keeps people is not as the connector needs it',
    fix: 'Mend it; this looks at all of it at once',
    command: 'scim-connector check',
  };

/** Nothing of it could be seen: what comes after would fail alike. */
const unreachable = (text: string, passingStatus: number): Failed =>
  failed({
    text: shortened(text),
    ...told(text),
    okta: taskText('downloadGroups', passingStatus, shortened(text)),
    isFatal: true,
  });

function verdictOn(findings: readonly Finding[], passingStatus: number): Verdict {
  const first = (status: Finding['status']): Finding | undefined => findings.find((one) => one.status === status);
  const wrong = first('failed');
  if (wrong && findings.every(({ status }) => status === 'failed')) return unreachable(wrong.text, passingStatus);
  if (wrong) return failed({ text: shortened(wrong.text), ...told(wrong.text) });
  const doubtful = findings.filter(({ status }) => status === 'warning');
  // What the catalogue knows can be mended; that something could not be proved comes after it.
  const worst = doubtful.find(({ text }) => explained(text) !== undefined) ?? doubtful[0];
  if (worst) {
    const { fix = 'See all of it', command = 'scim-connector check' } = explained(worst.text) ?? {};
    const more = doubtful.length === 1 ? '' : `, and ${doubtful.length - 1} more`;
    return warning(`${shortened(worst.text)}${more}`, fix, command);
  }
  return ok(shortened(first('ok')?.text ?? 'answers', 100));
}

/** What keeps people: asked first and directly, so that its failure is told once and not by every step. */
export const backend: Step = {
  name: 'backend',
  title: 'Database or directory',
  limit: LIMIT,
  run: async ({ own }) => {
    if (own === undefined) return skipped('not to be seen from outside');
    const { app, config } = own;
    const { unavailable_status: passingStatus } = config.server;
    try {
      const findings = await moduleNamed(app.backend).examine(app);
      return verdictOn([...findings, ...(await checkEntitlements(config, app))], passingStatus);
    } catch (error) {
      const { message } = failureOf(error);
      const [text = message] = message.split('\n');
      return unreachable(text, passingStatus);
    }
  },
};
