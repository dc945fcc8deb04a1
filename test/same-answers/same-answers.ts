/**
 * Shows that behaviour did not change: random calls, right and wrong, are answered by this checkout and by another one,
 * each by a server of its own code, by both decoders of PNG, and compared byte by byte (but for the request's id).
 * With `--words` texts for people may differ; each new wording is listed once, to be read.
 * Usage: npm run same-answers -- ../other-checkout [--calls 1000] [--seed 1] [--only NUMBER]
 *   [--masks FOLDER] [--rewordings FILE] [--slack 1e-12] [--words]
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { ask, startCheckout } from './answers.ts'
import { randomCalls } from './random-calls.ts'
import { differenceOf, readRewordings } from './rewordings.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    masks: { type: 'string' },
    rewordings: { type: 'string' },
    slack: { type: 'string', default: '0' },
    words: { type: 'boolean', default: false },
  },
})
const [other] = positionals
if (positionals.length !== 1)
  throw new Error('name one checkout to compare with: npm run same-answers -- ../other')
const here = join(import.meta.dirname, '../..')
const said = values.words ? new Map<string, string>() : undefined
const rewordings = readRewordings(values.rewordings, { slack: Number(values.slack), said })
const seed = Number(values.seed)
const numbers =
  values.only === undefined
    ? Array.from({ length: Number(values.calls) }, (_, at) => at)
    : [Number(values.only)]

const decoders = ['auto', 'sharp'] as const
const pairs = await Promise.all(
  decoders.map(async (decoder) => ({
    decoder,
    servers: await Promise.all([here, other].map((checkout) => startCheckout(checkout, decoder))),
  })),
)
const outcomes = new Map<string, number>()
let different = 0
try {
  // What the other one offers is asked of both: an option that only this checkout has is no change of behaviour.
  const response = await fetch(`http://127.0.0.1:${pairs[0].servers[1].port}/openapi.json`)
  const callOf = await randomCalls((await response.json()) as OpenApiDocument, values.masks)
  for (const number of numbers) {
    const call = callOf(seed * 1_000_003 + number)
    if (values.only !== undefined) {
      const path = join(tmpdir(), `same-answers-${number}.body`)
      writeFileSync(path, call.body)
      console.log(`${call.url} ${JSON.stringify(call.headers)} --data-binary @${path}`)
    }
    const found = await Promise.all(
      pairs.map(async ({ decoder, servers }) => {
        const [mine, theirs] = await Promise.all(servers.map((server) => ask(server, call)))
        const difference = differenceOf(mine, theirs, rewordings)
        const code = /"code":"([A-Z_]+)"/.exec(theirs.status < 400 ? '' : theirs.body.toString())
        const outcome = `${call.url.split('?')[0]} ${theirs.status} ${code?.[1] ?? ''}`
        return { decoder, difference, outcome }
      }),
    )
    outcomes.set(found[0].outcome, (outcomes.get(found[0].outcome) ?? 0) + 1)
    const wrong = found.filter(({ difference }) => difference !== undefined)
    if (wrong.length === 0) continue
    different++
    console.log(`${number}: ${call.about.slice(0, 2000)}`)
    const same =
      wrong.length === decoders.length && new Set(wrong.map(({ difference }) => difference)).size === 1
    for (const { decoder, difference } of same ? [{ ...wrong[0], decoder: 'auto and sharp' }] : wrong)
      console.log(`  decoder ${decoder}: ${difference}`)
    console.log(`  again with: npm run same-answers -- ${other} --seed ${seed} --only ${number}`)
  }
} finally {
  await Promise.all(pairs.flatMap(({ servers }) => servers.map((server) => server.stop())))
}
for (const [outcome, count] of [...outcomes].sort()) console.log(`${outcome.padEnd(24)} ${count}`)
for (const [from, to] of said ?? []) console.log(`  ${from}\n→ ${to}\n`)
console.log(`${numbers.length} calls of seed ${seed}, ${different} answered otherwise than ${other}`)
process.exitCode = different > 0 ? 1 : 0
