import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import { listFolder } from '../../src/evaluations/sources/list-folder.ts'
import { withPhotos } from '../../src/evaluations/sources/with-photos.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskscore-photos-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const item = (key: string) => ({ index: 0, key, groundTruth: { type: 'file', path: '', bytes: 0 } }) as const

describe('the photos of items', () => {
  it('are files of the same path or name, and none where a name is not unique', () => {
    for (const path of [
      'a.jpg',
      'one/b.png',
      'two/c.jpg',
      'three/c.jpg',
      'd_leftImg8bit.png',
      'RGB/left/1.png',
      'RGB/right/1.png',
    ]) {
      mkdirSync(join(root, path, '..'), { recursive: true })
      writeFileSync(join(root, path), '')
    }
    const items = ['a', 'x/b', 'c', 'two/c', 'd', 'e', 'y/a', 'left/1', 'right/1'].map(item)
    const photographed = withPhotos(items, listFolder(root, 100))
    const keys = [...photographed.items].filter(({ photo }) => photo).map(({ key }) => key)
    expect(keys).toEqual(['a', 'x/b', 'two/c', 'd', 'left/1', 'right/1'])
    expect(photographed.without).toBe(3)
  })

  it('lie under the pictures of the report', async () => {
    const example = join(import.meta.dirname, '../../examples/dataset')
    mkdirSync(join(root, 'images/field-1'), { recursive: true })
    await sharp({ create: { width: 160, height: 120, channels: 3, background: '#3366cc' } })
      .jpeg()
      .toFile(join(root, 'images/field-1/a.jpg'))
    const html = async (name: string, ...flags: string[]) => {
      const sides = [join(example, 'ground-truth'), join(example, 'this-week')]
      const options = [
        '--options',
        join(example, 'options.json'),
        '--threads',
        '1',
        '--out',
        join(root, name),
      ]
      const terminal = { out: () => undefined, err: () => undefined }
      expect(await runCommand(['evaluate', ...sides, ...options, ...flags], {}, terminal)).toBe(0)
      return readFileSync(join(root, name, 'report.html'), 'utf8')
    }
    const pictures = (text: string) => text.match(/data:image\/png;base64,[^"]*/g) ?? []
    const [without, photographed] = [
      pictures(await html('without')),
      pictures(await html('with', '--images', join(root, 'images'))),
    ]
    expect(without).toHaveLength(12)
    expect(photographed.filter((picture, place) => picture !== without[place])).toHaveLength(1)
  })
})
