import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { contentType, multipartBody, type SentPair } from '../../bench/service/body.ts'
import { runScript, underLoad } from '../../bench/service/load.ts'
import type { OpenLoopOrder, OpenLoopResult } from '../../bench/service/open-loop.ts'
import { cpuMsOf, peakMbOf, processTree, residentMbOf } from '../../bench/service/process-tree.ts'

const pair: SentPair = {
  name: 'test of the load',
  width: 1,
  height: 1,
  files: { ground_truth: Buffer.from([1, 2, 13, 10]), prediction: Buffer.alloc(100_000, 7) },
  options: { ignore_labels: [255] },
}

describe('multipartBody', () => {
  it('is what an independent reader of multipart takes for two files and the options', async () => {
    const body = Uint8Array.from(multipartBody(pair))
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
    expect([...form.keys()]).toEqual(['ground_truth', 'prediction', 'options'])
    expect(new Uint8Array(await (form.get('ground_truth') as File).arrayBuffer())).toEqual(
      Uint8Array.from([1, 2, 13, 10]),
    )
    expect((form.get('prediction') as File).size).toBe(100_000)
    expect(form.get('options')).toBe('{"ignore_labels":[255]}')
  })
})

describe.runIf(process.platform === 'linux')('underLoad', () => {
  const received: number[] = []
  let status = 200
  const server = createServer(async (request, response) => {
    received.push((await buffer(request)).length)
    const answer = Buffer.from('{"answer":"ü"}')
    response.writeHead(status, { 'content-length': answer.length })
    response.end(answer)
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
    received.length = 0
    status = 200
  })

  const load = async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const stub = { pid: process.pid, port, stop: async () => {} }
    return underLoad(stub, '/score', pair, { connections: 2, seconds: 0.1 })
  }

  it('sends whole bodies and counts whole answers', async () => {
    const sample = await load()
    expect(new Set(received)).toEqual(new Set([multipartBody(pair).length]))
    expect(sample.perSecond).toBeGreaterThan(0)
    expect(sample.p99Ms).toBeGreaterThanOrEqual(sample.p50Ms)
    expect(sample.peakMb).toBeGreaterThan(10)
  })

  it('gives up at the first answer that is no success, and shows it', async () => {
    status = 503
    await expect(load()).rejects.toThrow(/503.*\{"answer":"ü"\}/s)
    expect(received.length).toBeLessThanOrEqual(2)
  })
})

describe('the open loop', () => {
  it('sends at its rate whatever comes back, and tells apart what does', async () => {
    const kinds: [number, Record<string, string>, string][] = [
      [200, {}, 'right'],
      [200, {}, 'wrong'],
      [503, { 'retry-after': '3' }, '{"code":"QUEUE_FULL"}'],
      [503, { 'retry-after': '0' }, '{"code":"QUEUE_FULL"}'],
      [500, {}, '{"code":"INTERNAL"}'],
    ]
    let asked = 0
    const server = createServer(async (request, response) => {
      const [status, headers, text] = kinds[asked++ % kinds.length]
      await buffer(request)
      response.writeHead(status, { ...headers, 'content-length': text.length }).end(text)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const order: OpenLoopOrder = {
      port: (server.address() as { port: number }).port,
      path: '/',
      bodyFile: import.meta.filename,
      contentType: 'text/plain',
      perSecond: 100,
      seconds: 0.5,
      expected: createHash('sha256').update('right').digest('hex'),
    }
    const result = await runScript<OpenLoopResult>('open-loop.ts', order)
    server.close()
    expect(result).toMatchObject({
      sent: 50,
      wrongBodies: 10,
      withoutRetryAfter: 10,
      others: { '500 INTERNAL': 10 },
      retryAfter: [3, 3],
    })
    expect([result.accepted.length, result.refused.length]).toEqual([20, 20])
  })
})

describe.runIf(process.platform === 'linux')('the process tree', () => {
  it('holds the children, and adds up what they use', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)'])
    try {
      await once(child.stdout, 'data')
      expect(processTree(process.pid)).toContain(child.pid)
      expect(cpuMsOf(process.pid)).toBeGreaterThanOrEqual(cpuMsOf(child.pid!))
      expect(residentMbOf(process.pid)).toBeGreaterThan(residentMbOf(child.pid!))
      const resident = residentMbOf(child.pid!)
      expect(peakMbOf(child.pid!)).toBeGreaterThan(resident / 2)
    } finally {
      child.kill()
    }
  })
})
