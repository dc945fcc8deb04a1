import type { FastifyRequest } from 'fastify'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Evaluations } from '../../src/evaluations/ports/store-port.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { Refusal, refuseField } from '../../src/problems/refusal.ts'
import type { AskedEvaluation } from './new-evaluation.ts'

/** A call that may be repeated without doing its work twice (draft-ietf-httpapi-idempotency-key-header). */
export interface Repeatable {
  /** An evaluation was begun with its key: it begins none. */
  readonly isRepeated: boolean
  /** What a run is kept with. */
  binding(asked: AskedEvaluation): {
    readonly idempotency?: { readonly key: string; readonly fingerprint: string }
  }
  /**
   * What was answered to the same body before; undefined where this is the first.
   * @throws Refusal IDEMPOTENCY_MISMATCH
   */
  answered(asked: AskedEvaluation): Promise<RunResource | undefined>
  /** The call failed: the next one with this key is the first again. */
  giveBack(): Promise<void>
}

const unrepeatable: Repeatable = {
  isRepeated: false,
  binding: () => ({}),
  answered: async () => undefined,
  giveBack: async () => undefined,
}

/**
 * Claims the key of a call before its body arrives.
 * @throws Refusal IDEMPOTENCY_IN_PROGRESS, INVALID_OPTIONS
 */
export async function repeatable(request: FastifyRequest, evaluations: Evaluations): Promise<Repeatable> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return unrepeatable
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw refuseField(
      'INVALID_OPTIONS',
      '/idempotency-key',
      'An Idempotency-Key is 1 to 255 visible characters.',
    )
  const owner = callerOf(request)
  const begun = await evaluations.idempotency.begin(owner, key)
  return {
    isRepeated: begun.type === 'answered',
    binding: ({ fingerprint }) => ({ idempotency: { key, fingerprint } }),
    async answered({ fingerprint }) {
      if (begun.type === 'claimed') return undefined
      if (begun.fingerprint !== fingerprint)
        throw new Refusal(
          'IDEMPOTENCY_MISMATCH',
          'The first request with this Idempotency-Key had another body.',
        )
      return evaluations.runs.get(owner, begun.run)
    },
    async giveBack() {
      if (begun.type === 'claimed') await begun.giveBack()
    },
  }
}
