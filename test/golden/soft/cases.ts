import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the reference computes of a joint table, in nats. */
export interface GoldenInformation {
  readonly mi_loss: number
  readonly mi_loss_split: number
  readonly mi_loss_merge: number
  readonly mi: number
  readonly vi: number
  readonly h_ground_truth: number
  readonly h_prediction: number
  readonly h_joint: number
}

interface GoldenExpect {
  readonly product: GoldenInformation
  readonly maximal: GoldenInformation
  readonly hard?: GoldenInformation
  readonly table: readonly (readonly number[])[]
  readonly gradient_table?: readonly (readonly number[])[]
  readonly brier: number
  readonly log_loss_1e_15: number
  readonly js_bits: number
  readonly ceilings: { readonly ground_truth: number; readonly prediction: number }
  readonly overlaps: Readonly<Record<string, readonly number[]>>
  readonly calibration?: Readonly<Record<string, number>>
  readonly sweep?: Readonly<Record<string, number>>
  readonly rmi_pool1?: readonly number[]
  readonly rmi_pool3?: readonly number[]
  readonly gradient_logits?: { readonly max_abs: number; readonly first: readonly number[] }
}

/** A case of golden.json with its arrays in plain form: prediction and soft truth [class][pixel]. */
export interface SoftCase {
  readonly name: string
  readonly classes: number
  readonly height: number
  readonly width: number
  readonly labels?: readonly number[]
  readonly truth?: readonly (readonly number[])[]
  readonly prediction: readonly (readonly number[])[]
  readonly expect: GoldenExpect
}

type Stored = readonly (readonly number[])[] | { readonly over_255: readonly (readonly number[])[] }

interface StoredCase {
  readonly shape: readonly [number, number, number]
  readonly truth: readonly number[] | Stored
  readonly prediction: Stored
  readonly expect: GoldenExpect
}

const plain = (stored: Stored): readonly (readonly number[])[] =>
  'over_255' in stored ? stored.over_255.map((row) => row.map((grey) => grey / 255)) : stored

/** The cases of two maps; `ged`, which is about several masks, is none of them. */
export function softCases(): SoftCase[] {
  const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'golden.json'), 'utf8')) as {
    cases: Readonly<Record<string, StoredCase>>
  }
  return Object.entries(cases)
    .filter(([, { shape }]) => shape !== undefined)
    .map(([name, { shape: [classes, height, width], truth, prediction, expect }]) => {
      const flat = Array.isArray(truth) ? (truth as readonly unknown[]).flat() : undefined
      const isHard = flat?.length === height * width
      return {
        name,
        classes,
        height,
        width,
        ...(isHard ? { labels: flat as number[] } : { truth: plain(truth as Stored) }),
        prediction: plain(prediction),
        expect,
      }
    })
}
