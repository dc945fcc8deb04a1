import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/evaluations/sources/open-dataset.ts'
import { defaultLimits, type Limits } from '../../../src/limits.ts'

const root = mkdtempSync(join(tmpdir(), 'maskscore-'))
beforeAll(() => {
  mkdirSync(join(root, 'lists'))
  for (const name of ['a.png', 'b.png', 'c, "d".png', 'é.png']) writeFileSync(join(root, name), 'x')
})
afterAll(() => rmSync(root, { recursive: true }))

const manifest = join(root, 'lists/manifest.txt')

async function open(
  content: string | Uint8Array,
  request: { groupBy?: string; by?: string[] } = {},
  limits: Partial<Limits> = {},
) {
  writeFileSync(manifest, content)
  const dataset = await openDataset({ manifest, ...request }, { ...defaultLimits, ...limits })
  return { ...dataset, items: [...dataset.items] }
}

/** Keys and paths below the root. */
async function pairs(content: string | Uint8Array) {
  const { items } = await open(content)
  const pathOf = (reader: object) =>
    'path' in reader ? String(reader.path).slice(root.length + 1) : undefined
  return items.map(({ key, groundTruth, prediction }) => [
    key,
    pathOf(groundTruth),
    prediction && pathOf(prediction),
  ])
}

