import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRaw, parseAnswer, type Service, score, startService, stopServices } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService({ BASE_PATH: '/team.a/eval/' })
})
afterAll(stopServices)

const get = (path: string, headers = {}) => fetch(service.url + path, { redirect: 'manual', headers })

/** Every address that a page links to or loads, as a browser resolves it. */
async function linksOf(address: string): Promise<URL[]> {
  const answer = await fetch(address, { headers: { accept: 'text/html' } })
  expect(answer.status, address).toBe(200)
  const html = await answer.text()
  return [...html.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, link]) => new URL(link, answer.url))
}

describe('below a base path', () => {
  it('every call is answered, with the path and without it', async () => {
    const below = { ...service, url: `${service.url}/team.a/eval` }
    expect((await score(below, {})).status).toBe(200)
    expect((await score(service, {})).status).toBe(200)
    expect((await get('/team.a/eval/livez')).status).toBe(200)
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/teamXa/eval/livez')).status).toBe(404)
    expect((await get('/team.a/evaluation/livez')).status).toBe(404)
  })

  it('links stay below it: none of a page or of what it loads leads anywhere else', async () => {
    const pages = ['', 'docs', 'docs/', 'problems', 'problems/SIZE_MISMATCH']
    for (const page of pages) {
      const links = await linksOf(`${service.url}/team.a/eval/${page}`)
      expect(links.length).toBeGreaterThan(0)
      for (const link of links) {
        expect(link.href).toMatch(new RegExp(`^${service.url}/team\\.a/eval/`))
        expect((await fetch(link)).status, link.href).toBeLessThan(400)
      }
    }
  })

  it('the path itself leads to the start page, also when a query comes along', async () => {
    for (const path of ['/team.a/eval', '/team.a/eval?a=b']) {
      const answer = await get(path)
      expect(answer.status).toBe(302)
      const target = new URL(answer.headers.get('location') ?? '', service.url + path)
      expect(target.href).toBe(`${service.url}/team.a/eval/`)
    }
  })

  it('refusals and the contract name addresses below it, and so does the plain start page', async () => {
    const refusal = await get('/team.a/eval/nowhere')
    expect(await refusal.json()).toMatchObject({ type: '/team.a/eval/problems/NOT_FOUND' })
    const broken = openRaw(service)
    broken.socket.write('nonsense\r\n\r\n')
    expect(parseAnswer(await broken.whole).json.type).toBe('/team.a/eval/problems/MALFORMED_REQUEST')
    const contract = (await (await get('/team.a/eval/openapi.json')).json()) as { servers: object[] }
    expect(contract.servers).toEqual([{ url: '/team.a/eval' }])
    const plain = await startService({ BASE_PATH: '/team.a/eval/', PAGE: 'off' })
    expect(await (await fetch(`${plain.url}/team.a/eval/`)).text()).toContain('/team.a/eval/v1/score')
  })
})

describe('without a base path', () => {
  it('the pages link relatively all the same, for a proxy that takes its path away', async () => {
    const { url } = await startService()
    for (const page of ['', 'docs', 'problems', 'problems/SIZE_MISMATCH']) {
      const html = await (await fetch(`${url}/${page}`, { headers: { accept: 'text/html' } })).text()
      const links = [...html.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, link]) => link)
      expect(links.filter((link) => link.startsWith('/'))).toEqual([])
    }
  })
})
