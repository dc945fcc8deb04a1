"""Whatever a caller holds is scored as it is, or refused in words; nothing is sent as something else."""

import io
import os
import tempfile
import unittest
from pathlib import Path

from maskscore import Client, Problem
from maskscore.masks import mask_file

from .service import NO_NUMPY, PREDICTION, TRUTH, URL, numpy

LOSS = 0.1723121168949473


class Files(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_opened_files_are_read_and_their_report_has_an_overlay(self):
        with open(TRUTH, "rb") as truth:
            report = self.client.score(truth, io.BytesIO(PREDICTION.read_bytes()))
        self.assertEqual(report.mi_loss, LOSS)
        self.assertEqual(report.overlay(), self.client.overlay(TRUTH, PREDICTION))

    def test_a_file_at_its_end_and_a_file_of_text_are_refused(self):
        written = io.BytesIO()
        written.write(TRUTH.read_bytes())
        with self.assertRaises(ValueError) as refused:
            self.client.score(written, PREDICTION)
        self.assertIn("seek(0)", str(refused.exception))
        with self.assertRaises(TypeError) as refused:
            self.client.score(io.StringIO("text"), PREDICTION)
        self.assertIn('"rb"', str(refused.exception))

    def test_what_is_no_path_says_what_it_is_taken_for(self):
        for mask, told in (("https://a.example/b.png", "address"), ("{" * 5000, "not there"), ("", "''")):
            with self.assertRaises(FileNotFoundError) as refused:
                self.client.score(mask, TRUTH)
            self.assertIn(told, str(refused.exception))
            self.assertLess(len(str(refused.exception)), 300)

    def test_a_file_that_cannot_be_read_is_told_as_that_and_not_as_a_service_that_is_away(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.png"
            path.write_bytes(TRUTH.read_bytes())
            gone = mask_file(path, "ground_truth")
            path.unlink()
            with self.assertRaises((FileNotFoundError, PermissionError)):
                self.client.inspect(gone)

    @unittest.skipUnless(os.name == "posix", "File names of this system are text.")
    def test_a_file_whose_name_is_no_text_is_sent(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(os.fsencode(folder), b"\xff.png")
            try:
                with open(path, "wb") as file:
                    file.write(TRUTH.read_bytes())
            except OSError:
                self.skipTest("This file system takes only text.")
            self.assertEqual(self.client.score(os.fsdecode(path), TRUTH).mi_loss, 0)

    def test_results_of_coco_are_a_list_and_other_lists_are_refused(self):
        image = {"id": 1, "width": 4, "height": 2}
        region = {"image_id": 1, "category_id": 1, "segmentation": [[0, 0, 2, 0, 2, 2, 0, 2]]}
        truth = {
            "images": [image],
            "annotations": [{**region, "id": 1, "bbox": [0, 0, 2, 2], "area": 4, "iscrowd": 0}],
            "categories": [{"id": 1, "name": "a"}],
        }
        self.assertEqual(self.client.score(truth, [{**region, "score": 0.5}]).mi_loss, 0)
        with self.assertRaises(TypeError) as refused:
            self.client.score([[0, 1]], TRUTH)
        self.assertIn("numpy.array", str(refused.exception))

    def test_a_map_of_ids_and_its_document_are_a_tuple(self):
        # Without its document the categories of the ids are not known, which the service says.
        with self.assertRaises(Problem) as refused:
            self.client.score((TRUTH, {"annotations": []}), TRUTH)
        self.assertIn("ground_truth", str(refused.exception))


@unittest.skipIf(numpy is None, NO_NUMPY)
class Images(unittest.TestCase):
    def setUp(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("Pillow is not installed for this Python")
        self.image = Image
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_images_of_pillow_are_arrays_also_those_of_one_bit(self):
        truth = numpy.array([[0, 1, 1, 0]], "u1")
        one_bit = self.image.fromarray(truth * 255).convert("1")
        self.assertEqual(self.client.score(truth, one_bit).mi_loss, 0)

    def test_a_jpeg_is_refused_as_its_file_would_be(self):
        target = io.BytesIO()
        self.image.fromarray(numpy.zeros((8, 8), "u1")).save(target, "JPEG")
        with self.assertRaises(TypeError) as refused:
            self.client.inspect(self.image.open(target))
        self.assertIn("JPEG", str(refused.exception))
        with self.assertRaises(Problem) as refused:
            self.client.inspect(target.getvalue())
        self.assertEqual(refused.exception.code, "LOSSY_FORMAT")


@unittest.skipIf(numpy is None, NO_NUMPY)
class Annotators(unittest.TestCase):
    def test_names_arrive_as_they_are_or_are_refused(self):
        mask = numpy.array([[0, 1]], "u1")
        names = ["Zoë 😀", 'a "b"', "ann; filename=x"]
        with Client(URL) as client:
            found = client.agreement({name: mask for name in names})
            self.assertEqual([row["name"] for row in found["annotators"]], names)
            for name in ("", "team/ann", "team\\ann", "a\nb", "x" * 201):
                with self.assertRaises(ValueError):
                    client.agreement({name: mask, "bob": mask})


@unittest.skipIf(numpy is None, NO_NUMPY)
class OtherCalls(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_a_table_of_counts_or_probabilities_is_scored(self):
        counts = numpy.array([[4, 0, 0], [0, 2, 2]])
        report = self.client.table(counts, families=["pairs"])
        self.assertAlmostEqual(report.mi_loss, 1 / 3, places=12)
        self.assertNotIn("overlap", report)
        self.assertAlmostEqual(self.client.table(probabilities=counts / 8).mi_loss, 1 / 3, places=12)
        self.assertEqual(self.client.table(triples=[[0, 0, 4], [1, 1, 2], [1, 2, 2]]).mi_loss, report.mi_loss)
        with self.assertRaises(Problem):
            self.client.table()

    def test_the_gradient_has_the_shape_of_the_map_and_the_loss_of_the_score(self):
        truth = numpy.array([[0, 1, 1]], "u1")
        maps = numpy.array([[[0.75, 0.25, 0.5]], [[0.25, 0.75, 0.5]]])
        found = self.client.gradient(truth, maps)
        scored = self.client.score(truth, maps, {"prediction": {"probabilities": {}}})
        self.assertEqual((found.values.shape, found.values.dtype), (maps.shape, "float32"))
        self.assertEqual((found.loss, found.clipped), (scored["soft"]["mi_loss"], 0))
        # A little more of the true class everywhere makes the loss smaller.
        self.assertLess(float((found.values * [[[1, -1, -1]], [[-1, 1, 1]]]).sum()), 0)
        certain = self.client.gradient(truth, numpy.array([[[1.0, 0, 0]], [[0, 1.0, 1.0]]]))
        self.assertEqual(certain.clipped, 2)

    def test_the_catalogue_and_the_limits_are_there(self):
        self.assertIn("/mi_loss", [metric["pointer"] for metric in self.client.metrics()])
        self.assertGreater(self.client.limits()["max_pixels"], 0)
