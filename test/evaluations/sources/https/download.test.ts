import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DownloadParts, downloader } from '../../../../src/evaluations/sources/https/download.ts'
import { isPublicAddress } from '../../../../src/evaluations/sources/https/public-address.ts'
import { sourceUrl } from '../../../../src/evaluations/sources/https/source-url.ts'

const folder = mkdtempSync(join(tmpdir(), 'maskscore-https-'))
const content = Buffer.from('0123456789'.repeat(1000))
let server: Server
let parts: DownloadParts
const asked: string[] = []

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      '-subj',
      '/CN=files.example',
      '-addext',
      'subjectAltName=DNS:files.example',
    ],
    { stdio: 'ignore' },
  )
  let cuts = 1
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const [path] = `${request.url}`.split('?', 1)
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim())
    if (path === '/moved') return void response.writeHead(302, { location: 'https://169.254.169.254/' }).end()
    if (path === '/absent') return void response.writeHead(404).end()
    if (request.url === '/cut' && request.headers.range) {
      const from = Number(/\d+/.exec(request.headers.range)?.[0])
      return void response
        .writeHead(206, { etag: '"1"', 'content-range': `bytes ${from}-9999/10000` })
        .end(content.subarray(from))
    }
    response.writeHead(200, { etag: '"1"', 'content-length': content.length })
    if (request.url === '/cut' && cuts-- > 0)
      return void response.write(content.subarray(0, 4000), () => setTimeout(() => response.destroy(), 50))
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  parts = {
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    isPublic: () => true,
    port: (server.address() as AddressInfo).port,
    ca: readFileSync(cert, 'utf8'),
  }
})
afterAll(() => server.close())

let files = 0
async function fetched(url: string, more: Partial<DownloadParts> = {}, maxBytes = 1e6): Promise<string> {
  const path = join(folder, `file-${files++}`)
  try {
    await downloader({ hosts: ['files.example'], maxBytes }, { ...parts, ...more })(
      url,
      path,
      new AbortController().signal,
    )
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    expect(message).not.toContain('secret')
    return `${code}`
  }
  return readFileSync(path).equals(content) ? 'whole' : 'other'
}

describe('an address that a caller names', () => {
  it('is fetched from a listed host', async () => {
    expect(await fetched('https://files.example/pred.zip?signature=secret')).toBe('whole')
  })

  it('is dialled at the address that was checked, whatever the name answers the next time', async () => {
    const answers = ['127.0.0.1', '10.0.0.1']
    let calls = 0
    const resolve = async () => [{ address: answers[calls++] ?? '10.0.0.1', family: 4 }]
    const isPublic = (address: string) => address === '127.0.0.1'
    expect(await fetched('https://files.example/pred.zip', { resolve, isPublic })).toBe('whole')
    expect(calls).toBe(1)
    expect(await fetched('https://files.example/pred.zip', { resolve, isPublic })).toBe('SOURCE_REFUSED')
  })

  it('is refused where one of several addresses is not public', async () => {
    const resolve = async () => ['93.184.216.34', '192.168.0.1'].map((address) => ({ address, family: 4 }))
    expect(await fetched('https://files.example/x', { resolve, isPublic: isPublicAddress })).toBe(
      'SOURCE_REFUSED',
    )
  })

  it('is not followed elsewhere', async () => {
    expect(await fetched('https://files.example/moved?signature=secret')).toBe('SOURCE_REFUSED')
    expect(await fetched('https://files.example/absent?signature=secret')).toBe('SOURCE_UNREACHABLE')
  })

  it('is gone on with where the connection broke', async () => {
    asked.length = 0
    expect(await fetched('https://files.example/cut')).toBe('whole')
    expect(asked).toEqual(['/cut', '/cut bytes=4000-'])
  })

  it('is given up when it is too large', async () => {
    expect(await fetched('https://files.example/large', {}, 100)).toBe('ARCHIVE_TOO_LARGE')
  })

  it.each([
    'http://files.example/x',
    'https://files.example:8443/x',
    'https://user:pass@files.example/x',
    'https://other.example/x',
    'https://127.0.0.1/x',
    'ftp://files.example/x',
    'nonsense',
  ])('%s is refused by its form', (url) => {
    expect(() => sourceUrl(url, ['files.example'], '/prediction')).toThrow(/^The address/)
  })
})

describe('public addresses', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '127.1',
    '::ffff:127.0.0.1%lo',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    'fc00::1',
    'fe80::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    'ff02::1',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
