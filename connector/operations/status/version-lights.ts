import type { SpokenVersion } from '../../vitals/spoken-versions.ts';
import type { Remembered } from '../../vitals/vitals.ts';
import type { Light } from './light.ts';
import { ago } from './time-span.ts';

/** What was spoken longer ago is history. Unit: ms. */
const LATELY = 30 * 86_400_000;

/** One credential: what it speaks now, and whether that is new. */
function spoken([latest, ...earlier]: readonly SpokenVersion[], now: number): string {
  if (!latest) return '';
  const { version, actor, since, last, begun } = latest;
  const others = earlier.filter((one) => now - Date.parse(one.last) < LATELY);
  if (others.length === 0) return `SCIM ${version} by ${actor}`;
  const inTurn = begun > 1 || others.some((one) => one.begun > 1);
  const before = others.map((one) => `SCIM ${one.version} ${inTurn ? '' : 'until '}${ago(one.last, now)}`).join(', ');
  return inTurn
    ? `both by ${actor}: SCIM ${version} ${ago(last, now)}, ${before}`
    : `SCIM ${version} by ${actor} since ${ago(since, now)}; ${before}`;
}

/** Which version of SCIM each app is spoken to in. */
export function versionLights({ versions = [] }: Pick<Remembered, 'versions'>, now: number): readonly Light[] {
  const byApp = Map.groupBy(versions, ({ app }) => app);
  return [...byApp].map(([app, all]) => {
    const byActor = [...Map.groupBy(all, ({ actor }) => actor).values()];
    return { light: 'version', app, status: 'ok', text: byActor.map((one) => spoken(one, now)).join('; ') };
  });
}