describe('a manifest', () => {
  it.each<[string, string | Uint8Array]>([
    ['CSV', 'ground_truth,prediction\n../a.png,../b.png\n'],
    ['CSV without a last line end', 'ground_truth,prediction\n../a.png,../b.png'],
    ['CSV with CRLF and empty lines', 'ground_truth,prediction\r\n\r\n../a.png,../b.png\r\n\r\n'],
    ['CSV with a byte order mark and quotes', '\ufeff"ground_truth","prediction"\n"../a.png","../b.png"\n'],
    ['CSV in UTF-16', Buffer.from('\ufeffground_truth,prediction\n../a.png,../b.png\n', 'utf16le')],
    ['CSV with CR alone, as old spreadsheets end lines', 'ground_truth,prediction\r../a.png,../b.png\r'],
    ['TSV', 'prediction\tground_truth\n../b.png\t../a.png\n'],
    ['NDJSON', '{"ground_truth": "../a.png", "prediction": "../b.png"}\n\n'],
  ])('is read as %s, with paths relative to it', async (_, content) => {
    expect(await pairs(content)).toEqual([['../a', 'a.png', 'b.png']])
  })

  it('takes separators, quotes and line ends within quotes', async () => {
    const content =
      'ground_truth,key,prediction\n"../c, ""d"".png","two\nlines",../a.png\n../b.png,x,../a.png\n'
    expect(await pairs(content)).toEqual([
      ['two\nlines', 'c, "d".png', 'a.png'],
      ['x', 'b.png', 'a.png'],
    ])
  })

  it('sorts items by key, in NFC', async () => {
    const { items } = await open('ground_truth,key\n../a.png,b\n../b.png,e\u0301\n../a.png,a\n')
    expect(items.map(({ index, key }) => [index, key])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'é'],
    ])
  })

  it('gives groups, weights and columns to tell scores by', async () => {
    const content = 'ground_truth,group,weight,site,scanner\n../a.png,p1,2.5,north,\n'
    const { items } = await open(content, { by: ['site', 'scanner'] })
    expect(items[0]).toMatchObject({ group: 'p1', weight: 2.5, by: { site: 'north', scanner: '' } })
    const bySite = await open(content, { groupBy: 'site', by: ['scanner'] })
    expect(bySite.items[0]).toMatchObject({ group: 'north' })
    const byFolder = await open('ground_truth\n../a.png\n', { groupBy: 'folder' })
    expect(byFolder.items[0].group).toBe('..')
  })

  it('makes an item of every annotator, and a group of those of one key', async () => {
    const { items } = await open('ground_truth,key,annotator\n../a.png,x,ann\n../b.png,x,bob\n')
    expect(items).toMatchObject([
      { key: 'x@ann', group: 'x', by: { annotator: 'ann' } },
      { key: 'x@bob', group: 'x', by: { annotator: 'bob' } },
    ])
  })

  it('gives the files of an item read options of their own', async () => {
    const { items } = await open(
      '{"ground_truth": "../a.png", "options": {"prediction": {"palette": "index"}}}',
    )
    expect(items[0].options).toEqual({ prediction: { palette: 'index' } })
  })

  it('fails the item whose prediction is there and no file, or has a path that no file has', async () => {
    const rows = ['../a.png,..', `../b.png,${'x'.repeat(5000)}`, '"../é.png","a\0.png"']
    const { items, matching } = await open(`ground_truth,prediction\n${rows.join('\n')}\n`)
    expect(matching).toMatchObject({ pairs: 3, missing: [] })
    expect(items.map(({ prediction }) => prediction)).toEqual(
      ['It is no file.', 'The file cannot be read: ENAMETOOLONG.', 'No path has a NUL in it.'].map(
        (reason) => ({ type: 'unreadable', reason, bytes: 0 }),
      ),
    )
    expect(matching.unreadable.map(({ side }) => side)).toEqual(['prediction', 'prediction', 'prediction'])
  })

  it('lists a prediction that is not there as missing, and fails an item whose ground truth is not there', async () => {
    const { items, matching } = await open(
      'ground_truth,prediction\n../a.png,../gone.png\n../gone.png,../a.png\n../b.png,\n',
    )
    expect(matching).toMatchObject({ rule: 'manifest', pairs: 1, missing: ['../a', '../b'] })
    expect(matching.unreadable).toEqual([
      { side: 'ground_truth', path: '../gone.png', reason: 'There is no such file.' },
    ])
    expect(items[2].groundTruth.type).toBe('unreadable')
  })

  it.each<[string, string | Uint8Array, string]>([
    ['an unknown column', 'ground_truth,site\n../a.png,x\n', 'Line 2 of the manifest has the column "site"'],
    [
      'a key twice',
      'ground_truth,key\n../a.png,x\n\n../b.png,x\n',
      'Line 4 of the manifest has the key "x" of line 2',
    ],
    ['a key twice in NFC', 'ground_truth,key\n../a.png,é\n../b.png,e\u0301\n', 'of line 2'],
    [
      'a row without ground truth',
      'ground_truth,key\n../a.png,x\n,y\n',
      'Line 3 of the manifest names no ground_truth',
    ],
    [
      'too few fields',
      'ground_truth,key\n../a.png\n',
      'Line 2 of the manifest has 1 fields, its header has 2',
    ],
    [
      'a quote that never closes',
      'ground_truth\n"../a.png\n',
      'Line 2 of the manifest has a quote that never closes',
    ],
    [
      'text behind a quote',
      'ground_truth\n"../a".png\n',
      'Line 2 of the manifest has text behind a closing quote',
    ],
    ['a column twice', 'ground_truth,ground_truth\n', 'names the column "ground_truth" twice'],
    ['a column without a name', 'ground_truth,\n', 'has a column without a name'],
    ['a weight of 0', 'ground_truth,weight\n../a.png,0\n', 'Line 2 of the manifest has the weight "0"'],
    ['a weight that is none', 'ground_truth,weight\n../a.png,heavy\n', 'has the weight "heavy"'],
    ['semicolons', 'ground_truth;prediction\n../a.png;../b.png\n', 'separates its columns with semicolons'],
    ['no item', 'ground_truth,prediction\n', 'names no item'],
    ['nothing', '', 'names no item'],
    [
      'broken JSON',
      '{"ground_truth": "../a.png"}\n{"ground_truth": \n',
      'Line 2 of the manifest cannot be read',
    ],
    [
      'JSON that is no object',
      '{"ground_truth": "../a.png"}\n[1]\n',
      'Line 2 of the manifest is no JSON object',
    ],
    ['a list in JSON', '{"ground_truth": ["../a.png"]}', 'has "ground_truth", which is no text'],
    [
      'an unknown read option',
      '{"ground_truth": "../a.png", "options": {"prediction": {"palete": "index"}}}',
      'did you mean "palette"?',
    ],
    [
      'a preset of one item',
      '{"ground_truth": "../a.png", "options": {"ground_truth": {"preset": "voc"}}}',
      'presets are given for the whole run',
    ],
    ['Latin-1', Buffer.from('ground_truth\n../\xe9.png\n', 'latin1'), 'line 2 has a byte'],
  ])('is refused for %s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'INVALID_MANIFEST',
      message: expect.stringContaining(message),
    })
  })

  it('is refused for a column that is asked for and not there, for too many items, and where it is no file', async () => {
    const content = 'ground_truth,site\n../a.png,x\n../b.png,y\n'
    await expect(open(content, { by: ['site', 'scanner'] })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    })
    await expect(open(content, { by: ['site'] }, { maxItems: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_ITEMS',
    })
    await expect(openDataset({ manifest: root }, defaultLimits)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
