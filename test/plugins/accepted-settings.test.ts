import { afterEach, describe, expect, it, vi } from 'vitest'
import { score, startService, stopServices } from './service.ts'

afterEach(stopServices)

describe('settings that are accepted', () => {
  it.each([
    [
      'the longest times',
      { RECEIVE_TIMEOUT: '24h', REQUEST_TIMEOUT: '24h', GRACE_PERIOD: '24h', KEEP_ALIVE_TIMEOUT: '24h' },
    ],
    ['the shortest times', { RECEIVE_TIMEOUT: '100ms', KEEP_ALIVE_TIMEOUT: '1ms' }],
    [
      'the largest limits',
      {
        MAX_FILE_BYTES: '1000GB',
        MAX_REQUEST_BYTES: '1000GB',
        MAX_BUFFERED_BYTES: '1000GB',
        WORKER_MEMORY: '1000GB',
      },
    ],
    [
      'proxies of every kind',
      { TRUST_PROXY: '10.0.0.0/8,::1/128,fc00::/7,127.0.0.1,loopback,linklocal,uniquelocal' },
    ],
    ['every bound switched off', { MAX_MEMORY: '0', MAX_EVENT_LOOP_DELAY: '0', MIN_RECEIVE_RATE: '0' }],
    ['a day of requests', { RATE_LIMIT: '100/24h' }],
  ])('work: %s', async (_, env) => {
    const warnings = vi.spyOn(process, 'emitWarning')
    const service = await startService(env)
    const answer = await score(service, {}, { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' })
    expect(answer.status).toBe(200)
    expect(warnings.mock.calls.map(([text]) => String(text))).toEqual([])
    warnings.mockRestore()
  })

  it('believe the listed proxies alone', async () => {
    const service = await startService({ TRUST_PROXY: 'loopback', RATE_LIMIT: '1/1h' })
    const from = async (address: string) => (await score(service, {}, { 'x-forwarded-for': address })).status
    expect(await from('203.0.113.7')).toBe(200)
    expect(await from('203.0.113.7')).toBe(429)
    expect(await from('203.0.113.8')).toBe(200)
  })

  it('let in the origin of a page, also when it was written with a slash', async () => {
    const service = await startService({ CORS_ORIGINS: 'https://app.example/' })
    const answer = await score(service, {}, { origin: 'https://app.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example')
  })
})
