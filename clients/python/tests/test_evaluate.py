import json
import shutil
import tempfile
import unittest
import zipfile
from pathlib import Path

from maskscore import Client, Problem

from .service import EXAMPLES, NO_NUMPY, URL, numpy

DATASET = EXAMPLES / "dataset"
OPTIONS = json.loads((DATASET / "options.json").read_text())


def zip_of(side, folder):
    path = Path(folder) / (side + ".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((DATASET / side).rglob("*.png")):
            archive.write(file, file.relative_to(DATASET / side).as_posix())
    return path


class Evaluations(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_folders_and_archives_have_the_same_summary_and_progress_is_told(self):
        told = []
        by_folder = self.client.evaluate(
            DATASET / "ground-truth", DATASET / "this-week", options=OPTIONS, progress=told.append
        )
        self.assertTrue(by_folder.complete)
        self.assertEqual(by_folder.summary["items"]["scored"], 12)
        self.assertEqual((told[-1]["done"], told[-1]["items"]), (12, 12))
        with tempfile.TemporaryDirectory() as folder:
            by_zip = self.client.evaluate(zip_of("ground-truth", folder), zip_of("this-week", folder), options=OPTIONS)
        self.assertEqual(by_zip.summary["pooled"], by_folder.summary["pooled"])

    def test_rows_are_flat_dicts_and_the_report_is_a_page(self):
        run = self.client.evaluate(DATASET / "ground-truth", DATASET / "this-week", options=OPTIONS, name="unet-7")
        rows = run.rows()
        self.assertEqual([row["index"] for row in rows], list(range(12)))
        self.assertEqual(rows[0]["status"], "scored")
        self.assertIsInstance(rows[0]["mi_loss"], float)
        for row in rows:
            for value in row.values():
                self.assertNotIsInstance(value, (dict, list))
        self.assertTrue(run.report().lower().startswith(b"<!doctype html>"))
        self.assertTrue(run.overlay(0).startswith(b"\x89PNG"))
        run.delete()
        with self.assertRaises(Problem) as refused:
            run.rows()
        self.assertEqual(refused.exception.status, 404)

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_masks_by_key_are_a_dataset(self):
        truth = {name: numpy.array([[0, 0, 1, 1]], dtype="u1") for name in ("a", "b")}
        prediction = {"a": truth["a"], "b": numpy.array([[0, 1, 1, 1]], dtype="u1")}
        run = self.client.evaluate(truth, prediction, labels="classes")
        self.assertTrue(run.complete)
        self.assertEqual([row["key"] for row in run.rows()], ["a", "b"])
        self.assertEqual(run.rows()[0]["mi_loss"], 0)

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_an_item_that_fails_is_told_and_its_row_is_as_flat_as_the_others(self):
        truth = {name: numpy.array([[0, 0, 1, 1]], "u1") for name in ("a", "<b>")}
        prediction = {"a": truth["a"], "<b>": numpy.array([[0, 1]], "u1")}
        run = self.client.evaluate(truth, prediction, labels="classes", checks=["mean_iou>=0.9"])
        self.assertFalse(run.complete)
        self.assertEqual([failure["key"] for failure in run.failures], ["<b>"])
        self.assertEqual([check["result"] for check in run.checks], ["fail"])
        for row in run.rows():
            for value in row.values():
                self.assertNotIsInstance(value, (dict, list))
        for shown in (repr(run), run._repr_html_()):
            self.assertIn("SIZE_MISMATCH", shown)
            self.assertIn("incomplete", shown)
            self.assertIn("fail", shown)
        # Names are text, whatever they hold.
        self.assertIn("<b>SIZE_MISMATCH &lt;b&gt;</b>", run._repr_html_())

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_an_item_gives_its_labels_and_refuses_a_photo_that_was_not_sent(self):
        truth, prediction = numpy.array([[0, 0, 1, 1]], "u1"), numpy.array([[0, 1, 1, 1]], "u1")
        run = self.client.evaluate({"a": truth}, {"a": prediction}, labels="classes")
        planes = run.labels(0, ["ground_truth", "prediction", "difference"])
        self.assertTrue((planes["ground_truth"] == truth).all() and (planes["prediction"] == prediction).all())
        self.assertEqual(int((planes["difference"] != 0).sum()), 1)
        self.assertEqual(list(run.labels(0, "loss")), ["loss"])
        with self.assertRaises(Problem) as refused:
            run.image(0)
        self.assertEqual(refused.exception.code, "NOT_FOUND")

    def test_an_evaluation_is_found_again_by_its_id(self):
        with self.assertRaises(TimeoutError) as late:
            self.client.evaluate(DATASET / "ground-truth", DATASET / "this-week", options=OPTIONS, timeout=0)
        name = str(late.exception).split()[2]
        run = self.client.evaluation(name)
        self.assertEqual((run.id, run.complete), (name, True))
        with self.assertRaises(Problem) as refused:
            self.client.evaluation("../limits")
        self.assertEqual(refused.exception.status, 404)

    def test_links_of_a_folder_are_followed_and_never_left_out(self):
        with tempfile.TemporaryDirectory() as folder:
            links = Path(folder) / "links"
            links.mkdir()
            for field in (DATASET / "ground-truth").iterdir():
                (links / field.name).symlink_to(field)
            run = self.client.evaluate(links, DATASET / "this-week", options=OPTIONS)
            self.assertEqual(run.summary["items"]["scored"], 12)
            (links / "lost.png").symlink_to(links / "nowhere.png")
            with self.assertRaises(FileNotFoundError):
                self.client.evaluate(links, DATASET / "this-week")
            (links / "lost.png").unlink()
            (links / "circle").symlink_to(links)
            with self.assertRaises(ValueError):
                self.client.evaluate(links, DATASET / "this-week")

    def test_a_run_that_fails_says_why_and_warnings_are_never_hidden(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(DATASET / "this-week", folder, dirs_exist_ok=True)
            (Path(folder) / "field-6" / "a.png").unlink()
            failed = self.client.evaluate(DATASET / "ground-truth", folder, options=OPTIONS)
        self.assertEqual(failed.state, "failed")
        self.assertEqual(failed.problem["code"], "PREDICTION_MISSING")
        self.assertIn(failed.problem["code"], repr(failed))
        same = self.client.evaluate(DATASET / "ground-truth", DATASET / "ground-truth", options=OPTIONS)
        self.assertIn("PREDICTION_IS_GROUND_TRUTH", [warning["code"] for warning in same.warnings])
        self.assertIn("PREDICTION_IS_GROUND_TRUTH", repr(same))

    def test_what_is_no_dataset_is_refused_before_anything_is_sent(self):
        with self.assertRaises(TypeError):
            self.client.evaluate(DATASET / "ground-truth")
        with self.assertRaises(TypeError):
            self.client.evaluate(prediction=DATASET / "this-week")
        with self.assertRaises(FileNotFoundError):
            self.client.evaluate(DATASET / "nowhere", DATASET / "this-week")


class Labels(unittest.TestCase):
    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_planes_are_exact_arrays(self):
        truth = numpy.array([[0, 1, 1], [70000, 1, 0]], dtype="u4")
        prediction = numpy.array([[0, 1, 0], [70000, 1, 0]], dtype="u4")
        with Client(URL) as client:
            planes = client.labels(truth, prediction, ["ground_truth", "prediction"])
        self.assertTrue((planes["ground_truth"] == truth).all())
        self.assertTrue((planes["prediction"] == prediction).all())
