import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPackages } from '../../src/page/browser-packages.ts'
import { type PageFiles, pageFiles } from '../../src/page/page-files.ts'
import { type Service, startService } from '../http/service.ts'

let service: Service
let page: PageFiles
beforeAll(async () => {
  service = await startService({ MASKSCORE_BASE_PATH: '/eval' })
  page = await pageFiles()
})
afterAll(() => service.close())

const text = (address: string) => Buffer.from(page.files.get(address)?.bytes ?? []).toString()

describe('the page', () => {
  it('holds every module that one of its modules imports, from this service alone', () => {
    const modules = [...page.files.keys()].filter((address) => /\.(ts|js)$/.test(address))
    expect(modules.length).toBeGreaterThan(30)
    for (const address of modules)
      for (const [, specifier] of text(address).matchAll(/(?:\bfrom\s*|\bimport\s*\(?)["']([^"']+)["']/g)) {
        const file = browserPackages[specifier]
        const target = file ? `packages/${file}` : join(address, '..', specifier)
        expect(page.files.has(target), `${address} imports ${specifier}`).toBe(true)
      }
  })

  it('keeps lines and columns of its sources when types are taken out', () => {
    const address = 'src/page/browser/masks/view.ts'
    const source = readFileSync(join(import.meta.dirname, '../..', address), 'utf8')
    expect(text(address).split('\n').length).toBe(source.split('\n').length)
    expect(text(address)).not.toContain('interface View')
  })

  it('is small: the first screen takes at most 45 files of 45 kB together, as they are sent', () => {
    const first = [...page.files].filter(([, { isFirst }]) => isFirst)
    expect(first.length).toBeLessThanOrEqual(45)
    expect(first.reduce((sum, [, { zipped }]) => sum + zipped.length, 0)).toBeLessThan(45_000)
  })

  it('loads what shows a pair, and the threads, only when they are needed', () => {
    const browser = (name: string) => page.files.get(`src/page/browser/${name}`)
    expect(browser('screens/pair-screen.ts')?.isFirst).toBe(true)
    for (const later of ['screens/pair-view.ts', 'elements/help-dialog.ts', 'masks/loss-thread.ts'])
      expect(browser(later)?.isFirst, later).toBe(false)
  })

  it('is asked for anew each time and answered with 304 while it is the same', async () => {
    const first = await fetch(service.url)
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const again = await fetch(service.url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
  })

  it('allows no script but its own and its import map, and nothing written as HTML', async () => {
    const response = await fetch(service.url)
    const [, map] = /<script type="importmap">(.*?)<\/script>/.exec(await response.text()) ?? []
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(
      `script-src 'self' 'sha256-${createHash('sha256').update(map).digest('base64')}';`,
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('sends files that browsers may keep for ever, packed for those who take that', async () => {
    const address = `/page/${page.version}/src/page/browser/main.ts`
    const ask = (path: string, encoding: string) =>
      new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>(
        (resolve, reject) => {
          httpRequest(service.url + path, { headers: { 'accept-encoding': encoding } }, (response) => {
            response.resume()
            response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }))
          })
            .on('error', reject)
            .end()
        },
      )
    for (const path of [address, `/eval${address}`]) {
      const { status, headers } = await ask(path, 'gzip')
      expect([status, headers['content-encoding'], headers['content-type']]).toEqual([
        200,
        'gzip',
        'text/javascript; charset=utf-8',
      ])
      expect(headers['cache-control']).toContain('immutable')
    }
    expect((await ask(address, 'identity')).headers['content-encoding']).toBeUndefined()
    for (const wrong of [
      '/page/0123456789ab/src/page/browser/main.ts',
      `/page/${page.version}/src/app.ts`,
      `/page/${page.version}/src/page/browser/..%2f..%2f..%2fpackage.json`,
      `/page/${page.version}/__proto__`,
    ])
      expect((await ask(wrong, 'gzip')).status, wrong).toBe(404)
  })

  it('has an icon, on every page and where browsers look for one', async () => {
    const icon = await fetch(`${service.url}/favicon.ico`)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    const problem = await (
      await fetch(`${service.url}/problems/CORRUPT`, { headers: { accept: 'text/html' } })
    ).text()
    expect(problem).toContain('<link rel="icon" href="../favicon.ico"')
  })

  it('carries the example of the project', () => {
    for (const name of ['ground-truth.png', 'prediction.png'])
      expect(page.files.get(`src/page/example/${name}`)?.bytes).toEqual(
        readFileSync(join(import.meta.dirname, '../../examples/pair', name)),
      )
  })
})
