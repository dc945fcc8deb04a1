import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLimits, type Limits } from '../src/limits.ts'
import { problems } from '../src/problems/catalogue.ts'
import { environmentName, metaOf, settingKeys } from '../src/settings/schema.ts'
import { settingsPage } from '../src/settings/show.ts'
import type { RequestBody } from '../src/tasks/task.ts'
import { perform } from '../src/workers/perform.ts'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8')
const rows = [...page.matchAll(/^\| `(MASKSCORE_\w+)` \| (\S+) \| .* \| `([A-Z_]+)` \|$/gm)].map(
  ([, name, fallback, code]) => ({ name, fallback, code }),
)

const file = (name: string) => ({
  name: name.replace('-', '_'),
  bytes: readFileSync(join(root, `examples/pair/${name}.png`)),
})
const pair: RequestBody = { type: 'parts', parts: [file('ground-truth'), file('prediction')] }
const annotation = (mask: object): RequestBody => {
  const side = { ...mask, width: 4, height: 2 }
  return {
    type: 'json',
    bytes: new TextEncoder().encode(JSON.stringify({ ground_truth: side, prediction: side })),
  }
}

/** What the service answers to the body when one limit is set so low. */
async function codeUnder(limit: keyof Limits, value: number, body: RequestBody): Promise<string> {
  const limits = { ...defaultLimits, [limit]: value }
  const outcome = await perform({ call: 'score', body }, { limits, pngDecoder: 'auto' })
  return outcome.ok ? 'OK' : outcome.code
}

describe('the limits in SECURITY.md', () => {
  it('are all there, with the defaults of the settings', () => {
    const bounds = settingKeys.filter((key) => metaOf(key).group === 'Limits').map(environmentName)
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(bounds))
    const settings = settingsPage()
    for (const { name, fallback } of rows) expect(settings).toContain(`| \`${name}\` | ${fallback} |`)
  })

  it('are refused with codes of the catalogue', () => {
    for (const { code } of rows) expect(Object.keys(problems)).toContain(code)
  })

  it.each([
    ['maxFileBytes', 100, annotation({ format: 'image', data: file('prediction').bytes.toString('base64') })],
    ['maxPixels', 1000, pair],
    ['maxSide', 383, pair],
    ['maxDecodedBytes', 1000, pair],
    ['maxLabels', 10, pair],
    ['maxLabelPairs', 10, pair],
    ['maxJsonDepth', 1, annotation({ format: 'labels', data: [[[0]]] })],
  ] as const)('%s is refused as it says', async (limit, value, body) => {
    const row = rows.find(({ name }) => name === environmentName(limit))
    expect(await codeUnder(limit, value, body)).toBe(row?.code)
    expect(await codeUnder(limit, defaultLimits[limit], body)).not.toBe(row?.code)
  })

  it('names no address to write to: reports go the private way of the repository', () => {
    expect(page).not.toMatch(/[\w.]+@[\w.]+/)
    expect(page).toMatch(/private\s+security advisory/)
  })
})
