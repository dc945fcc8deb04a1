import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../../src/page/browser/api/types.ts'
import type { DatasetSource } from '../../../src/page/browser/dataset/dataset-source.ts'
import { guessRoles } from '../../../src/page/browser/dataset/guess-roles.ts'
import { previewMatching } from '../../../src/page/browser/dataset/preview-matching.ts'
import { noWishes, optionsOfWishes } from '../../../src/page/browser/dataset/run-wishes.ts'
import { tarOfFolder } from '../../../src/page/browser/dataset/tar-of-folder.ts'
import { volumesOfOne } from '../../../src/page/browser/dataset/volumes-of-one.ts'
import { zipNames } from '../../../src/page/browser/dataset/zip-names.ts'
import { isDataset, noPair } from '../../../src/page/browser/pair/dropped-files.ts'
import { warningsOfRowAlone } from '../../../src/page/browser/runs/row-facts.ts'
import { runNotes } from '../../../src/page/browser/runs/run-notes.ts'

const text = (name: string, content = 'x') => new File([content], name, { lastModified: 1_700_000_000_000 })
const folder = (name: string, ...paths: string[]): DatasetSource => ({
  kind: 'folder',
  name,
  files: paths.map((path) => ({ path, file: text(path) })),
  unreadable: [],
})
const file = (name: string): DatasetSource => ({ kind: 'file', name, file: text(name) })

/** Unpacked by the tar of the machine: path → content. */
async function unpacked(blob: Blob): Promise<Record<string, string>> {
  const place = mkdtempSync(join(tmpdir(), 'maskscore-tar-'))
  try {
    writeFileSync(join(place, 'x.tar'), Buffer.from(await blob.arrayBuffer()))
    const list = execFileSync(
      'tar',
      ['-xvf', 'x.tar', '--quoting-style=literal', '--show-transformed-names'],
      {
        cwd: place,
        encoding: 'utf8',
      },
    )
    const names = list.split('\n').filter((name) => name !== '')
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(place, name), 'utf8')]))
  } finally {
    rmSync(place, { recursive: true })
  }
}

