import { html, type Markup } from './html.ts';

export interface Tile {
  readonly value: string;
  readonly label: string;
}

/** Numbers that are looked at first. */
export const tiles = (all: readonly Tile[]): Markup =>
  html`<ul class="tiles">${all.map(({ value, label }) => html`<li><b>${value}</b>${label}</li>`)}</ul>`;

export const verdict = (isGood: boolean, text: string): Markup =>
  html`<p class="verdict ${isGood ? 'good' : 'bad'}">${text}</p>`;

/** A table; nothing where there are no rows. */
export const dataTable = (head: readonly string[], rows: readonly (readonly string[])[]): Markup =>
  rows.length === 0
    ? html``
    : html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${rows.map(
        (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
      )}</tbody></table>`;

export type State = 'good' | 'warn' | 'bad';

const WORDS: Readonly<Record<State, string>> = { good: 'ok', warn: 'warning', bad: 'failed' };

/** A finding, said in a word too: colors are not seen by everybody. */
export const finding = (state: State, text: string): Markup =>
  html`<h3><span class="state ${state}">${WORDS[state]}</span> ${text}</h3>`;

export const shownNumber = (value: number): string => value.toLocaleString('en-US');
