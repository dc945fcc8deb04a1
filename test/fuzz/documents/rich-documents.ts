import type { AnnotationOptions } from '../../../src/annotations/annotation-options.ts'
import type { OriginalDocument } from './corpus.ts'

const [width, height] = [40, 30]
const size = { width, height }

const square = (left: number, top: number, side: number): [number, number][] => [
  [left, top],
  [left + side, top],
  [left + side, top + side],
  [left, top + side],
]
const flat = (points: readonly (readonly number[])[]): number[] => points.flat()
const keyed = (points: readonly (readonly number[])[]) => points.map(([x, y]) => ({ x, y }))
const outer = square(2, 2, 10)
const hole = square(5, 5, 3)
const other = square(20, 4, 8)
const third = square(6, 18, 9)
/** A square of 16 pixels, down the columns. */
const rle = { size: [height, width], counts: [15 * height + 20, 4, 26, 4, 26, 4, 26, 4, 21 * height + 6] }

/** Documents with several kinds of shapes, holes, parts and groups, as the tools write them. */
export function richDocuments(): OriginalDocument[] {
  return Object.entries(documents).map(([name, [document, options = {}]]) => ({
    name: `rich ${name}`,
    format: name.replace(/ .*/, ''),
    bytes: new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document)),
    options,
  }))
}

