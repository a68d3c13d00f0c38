import type { Alert, Message } from '../../connector/alerts/alert.ts';

/** A message as it is sent, of one alert. */
export const messageOf = (alert: Partial<Alert> = {}): Message => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  time: '2026-11-28T02:10:05.000Z',
  connector: 'idm01',
  alerts: [
    {
      event: 201,
      state: 'began',
      severity: 'error',
      app: 'hr',
      text: 'the store of an app cannot be reached',
      since: '2026-11-28T02:10:05.000Z',
      last: '2026-11-28T02:10:05.000Z',
      count: 1,
      whose: 'the directory or the network, not Okta',
      fix: 'see what check says of it',
      command: 'scim-connector check',
      ...alert,
    },
  ],
});
