import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../../src/problems/catalogue.ts'
import { type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

describe('addresses that nothing is at', () => {
  it.each([
    ['an unknown one', 'GET', '/v1/scores', 404, 'NOT_FOUND'],
    ['an unknown one under the pages', 'GET', '/docs/static/none.js', 404, 'NOT_FOUND'],
    ['one that leads out of the pages', 'GET', '/docs/static/..%2f..%2fpackage.json', 404, 'NOT_FOUND'],
    ['an unknown code', 'GET', '/problems/constructor', 404, 'NOT_FOUND'],
    ['a code longer than any', 'GET', `/problems/${'a'.repeat(300)}`, 404, 'NOT_FOUND'],
    ['no valid percent code', 'GET', '/problems/%', 400, 'MALFORMED_REQUEST'],
    ['another method', 'GET', '/v1/score', 405, 'METHOD_NOT_ALLOWED'],
    ['another method of a page', 'POST', '/problems/CORRUPT', 405, 'METHOD_NOT_ALLOWED'],
    ['a method that nothing takes', 'DELETE', '/v1/capacity', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s', async (_, method, path, status, code) => {
    const response = await fetch(service.url + path, { method })
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ status, code, type: `/problems/${code}`, errors: [] })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(response.headers.get('x-request-id')).toBe(problem.request_id)
    if (status === 405) expect(response.headers.get('allow')).toMatch(/POST|GET/)
  })
})

describe('pages', () => {
  const page = async (path: string) => {
    const response = await fetch(service.url + path, { headers: { accept: 'text/html' } })
    expect(response.status, path).toBe(200)
    return { headers: response.headers, text: await response.text(), url: response.url }
  }
  const linksIn = (text: string) => [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link)

  it.each(['/', '/docs', '/problems', '/problems/SIZE_MISMATCH'])(
    '%s needs nothing from elsewhere, and its links lead somewhere',
    async (path) => {
      const { text, headers, url } = await page(path)
      expect(headers.get('content-type')).toMatch(/^text\/html/)
      const links = linksIn(text)
      expect(links.length).toBeGreaterThan(1)
      for (const link of links) {
        expect(link).not.toMatch(/^(\/|\w+:)/)
        const found = await fetch(new URL(link, url))
        expect([200, 503], link).toContain(found.status)
        await found.body?.cancel()
      }
    },
  )

  it('hold no script of their own: the content policy allows none', async () => {
    for (const path of ['/', '/docs', '/problems', '/problems/SIZE_MISMATCH']) {
      const { text, headers } = await page(path)
      expect(headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(headers.get('content-security-policy')).not.toContain("'unsafe-eval'")
      // The page's import map is a script to browsers: the policy names it by its hash.
      expect(text, path).not.toMatch(/<script(?![^>]* src=| type="importmap")[^>]*>|\son\w+=|javascript:/)
    }
  })

  it('the plain start page, of MASKSCORE_PAGE=off, shows a call that works as it stands', async () => {
    const plain = await startService({ MASKSCORE_PAGE: 'off' })
    const text = await (await fetch(plain.url)).text()
    expect(text).toContain(`${plain.url}/v1/score`)
    expect(text).toContain('curl -F ground_truth=@')
    expect(text).not.toContain('<script')
    expect((await fetch(`${plain.url}/page/x/src/page/icon.svg`)).status).toBe(404)
    expect((await fetch(`${plain.url}/favicon.ico`)).status).toBe(200)
    await plain.close()
  })

  it('the start page repeats no host that is none', async () => {
    const service = await startService({ MASKSCORE_PAGE: 'off' })
    const text = await new Promise<string>((resolve, reject) => {
      const client = httpRequest(service.url, { headers: { host: 'a<script>"&' } }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => {
          body += chunk
        })
        response.on('end', () => resolve(body))
      })
      client.on('error', reject).end()
    })
    expect(text).not.toContain('a<script>')
    await service.close()
  })

  it('need no key where calls do', async () => {
    const keyed = await startService({
      MASKSCORE_KEYS: 'ann:0123456789abcdef',
    })
    const get = (path: string, headers = {}) => fetch(keyed.url + path, { headers })
    for (const path of ['/', '/docs', '/docs/static/swagger-ui.css', '/problems/FORBIDDEN', '/openapi.yaml'])
      expect((await get(path)).status, path).toBe(200)
    const refused = await get('/v1/metrics')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect((await get('/v1/metrics', { authorization: 'Bearer 0123456789abcdef' })).status).toBe(200)
    await keyed.close()
  })

  it('/docs shows the document of this service', async () => {
    const initializer = await (await fetch(`${service.url}/docs/static/swagger-initializer.js`)).text()
    expect(initializer).toContain("resolveUrl('./json')")
    const [shown, served] = await Promise.all(
      ['/docs/json', '/openapi.json'].map(async (path) => (await fetch(service.url + path)).json()),
    )
    expect(shown).toEqual(served)
  })

  it('remedies name only addresses and options that are there', async () => {
    const paths = Object.values(problems).flatMap(
      ({ remedy }) => remedy.match(/(?<=\s)\/[\w/.]*\w|\s\/(?=\s)/g) ?? [],
    )
    expect(paths.length).toBeGreaterThan(2)
    for (const path of new Set(paths)) expect((await fetch(service.url + path.trim())).status, path).toBe(200)
  })
})