const documents: Readonly<Record<string, readonly [document: object | string, options?: AnnotationOptions]>> =
  {
    coco: [
      {
        images: [
          { id: 7, file_name: 'a.jpg', ...size },
          { id: 8, file_name: 'b.jpg', ...size },
        ],
        categories: [
          { id: 1, name: 'cell' },
          { id: 3, name: 'leaf' },
        ],
        annotations: [
          { id: 1, image_id: 7, category_id: 1, segmentation: [flat(outer), flat(third)], iscrowd: 0 },
          { id: 2, image_id: 7, category_id: 3, segmentation: rle, iscrowd: 1 },
          { id: 3, image_id: 8, category_id: 3, segmentation: [flat(other)], iscrowd: 0 },
        ],
      },
      { image: 'a.jpg' },
    ],
    labelme: [
      {
        version: '5',
        imageWidth: width,
        imageHeight: height,
        shapes: [
          { label: 'cell', points: outer, shape_type: 'polygon', group_id: 1, flags: {} },
          { label: 'cell', points: [third[0], third[2]], shape_type: 'rectangle', group_id: 1, flags: {} },
          {
            label: 'leaf',
            points: [
              [26, 8],
              [26, 12],
            ],
            shape_type: 'circle',
            group_id: null,
            flags: {},
          },
        ],
      },
    ],
    superannotate: [
      {
        metadata: { name: 'a.jpg', ...size },
        instances: [
          { type: 'polygon', className: 'cell', points: flat(outer), exclude: [flat(hole)], groupId: 0 },
          { type: 'bbox', className: 'leaf', points: { x1: 20, x2: 28, y1: 4, y2: 12 }, groupId: 0 },
          { type: 'ellipse', className: 'cell', cx: 10, cy: 22, rx: 4, ry: 3, angle: 30, groupId: 0 },
        ],
      },
    ],
    supervisely: [
      {
        size,
        objects: [
          { classTitle: 'cell', geometryType: 'polygon', points: { exterior: outer, interior: [hole] } },
          {
            classTitle: 'leaf',
            geometryType: 'rectangle',
            points: { exterior: [other[0], other[2]], interior: [] },
          },
        ],
      },
    ],
    darwin: [
      {
        version: '2.0',
        item: { name: 'a.jpg', slots: [{ slot_name: '0', type: 'image', ...size }] },
        annotations: [
          { id: 'x', name: 'cell', polygon: { paths: [keyed(outer), keyed(hole)] }, slot_names: ['0'] },
          { id: 'y', name: 'leaf', bounding_box: { x: 20, y: 4, w: 8, h: 8 }, slot_names: ['0'] },
          { id: 'z', name: 'leaf', polygon: { paths: [keyed(third)] }, slot_names: ['0'] },
        ],
      },
    ],
    label_studio: [
      [
        {
          id: 1,
          data: { image: '/a.jpg' },
          annotations: [
            {
              id: 2,
              result: [
                ['polygonlabels', { points: outer.map(([x, y]) => [(100 * x) / width, (100 * y) / height]) }],
                ['rectanglelabels', { x: 50, y: 20, width: 20, height: 20, rotation: 0 }],
                ['ellipselabels', { x: 30, y: 75, radiusX: 10, radiusY: 10, rotation: 0 }],
              ].map(([type, value], index) => ({
                id: `r${index}`,
                type,
                from_name: 'label',
                to_name: 'image',
                original_width: width,
                original_height: height,
                value: { ...(value as object), [type as string]: [index === 1 ? 'leaf' : 'cell'] },
              })),
            },
          ],
        },
      ],
    ],
    cvat_shapes: [
      `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <image id="0" name="a.jpg" width="40" height="30">
    <polygon label="cell" occluded="0" points="2,2;12,2;12,12;2,12" z_order="0"></polygon>
    <box label="leaf" occluded="0" xtl="20" ytl="4" xbr="28" ybr="12" z_order="1"></box>
    <ellipse label="cell" occluded="0" cx="10" cy="22" rx="4" ry="3" z_order="0"></ellipse>
    <mask label="leaf" occluded="0" rle="0, 16" left="30" top="20" width="4" height="4" z_order="0"></mask>
  </image>
  <image id="1" name="b.jpg" width="40" height="30">
    <polygon label="leaf" occluded="0" points="2,2;12,2;12,12;2,12" z_order="0"></polygon>
  </image>
</annotations>
`,
      { image: 'a.jpg' },
    ],
    datumaro: [
      {
        info: {},
        categories: { label: { labels: [{ name: 'cell' }, { name: 'leaf' }] } },
        items: [
          {
            id: 'a',
            image: { path: 'a.jpg', size: [height, width] },
            annotations: [
              {
                id: 0,
                type: 'polygon',
                label_id: 0,
                group: 1,
                z_order: 0,
                points: flat(outer),
                attributes: {},
              },
              { id: 1, type: 'bbox', label_id: 1, group: 0, z_order: 1, bbox: [20, 4, 8, 8], attributes: {} },
              { id: 2, type: 'ellipse', label_id: 0, group: 1, z_order: 0, points: [6, 18, 14, 26] },
              { id: 3, type: 'mask', label_id: 1, group: 0, z_order: 0, rle },
            ],
          },
          { id: 'b', image: { path: 'b.jpg', size: [height, width] }, annotations: [] },
        ],
      },
      { image: 'a' },
    ],
    cityscapes: [
      {
        imgWidth: width,
        imgHeight: height,
        objects: [
          { label: 'road', polygon: outer, deleted: 0 },
          { label: 'cargroup', polygon: other, deleted: 0 },
          { label: 'car', polygon: third, deleted: 0 },
        ],
      },
    ],
    qupath: [
      {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            geometry: { type: 'Polygon', coordinates: [outer, hole] },
            properties: {
              objectType: 'annotation',
              classification: { name: 'Tumor' },
              childObjects: [
                {
                  type: 'Feature',
                  geometry: { type: 'Polygon', coordinates: [square(3, 3, 2)] },
                  properties: { classification: { names: ['Tumor', 'Positive'] } },
                },
              ],
            },
          },
          {
            type: 'Feature',
            geometry: { type: 'MultiPolygon', coordinates: [[other], [third]], plane: { c: -1, z: 0, t: 0 } },
            properties: { objectType: 'annotation', classification: { name: 'Stroma' } },
          },
        ],
      },
      size,
    ],
    segment_anything: [
      [
        { segmentation: { size: [height, width], counts: [0, width * height] }, area: width * height },
        { segmentation: rle, area: 16 },
      ].map((mask) => ({ ...mask, predicted_iou: 0.9, stability_score: 0.9, bbox: [15, 20, 4, 4] })),
    ],
    roboflow: [
      {
        image: size,
        predictions: [
          {
            x: 7,
            y: 7,
            width: 10,
            height: 10,
            confidence: 0.9,
            class: 'cell',
            class_id: 0,
            points: keyed(outer),
          },
          { x: 17, y: 22, width: 4, height: 4, confidence: 0.8, class: 'leaf', class_id: 1, rle_mask: rle },
        ],
      },
    ],
    via: [
      {
        _via_settings: {},
        _via_img_metadata: {
          'a.jpg1': {
            filename: 'a.jpg',
            size: 1,
            file_attributes: {},
            regions: [
              [{ name: 'rect', x: 2, y: 2, width: 10, height: 10 }, 'cell'],
              [{ name: 'circle', cx: 26, cy: 8, r: 4 }, 'leaf'],
              [{ name: 'ellipse', cx: 10, cy: 22, rx: 4, ry: 3, theta: 0.5 }, 'cell'],
              [{ name: 'polygon', all_points_x: [30, 36, 36, 30], all_points_y: [20, 20, 26, 26] }, 'leaf'],
            ].map(([shape_attributes, label]) => ({ shape_attributes, region_attributes: { class: label } })),
          },
        },
        _via_attributes: { region: { class: { type: 'text' } }, file: {} },
      },
      size,
    ],
    'via table': [
      `filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes
a.jpg,1,"{}",2,0,"{""name"":""rect"",""x"":2,""y"":2,""width"":10,""height"":10}","{""class"":""cell""}"
a.jpg,1,"{}",2,1,"{""name"":""circle"",""cx"":26,""cy"":8,""r"":4}","{""class"":""leaf""}"
`,
      size,
    ],
    labelbox: [
      {
        data_row: { id: 'x', external_id: 'a.jpg' },
        media_attributes: size,
        projects: {
          p: {
            name: 'p',
            labels: [
              {
                id: 'l',
                annotations: {
                  objects: [
                    { name: 'cell', annotation_kind: 'ImagePolygon', polygon: keyed(outer) },
                    {
                      name: 'leaf',
                      annotation_kind: 'ImageBoundingBox',
                      bounding_box: { top: 4, left: 20, height: 8, width: 8 },
                    },
                  ],
                  classifications: [],
                },
              },
            ],
          },
        },
      },
    ],
  }
