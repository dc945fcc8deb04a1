import type { FastifyRequest } from 'fastify'
import { differencesOf } from '../../src/evaluations/comparison/not-comparable.ts'
import { wrong } from '../../src/evaluations/items/parameters.ts'
import type { RunFiles } from '../../src/evaluations/ports/ports.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { finishedRun, itemsOf, noRun, type RunRoute, type SeenRun, seenRun, withItems } from './run-of.ts'

/** The evaluation of an address, B, and that of `with`, A. @throws Refusal INVALID_OPTIONS, NOT_COMPARABLE */
export async function bothRuns(request: FastifyRequest<RunRoute>): Promise<{ a: SeenRun; b: SeenRun }> {
  const { with: other } = request.query
  if (other === undefined) throw wrong('with', 'names the evaluation to compare with, and is missing')
  const [a, b] = [withItems(await seenRun(request, other)), await itemsOf(request)]
  if (a.owner !== b.owner)
    throw new Refusal('NOT_COMPARABLE', 'The two evaluations belong to different keys.')
  return { a, b }
}

interface ComparedRun {
  readonly run: SeenRun
  readonly files: RunFiles
}

/** The same two, whose items are the same ones. @throws Refusal NOT_COMPARABLE, NOT_FINISHED, and those of `bothRuns` */
export async function comparableRuns(
  request: FastifyRequest<RunRoute>,
): Promise<{ a: ComparedRun; b: ComparedRun }> {
  const { a, b } = await bothRuns(request)
  const [ofA, ofB] = [await finishedRun(a), await finishedRun(b)]
  const [summaryA, summaryB] = [ofA.resource.summary, ofB.resource.summary]
  if (!summaryA || !summaryB) throw noRun()
  const differences = differencesOf(summaryA, summaryB)
  if (differences.length > 0)
    throw new Refusal('NOT_COMPARABLE', `The evaluations cannot be compared: ${differences.join('; ')}.`)
  return { a: { run: a, files: ofA.files }, b: { run: b, files: ofB.files } }
}
