import { html, type Markup } from './html.ts';

/** What a color means; the words beside it say it too. */
export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'rest';

export interface Bar {
  readonly label: string;
  readonly parts: readonly { readonly value: number; readonly tone: Tone; readonly name: string }[];
}

/** Unit: those of the drawing, which is as wide as the page. */
const WIDTH = 900;
const ROW = 30;
const LABEL = 260;
const VALUE = 90;
const LONGEST_LABEL = 36;

const short = (text: string): string => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

const shown = (value: number): string => value.toLocaleString('en-US');

/** What is there at all is seen: a bar is no thinner than this. */
const THINNEST = 2;

function* pieces({ parts }: Bar, unit: number, y: number): Generator<Markup> {
  let x = LABEL;
  for (const { value, tone, name } of parts) {
    if (value <= 0) continue;
    const width = Math.max(THINNEST, value * unit);
    yield html`<rect class="fill-${tone}" x="${x.toFixed(1)}" y="${y + 6}" width="${width.toFixed(1)}" height="${ROW - 12}" rx="2"><title>${name}: ${shown(value)}</title></rect>`;
    x += width;
  }
}

const legendEntry = (tone: Tone, name: string): Markup =>
  html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="fill-${tone}" width="10" height="10" rx="2"/></svg>${name}</li>`;

/** Bars below each other, with their numbers; nothing where there is nothing to compare. @param title  for who cannot see it */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(0, ...totals);
  if (most === 0) return html``;
  const unit = (WIDTH - LABEL - VALUE) / most;
  // A bar of one part is told by its label.
  const names = new Map(
    bars
      .filter(({ parts }) => parts.length > 1)
      .flatMap(({ parts }) => parts.map(({ tone, name }) => [tone, name] as const)),
  );
  const rows = bars.map(
    (bar, i) =>
      html`<g><text x="0" y="${i * ROW + 20}">${short(bar.label)}<title>${bar.label}</title></text>${[...pieces(bar, unit, i * ROW)]}<text class="value" x="${(LABEL + (totals[i] ?? 0) * unit + 8).toFixed(1)}" y="${i * ROW + 20}">${shown(totals[i] ?? 0)}</text></g>`,
  );
  const legend =
    names.size > 1
      ? html`<ul class="legend">${[...names].map(([tone, name]) => legendEntry(tone, name))}</ul>`
      : undefined;
  return html`${legend}<svg viewBox="0 0 ${WIDTH} ${bars.length * ROW}" role="img" aria-label="${title}">${rows}</svg>`;
}
