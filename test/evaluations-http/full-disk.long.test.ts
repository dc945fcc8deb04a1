import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noSmallDisk, SmallDisk } from '../store/small-disk.ts'
import { datasetZips, type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

/** Skipped where no disk can be mounted: `noSmallDisk` says why. */
describe.skipIf(noSmallDisk !== undefined)(
  `a call that finds the disk full${noSmallDisk ? ` (skipped: ${noSmallDisk})` : ''}`,
  () => {
    const { groundTruth, prediction, folder } = datasetZips(6)
    let disk: SmallDisk
    let service: EvaluatedService
    beforeAll(async () => {
      disk = new SmallDisk(120)
      service = await startEvaluations({
        MASKSCORE_DATA_DIR: disk.folder,
        MASKSCORE_MAX_EVALUATIONS: '1',
        MASKSCORE_SOURCE_HOSTS: 'example.org',
        MASKSCORE_MAX_STORED_BYTES: '1MB',
      })
      await service.call('ann', 'GET', '/v1/evaluations')
      disk.fill()
    }, 120_000)
    afterAll(async () => {
      await service?.close()
      disk?.remove()
      rmSync(folder, { recursive: true })
    })

    const full = { code: 'STORAGE_FULL', remedy: expect.stringContaining('operator') }
    const large = new Uint8Array(600_000)

    it.each([
      ['with files', () => evaluationForm({ ground_truth: large, prediction })],
      [
        'with rows of a manifest',
        () => ({
          ground_truth: { url: 'https://example.org/gt.zip' },
          manifest: Array.from({ length: 9000 }, (_, index) => ({ ground_truth: `${index}.png` })),
        }),
      ],
    ])('is refused %s, keeps nothing of them, and has used up no quota', async (_, body) => {
      // The second would be refused by its quota if the first still counted.
      for (let call = 0; call < 2; call++) {
        const { status, json } = await service.call('ann', 'POST', '/v1/evaluations', { body: body() })
        expect([status, json]).toEqual([507, expect.objectContaining(full)])
      }
      expect(readdirSync(join(disk.folder, 'spool'))).toEqual([])
      expect(readdirSync(join(disk.folder, 'runs'))).toEqual([])
    })

    it('is answered as soon as there is room', async () => {
      disk.free()
      const run = await service.evaluated('ann', evaluationForm({ ground_truth: groundTruth, prediction }))
      expect(run.state, JSON.stringify(run.problem)).toBe('done')
    })
  },
)
