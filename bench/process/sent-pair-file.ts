import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BodyPart } from '../../src/tasks/task.ts'
import type { SentPair } from '../service/body.ts'

const folder = join(tmpdir(), 'maskscore-bench')

/** Leaves the pair's parts where another process can read them; the path without its endings. */
export function writeSentPair(pair: SentPair): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `parts-${pair.name.replaceAll(/\W+/g, '-')}`)
  for (const { name, bytes } of partsOf(pair)) writeFileSync(`${file}.${name}`, bytes)
  return file
}

export function readSentPair(file: string): BodyPart[] {
  return ['ground_truth', 'prediction', 'options'].map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(`${file}.${name}`)),
  }))
}

/** The pair as the parts of a request that has arrived. */
function partsOf({ files, options }: SentPair): BodyPart[] {
  return [
    { name: 'ground_truth', bytes: files.ground_truth },
    { name: 'prediction', bytes: files.prediction },
    { name: 'options', bytes: Buffer.from(JSON.stringify(options ?? {})) },
  ]
}
