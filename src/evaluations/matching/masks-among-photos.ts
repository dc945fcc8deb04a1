import { type ListedMask, stemOf } from '../sources/listing.ts'

/** A dataset that has its photos, and mostly several kinds of masks, in folders beside each other. */
interface FolderLayout {
  /** Names of the folders of each kind of mask; the first kind that is there is scored. */
  readonly masks: readonly (readonly string[])[]
  readonly photos: readonly string[]
}

const layouts: readonly FolderLayout[] = [
  // Mapillary Vistas
  { masks: [['labels'], ['instances'], ['panoptic'], ['polygons']], photos: ['images'] },
  // SYNTHIA
  { masks: [['LABELS'], ['COLOR']], photos: ['RGB', 'Depth'] },
  // KITTI
  { masks: [['semantic'], ['instance'], ['semantic_rgb']], photos: ['image_2', 'image_3'] },
  // CamVid as SegNet has it
  { masks: [['trainannot', 'valannot', 'testannot']], photos: ['train', 'val', 'test'] },
  // MMSegmentation
  { masks: [['ann_dir']], photos: ['img_dir'] },
  { masks: [['masks'], ['annotations']], photos: ['images', 'imgs', 'image'] },
]

interface MasksOfLayout {
  readonly masks: readonly ListedMask[]
  /** What each of the others is. */
  readonly junk: readonly string[]
}

/**
 * The masks of a ground truth that is a whole dataset, with its photos in folders beside them. What stands in no folder of
 * the layout stays, unless it is a text.
 * @return undefined where there are no such folders
 */
export function masksAmongPhotos(truths: readonly ListedMask[]): MasksOfLayout | undefined {
  const folders = new Set(truths.flatMap(foldersOf))
  const has = (name: string) => folders.has(name)
  const layout = layouts.find(({ masks, photos }) => masks.some((kind) => kind.some(has)) && photos.some(has))
  if (!layout) return undefined
  const [scored = [], ...others] = layout.masks.filter((kind) => kind.some(has))
  const selected: ListedMask[] = []
  const junk: string[] = []
  for (const truth of truths) {
    const within = foldersOf(truth)
    const isIn = (names: readonly string[]) => names.some((name) => within.includes(name))
    if (isIn(scored)) selected.push(truth)
    else if (isIn(layout.photos)) junk.push('photo')
    else if (isIn(others.flat())) junk.push(`other kind of mask than ${scored.join(', ')}`)
    else if (/\.(json|xml)$/i.test(truth.path)) junk.push('document beside the masks')
    else selected.push(truth)
  }
  return { masks: selected, junk }
}

const foldersOf = (mask: ListedMask): string[] => stemOf(mask).split('/').slice(0, -1)
