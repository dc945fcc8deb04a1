import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { openRaw, parseAnswer, type Service, score, startService, stopServices, until } from './service.ts'

afterEach(stopServices)

const headers = (length: number | undefined, type = 'application/json') =>
  `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\n${
    length === undefined ? 'transfer-encoding: chunked' : `content-length: ${length}`
  }\r\n\r\n`

/** Slow bodies: what a sender writes first, and then again and again. */
const kinds = {
  'of a known length': [headers(10_000_000), ' '.repeat(1000)],
  'of an unknown length': [headers(undefined), `3e8\r\n${' '.repeat(1000)}\r\n`],
  'with parts': [
    `${headers(50_000_000, 'multipart/form-data; boundary=b')}--b\r\ncontent-disposition: form-data; name="prediction"; filename="a"\r\n\r\n`,
    'x'.repeat(1000),
  ],
} as const

/** So many connections that send 2 kB a second each, and come again when they are refused. */
function attack(service: Service, connections: number): { stop(): void; refused(): number } {
  const slots = Array.from({ length: connections }, (_, i) => ({
    kind: Object.values(kinds)[i % 3],
    socket: undefined as Socket | undefined,
  }))
  let refused = 0
  const timer = setInterval(() => {
    for (const slot of slots) {
      const [start, more] = slot.kind
      if (slot.socket?.writable) slot.socket.write(more)
      else {
        if (slot.socket) refused++
        const { socket } = openRaw(service)
        socket.once('end', () => socket.destroy()).write(start)
        slot.socket = socket
      }
    }
  }, 500)
  return {
    stop: () => {
      clearInterval(timer)
      for (const { socket } of slots) socket?.destroy()
    },
    refused: () => refused,
  }
}

describe('a thousand connections that send 2 kB a second', () => {
  it('keep no honest request from its answer, and are given up themselves', async () => {
    const service = await startService({ QUEUE_LIMIT: '64' })
    const slow = attack(service, 1000)
    await until(() => service.app.receiving >= 1000)
    let answered = 0
    // Until hundreds were given up and came again.
    while (slow.refused() < 300) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => score(service, {})))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      answered += answers.length
      await sleep(50)
    }
    expect(answered).toBeGreaterThan(0)
    // They hold no place among those who wait, and memory only for what they have sent.
    expect(service.app.admitted.tickets).toBe(0)
    expect(service.app.admitted.bytes).toBeLessThan(1000 * 30_000)
    slow.stop()
    await until(() => service.app.receiving === 0)
    expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
    const ends = service.log.flatMap(({ status, outcome }) => (status === 408 ? [outcome] : []))
    expect(new Set(ends)).toEqual(new Set(['RECEIVE_TIMEOUT']))
  }, 180_000)

  it('give way one by one, the slowest first, when there is no place left to receive', async () => {
    const service = await startService({ RECEIVE_LIMIT: '3' })
    const senders = [9000, 100, 6000].map((bytes) => {
      const sender = openRaw(service)
      sender.socket.write(`${headers(10_000)}${' '.repeat(bytes)}`)
      return sender
    })
    await until(() => service.app.admitted.bytes === 15_100)
    // Nobody is slow yet.
    const early = await score(service, {})
    expect(await early.json()).toMatchObject({ status: 503, code: 'OVERLOADED' })
    await sleep(600)
    expect((await score(service, {})).status).toBe(200)
    const { status, json } = parseAnswer(await senders[1].whole)
    expect({ status, code: json.code }).toEqual({ status: 408, code: 'RECEIVE_TIMEOUT' })
    expect(json.detail).toContain('others need its place')
    expect(service.app.receiving).toBe(2)
    expect(service.app.admitted.bytes).toBe(15_000)
    for (const { socket } of senders) socket.destroy()
  })

  it('give their memory to the body that needs it', async () => {
    const service = await startService({
      MAX_FILE_BYTES: '20KB',
      MAX_REQUEST_BYTES: '20KB',
      MAX_BUFFERED_BYTES: '20KB',
    })
    const slow = openRaw(service)
    slow.socket.write(`${headers(20_000)}${' '.repeat(15_000)}`)
    await until(() => service.app.admitted.bytes === 15_000)
    await sleep(600)
    const honest = await score(service, {}, { 'x-filler': 'a' })
    expect(honest.status).toBe(200)
    const large = await fetch(`${service.url}/v1/score`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{}${' '.repeat(10_000)}`,
    })
    expect(large.status).toBe(200)
    expect(parseAnswer(await slow.whole).json.code).toBe('RECEIVE_TIMEOUT')
  })
})
