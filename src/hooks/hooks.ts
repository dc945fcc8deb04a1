import { z } from 'zod'
import type { TaskRunner } from '../tasks/runner.ts'
import { BackgroundWork } from './background-work.ts'
import { type CvatSettings, cvat } from './cvat/tool.ts'
import { type Delivery, deliveryShape, type Result } from './delivery.ts'
import { type HookMemory, ProcessMemory } from './hook-memory.ts'
import { type HookLog, Journal } from './journal.ts'
import type { LabelStudioHook } from './label-studio/hook.ts'
import { type LabelStudioSettings, labelStudio } from './label-studio/tool.ts'
import { Retries, type RetryOutcome } from './retries.ts'
import { type ScaleSettings, scale } from './scale/tool.ts'
import type { EventHook, HookParts, HookTimes, Tool, WebhookContract } from './tool.ts'

/** GET /v1/hooks/deliveries. */
export const deliveriesSchema = z.strictObject({
  deliveries: z.array(
    z.strictObject({
      ...deliveryShape,
      tool: z.enum([labelStudio.name, cvat.name, scale.name]),
      ...labelStudio.scores,
      ...cvat.scores,
      ...scale.scores,
    }),
  ),
})

/** What the hooks need to know of the service's settings; named as there. */
interface HookSettings extends LabelStudioSettings, CvatSettings, ScaleSettings {
  readonly queueLimit: number
  readonly maxFileBytes: number
  readonly maxRequestBytes: number
  readonly gracePeriod: number
  readonly toolTimeout: number
}

export const hookTimes: HookTimes = {
  retryDelaysMs: [500, 2000],
  workTimeoutMs: 60_000,
  // CVAT gives up after 10 s.
  answerMs: 8000,
  keptDelaysMs: [5000, 300_000],
  keptMs: 24 * 3_600_000,
}

/** Events of one tool that are worked on at the same time. */
const atOnce = 2

/** Events of one tool that are kept until it answers again. */
const maxKept = 1000

/** A try of an event that was kept. */
export interface Retry {
  readonly tool: string
  readonly outcome: RetryOutcome
}

/** A webhook, and what takes its events. */
interface Webhook {
  readonly contract: WebhookContract
  readonly hook: EventHook
}

/** Everything behind the hooks of labeling tools, put together from its parts. */
export class Hooks {
  readonly labelStudio: LabelStudioHook
  readonly #webhooks: Webhook[] = []
  readonly #memory: HookMemory = new ProcessMemory()
  readonly #queues: { readonly work: BackgroundWork; readonly retries: Retries }[] = []
  readonly #listeners: ((delivery: Delivery) => void)[] = []
  readonly #retryListeners: ((retry: Retry) => void)[] = []
  readonly #gracePeriod: number

  constructor(settings: HookSettings, runner: TaskRunner, log: HookLog, times: HookTimes = hookTimes) {
    const add = <Told extends Result, Hook extends EventHook>(tool: Tool<HookSettings, Told, Hook>): Hook => {
      const hook = tool.hook(settings, this.#partsOf(tool, settings, runner, log, times))
      this.#webhooks.push({ contract: tool.webhook, hook })
      return hook
    }
    this.labelStudio = add(labelStudio)
    add(cvat)
    add(scale)
    this.#gracePeriod = settings.gracePeriod
  }

  get webhooks(): readonly Webhook[] {
    return this.#webhooks
  }

  onDelivery(listener: (delivery: Delivery) => void): void {
    this.#listeners.push(listener)
  }

  onRetry(listener: (retry: Retry) => void): void {
    this.#retryListeners.push(listener)
  }

  deliveries = () => this.#memory.deliveries()

  /** Events that wait to be worked on. */
  get waiting(): number {
    return this.#queues.reduce((sum, { work }) => sum + work.waiting, 0)
  }

  /** Events that are kept to be tried again. */
  get kept(): number {
    return this.#queues.reduce((sum, { retries }) => sum + retries.kept, 0)
  }

  /** Lets what was acknowledged end within half of the time there is, tries what is kept once more, and abandons the rest. */
  async close(): Promise<void> {
    const graceMs = this.#gracePeriod / 2
    await Promise.all(this.#queues.map(({ work, retries }) => work.close(graceMs, retries.close())))
  }

  #partsOf<Told extends Result>(
    tool: Pick<Tool<never, Told, EventHook>, 'name' | 'headline'>,
    { queueLimit, maxRequestBytes, maxFileBytes, toolTimeout }: HookSettings,
    runner: TaskRunner,
    log: HookLog,
    times: HookTimes,
  ): HookParts<Told> {
    const memory = this.#memory
    const work = new BackgroundWork({
      atOnce,
      maxWaiting: queueLimit,
      maxBytes: maxRequestBytes,
      timeoutMs: times.workTimeoutMs,
      onFault: (error) => log.error({ err: error }, 'a hook failed'),
    })
    const [firstDelayMs, longestDelayMs] = times.keptDelaysMs
    const retries = new Retries(work, {
      firstDelayMs,
      longestDelayMs,
      maxAgeMs: times.keptMs,
      maxKept,
      maxBytes: maxRequestBytes,
      onTry: (outcome, detail) => {
        if (outcome === 'failed')
          log.warn({ tool: tool.name, detail, kept: retries.kept }, 'hook retry failed')
        for (const listener of this.#retryListeners) listener({ tool: tool.name, outcome })
      },
    })
    this.#queues.push({ work, retries })
    const tell = (delivery: Delivery) => {
      for (const listener of this.#listeners) listener(delivery)
    }
    return {
      runner,
      memory,
      journal: new Journal(tool, memory, log, tell),
      work,
      retries,
      times,
      clientOptions: (baseUrl) => ({
        baseUrl,
        maxBytes: maxFileBytes,
        timeoutMs: toolTimeout,
        retryDelaysMs: times.retryDelaysMs,
      }),
    }
  }
}
