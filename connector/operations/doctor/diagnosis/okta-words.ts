import { STATUS_CODES } from 'node:http';

/** More than a person reads. Unit: characters. */
const LONGEST = 240;

/** On one line, and not longer than a person reads. */
export const shortened = (text: string, longest = LONGEST): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
};

/** As a task in Okta says it (docs/okta-agent.md, Errors). @param said  by the server, without what is around it */
export const taskText = (message: string, status: number, said: string): string =>
  `The Provisioning Agent call to ${message} failed. Error code: ${status}, error: ${STATUS_CODES[status] ?? 'Unknown'}. Errors reported by the connector : ${shortened(said)}`;

/** The same, of what the agent's Java throws before anything was answered. */
export const javaText = (message: string, exception: string): string =>
  `The Provisioning Agent call to ${message} failed: ${exception}`;
