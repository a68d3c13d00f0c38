import { build } from 'esbuild'
import { bundleOptions } from './installer/bundle-options.ts'
const r = await build({ ...bundleOptions('/tmp/w/scratch-cost/out.cjs'), metafile: true })
const out = Object.values(r.metafile.outputs)[0]
const by = {}
for (const [k, v] of Object.entries(out.inputs)) { const m = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(k); const g = m ? m[1] : k.split('/').slice(0, 2).join('/'); (by[g] ??= [0, 0, []])[0] += v.bytesInOutput; by[g][1]++; by[g][2].push([v.bytesInOutput, k]) }
console.log(out.bytes, Object.values(out.inputs).reduce((a, b) => a + b.bytesInOutput, 0)); for (const [k, [b, n, l]] of Object.entries(by).sort((a, b) => b[1][0] - a[1][0]).slice(0, 16)) console.log((b / 1024).toFixed(0), n, k, l.sort((a, b) => b[0] - a[0]).slice(0, 4).map(([b, k]) => (b / 1024).toFixed(0) + ' ' + k.split('node_modules/').pop()).join(', '))
