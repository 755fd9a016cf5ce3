// A line of JSON at the end of the file that BENCH_OUT names, and one for people; bench/README.md says what the words mean.
import { appendFileSync } from 'node:fs'

const say = (line) => {
  if (process.env.BENCH_OUT) appendFileSync(process.env.BENCH_OUT, JSON.stringify(line) + '\n')
}

// us: microseconds, any order; compared, wrong, note: as of a line.
export function report(job, who, us, more = {}) {
  const sorted = us.toSorted((a, b) => a - b)
  const at = (part) => sorted[Math.floor(sorted.length * part)]
  say({ job, who, n: sorted.length, p50_us: at(0.5), p99_us: at(0.99), most_us: sorted.at(-1), cpu: false, ...more })
  console.log(`${job}, ${who}: ${sorted.length}, p50 ${at(0.5).toFixed(0)} us  p99 ${at(0.99).toFixed(0)} us  ${JSON.stringify(more)}`)
}

export function missing(job, who, why) {
  say({ job, who, missing: why })
  console.log(`${job}, ${who}: left out: ${why}`)
}
