import { expect, it } from 'vitest'
import { acceptsGzip } from '../../src/plugins/accepts-gzip.ts'

it.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['*', true],
  ['identity, *;q=0', false],
  ['gzip;q=0', false],
  ['gzip; q=0.000, *', false],
  ['gzipped', false],
  ['', false],
  [undefined, false],
])('an Accept-Encoding of %j takes gzip: %s', (header, expected) => {
  expect(acceptsGzip(header)).toBe(expected)
})
