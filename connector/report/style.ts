/** Of every report: light and dark, on a screen and on paper. Nothing is loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d6dbe1; --good: #1a7f4b; --warn: #9a6700;
  --bad: #c0262d; --calm: #2f6feb; --rest: #8b95a1; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171c; --ink: #e6e9ed; --soft: #a0a9b4; --line: #343b44; --good: #4cc38a;
  --warn: #e2a93b; --bad: #ff7b80; --calm: #78a9ff; --rest: #7d8793; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); }
.verdict { border-left: .3rem solid var(--rest); padding: .5rem .9rem; margin: 1rem 0; font-weight: 600; }
.verdict.good { border-color: var(--good); } .verdict.bad { border-color: var(--bad); }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 8rem; border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
.tiles b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem; } th, td { text-align: left; vertical-align: top;
  padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 500; }
.state { font-weight: 600; } .state.good { color: var(--good); } .state.warn { color: var(--warn); } .state.bad { color: var(--bad); }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .value { font-variant-numeric: tabular-nums; fill: var(--soft); }
.fill-good { fill: var(--good); } .fill-warn { fill: var(--warn); } .fill-bad { fill: var(--bad); } .fill-calm { fill: var(--calm); }
.fill-rest { fill: var(--rest); }
.legend { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0 0 .5rem; padding: 0; list-style: none; color: var(--soft); }
.legend svg { display: inline-block; width: .8rem; height: .8rem; margin: 0 .35rem 0 0; vertical-align: -.05rem; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } svg, .verdict, .tiles li { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } tr, svg, .tiles { break-inside: avoid; } h2, h3 { break-after: avoid; } }
`;
