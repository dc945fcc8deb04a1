import type { FastifyRequest } from 'fastify'
import type { RunFiles, RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Evaluations } from '../../src/evaluations/ports/store-port.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { Refusal } from '../../src/problems/refusal.ts'

/** A run that the caller may see. */
export interface SeenRun {
  readonly evaluations: Evaluations
  readonly owner: string
  /** Whether the caller is its owner. */
  readonly isOwn: boolean
  readonly id: string
  /** Whether its items may be seen, too. */
  readonly items: boolean
}

export interface RunRoute {
  readonly Params: { readonly id: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const noRun = () => new Refusal('NOT_FOUND', 'There is no such evaluation.')

/**
 * The run of an address. One of another caller is as if it did not exist.
 * @throws Refusal NOT_FOUND, STORE_UNAVAILABLE
 */
export async function runOf(request: FastifyRequest<RunRoute>): Promise<SeenRun> {
  return seenRun(request, request.params.id)
}

export async function seenRun(request: FastifyRequest, id: string): Promise<SeenRun> {
  if (!uuid.test(id)) throw noRun()
  const evaluations = await request.server.evaluations()
  const caller = callerOf(request)
  const access = await evaluations.runs.access(caller, id)
  if (!access) throw noRun()
  return { evaluations, id, isOwn: access.owner === caller, ...access }
}

/**
 * The run of an address whose items may be seen.
 * @throws Refusal NOT_FOUND, FORBIDDEN, STORE_UNAVAILABLE
 */
export async function itemsOf(request: FastifyRequest<RunRoute>): Promise<SeenRun> {
  return withItems(await runOf(request))
}

export function withItems(seen: SeenRun): SeenRun {
  if (!seen.items)
    throw new Refusal('FORBIDDEN', 'The owner of the dataset does not show items of evaluations.').advising(
      'Look at the scores of the evaluation, or ask the owner of the dataset.',
    )
  return seen
}

export async function resourceOf({ evaluations, owner, id }: SeenRun): Promise<RunResource> {
  const resource = await evaluations.runs.get(owner, id)
  if (!resource) throw noRun()
  return resource
}

/** @throws Refusal NOT_FINISHED unless the run is done */
export async function finishedRun(seen: SeenRun): Promise<{ resource: RunResource; files: RunFiles }> {
  const resource = await resourceOf(seen)
  if (resource.state !== 'done') throw notFinished(resource)
  return { resource, files: await filesOf(seen) }
}

/** Waiting helps only where the run goes on. */
function notFinished({ state, problem }: RunResource): Refusal {
  if (state !== 'failed' && state !== 'cancelled')
    return new Refusal('NOT_FINISHED', `The evaluation is ${state}; this is there once it is done.`)
  if (!problem)
    return new Refusal('NOT_FINISHED', 'The evaluation was cancelled and has no results.').advising(
      'Begin another evaluation.',
    )
  const { code, detail } = problem
  return new Refusal('NOT_FINISHED', `The evaluation failed and has no results. ${code}: ${detail}`).advising(
    'Mend what the detail names, and begin another evaluation.',
  )
}

/** @throws Refusal NOT_FINISHED before its items are known; GONE */
export async function filesOf(seen: SeenRun): Promise<RunFiles> {
  const { evaluations, owner, id } = seen
  const files = await evaluations.runs.files(owner, id)
  if (!files) throw notFinished(await resourceOf(seen))
  return files
}
