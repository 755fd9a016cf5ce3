#!/usr/bin/env node
// match_duckdb.mjs [PREFIX $BENCH_WORK/briefs]: the briefs that match_bench wrote (match_peers.h) put to DuckDB, in process, with two
// threads and with one, and the ids compared in order with ours. Ends with 1 if a brief's differ. Each query is parsed and
// planned, as it would be: no two are alike. Parcels lie in memory in the order of the atlas, near ones together. Of three
// wordings of the query (may materialized, not materialized, window functions) it takes the one that was fastest.
// @duckdb/node-api (MIT) is fetched by npm into a temporary folder; it is no part of the product.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { missing, report } from './report.mjs'

const prefix = process.argv[2] ?? join(process.env.BENCH_WORK, 'briefs')
const DUCKDB_VERSION = '1.5.6-r.1'
const WARMING = 5

const lines = (name) => readFileSync(`${prefix}.${name}`, 'utf8').split('\n').slice(0, -1)
const quoted = (text) => `'${text.replaceAll("'", "''")}'`

const scratch = mkdtempSync(join(tmpdir(), 'lianpu-duckdb-'))

function fetch() {
  try {
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', `@duckdb/node-api@${DUCKDB_VERSION}`], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] })
    return createRequire(join(scratch, 'x.js'))('@duckdb/node-api')
  } catch (error) {
    missing('match', 'DuckDB', `npm could not fetch @duckdb/node-api@${DUCKDB_VERSION}`)
    console.error(String(error.message).split('\n')[0])
    return null
  }
}

async function run({ DuckDBInstance, version }) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const start = performance.now()
  await connection.run(readFileSync(`${prefix}.plots.sql`, 'utf8'))
  await connection.run(`COPY plots FROM ${quoted(`${prefix}.plots.csv`)} (HEADER, NULLSTR '')`)
  await connection.run('SET integer_division = true')
  const plots = Number((await connection.runAndReadAll('SELECT count(*) FROM plots')).getRows()[0][0])
  console.log(`DuckDB ${version()}: ${plots} parcels loaded in ${((performance.now() - start) / 1000).toFixed(1)} s`)

  const briefs = lines('sql')
  const answers = lines('answers')
  let wrong = 0
  for (const threads of [1, 2].filter((n) => n <= cpus().length)) {
    await connection.run(`SET threads = ${threads}`)
    for (const brief of briefs.slice(0, WARMING)) await connection.runAndReadAll(brief)
    const us = []
    let differ = 0
    for (const [i, brief] of briefs.entries()) {
      const began = performance.now()
      const rows = (await connection.runAndReadAll(brief)).getRows()
      us.push((performance.now() - began) * 1000)
      if (rows.map(([id]) => id).join(' ') === answers[i]) continue
      differ++
      console.log(`brief ${i + 1}: another answer than ours`)
    }
    wrong += differ
    report('match', threads > 1 ? 'DuckDB' : 'DuckDB, 1 thread', us, { compared: us.length, wrong: differ, note: `${threads} thread${threads > 1 ? 's' : ''}` })
  }
  return wrong
}

try {
  const duckdb = fetch()
  if (duckdb && (await run(duckdb)) > 0) process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
