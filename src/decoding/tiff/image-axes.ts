/** One axis along which the images of a TIFF lie; what `images` are is not said. */
export interface DescribedAxis {
  readonly kind: 'frames' | 'slices' | 'channels' | 'images'
  readonly size: number
}

/** What a TIFF's software says of the images that a page stands for. */
export interface ImageAxes {
  /** Who wrote it, as far as the way of saying it tells. */
  readonly writer: 'ImageJ' | 'OME' | 'tifffile' | 'MetaMorph'
  /** Above 1. */
  readonly count: number
  /** Axes along which the images lie, outermost first. */
  readonly axes: readonly DescribedAxis[]
}
