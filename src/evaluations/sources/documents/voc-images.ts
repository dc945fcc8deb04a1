import { folderOf } from '../../matching/rule.ts'
import { type ListedMask, type Listing, stemOf } from '../listing.ts'

/**
 * The images of CVAT's "Segmentation mask 1.1", and of a Pascal VOC with its list of colours: each has a PNG of classes, mostly
 * one of objects, and the list that says what the colours mean.
 * @return undefined for what has no such list
 */
export function vocImages({ masks, junk, unreadable }: Listing): Listing | undefined {
  const [colours, ...others] = masks.filter(({ path }) => /(^|\/)labelmap\.txt$/i.test(path))
  const classes = masks.filter((mask) => folderOf(stemOf(mask)) === 'SegmentationClass')
  if (!colours || others.length > 0 || classes.length === 0) return undefined
  const byPath = new Map(masks.map((mask) => [mask.path, mask]))
  let used = 1
  const images = classes.map((mask): ListedMask => {
    const objects = byPath.get(mask.path.replace('SegmentationClass/', 'SegmentationObject/'))
    const files = [colours, mask, ...(objects && objects !== mask ? [objects] : [])]
    used += files.length - 1
    return {
      ...mask,
      reader: { type: 'zipped', files: files.map(({ path, reader }) => ({ name: path, reader })) },
      options: { format: 'segmentation_mask' },
    }
  })
  const rest = masks.length - used
  return {
    masks: images,
    junk: { ...junk, ...(rest > 0 && { 'other file of Pascal VOC': rest }) },
    unreadable,
  }
}
