import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetZips, type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const { groundTruth, prediction } = datasetZips(20)
let service: EvaluatedService
beforeAll(async () => {
  service = await startEvaluations(
    { MASKSCORE_MAX_STORED_BYTES: '2GB', MASKSCORE_MAX_ARCHIVE_BYTES: '220MB' },
    false,
  )
}, 60_000)
afterAll(() => service.close())

const spooled = () => readdirSync(join(service.dataDir, 'spool'))
const begun = () => service.call(undefined, 'GET', '/v1/evaluations')

/** A body that is sent piece by piece; it ends, or is cut, as told. */
function send(
  pieces: number,
  pieceBytes: number,
  ends: boolean,
): Promise<{ status: number; text: string; peak: number }> {
  const piece = Buffer.alloc(pieceBytes, 7)
  const head = '--b\r\ncontent-disposition: form-data; name="ground_truth"; filename="gt.zip"\r\n\r\n'
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${service.url}/v1/evaluations`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    let peak = 0
    sent.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode ?? 0, text, peak })
    })
    sent.on('error', ends ? reject : () => resolve({ status: 0, text: '', peak }))
    const gone = new Promise((go) => sent.once('close', go))
    const run = async () => {
      sent.write(head)
      for (let k = 0; k < pieces && !sent.destroyed; k++) {
        if (!sent.write(piece)) await Promise.race([once(sent, 'drain'), gone])
        peak = Math.max(peak, process.memoryUsage.rss())
      }
      if (ends) sent.end('\r\n--b--\r\n')
      else {
        await sleep(300)
        sent.destroy()
      }
    }
    run().catch(reject)
  })
}

describe('uploads', () => {
  it('go to the disk: one of 200 MB adds little memory', async () => {
    // Opens the store, which takes memory of its own.
    await begun()
    await send(1600, 2 ** 16, true)
    // Sender and service are one process here, whose garbage is collected when it likes: what is held is in every upload.
    const added: number[] = []
    while (added.length < 4 && Math.min(...added) >= 64) {
      const before = process.memoryUsage.rss()
      const { status, text, peak } = await send(3200, 2 ** 16, true)
      // It is no archive, and that is told after it has arrived.
      expect([202, 400, 415, 422], text).toContain(status)
      added.push((peak - before) / 2 ** 20)
    }
    expect(Math.min(...added)).toBeLessThan(64)
  }, 60_000)

  it('are gone when their sender goes', async () => {
    const known = spooled()
    await send(40, 2 ** 16, false)
    await expect.poll(() => spooled().filter((name) => !known.includes(name)), { timeout: 5000 }).toEqual([])
  })

  it('are given up at whatever stage their sender goes, and keep nobody out', async () => {
    const head = '--b\r\ncontent-disposition: form-data; name="ground_truth"; filename="gt.zip"\r\n\r\n'
    const sent = ['', head.slice(0, 5), head.slice(0, 60), `${head}PK`]
    const headers = (key: string) =>
      `POST /v1/evaluations HTTP/1.1\r\nhost: localhost\r\nidempotency-key: ${key}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n`
    const goAt = (text: string, place: number) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(service.url).port), '127.0.0.1', async () => {
          socket.write(headers(`gone-${place}`) + text)
          await sleep(50)
          socket.destroy()
          resolve()
        })
      })
    await begun()
    // More than may arrive at the same time.
    for (let round = 0; round < 3; round++) await Promise.all(sent.map(goAt))
    const again = () =>
      Promise.all(
        sent.map((_, place) =>
          service.call(undefined, 'POST', '/v1/evaluations', {
            body: evaluationForm({ prediction }),
            headers: { 'idempotency-key': `gone-${place}` },
          }),
        ),
      )
    await expect
      .poll(async () => (await again()).map(({ json }) => json.code), { timeout: 10_000 })
      .toEqual(Array(4).fill('MISSING_PART'))
  })

  it('that are empty are told, and leave nothing', async () => {
    const known = spooled()
    for (const filename of ['empty.zip', '']) {
      const body = evaluationForm({ ground_truth: groundTruth })
      body.append('prediction', new Blob([]), filename)
      const told = await service.call(undefined, 'POST', '/v1/evaluations', { body })
      // A form sends the fields that were left empty as well, without a name.
      expect(told.json.code ?? told.status, told.text).toBe(filename ? 'MISSING_PART' : 202)
    }
    expect(spooled()).toEqual(known)
    const packed = await service.call(undefined, 'POST', '/v1/evaluations', {
      body: evaluationForm({ ground_truth: groundTruth, prediction }),
      headers: { 'content-encoding': 'gzip' },
    })
    expect(packed.json.code).toBe('UNSUPPORTED_MEDIA_TYPE')
  })

  it('are refused while they arrive when they are too large, and leave nothing', async () => {
    const known = spooled()
    const { status } = await send(4000, 2 ** 16, false)
    expect([413, 429, 0]).toContain(status)
    await expect.poll(() => spooled().filter((name) => !known.includes(name)), { timeout: 5000 }).toEqual([])
  }, 60_000)

  it.each([
    ['no ground truth', { prediction }, 'MISSING_PART'],
    [
      'a part that is not known',
      { ground_truth: groundTruth, prediction, masks: prediction },
      'UNEXPECTED_PART',
    ],
    [
      'a ground truth beside a dataset',
      { ground_truth: groundTruth, prediction, dataset: 'x' },
      'UNEXPECTED_PART',
    ],
  ])('with %s are refused', async (_, parts, code) => {
    const refused = await service.call(undefined, 'POST', '/v1/evaluations', { body: evaluationForm(parts) })
    expect(refused.json.code, refused.text).toBe(code)
    expect(
      spooled().every((name) => statSync(join(service.dataDir, 'spool', name)).size !== prediction.length),
    ).toBe(true)
  })
})

describe('without keys', () => {
  const cancel = (headers: Record<string, string>) =>
    service.call(undefined, 'POST', '/v1/evaluations/00000000-0000-4000-8000-000000000000/cancel', {
      headers,
    })

  it('a page of another origin changes nothing', async () => {
    expect((await cancel({ origin: 'https://evil.example' })).json.code).toBe('FOREIGN_ORIGIN')
    expect((await cancel({ 'sec-fetch-site': 'cross-site' })).json.code).toBe('FOREIGN_ORIGIN')
    expect((await cancel({})).json.code).toBe('NOT_FOUND')
  })

  it('a name that is rebound to this machine reads nothing', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(
        `${service.url}/v1/evaluations`,
        { headers: { host: 'evil.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      sent.on('error', reject)
      sent.end()
    })
    expect(status).toBe(403)
    expect((await begun()).status).toBe(200)
  })

  it('roots and addresses that nobody set are refused', async () => {
    for (const ground_truth of [{ root: 'x', path: '' }, { url: 'https://169.254.169.254/latest' }]) {
      const refused = await service.call(undefined, 'POST', '/v1/evaluations', { body: { ground_truth } })
      expect(refused.json.code, refused.text).toBe('SOURCE_REFUSED')
    }
  })
})
