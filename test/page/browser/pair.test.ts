import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { curlCall } from '../../../src/page/browser/address/curl-call.ts'
import { readPairAddress, writePairAddress } from '../../../src/page/browser/address/pair-address.ts'
import { showShare } from '../../../src/page/browser/elements/show-number.ts'
import { chooseSides } from '../../../src/page/browser/pair/choose-sides.ts'
import { maskRemedies, pairRemedies } from '../../../src/page/browser/pair/remedies.ts'
import { problems } from '../../../src/problems/catalogue.ts'
import { agreementOptionsSchema } from '../../../src/scoring/agreement.ts'
import { maskLabelsOptionsSchema } from '../../../src/scoring/planes/options.ts'
import { scoreOptionsSchema } from '../../../src/scoring/request/options.ts'

const file = (name: string, type = 'image/png') => new File(['x'], name, { type })
const names = (files: ReturnType<typeof chooseSides>) =>
  Object.fromEntries(Object.entries(files).map(([side, { name }]) => [side, name]))

describe('a share', () => {
  it('is never shown as all or none that only rounds to it', () => {
    expect([0, 1e-9, 0.5, 0.99949, 0.9995, 1 - 1e-12, 1].map(showShare)).toEqual([
      ...['0 %', '< 0.01 %', '50.0 %', '99.9 %', '> 99.9 %', '> 99.9 %', '100.0 %'],
    ])
  })
})

describe('which file is which', () => {
  it.each([
    [['a.png', 'b.png'], { groundTruth: 'a.png', prediction: 'b.png' }],
    [['img_pred.png', 'img_gt.png'], { groundTruth: 'img_gt.png', prediction: 'img_pred.png' }],
    [['x.png', 'x-labels.png'], { groundTruth: 'x-labels.png', prediction: 'x.png' }],
    [['output.npy', 'scan.npy'], { groundTruth: 'scan.npy', prediction: 'output.npy' }],
    [['pred.png'], { prediction: 'pred.png' }],
    [['depicted.png'], { groundTruth: 'depicted.png' }],
  ])('%j', (given, expected) => {
    expect(names(chooseSides(given.map((name) => file(name))))).toEqual(expected)
  })

  it('takes a JPEG for the photo, and a single file for the side that is free', () => {
    const photo = file('x.jpg', 'image/jpeg')
    const first = chooseSides([file('a.png'), photo])
    expect(names(first)).toEqual({ groundTruth: 'a.png', photo: 'x.jpg' })
    expect(names(chooseSides([file('gt.png')], first))).toMatchObject({
      groundTruth: 'a.png',
      prediction: 'gt.png',
    })
  })
})

describe('an address of a pair', () => {
  it('says what it was given, and is as by default where it is wrong', () => {
    const address = {
      layer: 'loss',
      match: 'names',
      zoom: 8,
      centre: [70.5, 30],
      options: { ignore_labels: [255] },
      groundTruth: '6aae9ca3',
      prediction: 'ba1c9415',
      isExample: false,
    } as const
    expect(readPairAddress(writePairAddress(address))).toEqual({ ...address, hasBadOptions: false })
    expect(readPairAddress('#/pair?layer=<b>&z=x&o=[1]&gt=..%2f')).toMatchObject({
      layer: 'difference',
      zoom: undefined,
      options: {},
      hasBadOptions: true,
      groundTruth: undefined,
    })
    for (const [text, zoom] of [
      ['0', undefined],
      ['-3', undefined],
      ['1e99', 64],
      ['1e-9', 1 / 32],
    ])
      expect(readPairAddress(`#/pair?z=${text}`).zoom).toBe(zoom)
  })
})

describe('the call as curl', () => {
  it('is one command of a shell, whatever the files are called', () => {
    const hostile = `it's "x"; touch $(id) \\ & <b>.png`
    const call = curlCall(
      'http://h/v1/score',
      { groundTruth: hostile, prediction: 'p.png' },
      { binary: true },
      true,
    )
    const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${call}`], { encoding: 'utf8' })
    expect(words.trimEnd().split('\n')).toEqual([
      '-H',
      'Authorization: Bearer ',
      '-F',
      `ground_truth=@"it's \\"x\\"; touch $(id) \\\\ & <b>.png"`,
      '-F',
      'prediction=@"p.png"',
      '-F',
      'options={"binary":true}',
      'http://h/v1/score',
    ])
  })
})

describe('remedies that are buttons', () => {
  const problem = (code: keyof typeof problems, pointer: string) => ({
    type: `/problems/${code}`,
    ...problems[code],
    detail: 'd',
    code: code as 'SIZE_MISMATCH',
    request_id: '',
    errors: [{ pointer, code, message: 'm' }],
  })

  it.each([
    ['SIZE_MISMATCH', 1],
    ['PALETTE_AMBIGUOUS', 2],
    ['COLOR_ENCODING_REQUIRED', 4],
    ['ALPHA_NOT_OPAQUE', 1],
    ['NEGATIVE_LABEL', 1],
    ['CORRUPT', 0],
  ] as const)('of %s set options that the service knows', (code, count) => {
    const remedies = pairRemedies(problem(code, '/prediction'), { prediction: { frame: 2 } })
    expect(remedies).toHaveLength(count)
    for (const { options } of remedies) {
      expect(() => scoreOptionsSchema.parse(options)).not.toThrow()
      if ('prediction' in options) expect(options.prediction).toMatchObject({ frame: 2 })
    }
  })

  it('of annotators set options that both of their calls know', () => {
    const options = maskRemedies(problem('PALETTE_AMBIGUOUS', '/masks/1'), { prediction: { frame: 2 } }).map(
      (remedy) => remedy.options,
    )
    expect(options).toEqual([
      { prediction: { frame: 2, palette: 'index' } },
      { prediction: { frame: 2, palette: 'value' } },
    ])
    for (const one of options)
      for (const schema of [agreementOptionsSchema, maskLabelsOptionsSchema])
        expect(() => schema.parse(one)).not.toThrow()
    expect(maskRemedies(problem('SIZE_MISMATCH', '/masks/1'), {})).toEqual([])
  })

  it('leave a transposed mask alone', () => {
    const turned = {
      ...problem('SIZE_MISMATCH', '/prediction'),
      remedy: 'Transpose the one that is wrong; do not resize it.',
    }
    expect(pairRemedies(turned, {})).toEqual([])
  })
})
