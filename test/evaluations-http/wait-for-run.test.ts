import { EventEmitter } from 'node:events'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { afterEach, expect, it, vi } from 'vitest'
import { waitForChange } from '../../routes/evaluations/wait-for-run.ts'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'
import type { Evaluations } from '../../src/evaluations/ports/store-port.ts'
import { WaitPlaces } from '../../src/receiving/wait-places.ts'

afterEach(() => vi.restoreAllMocks())

it('a call waits as long as it asks for, however soon an idle connection is cut', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
  const socket = Object.assign(new EventEmitter(), { destroyed: false, setTimeout: vi.fn() })
  const raw = Object.assign(new EventEmitter(), { socket })
  const request = {
    raw,
    record: {},
    server: {
      waitPlaces: new WaitPlaces(1),
      closing: new AbortController().signal,
      settings: { requestTimeout: 100, receiveTimeout: 100 },
    },
  } as unknown as FastifyRequest
  const reply = { raw: new EventEmitter(), request } as unknown as FastifyReply
  const first = { revision: 1, state: 'running' } as RunResource
  const seen: unknown[] = []
  const changed = async () => {
    seen.push(...socket.setTimeout.mock.calls)
    return first
  }
  const run = { evaluations: { runs: { changed } } as unknown as Evaluations, owner: 'ann', id: 'x' }
  expect(await waitForChange(request, reply, run, first, 60_000, true)).toBe(first)
  expect(timeout).toHaveBeenCalledWith(60_000)
  // While it waits time alone does not cut it; then again it does.
  expect(seen).toEqual([[0]])
  expect(socket.setTimeout).toHaveBeenLastCalledWith(200)
})
