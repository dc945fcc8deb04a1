import type { TaskRunner } from '../tasks/runner.ts'
import { BackgroundWork } from './background-work.ts'
import { CvatClient } from './cvat/client.ts'
import { CvatHook } from './cvat/hook.ts'
import { type HookMemory, ProcessMemory } from './hook-memory.ts'
import { type HookLog, Journal } from './journal.ts'
import { LabelStudioClient } from './label-studio/client.ts'
import { LabelStudioHook } from './label-studio/hook.ts'

/** What the hooks need to know of the service's settings; named as there. */
export interface HookSettings {
  readonly labelStudioUrl?: string | undefined
  readonly labelStudioToken?: string | undefined
  readonly cvatUrl?: string | undefined
  readonly cvatToken?: string | undefined
  readonly cvatHookSecret?: string | undefined
  readonly cvatHookSecrets: Readonly<Record<string, string>>
  readonly cvatWriteIssues: boolean
  readonly queueLimit: number
  readonly maxFileBytes: number
  readonly maxRequestBytes: number
  readonly maxJsonDepth: number
  readonly gracePeriod: number
}

/** Times that tests shorten. */
export interface HookTimes {
  /** Time of one try of a call back. */
  readonly toolTimeoutMs: number
  readonly retryDelaysMs: readonly number[]
  /** Time of all the work on one event. */
  readonly workTimeoutMs: number
  /** CVAT gives up after 10 s, so it is answered something before that. */
  readonly cvatAnswerMs: number
}

export const hookTimes: HookTimes = {
  toolTimeoutMs: 10_000,
  retryDelaysMs: [500, 2000],
  workTimeoutMs: 60_000,
  cvatAnswerMs: 8000,
}

/** Events of one tool that are worked on at the same time. */
const atOnce = 2

/** Everything behind the hooks of labeling tools, put together from its parts. */
export class Hooks {
  readonly labelStudio: LabelStudioHook
  readonly cvat: CvatHook
  readonly journal: Journal
  readonly times: HookTimes
  readonly #memory: HookMemory = new ProcessMemory()
  readonly #works: readonly BackgroundWork[]
  readonly #gracePeriod: number

  constructor(settings: HookSettings, runner: TaskRunner, log: HookLog, times: HookTimes = hookTimes) {
    const { labelStudioUrl, labelStudioToken, cvatUrl, cvatToken, queueLimit, maxRequestBytes } = settings
    const memory = this.#memory
    const journal = new Journal(memory, log)
    const bounds = {
      atOnce,
      maxWaiting: queueLimit,
      maxBytes: maxRequestBytes,
      timeoutMs: times.workTimeoutMs,
      onFault: (error: unknown) => log.error({ err: error }, 'a hook failed'),
    }
    const works = { labelStudio: new BackgroundWork(bounds), cvat: new BackgroundWork(bounds) }
    const clientOptions = (baseUrl: string) => ({
      baseUrl,
      maxBytes: settings.maxFileBytes,
      timeoutMs: times.toolTimeoutMs,
      retryDelaysMs: times.retryDelaysMs,
    })
    this.labelStudio = new LabelStudioHook({
      runner,
      memory,
      journal,
      work: works.labelStudio,
      client:
        labelStudioUrl && labelStudioToken
          ? new LabelStudioClient(labelStudioToken, clientOptions(labelStudioUrl))
          : undefined,
    })
    this.cvat = new CvatHook({
      runner,
      memory,
      journal,
      work: works.cvat,
      secrets: { common: settings.cvatHookSecret, ofWebhook: settings.cvatHookSecrets },
      client: cvatUrl && cvatToken ? new CvatClient(cvatToken, clientOptions(cvatUrl)) : undefined,
      writesIssues: settings.cvatWriteIssues,
      maxJsonDepth: settings.maxJsonDepth,
    })
    this.journal = journal
    this.times = times
    this.#works = Object.values(works)
    this.#gracePeriod = settings.gracePeriod
  }

  deliveries = () => this.#memory.deliveries()

  /** Events that wait to be worked on. */
  get waiting(): number {
    return this.#works.reduce((sum, { waiting }) => sum + waiting, 0)
  }

  /** Lets what was acknowledged end within half of the time there is, and abandons the rest. */
  async close(): Promise<void> {
    await Promise.all(this.#works.map((work) => work.close(this.#gracePeriod / 2)))
  }
}
