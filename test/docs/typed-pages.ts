import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { writeNifti } from '../oracle/nifti-writer.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { writePngSamples } from '../oracle/png-writer.ts'

interface TypedPage {
  readonly env?: Readonly<Record<string, string>>
  /** The reader's own files that the commands name. */
  readonly files?: () => Readonly<Record<string, Uint8Array | string>>
  /** What the page promises of its commands, beside that they succeed. */
  readonly promises?: (told: string, folder: string) => void
}

/** An image of three columns and two rows. */
export const exampleMask = (...labels: number[]) =>
  writePngSamples({ width: 3, height: 2, bitDepth: 8, colourType: 0, samples: Uint16Array.from(labels) })
/** What a model of two classes says of such an image. */
const map = (...values: number[]) => writeNpy({ descr: '<f4', shape: [2, 2, 3], values })
const volume = (...voxels: number[]) =>
  gzipSync(
    writeNifti({
      sides: [2, 2, 2],
      data: Uint8Array.from(voxels),
      sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    }),
  )

const square = [10, 10, 30, 10, 30, 30, 10, 30]
const instances = {
  images: [{ id: 139, width: 64, height: 48, file_name: '000000000139.jpg' }],
  categories: [{ id: 1, name: 'person' }],
  annotations: [
    {
      id: 1,
      image_id: 139,
      category_id: 1,
      iscrowd: 0,
      area: 400,
      bbox: [10, 10, 20, 20],
      segmentation: [square],
    },
  ],
}
const results = [
  { image_id: 139, category_id: 1, score: 0.9, bbox: [10, 10, 20, 20], segmentation: [square] },
]

/** Pages whose commands are typed from the first to the last, in a folder with the files they need. */
export const typedPages: Readonly<Record<string, TypedPage>> = {
  'README.md': {
    promises: (told) => {
      expect(told).toContain('"mi_loss":0.1723')
      expect(told).toContain('complete: 12 scored')
    },
  },
  'docs/datasets.md': {
    files: () => ({
      'ground-truth/a.png': exampleMask(0, 0, 0, 1, 1, 1),
      'ground-truth/b.png': exampleMask(0, 0, 1, 1, 1, 1),
      'predictions/a.png': exampleMask(0, 0, 0, 1, 1, 1),
      'predictions/b.png': exampleMask(0, 0, 0, 1, 1, 1),
    }),
    promises: (told, folder) => {
      expect(told).toContain('complete: 2 scored')
      expect(existsSync(join(folder, 'results/report.html'))).toBe(true)
    },
  },
  'docs/detection.md': {
    files: () => ({
      'instances_val.json': JSON.stringify(instances),
      'results.json': JSON.stringify(results),
    }),
    promises: (told) => expect(told).toContain('"detection":{'),
  },
  'docs/hooks.md': {
    env: { KEY: 'ann-0123456789abcdef' },
    promises: (told) => expect(told).toContain('"deliveries":['),
  },
  'docs/labeling-tools.md': {},
  'docs/probabilities.md': {
    files: () => ({
      'gt.png': exampleMask(0, 0, 0, 1, 1, 1),
      'softmax.npz': zipOf({
        name: 'softmax.npy',
        content: map(0.9, 0.6, 0.5, 0.25, 0, 0, 0.1, 0.4, 0.5, 0.75, 1, 1),
      }),
      'logits.npy': map(2, 1, 1, -1, -3, -3, 0, 0, 0, 0, 0, 0),
    }),
    promises: (told, folder) => {
      expect(told).toContain('"soft":{')
      expect(existsSync(join(folder, 'gradient.npy'))).toBe(true)
    },
  },
  'docs/tutorial.md': {
    promises: (told, folder) => {
      expect(told).toContain('complete: 12 scored')
      expect(told).toContain('over 6 groups')
      expect(told).toMatch(/^check mean_iou>=0\.6: pass/m)
      for (const file of ['report.html', 'items.csv', 'summary.json'])
        expect(existsSync(join(folder, 'results', file)), file).toBe(true)
    },
  },
  'docs/volumes.md': {
    files: () => ({
      'case01.nii.gz': volume(0, 1, 2, 3, 0, 1, 2, 3),
      'case01_pred.nii.gz': volume(0, 1, 2, 3, 0, 0, 2, 3),
      'labelsTr/case_001.nii.gz': volume(0, 1, 1, 1, 0, 0, 0, 0),
      'predictions/case_001.nii.gz': volume(0, 1, 1, 0, 0, 0, 0, 0),
    }),
    promises: (told) => expect(told).toContain('complete: 1 scored'),
  },
}

export function writeFiles(files: Readonly<Record<string, Uint8Array | string>>, folder: string): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
