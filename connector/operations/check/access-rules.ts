import { moduleNamed } from '../../backend/catalogue.ts';
import type { Config } from '../../config/config.ts';

/** What the administrator of an app's store enters, so that the service account may do its work. */
export interface AccessRule {
  readonly app: string;
  readonly rule: string;
}

/** For every app whose store asks for one. Needs the service account to exist, and no more. @throws unavailable */
export async function accessRules({ apps }: Config): Promise<readonly AccessRule[]> {
  const rules: AccessRule[] = [];
  for (const app of apps) {
    const rule = await moduleNamed(app.backend).access?.(app);
    if (rule !== undefined) rules.push({ app: app.name, rule });
  }
  return rules;
}
