import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { ItemViews } from '../evaluations/items/item-views.ts'
import type { Evaluations } from '../evaluations/ports/store-port.ts'
import type { DataRoot } from '../evaluations/sources/root-path.ts'
import { Refusal } from '../problems/refusal.ts'
import { UploadPlaces } from '../receiving/upload-places.ts'
import { WaitPlaces } from '../receiving/wait-places.ts'
import type { TaskRunner } from '../tasks/runner.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * What keeps runs and datasets, opened at the first use.
     * @throws Refusal STORE_UNAVAILABLE
     */
    evaluations(): Promise<Evaluations>
    /** The same where somebody has asked for it; nothing is opened. */
    openedEvaluations(): Promise<Evaluations> | undefined
    readonly itemViews: ItemViews
    readonly dataRoots: readonly DataRoot[]
    readonly uploadPlaces: UploadPlaces
    readonly waitPlaces: WaitPlaces
    /** Aborts when the service closes: streams and waiting calls end. */
    readonly closing: AbortSignal
  }
}

export interface EvaluationStoreParts {
  readonly runner: TaskRunner
  readonly maxStreams: number
  readonly dataRoots: readonly DataRoot[]
  /** Loads and opens the store. */
  readonly open: () => Promise<Evaluations>
  /** There are runs that wait for this process: the store is opened at start. */
  readonly opensAtStart: boolean
}

/** The store behind evaluations. A service that only scores pairs never loads it. */
export const evaluationStore = fastifyPlugin<EvaluationStoreParts>(
  async (app, { runner, maxStreams, dataRoots, open, opensAtStart }) => {
    const ending = new AbortController()
    let opening: Promise<Evaluations> | undefined
    const opened = () => {
      opening ??= open().catch((error: unknown) => {
        // The next call tries again.
        opening = undefined
        app.log.error({ err: error }, 'the store of evaluations cannot be opened')
        throw error instanceof Refusal
          ? error
          : new Refusal('STORE_UNAVAILABLE', 'The store of evaluations cannot be opened.')
      })
      return opening
    }
    app.decorate('evaluations', opened)
    app.decorate('openedEvaluations', () => opening)
    app.decorate('itemViews', new ItemViews(runner))
    app.decorate('dataRoots', dataRoots)
    app.decorate('uploadPlaces', new UploadPlaces())
    app.decorate('waitPlaces', new WaitPlaces(maxStreams))
    app.decorate('closing', ending.signal)
    app.addHook('preClose', async () => ending.abort())
    app.addHook('onClose', async () => {
      const store = await opening?.catch(() => undefined)
      await store?.close()
    })
    if (opensAtStart)
      app.addHook('onListen', () => {
        // Its failure is logged; calls try again.
        opened().catch(() => undefined)
      })
  },
)

/** The name of the caller's key, by whom resources are owned; '' without keys. */
export const callerOf = ({ record }: FastifyRequest): string => record.client ?? ''
