import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import type { Operation } from './contract.ts'
import { type Lookup, valuesOf } from './from-schema.ts'
import { spoilt } from './wrong-values.ts'

export interface RandomRequest {
  readonly method: string
  /** As the document writes it. */
  readonly path: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

interface Body {
  readonly type: string
  readonly bytes: Buffer
}

type Schema = Readonly<Record<string, unknown>>

/** All of one size, so that pairs of them can be compared. */
const smallMasks = fc
  .array(fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 })
  .map((data) => ({ format: 'labels', data }))

/** Requests to any operation of a document: as it asks for them, nearly so, and not at all. */
export function randomRequests(document: OpenApiDocument): fc.Arbitrary<RandomRequest> {
  const resolve = (reference: string): Schema =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as Schema
  const lookup: Lookup = Object.assign(resolve, { usual: { '#/components/schemas/Mask': smallMasks } })
  const each = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      // Calls that take a body have more to get wrong.
      weight: (operation as Operation).requestBody ? 12 : 1,
      arbitrary: requestsOf(method.toUpperCase(), path, operation as Operation, lookup),
    })),
  )
  return fc.oneof(...each)
}

function requestsOf(method: string, path: string, operation: Operation, lookup: Lookup) {
  const content = operation.requestBody && bodiesOf(operation.requestBody)
  const bodies = content
    ? fc.oneof(
        ...Object.entries(content).map(([type, { schema }]) => ({
          weight: 4,
          arbitrary:
            type === 'multipart/form-data'
              ? formsOf(schema as Schema, lookup)
              : jsonOf(schema as Schema, lookup),
        })),
        { weight: 1, arbitrary: strayBodies },
      )
    : fc.option(strayBodies, { nil: undefined, freq: 2 })
  return fc.record({ body: bodies, headers: strayHeaders, parameter: parameters, query: queries }).map(
    ({ body, headers, parameter, query }): RandomRequest => ({
      method,
      path,
      url: path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(parameter)) + query,
      headers: {
        ...(body && { 'content-type': body.type, 'content-length': `${body.bytes.length}` }),
        ...credentials(operation, body?.bytes),
        ...headers,
      },
      body: body?.bytes,
    }),
  )
}

/** What a call takes, by media type. */
function bodiesOf({ content, 'x-json-body': json }: NonNullable<Operation['requestBody']>) {
  return { ...content, ...(json && { 'application/json': json }) }
}

/** Settings of a service that takes what `credentials` gives. */
export const hookSettings = {
  MASKSCORE_LABEL_STUDIO_HOOK_SECRET: 'secret-of-a-hook',
  MASKSCORE_LABEL_STUDIO_BASIC_USER: 'ann',
  MASKSCORE_LABEL_STUDIO_BASIC_PASSWORD: 'secret-of-ann',
  MASKSCORE_CVAT_HOOK_SECRET: 'secret-of-a-signature',
  MASKSCORE_SCALE_HOOK_SECRET: 'secret-of-a-callback',
} as const

/** What a call with a secret of its own asks for; stray headers may spoil it. */
function credentials({ security }: Operation, body: Uint8Array = new Uint8Array()): Record<string, string> {
  const schemes = (security as Record<string, unknown>[]).flatMap(Object.keys)
  if (schemes.includes('bearer'))
    return { authorization: `Bearer ${hookSettings.MASKSCORE_LABEL_STUDIO_HOOK_SECRET}` }
  if (schemes.includes('basic'))
    return { authorization: `Basic ${Buffer.from('ann:secret-of-ann').toString('base64')}` }
  if (schemes.includes('callback_key'))
    return { 'scale-callback-auth': hookSettings.MASKSCORE_SCALE_HOOK_SECRET }
  if (!schemes.includes('signature')) return {}
  const mac = createHmac('sha256', hookSettings.MASKSCORE_CVAT_HOOK_SECRET).update(body).digest('hex')
  return { 'x-signature-256': `sha256=${mac}` }
}

const jsonOf = (schema: Schema, lookup: Lookup): fc.Arbitrary<Body> =>
  rightOrSpoilt(valuesOf(schema, lookup)).map((value) => ({
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(value)),
  }))

