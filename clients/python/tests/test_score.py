import json
import pickle
import tempfile
import unittest
from pathlib import Path

from maskscore import Client, Problem

from .service import NO_NUMPY, PREDICTION, TRUTH, URL, numpy


def npy(values):
    """A row of 8-bit labels as a .npy file, written without numpy."""
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, %d), }" % len(values)
    header = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + bytes(values)


class Scores(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_paths_and_bytes_of_the_same_files_have_the_same_scores(self):
        by_path = self.client.score(TRUTH, str(PREDICTION))
        by_bytes = self.client.score(TRUTH.read_bytes(), PREDICTION.read_bytes())
        self.assertEqual(by_path.mi_loss, 0.1723121168949473)
        self.assertEqual(by_path.to_dict(), by_bytes.to_dict())

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_arrays_are_scored_exactly_whatever_their_type_and_order(self):
        truth = numpy.array([[0, 0, 1, 1], [0, 0, 1, 1]])
        prediction = numpy.array([[0, 0, 1, 1], [2, 2, 3, 3]], dtype=numpy.uint16)
        for values in (truth, truth.astype("u1"), truth.astype(">i4"), numpy.asfortranarray(truth), truth > 0):
            report = self.client.score(values, prediction)
            self.assertEqual((report.mi_loss, report.mi_loss_split, report.mi_loss_merge), (0.5, 0.5, 0))
        report = self.client.score(truth[:, ::-1], prediction[:, ::-1])
        self.assertEqual(report["mi_loss"], 0.5)

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_arrays_that_hold_no_labels_are_refused(self):
        with self.assertRaises(TypeError):
            self.client.score(numpy.array([[None]]), numpy.zeros((1, 1), "u1"))
        with self.assertRaises(Problem) as refused:
            self.client.score(numpy.full((2, 2), 0.5), numpy.zeros((2, 2), "u1"))
        self.assertEqual(refused.exception.code, "NON_INTEGER_LABEL")

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_a_masked_array_is_refused_because_its_mask_would_be_lost(self):
        truth = numpy.ma.masked_equal(numpy.array([[0, 1]], "u1"), 1)
        with self.assertRaises(TypeError) as refused:
            self.client.score(truth, truth)
        self.assertIn("filled", str(refused.exception))

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_options_take_numbers_of_numpy_sets_and_paths(self):
        truth = numpy.array([[0, 1, 255]], "u1")
        for labels in (numpy.unique(truth)[2:], [numpy.uint8(255)], {255}, (255,)):
            report = self.client.score(truth, truth, ignore_labels=labels)
            self.assertEqual(report["pixels"]["ignored"], 1)
        with self.assertRaises(TypeError):
            self.client.score(truth, truth, ignore_labels=[object()])

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_probability_maps_are_arrays_of_floats(self):
        maps = numpy.array([[[0.9, 0.2, 0.5]], [[0.1, 0.8, 0.5]]], "f4")
        report = self.client.score(numpy.array([[0, 1, 1]], "u1"), maps, {"prediction": {"probabilities": {}}})
        self.assertGreater(report["soft"]["log_loss"], 0)

    def test_options_are_given_as_a_dict_or_as_keywords(self):
        given = self.client.score(TRUTH, PREDICTION, {"families": ["information"]}, log_base="e")
        self.assertEqual(given["information"]["unit"], "nats")
        self.assertNotIn("overlap", given)

    def test_a_document_of_a_labeling_tool_is_sent_as_it_is(self):
        document = {
            "version": "5.5.0",
            "imageHeight": 4,
            "imageWidth": 6,
            "imagePath": "a.png",
            "imageData": None,
            "shapes": [{"label": "car", "points": [[0, 0], [3, 2]], "shape_type": "rectangle", "flags": {}}],
        }
        report = self.client.score(document, document)
        self.assertEqual(report["ground_truth"]["format"], "labelme")
        self.assertEqual(report.mi_loss, 0)

    def test_a_refusal_has_code_remedy_errors_and_request_id(self):
        with self.assertRaises(Problem) as refused:
            self.client.score(TRUTH, PREDICTION, familes=["all"])
        problem = refused.exception
        self.assertEqual((problem.status, problem.code), (400, "INVALID_OPTIONS"))
        self.assertIn("families", problem.errors[0]["message"])
        self.assertTrue(problem.request_id)
        self.assertIn("families", str(problem))

    def test_a_file_that_is_no_mask_tells_its_remedy(self):
        with self.assertRaises(Problem) as refused:
            self.client.score(b"no mask at all", PREDICTION)
        self.assertTrue(refused.exception.remedy)
        self.assertIn("Remedy: ", str(refused.exception))

    def test_what_is_no_mask_is_refused_before_anything_is_sent(self):
        with self.assertRaises(FileNotFoundError):
            self.client.score("not-there.png", PREDICTION)
        with self.assertRaises(TypeError):
            self.client.score(42, PREDICTION)

    def test_file_names_with_quotes_and_line_ends_arrive(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'a "b"\nc.png'
            path.write_bytes(TRUTH.read_bytes())
            self.assertEqual(self.client.score(path, TRUTH).mi_loss, 0)

    def test_inspect_overlay_and_agreement_answer(self):
        self.assertEqual(self.client.inspect(TRUTH)["width"], 384)
        self.assertTrue(self.client.overlay(TRUTH, PREDICTION).startswith(b"\x89PNG"))
        agreement = self.client.agreement({"ann": TRUTH, "bob": PREDICTION})
        self.assertIn("ann", json.dumps(agreement))
        self.assertNotIn("ged", agreement)
        samples = {"one": TRUTH, "two": PREDICTION}
        ged = self.client.agreement({"ann": TRUTH, "bob": PREDICTION}, samples=samples)["ged"]
        self.assertEqual((ged["ged2"], [sample["name"] for sample in ged["samples"]]), (0, ["one", "two"]))


class Reports(unittest.TestCase):
    def setUp(self):
        self.client = Client(URL)
        self.addCleanup(self.client.close)

    def test_members_are_read_as_keys_attributes_and_pointers(self):
        report = self.client.score(TRUTH, PREDICTION)
        self.assertEqual(report.overlap["mean_iou"], report.get_pointer("/overlap/mean_iou"))
        self.assertEqual(report.per_class[0]["label"], report.get_pointer("/overlap/per_class/0/label"))
        with self.assertRaises(AttributeError):
            report.mi_los
        with self.assertRaises(KeyError):
            report.get_pointer("/overlap/nothing")

    def test_warnings_and_reasons_are_attributes_and_printed_with_the_overlay(self):
        report = self.client.score(TRUTH, TRUTH, ignore_labels=list(range(256)))
        self.assertEqual(report.reasons["/mi_loss"], "no_pixels")
        shown = report._repr_html_()
        self.assertIn("/mi_loss</code> is undefined: no_pixels", shown)
        self.assertIn("data:image/png;base64,", shown)
        self.assertIn("no_pixels", repr(report))
        # Masks of 0 and 1 against 0 and 255 are most often the same classes written in two ways.
        report = self.client.score(npy([0, 0, 1, 1]), npy([0, 0, 255, 255]))
        shown = report._repr_html_()
        self.assertTrue(report.warnings)
        for warning in report.warnings:
            self.assertIn(warning["code"], shown)
            self.assertIn(warning["code"], repr(report))

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_an_array_that_has_changed_since_has_no_overlay_of_other_masks(self):
        truth = numpy.array([[0, 0, 1, 1]], "u1")
        report = self.client.score(truth, truth)
        truth[0, 0] = 1
        with self.assertRaises(ValueError) as refused:
            report.overlay()
        self.assertIn("ground_truth has changed", str(refused.exception))
        self.assertIn("No overlay: ground_truth has changed", report._repr_html_())

    @unittest.skipIf(numpy is None, NO_NUMPY)
    def test_volumes_say_that_they_have_no_overlay(self):
        volume = numpy.array([[[0, 1], [0, 1]], [[0, 0], [0, 1]]], "u1")
        self.assertIn("these masks are volumes", self.client.score(volume, volume, stack="volume")._repr_html_().lower())

    def test_a_report_can_be_copied_and_given_to_another_process(self):
        report = self.client.score(TRUTH, PREDICTION)
        self.assertEqual(pickle.loads(pickle.dumps(report)).to_dict(), report.to_dict())
        with self.assertRaises(ValueError):
            pickle.loads(pickle.dumps(report)).overlay()
        shown = report.overlay()
        self.assertEqual(pickle.loads(pickle.dumps(report)).overlay(), shown)

    def test_the_overlay_of_a_report_is_of_the_masks_as_they_were_scored(self):
        report = self.client.score(TRUTH, PREDICTION, binary=True, families=["information"])
        self.assertEqual(report.overlay(), self.client.overlay(TRUTH, PREDICTION, binary=True))

    def test_a_picture_that_cannot_be_had_says_why(self):
        report = self.client.score(TRUTH, PREDICTION)
        report._overlay = lambda: self.client.overlay(TRUTH, PREDICTION, mode="<b>none</b>")
        shown = report._repr_html_()
        self.assertIn("No overlay: INVALID_OPTIONS", shown)
        self.assertNotIn("<b>none</b>", shown)
