import type { OperationEvent } from '../service/observer.ts';

/** What Okta calls an app, learnt from the namespace of the custom attributes that it sent. */
export interface OktaApp {
  /** Its name in the configuration. */
  readonly app: string;
  /** As in the address of the app's page, `/admin/app/NAME/instance/`. */
  readonly name: string;
}

/** As `okta_app` may be: anything else is nobody's app. */
const NAME = /^[A-Za-z0-9_.-]+$/;

/** Okta's names of the apps. Few change, and those that are told count. */
export class OktaApps {
  readonly #byApp = new Map<string, string>();

  restore(apps: readonly OktaApp[]): void {
    for (const { app, name } of apps) this.#byApp.set(app, name);
  }

  observe({ app, oktaApp, outcome, call }: OperationEvent): void {
    // Who showed no credential may call the app anything.
    if (oktaApp === undefined || !NAME.test(oktaApp) || outcome !== 'done' || call.actor === '') return;
    this.#byApp.set(app, oktaApp);
  }

  list(): readonly OktaApp[] {
    return [...this.#byApp].map(([app, name]) => ({ app, name }));
  }
}