const rightOrSpoilt = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 2, arbitrary: right }, { weight: 1, arbitrary: right.chain(spoilt) })

const boundary = 'part-of-a-random-request'

function formsOf(form: Schema, lookup: Lookup): fc.Arbitrary<Body> {
  const { properties = {}, required = [] } = form as { properties?: object; required?: string[] }
  const names = Object.entries(properties as Record<string, Schema>)
  const parts = names.map(([name, schema]) =>
    fc.tuple(
      fc.constant(name),
      schema.format === 'binary' || schema.type === 'array'
        ? files
        : rightOrSpoilt(valuesOf(schema, lookup)).map((value) => Buffer.from(JSON.stringify(value))),
      // Mostly as it should be; sometimes missing or twice.
      fc.oneof(
        { weight: 9, arbitrary: usualTimes(schema, required.includes(name)) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1, 2) },
      ),
    ),
  )
  return fc.tuple(...parts).map((chosen) => {
    const pieces = chosen.flatMap(([name, bytes, times]) =>
      Array.from({ length: times }, () => [
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      ]).flat(),
    )
    return {
      type: `multipart/form-data; boundary=${boundary}`,
      bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    }
  })
}

function usualTimes(schema: Schema, required: boolean): fc.Arbitrary<number> {
  if (schema.type === 'array') return fc.constant(2)
  if (required) return fc.constant(1)
  return schema.format === 'binary' ? fc.constant(0) : fc.constantFrom(0, 1)
}

const file = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url))
const files: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      file('decode-samples/png-grey8.png'),
      file('decode-samples/png-pal8-voc.png'),
      file('decode-samples/tiff-u8-lzw.tif'),
      file('decode-samples/npy.npy'),
      file('decode-samples/bad-idat-crc.png'),
      file('decode-samples/webp-lossless-grey.webp'),
      Buffer.from('[[0, 0, 1, 0, 1, 1]]'),
      Buffer.from('{"size": [2, 2], "counts": "04"}'),
      Buffer.from('<annotations/>'),
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
)

const strayBodies: fc.Arbitrary<Body> = fc.record({
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${boundary}`,
    'text/plain',
    'application/x-www-form-urlencoded',
    ';',
    '',
  ),
  bytes: fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('', '{', '[', '"', '{"ground_truth":', `--${boundary}\r\n`, '[['.repeat(300))
      .map((text) => Buffer.from(text)),
  ),
})

const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 30,
})
const headerValues: Readonly<Record<string, fc.Arbitrary<string>>> = {
  accept: fc.oneof(
    fc.constantFrom('*/*', 'application/json', 'text/html', 'image/png', 'q=;;', ''),
    headerText,
  ),
  authorization: fc.oneof(fc.constantFrom('Bearer', 'Bearer x', 'Basic Og=='), headerText),
  'x-request-id': fc.oneof(fc.constantFrom('mine', 'a'.repeat(129), '../x'), headerText),
  'if-none-match': fc.oneof(fc.constantFrom('*', '""', 'W/"x"'), headerText),
  'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
  'accept-encoding': fc.constantFrom('gzip', '*;q=0'),
  range: fc.constantFrom('bytes=0-1', 'bytes=-'),
  origin: fc.constantFrom('null', 'https://elsewhere.example'),
  'x-forwarded-for': fc.constantFrom('127.0.0.1', 'unknown, 1.1.1.1', '::'),
  cookie: headerText,
}
/** Few at a time: most requests are to get as far as their body. */
const strayHeaders: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.oneof(
      ...Object.entries(headerValues).map(([name, values]) =>
        values.map((value): [string, string] => [name, value]),
      ),
    ),
    { maxLength: 2 },
  )
  .map((headers) => Object.fromEntries(headers))

// Dots alone are taken out of an address before it is sent; then it is that of another call.
const parameters = fc
  .oneof(
    fc.constantFrom('SIZE_MISMATCH', '__proto__', 'constructor', '...', '%', 'a'.repeat(300)),
    fc.string({ minLength: 1, maxLength: 20 }),
  )
  .filter((text) => !/^\.{1,2}$/.test(text))
const queries = fc.constantFrom('', '', '', '?', '?x=1', '?__proto__[x]=1', '?%', '?a=%00&a=2')
