import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refusal, refuseField } from '../problems/refusal.ts'
import type { Command } from './command.ts'
import { filesBody, localAnswer } from './local-call.ts'
import { refuseNoFile } from './refuse-no-file.ts'

export const overlayCommand: Command = {
  usage: 'GROUND_TRUTH PREDICTION --out FILE [--image PHOTO] [--options JSON]',
  summary: 'a PNG of where two masks differ, or which segments cause the loss',
  details: `  --out FILE                   the PNG; a file that is there is replaced
  --image PHOTO                a photo of the same size, to lie under it
  --options FILE|JSON          options of POST /v1/overlay, e.g. '{"mode": "segments"}' or '{"ignore_labels": [255]}'
  --json                       the layers as COCO run lengths instead of a PNG
  --ground-truth-json FILE     the JSON beside a PNG of ids (COCO panoptic, Segments.ai)
  --prediction-json FILE       the same for the prediction

Exit code 0: it was drawn; 2: bad input.`,
  async run(args, env, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        image: { type: 'string' },
        options: { type: 'string' },
        json: { type: 'boolean' },
        'ground-truth-json': { type: 'string' },
        'prediction-json': { type: 'string' },
      },
      allowPositionals: true,
    })
    if (positionals.length !== 2)
      throw new Refusal('MISSING_PART', 'Name two files: the ground truth, then the prediction.')
    const [groundTruth, prediction] = positionals
    const { out, image, json = false } = values
    if ((out === undefined) !== json)
      throw refuseField('INVALID_OPTIONS', '/out', 'Say where the PNG goes with --out, or --json instead.')
    const named = {
      ground_truth: groundTruth,
      prediction,
      image,
      ground_truth_json: values['ground-truth-json'],
      prediction_json: values['prediction-json'],
    }
    const files = Object.entries(named).flatMap(([part, path]) =>
      path === undefined ? [] : [{ part, path }],
    )
    refuseNoFile(files.map(({ path }) => path))
    const replaced = files.find(({ path }) => out !== undefined && resolve(path) === resolve(out))
    if (replaced)
      throw refuseField(
        'INVALID_OPTIONS',
        '/out',
        `--out would replace the ${replaced.part.replace('_', ' ')}.`,
      )
    if (out !== undefined) refuseOut(out)
    const body = await filesBody(files, values.options)
    const answer = await localAnswer('overlay', body, env, terminal, json ? 'application/json' : undefined)
    if (!answer) return 2
    if (out === undefined) terminal.out(new TextDecoder().decode(answer.body))
    else await writeFile(out, answer.body)
    return 0
  },
}

/** Said before anything is drawn. */
function refuseOut(out: string): void {
  const why = !existsSync(dirname(resolve(out)))
    ? `there is no folder ${JSON.stringify(dirname(resolve(out)))}`
    : statSync(out, { throwIfNoEntry: false })?.isDirectory()
      ? 'it is a folder'
      : undefined
  if (why !== undefined)
    throw new Refusal(
      'RESULTS_UNWRITABLE',
      `The PNG cannot be written to ${JSON.stringify(out)}: ${why}.`,
    ).advising('Name a file in a folder that is there.')
}
