import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { afterEach, expect, it, vi } from 'vitest'
import { guardReceive } from '../../src/receiving/receive-guard.ts'
import { openRaw, score, startService, stopServices, until } from '../plugins/service.ts'

afterEach(stopServices)

it('frees the memory of large bodies at once, and does not leave it to the garbage collector', async () => {
  const service = await startService()
  const body = JSON.stringify({ padding: 'x'.repeat(3 * 2 ** 20) })
  const request = Buffer.from(
    `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  const { socket, received } = openRaw(service)
  let lowest = Number.POSITIVE_INFINITY
  let rise = 0
  for (let sent = 1; sent <= 16; sent++) {
    socket.write(request)
    await until(() => received().split('HTTP/1.1 200').length > sent)
    const inUse = process.memoryUsage().arrayBuffers
    lowest = Math.min(lowest, inUse)
    rise = Math.max(rise, inUse - lowest)
  }
  // Sixteen bodies of three mebibytes: what is left of a few may be there, what is left of all may not.
  // Only a rise counts: what earlier tests of this process left behind may be collected at any time.
  expect(rise).toBeLessThan(24 * 2 ** 20)
})

it.each([
  [new Socket(), [0, 0, 100, 100], [0, 0, 0, 100]],
  [new PassThrough(), [100, 100, 100, 100], [100, 100, 100, 100]],
])(
  'gives back what came over a socket, has been copied and has memory of its own',
  async (socket, meanwhile, after) => {
    const raw = Object.assign(new EventEmitter(), { socket })
    const request = { raw, record: { bytes: 0 } } as unknown as FastifyRequest
    const bounds = { receiveTimeout: 10_000, minReceiveRate: 0 }
    const pooled = Buffer.from(new ArrayBuffer(300), 100, 100)
    const chunks = [...[1, 2, 3].map(() => Buffer.from(new ArrayBuffer(100))), pooled]
    const left = () => chunks.map(({ byteLength }) => byteLength)
    const body = await guardReceive(request, bounds, new AbortController().signal, async (copied) => {
      for (const chunk of chunks) raw.emit('data', chunk)
      expect(left()).toEqual([100, 100, 100, 100])
      copied(299)
      expect(left()).toEqual(meanwhile)
      return 'a copy'
    })
    expect(body).toBe('a copy')
    expect(left()).toEqual(after)
  },
)

it('frees the memory of an answer once all of it is sent', async () => {
  const service = await startService()
  const run = vi.spyOn(service.app.pool, 'run')
  const answer = await score(service, { answerBytes: 5_000_000 })
  expect((await answer.text()).length).toBe(5_000_000)
  const { outcome } = await run.mock.results[0].value
  await until(() => outcome.body.byteLength === 0)
})