describe('a tar of a dropped folder', () => {
  it('is unpacked by tar to the same files, also with long and foreign names', async () => {
    const contents: Record<string, string> = {
      'a.png': '',
      'città/straße 漢字.png': 'one',
      [`${'deep/'.repeat(40)}x.png`]: 'two',
      'quote"; touch x.png': 'y'.repeat(1000),
    }
    const files = Object.entries(contents).map(([path, content]) => ({ path, file: text('f', content) }))
    expect(await unpacked(tarOfFolder(files))).toEqual(contents)
  })

  it('holds whole blocks of 512 bytes, whatever the files are', async () => {
    const name = fc.stringMatching(/^[a-z0-9é漢 ._-]{1,120}$/)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, fc.nat(2000)), { maxLength: 5 }), async (entries) => {
        const files = entries.map(([path, size]) => ({ path, file: text('f', 'z'.repeat(size)) }))
        const blob = tarOfFolder(files)
        const end = Buffer.from(await blob.slice(-1024).arrayBuffer())
        return blob.size % 512 === 0 && end.every((byte) => byte === 0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the names in a zip', () => {
  it('are those of its central directory, without folders; of no zip there are none', async () => {
    const place = mkdtempSync(join(tmpdir(), 'maskscore-zip-'))
    const script = `import zipfile
with zipfile.ZipFile('x.zip', 'w') as z:
    z.writestr('gt/', ''); z.writestr('gt/straße.png', 'a'); z.writestr('gt/b.png', 'b' * 9000); z.comment = b'end'`
    execFileSync('python3', ['-c', script], { cwd: place })
    const zip = new Blob([readFileSync(join(place, 'x.zip'))])
    rmSync(place, { recursive: true })
    expect(await zipNames(zip)).toEqual(['gt/straße.png', 'gt/b.png'])
    for (const damaged of [new Blob(['no zip']), new Blob([]), zip.slice(0, -30), zip.slice(200)])
      expect(await zipNames(damaged)).toBeUndefined()
  })
})

describe('which source is which', () => {
  const rolesOf = (...sources: DatasetSource[]) =>
    Object.fromEntries(guessRoles(sources).map(({ source, role }) => [source.name, role]))

  it.each([
    [['pred', 'gt'], { gt: 'ground_truth', pred: 'prediction' }],
    [['a', 'b'], { a: 'ground_truth', b: 'prediction' }],
    [['x', 'labels'], { labels: 'ground_truth', x: 'prediction' }],
    [['results'], { results: 'prediction' }],
    [['masks'], { masks: 'ground_truth' }],
    [['images', 'annotations', 'out'], { images: 'images', annotations: 'ground_truth', out: 'prediction' }],
  ])('%j', (names, expected) => {
    expect(rolesOf(...names.map((name) => folder(name)))).toEqual(expected)
  })

  it('takes a table beside two sides for the manifest', () => {
    expect(rolesOf(file('items.csv'), file('gt.zip'), file('pred.zip'))).toEqual({
      'items.csv': 'manifest',
      'gt.zip': 'ground_truth',
      'pred.zip': 'prediction',
    })
  })

  it('takes a folder apart that holds a folder for each side, and no other', () => {
    const placed = guessRoles([folder('data', 'gt/1.png', 'predictions/1.png', '.DS_Store')])
    expect(placed.map(({ source, role }) => [source.name, role])).toEqual([
      ['data/gt', 'ground_truth'],
      ['data/predictions', 'prediction'],
    ])
    expect(
      placed.map(({ source }) => source.kind === 'folder' && source.files.map(({ path }) => path)),
    ).toEqual([['1.png'], ['1.png']])
    expect(guessRoles([folder('data', 'gt/1.png', 'predictions/1.png', 'loose.png')])).toHaveLength(1)
  })

  it('gives two volumes one name, so that they are a dataset of one', async () => {
    const [a, b] = volumesOfOne([file('gt.nii.gz'), file('pred.nii')])
    expect(a.kind === 'folder' && a.files[0].path).toBe('volume.nii.gz')
    expect(await previewMatching(a, b, { groundTruth: '', prediction: '' })).toMatchObject({
      matching: { pairs: 1, missing: [] },
    })
  })
})

describe('what belongs together', () => {
  const plain = { groundTruth: '', prediction: '' }

  it('is told as the service matches: pairs, what is missing, what is too much, what is passed over', async () => {
    const preview = await previewMatching(
      folder('gt', 'a/1.png', 'a/2.png', 'b/3.png', 'README.md'),
      folder('pred', 'a/1.png', 'a/2.npy', 'b/9.png'),
      plain,
    )
    expect(preview).toMatchObject({
      matching: {
        rule: 'path',
        pairs: 2,
        missing: ['b/3'],
        extra: ['b/9.png'],
        junk: { ground_truth: { 'text file': 1 } },
      },
    })
  })

  it('lists several files of one name', async () => {
    const preview = await previewMatching(folder('gt', '1.png', '1.tif'), folder('pred', '1.png'), plain)
    expect(preview).toMatchObject({ matching: { ambiguous: [{ key: '1' }] } })
  })

  it('heeds patterns, also of one source for both sides, and tells what is wrong with one', async () => {
    const both = folder('all', '1_gt.png', '1_pred.png', '2_gt.png')
    expect(await previewMatching(both, undefined, plain)).toMatchObject({
      why: expect.stringContaining('two patterns'),
    })
    const patterns = { groundTruth: '{key}_gt', prediction: '{key}_pred' }
    expect(await previewMatching(both, undefined, patterns)).toMatchObject({
      matching: { pairs: 1, missing: ['2'] },
    })
    expect(await previewMatching(both, undefined, { ...patterns, groundTruth: '{oops}' })).toMatchObject({
      why: expect.stringContaining('{oops}'),
    })
  })

  it('is left to the service where names do not tell: tars, and one document of many images', async () => {
    for (const source of [file('gt.tar'), folder('gt', 'instances.json')])
      expect(await previewMatching(source, folder('pred', '1.png'), plain)).toMatchObject({
        why: expect.stringContaining('service'),
      })
  })
})

describe('what was wished of a run', () => {
  it('becomes options, of which defaults are left out', () => {
    expect(optionsOfWishes(noWishes)).toEqual({})
    expect(
      optionsOfWishes({
        ...noWishes,
        labels: 'classes',
        on_missing: 'empty',
        match_gt: ' {key}_gt ',
        by: 'site, ,annotator',
        others: '{"replicates": 500}',
      }),
    ).toEqual({
      labels: 'classes',
      on_missing: 'empty',
      match_gt: '{key}_gt',
      by: ['site', 'annotator'],
      replicates: 500,
    })
  })

  it.each(['{', '[1]', 'null', '3'])('refuses other options that are no JSON object: %s', (others) => {
    expect(() => optionsOfWishes({ ...noWishes, others })).toThrow('JSON')
  })
})

describe('what is a dataset and no pair', () => {
  it('is an archive or a volume, or a folder; two masks are a pair, and many a mistake that is told', () => {
    for (const name of ['gt.zip', 'gt.tar.gz', 'scan.nii.gz', 'scan.mha'])
      expect(isDataset([text(name)])).toBe(true)
    expect(isDataset([], [{ isDirectory: true }])).toBe(true)
    expect(isDataset([text('a.png'), text('b.npy')])).toBe(false)
    expect(noPair([text('a.png'), text('b.png')])).toBeUndefined()
    expect(noPair(['a', 'b', 'c', 'd'].map((name) => text(name)))?.problem.detail).toContain('4 files')
  })
})

describe('a run whose images are not shown', () => {
  it('says so, and which checks are missing', () => {
    const items = { total: 1, scored: 1, failed: 0, skipped: 0, substituted: 0 }
    const withheld = { reason: 'Not shown.', parts: ['/worst'], checks: ['/worst/0/mi_loss>=0'] }
    expect(runNotes({ items, withheld } as unknown as Parameters<typeof runNotes>[0])).toEqual([
      { code: 'WITHHELD', message: expect.stringMatching(/^Not shown\. .*\/worst\/0\/mi_loss>=0/) },
    ])
  })
})

describe('the warnings of an image', () => {
  it('are told once, where its row and its report say the same', () => {
    const [ofBoth, ofOther, ofRow] = [
      { code: 'CONSTANT_MASK', message: 'The ground truth has a single label (1).' },
      { code: 'CONSTANT_MASK', message: 'The prediction has a single label (1).' },
      {
        code: 'PREDICTION_IS_GROUND_TRUTH',
        message: 'The prediction and the ground truth are the same file.',
      },
    ]
    const item = { warnings: [ofBoth, ofRow] } as unknown as Item
    expect(warningsOfRowAlone(item, { warnings: [ofBoth, ofOther] })).toEqual([ofRow])
  })
})
