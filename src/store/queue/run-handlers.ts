import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunProblem } from '../../evaluations/ports/ports.ts'
import { parseKept } from '../../evaluations/running/kept-json.ts'
import { type Plan, planName } from '../../evaluations/running/plan-run.ts'
import { Refusal } from '../../problems/refusal.ts'
import { absent } from '../blob-folder.ts'
import { type RunFile, runFileName } from '../runs/run-file.ts'
import { endRun, problemOf, runById, tellWaiting } from '../runs/run-table.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Handlers, Job } from './engine.ts'
import { finishStep, finishWhenScored, planWaiting } from './finish-step.ts'
import { passes, passingCause } from './passing-cause.ts'
import { planStep } from './plan-step.ts'
import { RunLanes } from './run-lanes.ts'
import { loseShard, scoreShard } from './shard-handler.ts'

/** Deaths of processes over one shard after which a job that was given up means that the shard is lost. */
const maxAttempts = 5
/** Plans that are kept at hand: of the runs whose shards are worked on. */
const maxPlans = 8

/** Does the work of jobs, and ends what cannot be done. */
export class RunHandlers implements Handlers {
  /** Milliseconds that the last shards of this process took, on average. */
  shardMs = 0
  #lost = 0
  #working = 0
  readonly #parts: StoreParts
  readonly #lanes: RunLanes
  readonly #plans = new Map<string, Promise<Plan>>()

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#lanes = new RunLanes(parts.runner.statistics.workers)
  }

  /** Shards in work in this process, and those that it gave up. */
  get counts(): { readonly working: number; readonly lost: number } {
    return { working: this.#working, lost: this.#lost }
  }

  async handle(job: Job, signal: AbortSignal): Promise<void> {
    const { sql, log, watchers } = this.#parts
    try {
      await this.#perform(job, signal)
      // Planning makes the folder of a run, also of one that was deleted under it.
      if (job.step === 'plan' && (await this.#isUnwanted(job.run))) return
      // A shard does this itself when it ends.
      if (job.step !== 'shard') await tellWaiting(sql, job.run, null)
    } catch (error) {
      if (signal.aborted) throw error
      const cause = passingCause(error)
      if (!cause && (await this.#isUnwanted(job.run))) return
      log.warn({ err: error, ...job }, cause ? 'an evaluation waits' : 'work on an evaluation failed')
      if (!cause) throw error
      await tellWaiting(sql, job.run, problemOf(cause)).catch((failure: unknown) => {
        // A database that takes nothing may be the cause itself; then only the log says it.
        if (!passingCause(failure)) throw failure
      })
      watchers.changed(job.run)
      throw cause
    }
  }

  /** Whether a run was deleted or cancelled under the work, which then fails for want of files. What is left of a deleted one is removed. */
  async #isUnwanted(run: string): Promise<boolean> {
    const { sql, blobs } = this.#parts
    const row = await runById(sql, run)
    if (row) return row.state === 'cancelled'
    await blobs.discard(run)
    await blobs.emptyTrash(run)
    return true
  }

  /** A refusal is the end of the run; what else fails is tried again. */
  async #perform(job: Job, signal: AbortSignal): Promise<void> {
    try {
      if (job.step === 'shard') await this.#score(job, signal)
      else if (job.step === 'plan') await planStep(this.#parts, job.run, signal)
      else await finishStep(this.#parts, job.run)
    } catch (error) {
      if (!(error instanceof Refusal) || passingCause(error)) throw error
      await this.#fail(job.run, problemOf(error))
    }
  }

  async gaveUp(job: Job, cause: string | undefined): Promise<void> {
    const { log } = this.#parts
    // What passes ends no run, however long it takes: the reconciler has the step tried again.
    if (passes(cause)) return
    if (job.step !== 'shard') {
      log.error({ ...job }, 'an evaluation failed')
      await this.#fail(job.run, {
        code: 'INTERNAL',
        detail: `The step "${job.step}" of the evaluation failed several times; the log of the service says why.`,
        remedy: 'Try again; if it persists, report the id of the evaluation.',
        errors: [],
      })
      return
    }
    const { run, index } = job
    const [shard] = await this.#parts.sql.query<{ attempts: number }>(
      `select attempts from maskscore.shard where evaluation = $1 and index = $2 and state = 'waiting'`,
      [run, index],
    )
    // Tries that ended in order say nothing against the items: the reconciler has the shard tried again.
    if (!shard || shard.attempts < maxAttempts) return
    this.#lost++
    log.error({ ...job }, 'a shard was given up')
    await loseShard(this.#shardParts(), run, index)
    await finishWhenScored(this.#parts, run)
  }

  async #score(job: Extract<Job, { step: 'shard' }>, signal: AbortSignal): Promise<void> {
    const start = performance.now()
    this.#working++
    try {
      const plan = await this.#plan(job.run)
      if (plan) await scoreShard(this.#shardParts(), plan, job, signal)
    } finally {
      this.#working--
    }
    const ms = performance.now() - start
    this.shardMs += (ms - this.shardMs) * (this.shardMs === 0 ? 1 : 0.1)
    await finishWhenScored(this.#parts, job.run)
  }

  /** Undefined where the run was deleted. */
  async #plan(run: string): Promise<Plan | undefined> {
    const path = join(this.#parts.blobs.run(run), planName)
    const known = this.#plans.get(run)
    const plan = known ?? readFile(path, 'utf8').then((text) => parseKept<Plan>(text, planName))
    this.#plans.delete(run)
    this.#plans.set(run, plan)
    if (this.#plans.size > maxPlans) this.#plans.delete([...this.#plans.keys()][0])
    try {
      return await plan
    } catch (error) {
      this.#plans.delete(run)
      return absent(error as NodeJS.ErrnoException)
    }
  }

  async #fail(run: string, problem: RunProblem): Promise<void> {
    const { sql, blobs, limits, watchers, engine } = this.#parts
    const row = await runById(sql, run)
    if (!row) return
    // Callers are told of their files as they named them.
    const folder = `${join(blobs.run(run), 'sources')}/`
    const shown = { ...problem, detail: problem.detail.replaceAll(folder, '') }
    await writeEnd(this.#parts, run, 'failed', shown)
    if (!(await endRun(sql, run, 'failed', shown, limits.resultRetention))) return
    if (row.kind === 'check')
      await sql.transaction(async (within) => {
        await within.query(
          `update maskscore.dataset_version set state = 'failed', problem = $2 where evaluation = $1`,
          [run, JSON.stringify(shown)],
        )
        await planWaiting(this.#parts, within, row)
      })
    engine.wake('plan')
    watchers.changed(run)
  }

  #shardParts() {
    const { sql, blobs, runner, watchers } = this.#parts
    return { sql, blobs, runner, lanes: this.#lanes, changed: (run: string) => watchers.changed(run) }
  }
}

/**
 * Says beside the files of a run that it ended without a result, for tables that are made again from the files. Addresses that
 * it named are kept without their queries, which may hold secrets.
 */
export async function writeEnd(
  { sql, blobs }: Pick<StoreParts, 'sql' | 'blobs'>,
  run: string,
  state: 'failed' | 'cancelled',
  problem: RunProblem | null,
): Promise<void> {
  await blobs.write(run, endName, JSON.stringify({ state, problem })).catch(absent)
  const file = await blobs.rewrite<RunFile>(run, runFileName, withoutQueries).catch(absent)
  if (file)
    await sql.query('update maskscore.evaluation set sources = $2 where id = $1', [
      run,
      JSON.stringify(file.sources),
    ])
}

function withoutQueries(file: RunFile): RunFile {
  const sources = Object.entries(file.sources).map(([side, source]) => [
    side,
    source.type === 'url' ? { ...source, url: source.url.replace(/[?#].*$/s, '') } : source,
  ])
  return { ...file, sources: Object.fromEntries(sources) }
}

export const endName = 'end.json'
