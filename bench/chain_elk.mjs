// Crossings of our layout beside those of ELK's layered algorithm on the same graphs, both counted from the drawn lines.
//
//     node bench/chain_elk.mjs BUILD [DB]      BUILD: the build folder; DB: a ledger made by `lianpu init DB --sample jiangmen`
//
// elkjs (EPL-2.0) is fetched by npm into a temporary folder; it is no part of the product and nothing else uses it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [build, db] = process.argv.slice(2)
const ELK_VERSION = '0.9.3'
const CHAINS = ['battery', 'nev', 'new_it', 'silicon_energy', 'cnc']
const SIZES = [50, 100, 200]
const SEEDS = [1, 2, 3, 4, 5]

const output = (...args) => JSON.parse(execFileSync(args[0], args.slice(1), { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }))

const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
const cross = (a, b, c, d) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0

// Two flows cross as often as their lines do; flows that share an end are counted too where they cross away from it.
// Lines are first straightened: points within a run of one height add nothing.
function crossings(lines) {
  const boxes = lines.map((line) => line.slice(1).map((p, i) => [line[i], p]))
  let count = 0
  for (let i = 0; i < boxes.length; i++)
    for (let j = 0; j < i; j++) for (const [a, b] of boxes[i]) for (const [c, d] of boxes[j]) count += cross(a, b, c, d)
  return count
}

// ELK has ports on the sides or places the ends itself, and bends its lines in two ways: whichever crosses least counts. Not
// orthogonal lines from one port: those it lays upon each other, and lines that coincide are not seen to cross.
const VARIANTS = [{ ports: true, routing: 'POLYLINE' }, { ports: false, routing: 'POLYLINE' }, { ports: false, routing: 'ORTHOGONAL' }]

function elkGraph(graph, lanes, { ports, routing }) {
  const port = (id, at) => ({ id, layoutOptions: { 'elk.port.side': at } })
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': routing,
      'elk.partitioning.activate': String(lanes),
      'elk.layered.thoroughness': '20',
      'elk.spacing.nodeNode': '20',
      'elk.layered.spacing.nodeNodeBetweenLayers': '36',
    },
    children: graph.nodes.map((n) => ({
      id: n.segment,
      width: n.width,
      height: n.height,
      ports: ports ? [port(n.segment + '<', 'WEST'), port(n.segment + '>', 'EAST')] : [],
      layoutOptions: {
        'elk.partitioning.partition': String(stage(n.stage)),
        ...(ports ? { 'elk.portConstraints': 'FIXED_SIDE' } : {}),
      },
    })),
    edges: graph.edges
      .filter((e) => !e.recycling)
      .map((e, i) => ({ id: 'e' + i, sources: [e.from + (ports ? '>' : '')], targets: [e.to + (ports ? '<' : '')] })),
  }
}

const stage = (s) => (typeof s === 'number' ? s : ['up', 'mid', 'down'].indexOf(s))

const elkLine = (edge) =>
  edge.sections.flatMap((s) => [s.startPoint, ...(s.bendPoints ?? []), s.endPoint]).map((p) => [p.x, p.y])

async function least(ELK, graph, lanes) {
  const counts = []
  for (const variant of VARIANTS) counts.push(crossings((await new ELK().layout(elkGraph(graph, lanes, variant))).edges.map(elkLine)))
  return Math.min(...counts)
}

async function compare(ELK, name, graph) {
  const ours = crossings(graph.edges.filter((e) => !e.recycling && e.points.length).map((e) => e.points))
  return { name, segments: graph.nodes.length, flows: graph.edges.length, ours, lanes: await least(ELK, graph, true), free: await least(ELK, graph, false) }
}

function print(rows) {
  console.log('| graph | segments | flows | Lianpu | ELK with lanes | ELK without lanes |\n|---|---|---|---|---|---|')
  for (const r of rows) console.log(`| ${r.name} | ${r.segments} | ${r.flows} | ${r.ours} | ${r.lanes} | ${r.free} |`)
}

const folder = mkdtempSync(join(tmpdir(), 'lianpu-elk-'))
try {
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, `elkjs@${ELK_VERSION}`], { stdio: 'inherit' })
  const ELK = createRequire(join(folder, 'package.json'))('elkjs')
  const rows = []
  for (const chain of db ? CHAINS : [])
    rows.push(await compare(ELK, chain, output(join(build, 'lianpu'), 'chain', chain, '--db', db, '--json')))
  for (const size of SIZES)
    for (const seed of SEEDS)
      rows.push(await compare(ELK, `random ${size}/${seed}`, output(join(build, 'bench', 'chain_bench'), String(size), String(seed))))
  print(rows)
} finally {
  rmSync(folder, { recursive: true })
}
