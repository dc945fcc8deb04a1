import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { ProblemCode } from '../problems/catalogue.ts'
import type { TaskRunner } from '../tasks/runner.ts'
import type { BackgroundWork } from './background-work.ts'
import type { Result } from './delivery.ts'
import type { HookMemory } from './hook-memory.ts'
import type { Journal } from './journal.ts'
import type { Retries } from './retries.ts'
import type { ToolClientOptions } from './tool-client.ts'

/**
 * A labeling tool whose webhooks are taken. `Settings` are those of the service's settings that it needs, and `Told`
 * is a result with the tool's own scores.
 */
export interface Tool<Settings, Told extends Result, Hook extends EventHook> {
  /** In deliveries, logs and telemetry. */
  readonly name: string
  readonly webhook: WebhookContract
  /** What its deliveries hold beside what all hold. */
  readonly scores: z.ZodRawShape
  /** What the log's line tells of the scores: one flat object. */
  headline(result: Told): object
  hook(settings: Settings, parts: HookParts<Told>): Hook
}

/** What the OpenAPI document says of a webhook. */
export interface WebhookContract {
  readonly url: string
  readonly summary: string
  readonly description: string
  readonly secret: 'bearer' | 'signature' | 'callback_key'
  readonly body: { readonly json: z.ZodType; readonly example: unknown }
  readonly answer: z.ZodType
  /** Other statuses with such an answer than 200, and when they come. */
  readonly also: Readonly<Record<number, string>>
  readonly refusals: readonly ProblemCode[]
}

/** What a hook works with: its own journal and queue, and what all hooks share. */
export interface HookParts<Told extends Result> {
  readonly runner: TaskRunner
  readonly memory: HookMemory
  readonly journal: Journal<Told>
  readonly work: BackgroundWork
  /** Events that could not be done because the tool or a worker was not there. */
  readonly retries: Retries
  readonly times: HookTimes
  /** For a client of the tool at this address. */
  clientOptions(baseUrl: string): Omit<ToolClientOptions, 'tool'>
}

/** Times that tests shorten. */
export interface HookTimes {
  readonly retryDelaysMs: readonly number[]
  /** Time of all the work on one event. */
  readonly workTimeoutMs: number
  /** Waits between the tries of events that are kept: the first, and the longest that it grows to. */
  readonly keptDelaysMs: readonly [first: number, longest: number]
  /** How long an event is kept. */
  readonly keptMs: number
  /** After this time a tool that waits for the result of an event is answered without it. */
  readonly answerMs: number
}

/** One request to a webhook. */
export interface IncomingEvent {
  readonly headers: IncomingHttpHeaders
  /** On the monotonic clock. */
  readonly startedAt: number
  /**
   * Its body, at most so many bytes of it.
   *
   * @throws Refusal INPUT_TOO_LARGE, OVERLOADED, RECEIVE_TIMEOUT
   */
  read(maxBytes?: number): Promise<Uint8Array>
}

export interface EventAnswer {
  readonly status: number
  /** JSON. */
  readonly text: string
}

/** What takes the events of one tool. */
export interface EventHook {
  /**
   * Asks for the tool's secret as far as headers tell, before a body is read.
   *
   * @throws Refusal UNAUTHENTICATED, FORBIDDEN
   */
  admit(headers: IncomingHttpHeaders): void
  /** @throws Refusal for what is no event of the tool, or cannot be taken */
  receive(event: IncomingEvent): Promise<EventAnswer>
}
